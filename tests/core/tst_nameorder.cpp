// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nameorder.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestNameOrder : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void numbersCountByTheirValueAndCaseDoesNot();
    void namesThatDifferInCaseAloneHaveOneOrder();
};

void TestNameOrder::numbersCountByTheirValueAndCaseDoesNot()
{
    QStringList names{u"job-10"_s, u"Zulu"_s, u"job-2"_s, u"alpha"_s, u"Beta"_s, u"Job-1"_s};
    std::sort(names.begin(), names.end(),
              [](const QString &left, const QString &right) { return compareNames(left, right) < 0; });
    QCOMPARE(names, QStringList({u"alpha"_s, u"Beta"_s, u"Job-1"_s, u"job-2"_s, u"job-10"_s, u"Zulu"_s}));
}

void TestNameOrder::namesThatDifferInCaseAloneHaveOneOrder()
{
    QVERIFY(compareNames(u"Alpha"_s, u"alpha"_s) != 0);
    QCOMPARE(compareNames(u"Alpha"_s, u"alpha"_s), -compareNames(u"alpha"_s, u"Alpha"_s));
    QCOMPARE(compareNames(u"alpha"_s, u"alpha"_s), 0);
}

QTEST_GUILESS_MAIN(TestNameOrder)
#include "tst_nameorder.moc"
