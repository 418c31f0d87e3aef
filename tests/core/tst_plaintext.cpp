// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPlainText final : public QObject
{
    Q_OBJECT

private slots:
    void printableTextStays_data();
    void printableTextStays();
    void theInvisibleIsSpelledOut_data();
    void theInvisibleIsSpelledOut();
    void whatSteersIsTakenOutOfNames();
    void aNameIsTypedAsItIsShown();
};

void TestPlainText::printableTextStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a name") << u"billing-service (eu)"_s;
    QTest::newRow("another script") << u"خدمة الفوترة"_s;
    QTest::newRow("beyond the first plane") << u"keys 🔑"_s;
}

void TestPlainText::printableTextStays()
{
    QFETCH(QString, text);
    QCOMPARE(withVisibleControls(text), text);
}

void TestPlainText::theInvisibleIsSpelledOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("right-to-left override") << u"read\u202Eetirw"_s << u"read‹U+202E›etirw"_s;
    QTest::newRow("zero-width space") << u"read\u200B:all"_s << u"read‹U+200B›:all"_s;
    QTest::newRow("line feed") << u"a\nb"_s << u"a‹U+000A›b"_s;
    QTest::newRow("escape") << u"\x1b[2J"_s << u"‹U+001B›[2J"_s;
    QTest::newRow("tag beyond the first plane") << u"\U000E0041"_s << u"‹U+E0041›"_s;
}

void TestPlainText::theInvisibleIsSpelledOut()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(withVisibleControls(text), shown);
}

void TestPlainText::whatSteersIsTakenOutOfNames()
{
    QVERIFY(hasControls(u"read\u202Eetirw"_s));
    QVERIFY(hasControls(u"a\u2028b"_s));
    QVERIFY(hasControls(u"a\x7f"_s));
    QCOMPARE(withoutControls(u"\x1b[2Ja\r\n b\u2066"_s), u"[2Ja b"_s);
    for (const QString &name : {u"می‌خواهم"_s, u"keys 👩‍💻"_s, u"billing-service (eu)"_s}) {
        QVERIFY(!hasControls(name));
        QCOMPARE(withoutControls(name), name);
    }
}

void TestPlainText::aNameIsTypedAsItIsShown()
{
    const QString name = u"a\u202eb\u2028c"_s;
    QCOMPARE(withVisibleControls(name), u"a‹U+202E›b‹U+2028›c"_s);
    QVERIFY(isTyped(name, name));
    QVERIFY(isTyped(u"a‹U+202E›b‹U+2028›c"_s, name));
    QVERIFY(!isTyped(u"abc"_s, name));
    QVERIFY(!isTyped({}, {}));
}

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plaintext.moc"
