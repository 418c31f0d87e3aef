// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <QDebug>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

template<typename T>
concept Streamable = requires(QDebug debug, T value)
{
    debug << value;
};

class TestSecret : public QObject
{
    Q_OBJECT

private slots:
    void cannotBeStreamed();
    void keepsEveryByte();
    void takesItsSource();
    void comparesByContent();
    void emptyIsEmpty();
};

void TestSecret::cannotBeStreamed()
{
    static_assert(!Streamable<Secret>);
    static_assert(Streamable<QString>);
}

void TestSecret::keepsEveryByte()
{
    QByteArray bytes("a\0b\n", 4);
    const Secret secret = Secret::copyOf(bytes);
    const Secret copy = secret;
    QCOMPARE(copy.bytes().toByteArray(), bytes);
    QCOMPARE(Secret::fromText(u"pässwort"_s).revealed(), u"pässwort"_s);
}

void TestSecret::takesItsSource()
{
    QByteArray source = QByteArray(64, 'x');
    const Secret secret = Secret::takeFrom(source);
    QVERIFY(source.isEmpty());
    QCOMPARE(secret.bytes().toByteArray(), QByteArray(64, 'x'));
    QByteArray shared = "shared";
    const QByteArray other = shared;
    wipe(shared);
    QVERIFY(shared.isEmpty());
    QCOMPARE(other, QByteArray("shared")); // a copy somebody else holds is not ours to overwrite
}

void TestSecret::comparesByContent()
{
    QVERIFY(Secret::fromText(u"same") == Secret::copyOf("same"));
    QVERIFY(!(Secret::fromText(u"same") == Secret::copyOf("Same")));
    QVERIFY(!(Secret::fromText(u"same") == Secret::copyOf("sam")));
}

void TestSecret::emptyIsEmpty()
{
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret() == Secret::copyOf(""));
    QCOMPARE(Secret().bytes().size(), 0);
}

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
