// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/latchkeystyle.h"
#include "translations.h"
#include "widgets/scopechips.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestScopeChips : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void spaceCommaAndEnterEndAChip();
    void aPastedListBecomesChips();
    void aDuplicateIsNotAdded();
    void backspaceSelectsThenRemovesTheLast();
    void arrowsWalkOverTheChips();
    void enterInAnEmptyEditorGoesOn();
    void growsWithItsChips();
    void aClickOnTheCrossRemoves();
};

void TestScopeChips::spaceCommaAndEnterEndAChip()
{
    ScopeChips chips;
    QSignalSpy changed(&chips, &ScopeChips::scopesChanged);
    QTest::keyClicks(chips.editor(), u"openid profile,read:invoices"_s);
    QTest::keyClick(chips.editor(), Qt::Key_Return);
    QCOMPARE(chips.scopes(), QStringList({u"openid"_s, u"profile"_s, u"read:invoices"_s}));
    QVERIFY(chips.editor()->text().isEmpty());
    QCOMPARE(changed.count(), 3);
}

void TestScopeChips::aPastedListBecomesChips()
{
    ScopeChips chips;
    QGuiApplication::clipboard()->setText(u"  openid,\n profile\tread:a  "_s);
    chips.editor()->paste();
    QCOMPARE(chips.scopes(), QStringList({u"openid"_s, u"profile"_s, u"read:a"_s}));
}

void TestScopeChips::aDuplicateIsNotAdded()
{
    ScopeChips chips;
    chips.setScopes({u"openid"_s});
    QTest::keyClicks(chips.editor(), u"openid "_s);
    QCOMPARE(chips.scopes(), QStringList({u"openid"_s}));
}

void TestScopeChips::backspaceSelectsThenRemovesTheLast()
{
    ScopeChips chips;
    chips.setScopes({u"openid"_s, u"profile"_s});
    QTest::keyClick(chips.editor(), Qt::Key_Backspace);
    QCOMPARE(chips.selectedChip(), 1);
    QCOMPARE(chips.scopes().size(), 2);
    QTest::keyClick(chips.editor(), Qt::Key_Backspace);
    QCOMPARE(chips.scopes(), QStringList({u"openid"_s}));
    QCOMPARE(chips.selectedChip(), -1);
}

void TestScopeChips::arrowsWalkOverTheChips()
{
    ScopeChips chips;
    chips.setScopes({u"a"_s, u"b"_s, u"c"_s});
    QTest::keyClick(chips.editor(), Qt::Key_Left);
    QTest::keyClick(chips.editor(), Qt::Key_Left);
    QCOMPARE(chips.selectedChip(), 1);
    QTest::keyClick(chips.editor(), Qt::Key_Delete);
    QCOMPARE(chips.scopes(), QStringList({u"a"_s, u"c"_s}));
    QTest::keyClick(chips.editor(), Qt::Key_Left);
    QTest::keyClick(chips.editor(), Qt::Key_Right);
    QCOMPARE(chips.selectedChip(), -1);
    QTest::keyClick(chips.editor(), Qt::Key_Left);
    QTest::keyClicks(chips.editor(), u"x"_s);
    QCOMPARE(chips.selectedChip(), -1);
}

void TestScopeChips::enterInAnEmptyEditorGoesOn()
{
    ScopeChips chips;
    QSignalSpy changed(&chips, &ScopeChips::scopesChanged);
    QTest::keyClick(chips.editor(), Qt::Key_Return);
    QCOMPARE(changed.count(), 0);
}

void TestScopeChips::growsWithItsChips()
{
    ScopeChips chips;
    const int one = chips.heightForWidth(200);
    chips.setScopes({u"read:invoices"_s, u"write:invoices"_s, u"send:invoices"_s, u"void:invoices"_s});
    QVERIFY(chips.heightForWidth(200) > 2 * one);
    QVERIFY(chips.heightForWidth(2000) == one);
}

void TestScopeChips::aClickOnTheCrossRemoves()
{
    ScopeChips chips;
    chips.resize(400, 40);
    chips.setScopes({u"openid"_s});
    chips.show();
    const int end = 4 + 9 + chips.fontMetrics().horizontalAdvance(u"openid"_s) + 24;
    QTest::mouseClick(&chips, Qt::LeftButton, {}, QPoint(end - 12, 16));
    QVERIFY(chips.scopes().isEmpty());
}

QTEST_MAIN(TestScopeChips)
#include "tst_scopechips.moc"
