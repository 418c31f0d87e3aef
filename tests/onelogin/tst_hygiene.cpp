// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/hygiene.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 7, 20), QTime(12, 0), Qt::UTC);

ApiCredential sound(qint64 id, const QString &name)
{
    return {.id = {id},
            .name = name,
            .level = ScopeLevel::ReadUsers,
            .note = u"identity-platform"_s,
            .addedAt = kNow.addDays(-30),
            .usedAt = kNow.addDays(-1)};
}

} // namespace

class HygieneTest : public QObject
{
    Q_OBJECT

private slots:
    void findsEachProblem_data();
    void findsEachProblem();
    void aSoundPairHasNoFinding();
    void limitsAreInclusiveDays_data();
    void limitsAreInclusiveDays();
    void aDisabledPairIsOnlyAskedWhetherItIsNeeded();
    void theMostSeriousComesFirst();
    void eachOfManyPairsHasItsFindings();
};

void HygieneTest::findsEachProblem_data()
{
    QTest::addColumn<ApiCredential>("pair");
    QTest::addColumn<HygieneProblem>("problem");
    QTest::addColumn<HygieneSeverity>("severity");
    QTest::addColumn<HygieneStep>("step");
    const auto row = [](const char *name, auto change, HygieneProblem problem, HygieneSeverity severity,
                        HygieneStep step) {
        ApiCredential pair = sound(1, u"billing-service"_s);
        change(pair);
        QTest::newRow(name) << pair << problem << severity << step;
    };
    row(
        "owner deleted", [](ApiCredential &pair) { pair.problem = CredentialProblem::OwnerDeleted; },
        HygieneProblem::OwnerDeleted, HygieneSeverity::Serious, HygieneStep::Rotate);
    row(
        "refused", [](ApiCredential &pair) { pair.problem = CredentialProblem::Refused; },
        HygieneProblem::Refused, HygieneSeverity::Serious, HygieneStep::PasteSecret);
    row(
        "missing", [](ApiCredential &pair) { pair.secretMissing = true; }, HygieneProblem::SecretMissing,
        HygieneSeverity::Serious, HygieneStep::PasteSecret);
    row(
        "manage all", [](ApiCredential &pair) { pair.level = ScopeLevel::ManageAll; },
        HygieneProblem::ManageAll, HygieneSeverity::Warning, HygieneStep::CheckLevel);
    row(
        "unused",
        [](ApiCredential &pair) {
            pair.usedAt = kNow.addDays(-94);
            pair.addedAt = kNow.addDays(-95);
        },
        HygieneProblem::Unused, HygieneSeverity::Warning, HygieneStep::Disable);
    row(
        "never used",
        [](ApiCredential &pair) {
            pair.usedAt = {};
            pair.addedAt = kNow.addDays(-95);
        },
        HygieneProblem::Unused, HygieneSeverity::Warning, HygieneStep::Disable);
    row(
        "old", [](ApiCredential &pair) { pair.addedAt = kNow.addDays(-400); }, HygieneProblem::Old,
        HygieneSeverity::Notice, HygieneStep::Rotate);
    row(
        "no note", [](ApiCredential &pair) { pair.note = u"  "_s; }, HygieneProblem::NoOwnerNote,
        HygieneSeverity::Notice, HygieneStep::AddNote);
}

void HygieneTest::findsEachProblem()
{
    QFETCH(ApiCredential, pair);
    const std::vector<HygieneFinding> findings = hygieneFindings({pair}, kNow, {});
    QCOMPARE(findings.size(), size_t(1));
    const HygieneFinding &finding = findings.front();
    QTEST(finding.problem, "problem");
    QTEST(finding.severity, "severity");
    QTEST(finding.step, "step");
    QCOMPARE(finding.credential, pair.id);
    QCOMPARE(finding.name, pair.name);
    QVERIFY(finding.reason.endsWith(u'.'));
    QVERIFY(!hygieneProblemName(finding.problem).isEmpty());
    QVERIFY(!hygieneStepText(finding.step).isEmpty());
}

void HygieneTest::aSoundPairHasNoFinding()
{
    QVERIFY(hygieneFindings({sound(1, u"billing-service"_s)}, kNow, {}).empty());
    QVERIFY(hygieneFindings({}, kNow, {}).empty());
}

void HygieneTest::limitsAreInclusiveDays_data()
{
    QTest::addColumn<int>("age");
    QTest::addColumn<int>("unused");
    QTest::addColumn<int>("count");
    QTest::newRow("just below both") << 364 << 89 << 0;
    QTest::newRow("unused") << 364 << 90 << 1;
    QTest::newRow("old") << 365 << 89 << 1;
    QTest::newRow("both") << 365 << 90 << 2;
    QTest::newRow("a clock that ran ahead") << -3 << -3 << 0;
}

void HygieneTest::limitsAreInclusiveDays()
{
    QFETCH(int, age);
    QFETCH(int, unused);
    ApiCredential pair = sound(1, u"billing-service"_s);
    pair.addedAt = kNow.addDays(-age);
    pair.usedAt = kNow.addDays(-unused);
    const auto findings = hygieneFindings({pair}, kNow, {});
    QTEST(static_cast<int>(findings.size()), "count");
    QVERIFY(hygieneFindings({pair}, kNow, {.unusedDays = 1000, .oldDays = 1000}).empty());
}

void HygieneTest::aDisabledPairIsOnlyAskedWhetherItIsNeeded()
{
    ApiCredential pair = sound(1, u"hr-import"_s);
    pair.state = CredentialState::Disabled;
    pair.level = ScopeLevel::ManageAll;
    pair.problem = CredentialProblem::Refused;
    pair.note.clear();
    QVERIFY(hygieneFindings({pair}, kNow, {}).empty());
    pair.usedAt = kNow.addDays(-120);
    const auto findings = hygieneFindings({pair}, kNow, {});
    QCOMPARE(findings.size(), size_t(1));
    QCOMPARE(findings.front().step, HygieneStep::Delete);
    QCOMPARE(findings.front().reason, u"It is disabled, and was not used here for 120 days."_s);
}

void HygieneTest::theMostSeriousComesFirst()
{
    ApiCredential quiet = sound(1, u"alpha"_s);
    quiet.note.clear();
    ApiCredential powerful = sound(2, u"beta"_s);
    powerful.level = ScopeLevel::ManageAll;
    powerful.note.clear();
    ApiCredential dead = sound(3, u"zeta"_s);
    dead.problem = CredentialProblem::OwnerDeleted;
    QStringList order;
    for (const HygieneFinding &finding : hygieneFindings({quiet, powerful, dead}, kNow, {}))
        order.append(finding.name + u": "_s + hygieneProblemName(finding.problem));
    QCOMPARE(order, (QStringList{u"zeta: Owner deleted"_s, u"beta: May do everything"_s,
                                 u"alpha: No owner note"_s, u"beta: No owner note"_s}));
}

void HygieneTest::eachOfManyPairsHasItsFindings()
{
    std::vector<ApiCredential> pairs;
    for (int i = 0; i < 2000; ++i) {
        pairs.push_back(sound(i + 1, u"pair-%1"_s.arg(i)));
        pairs.back().level = ScopeLevel::ManageAll;
        pairs.back().note.clear();
        pairs.back().addedAt = kNow.addDays(-400);
    }
    QCOMPARE(hygieneFindings(pairs, kNow, {}).size(), size_t(6000));
}

QTEST_GUILESS_MAIN(HygieneTest)
#include "tst_hygiene.moc"
