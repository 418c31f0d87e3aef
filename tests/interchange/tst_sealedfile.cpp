// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/sealedfile.h"
#include "support/qtest_result.h"

#include <QRegularExpression>
#include <QTest>
#include <QtEndian>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr SealingCost kCheap{.operations = 1, .memoryBytes = 64 * 1024};
constexpr qsizetype kOperationsAt = 18;
constexpr qsizetype kMemoryAt = 26;
constexpr qsizetype kHeaderSize = 18 + 8 + 8 + 16 + 24;
constexpr qsizetype kOverhead = 17;

Secret passphrase()
{
    return Secret::copyOf("fake passphrase of the test");
}

} // namespace

class TestSealedFile : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void givesBackWhatWasSealed_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (qsizetype size : {0, 1, 65535, 65536, 65537, 200000})
            QTest::addRow("%d bytes", static_cast<int>(size)) << size;
    }
    void givesBackWhatWasSealed()
    {
        QFETCH(qsizetype, size);
        QByteArray plain(size, 'x');
        for (qsizetype i = 0; i < size; ++i)
            plain[i] = static_cast<char>(i % 251);
        const Result<QByteArray> file = sealed(Secret::copyOf(plain), passphrase(), kCheap);
        QVERIFY_OK(file);
        QVERIFY(isSealed(*file));
        const Result<Secret> opened = unsealed(*file, passphrase());
        QVERIFY_OK(opened);
        QVERIFY(*opened == Secret::copyOf(plain));
    }

    void costsWhatItShouldByDefault()
    {
        const Result<QByteArray> file = sealed(Secret::copyOf("fakesecret-0001"), passphrase());
        QVERIFY_OK(file);
        QCOMPARE(qFromLittleEndian<quint64>(file->constData() + kOperationsAt), 3u);
        QCOMPARE(qFromLittleEndian<quint64>(file->constData() + kMemoryAt), 256u * 1024 * 1024);
        QVERIFY(!file->contains("fakesecret"));
        QVERIFY_OK(unsealed(*file, passphrase()));
    }

    void neverMakesTheSameFileTwice()
    {
        const Secret plain = Secret::copyOf("fakesecret-0001");
        QVERIFY(*sealed(plain, passphrase(), kCheap) != *sealed(plain, passphrase(), kCheap));
    }

    void refusesAnotherPassphrase()
    {
        const Result<QByteArray> file = sealed(Secret::copyOf("fakesecret-0001"), passphrase(), kCheap);
        for (const char *wrong : {"", "fake passphrase of the tesT", "fake passphrase of the test "}) {
            const Result<Secret> opened = unsealed(*file, Secret::copyOf(wrong));
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::Invalid);
            QVERIFY(opened.error().message.startsWith(
                u"The passphrase is wrong, or the beginning of the file was changed"_s));
        }
        QCOMPARE(sealed(Secret(), Secret(), kCheap).error().kind, ErrorKind::InvalidInput);
    }

    void noticesEveryChangedByte()
    {
        const Result<QByteArray> file = sealed(Secret::copyOf("fakesecret-0001"), passphrase(), kCheap);
        QVERIFY_OK(file);
        for (qsizetype at = 0; at < file->size(); ++at) {
            // Other costs would be slow, not wrong: they have a test of their own.
            if (at >= kOperationsAt && at < kMemoryAt + 8)
                continue;
            QByteArray changed = *file;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            const Result<Secret> opened = unsealed(changed, passphrase());
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::Invalid);
            if (at >= kHeaderSize + kOverhead)
                QVERIFY(opened.error().message.startsWith(
                    u"The passphrase is right, but the file was changed or cut off"_s));
        }
    }

    void authenticatesTheCosts()
    {
        QByteArray file = *sealed(Secret::copyOf("fakesecret-0001"), passphrase(), kCheap);
        qToLittleEndian(quint64{2}, file.data() + kOperationsAt);
        QVERIFY(unsealed(file, passphrase()).error().message.startsWith(u"The passphrase is wrong, or"_s));
    }

    void noticesEveryMissingEnd()
    {
        const QByteArray file = *sealed(Secret::copyOf(QByteArray(70000, 'x')), passphrase(), kCheap);
        const qsizetype firstChunkEnd = kHeaderSize + kOverhead + 65536 + kOverhead;
        for (qsizetype size :
             {file.size() - 1, firstChunkEnd + 1, firstChunkEnd - 1, kHeaderSize + kOverhead + 1,
              kHeaderSize + kOverhead - 1, kHeaderSize, qsizetype{17}, qsizetype{16}}) {
            const Result<Secret> opened = unsealed(file.first(size), passphrase());
            QVERIFY(!opened);
            QVERIFY2(opened.error().message.contains(u"cut off"_s), qPrintable(opened.error().message));
        }
        // Between two chunks nothing is broken: only the final mark is missing.
        for (qsizetype size : {firstChunkEnd, kHeaderSize + kOverhead})
            QVERIFY(
                unsealed(file.first(size), passphrase())
                    .error()
                    .message.startsWith(u"The passphrase is right, but the end of the file is missing"_s));
    }

    void noticesMoreAfterTheEnd()
    {
        const QByteArray file = *sealed(Secret::copyOf("fakesecret-0001"), passphrase(), kCheap);
        QVERIFY(!unsealed(file + 'x', passphrase()));
        QVERIFY(!unsealed(file + file, passphrase()));
    }

    void refusesHostileCosts_data()
    {
        QTest::addColumn<quint64>("operations");
        QTest::addColumn<quint64>("memory");
        QTest::newRow("no operation") << quint64{0} << quint64{65536};
        QTest::newRow("many operations") << quint64{11} << quint64{65536};
        QTest::newRow("all operations") << ~quint64{0} << quint64{65536};
        QTest::newRow("no memory") << quint64{1} << quint64{0};
        QTest::newRow("much memory") << quint64{1} << quint64{384} * 1024 * 1024 + 1;
        QTest::newRow("much work") << quint64{5} << quint64{384} * 1024 * 1024;
        QTest::newRow("all memory") << quint64{1} << ~quint64{0};
    }
    void refusesHostileCosts()
    {
        QFETCH(quint64, operations);
        QFETCH(quint64, memory);
        QByteArray file = *sealed(Secret::copyOf("fakesecret-0001"), passphrase(), kCheap);
        qToLittleEndian(operations, file.data() + kOperationsAt);
        qToLittleEndian(memory, file.data() + kMemoryAt);
        const Result<Secret> opened = unsealed(file, passphrase());
        QVERIFY(!opened);
        QVERIFY(opened.error().message.startsWith(u"The header of this file asks for a key"_s));
    }

    void knowsItsOwnFiles()
    {
        QVERIFY(!isSealed("{}"));
        QVERIFY(
            unsealed("{}", passphrase()).error().message.startsWith(u"This is not an encrypted export"_s));
        QByteArray other = *sealed(Secret(), passphrase(), kCheap);
        for (char version : {'\x02', '\x80', '\xff'}) {
            other[16] = version;
            QVERIFY(unsealed(other, passphrase()).error().message.contains(u"newer version"_s));
        }
        other[16] = 0;
        QVERIFY(unsealed(other, passphrase()).error().message.contains(u"a version that no export"_s));
    }
};

QTEST_GUILESS_MAIN(TestSealedFile)
#include "tst_sealedfile.moc"
