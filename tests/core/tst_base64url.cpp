// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"

#include <QTest>

using namespace latchkey;

class TestBase64Url : public QObject
{
    Q_OBJECT

private slots:
    void encodesWithoutPadding();
    void readsBackEveryLength();
    void refusesWhatIsNotCanonical_data();
    void refusesWhatIsNotCanonical();
};

void TestBase64Url::encodesWithoutPadding()
{
    // RFC 7515 appendix C
    const char bytes[] = {3, char(236), char(255), char(224), char(193)};
    QCOMPARE(toBase64Url(QByteArrayView(bytes, 5)), QByteArrayLiteral("A-z_4ME"));
}

void TestBase64Url::readsBackEveryLength()
{
    QByteArray bytes;
    for (int i = 0; i < 300; ++i) {
        const auto again = fromBase64Url(toBase64Url(bytes));
        QVERIFY(again.has_value());
        QCOMPARE(*again, bytes);
        bytes.append(static_cast<char>(i * 37));
    }
}

void TestBase64Url::refusesWhatIsNotCanonical_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("padding") << QByteArray("QQ==");
    QTest::newRow("white space") << QByteArray("QU JD");
    QTest::newRow("line end") << QByteArray("QUJD\n");
    QTest::newRow("standard alphabet") << QByteArray("A+z/4ME");
    QTest::newRow("lone character") << QByteArray("Q");
    QTest::newRow("lone last character") << QByteArray("QUJDQ");
    QTest::newRow("trailing bits of two") << QByteArray("QR");
    QTest::newRow("trailing bits of three") << QByteArray("QUL");
    QTest::newRow("NUL") << QByteArray("QU\0D", 4);
}

void TestBase64Url::refusesWhatIsNotCanonical()
{
    QFETCH(QByteArray, text);
    QVERIFY(!fromBase64Url(text).has_value());
}

QTEST_GUILESS_MAIN(TestBase64Url)
#include "tst_base64url.moc"
