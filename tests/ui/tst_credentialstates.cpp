// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/credentialsdesktest.h"

#include "credentials/credentialdialog.h"
#include "credentials/refusaldialog.h"
#include "models/itemroles.h"
#include "widgets/statebadge.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What the panel says of a pair that is at work, was disabled, or was refused.
class CredentialStatesTest : public CredentialsDeskTest
{
    Q_OBJECT

private slots:
    void thePairAtWorkIsMarkedAndSaid();
    void disablingThePairAtWorkNamesTheNextOneAndLeadsBack();
    void disablingTheLastPairSaysThatNoneIsLeft();
    void undoingADeleteLeadsBackToThePairAtWork();
    void whatWasProvenOfADisabledPairIsPast();
    void aRefusedPairIsNamedAndExplained();
    void aRefusedPairIsPastedAgain();
    void theStepsOfAnExplanationAreTaken_data();
    void theStepsOfAnExplanationAreTaken();
    void aPairWhoseOwnerIsGoneIsNotOfferedAToken();
    void callsLeftAreForgottenWithThePairAtWork();

private:
    QString atWork() const
    {
        const auto working = m_desk->tenant.session->workingCredential();
        return working ? working->name : QString();
    }
};

void CredentialStatesTest::thePairAtWorkIsMarkedAndSaid()
{
    openAs();
    adoptAnother();
    QCOMPARE(atWork(), u"directory-sync"_s);
    QVERIFY(shown(*m_desk->panel, u"credential.atWork"_s));
    QVERIFY(m_desk->select(u"billing-service"_s));
    QVERIFY(!shown(*m_desk->panel, u"credential.atWork"_s));
    QVERIFY(pick(*m_desk->panel, u"credential.more"_s, u"credential.workAs"_s));
    QCOMPARE(said(), u"Working as billing-service now."_s);
    QCOMPARE(atWork(), u"billing-service"_s);
    QTRY_VERIFY(shown(*m_desk->panel, u"credential.atWork"_s));
    const QAbstractItemModel *model = m_desk->list()->model();
    const QModelIndexList marked = model->match(model->index(0, CredentialModel::Name), MarkRole,
                                                static_cast<int>(Icon::Play), -1, Qt::MatchRecursive);
    QCOMPARE(marked.size(), 1);
    QCOMPARE(marked.first().data().toString(), u"billing-service"_s);
    QVERIFY(marked.first().data(Qt::AccessibleTextRole).toString().contains(u"at work"_s));
}

void CredentialStatesTest::disablingThePairAtWorkNamesTheNextOneAndLeadsBack()
{
    openAs();
    adoptAnother();
    QVERIFY(m_desk->press(u"credential.disable"_s));
    QVERIFY(m_desk->dialog<ConfirmDialog>()->accessibleDescription().contains(u"go on as another pair"_s));
    confirm();
    QTRY_COMPARE(said(), u"directory-sync is disabled here."_s);
    QCOMPARE(m_desk->banner().detail(), u"Working as billing-service now."_s);
    QTRY_COMPARE(said(), u"The tenant refuses directory-sync now."_s);
    QCOMPARE(m_desk->banner().detail(), u"Working as billing-service now."_s);
    QVERIFY(m_desk->press(u"credentials.enableAgain"_s));
    QTRY_COMPARE(said(), u"directory-sync is enabled: it gets a token."_s);
    QCOMPARE(m_desk->banner().detail(), u"Working as directory-sync now."_s);
    QCOMPARE(atWork(), u"directory-sync"_s);
}

void CredentialStatesTest::disablingTheLastPairSaysThatNoneIsLeft()
{
    openAs();
    disable();
    QTRY_COMPARE(said(), u"directory-sync is disabled here."_s);
    QCOMPARE(m_desk->banner().detail(), u"No credential is left to work with."_s);
    QCOMPARE(m_desk->banner().kind(), MessageBanner::Kind::Warn);
}

void CredentialStatesTest::undoingADeleteLeadsBackToThePairAtWork()
{
    openAs(TenantType::Staging);
    adoptAnother();
    QVERIFY(pick(*m_desk->panel, u"credential.more"_s, u"credential.delete"_s));
    confirm();
    QTRY_COMPARE(said(), u"Deleted directory-sync here."_s);
    QVERIFY(m_desk->banner().detail().startsWith(u"Working as billing-service now."_s));
    QVERIFY(m_desk->press(u"credentials.undoDelete"_s));
    QTRY_COMPARE(said(), u"directory-sync is back."_s);
    QCOMPARE(atWork(), u"directory-sync"_s);
}

void CredentialStatesTest::whatWasProvenOfADisabledPairIsPast()
{
    openAs();
    QVERIFY(m_desk->press(u"ability.check"_s));
    QTRY_VERIFY(shown(*m_desk->panel, u"ability.evidence"_s));
    QCOMPARE(text(u"credential.proof"_s), u"Proved just now: the pair gets a token"_s);
    disable();
    QTRY_COMPARE(text(u"credential.proof"_s), u"Proved just now, before it was disabled"_s);
    QCOMPARE(text(u"ability.conclusion"_s), u"Checked just now, before it was disabled."_s);
    QVERIFY(!shown(*m_desk->panel, u"ability.record"_s));
}

void CredentialStatesTest::aRefusedPairIsNamedAndExplained()
{
    openAs(TenantType::Staging);
    refuse();
    QVERIFY(m_desk->press(u"token.get"_s));
    QTRY_VERIFY2(said().startsWith(u"The tenant refused directory-sync."_s), qPrintable(said()));
    QTRY_COMPARE(text(u"token.sentence"_s), u"The tenant refused the pair just now and gave no token."_s);
    QCOMPARE(shown<StateBadge>(*m_desk->panel, u"token.refused"_s)->text(), u"Refused"_s);
    QVERIFY(m_desk->press(u"refusal.explain"_s));
    QTRY_VERIFY(m_desk->dialog<RefusalDialog>());
    QCOMPARE(m_desk->dialog<RefusalDialog>()->windowTitle(), u"Why directory-sync gets no token"_s);
    QVERIFY(press(*m_desk->dialog<RefusalDialog>(), u"next_open_portal"_s));
    QTRY_COMPARE(m_desk->opened.size(), 1);

    QVERIFY(m_desk->restart()); // the card remembers
    QVERIFY(m_desk->select(u"directory-sync"_s));
    QVERIFY(m_desk->press(u"token.explain"_s));
    QTRY_VERIFY(m_desk->dialog<RefusalDialog>());
    QVERIFY(press(*m_desk->dialog<RefusalDialog>(), u"next_paste_secret_again"_s));
    QTRY_VERIFY(m_desk->dialog<CredentialDialog>());
}

void CredentialStatesTest::aRefusedPairIsPastedAgain()
{
    openAs();
    refuse();
    QVERIFY(m_desk->press(u"token.get"_s));
    QVERIFY(m_desk->press(u"refusal.paste"_s));
    QTRY_VERIFY(m_desk->dialog<CredentialDialog>());
    m_desk->tenant.proxy->setScript(nullptr);
    m_desk->fill(u"credential.form.secret"_s,
                 m_desk->tenant.sandbox.credential(u"directory-sync").clientSecret);
    QVERIFY(press(*m_desk->dialog<CredentialDialog>(), u"apply"_s));
    QTRY_COMPARE(m_desk->stateOf(u"directory-sync"_s), u"Enabled"_s);
    QVERIFY(!shown(*m_desk->panel, u"token.refused"_s));
    QVERIFY(!m_desk->banner().isVisible()); // what it said is mended
}

void CredentialStatesTest::theStepsOfAnExplanationAreTaken_data()
{
    QTest::addColumn<TenantType>("type");
    QTest::addColumn<QString>("button");
    QTest::newRow("tested again") << TenantType::Staging << u"refusal.test"_s;
    QTest::newRow("enabled in the sandbox") << TenantType::Sandbox << u"next_enable"_s;
    QTest::newRow("the requests") << TenantType::Staging << u"refusal.requests"_s;
    QTest::newRow("the address") << TenantType::Staging << u"next_check_address"_s;
}

void CredentialStatesTest::theStepsOfAnExplanationAreTaken()
{
    QFETCH(TenantType, type);
    QFETCH(QString, button);
    openAs(type);
    refuse();
    QVERIFY(m_desk->press(u"token.get"_s));
    QVERIFY(m_desk->press(u"refusal.explain"_s));
    QTRY_VERIFY(m_desk->dialog<RefusalDialog>());
    const auto texts = m_desk->dialog<RefusalDialog>()->findChildren<QLabel *>();
    for (const QLabel *each : texts) // none was sent
        QVERIFY(!each->text().contains(u"It was a token that was refused"_s));
    QVERIFY(!shown(*m_desk->dialog<RefusalDialog>(), u"next_new_token"_s));
    QCOMPARE(shown(*m_desk->dialog<RefusalDialog>(), u"next_open_portal"_s) != nullptr,
             type != TenantType::Sandbox);
    m_desk->tenant.proxy->setScript(nullptr);
    QSignalSpy activity(m_desk->panel.get(), &CredentialsPanel::activityAsked);
    QSignalSpy address(m_desk->panel.get(), &CredentialsPanel::addressAsked);
    QVERIFY(press(*m_desk->dialog<RefusalDialog>(), button));
    if (button == u"refusal.test"_s)
        QTRY_COMPARE(said(), u"directory-sync gets a token."_s);
    else if (button == u"next_enable"_s)
        QTRY_COMPARE(said(), u"directory-sync is enabled: it gets a token."_s);
    else
        QCOMPARE(button == u"refusal.requests"_s ? activity.count() : address.count(), 1);
}

void CredentialStatesTest::aPairWhoseOwnerIsGoneIsNotOfferedAToken()
{
    openAs();
    m_desk->tenant.proxy->setScript([](const Arrival &, const FaultProxy::Forward &) {
        return FaultServer::answer(500, R"({"status":{"error":true,"code":500,"message":"Internal error"}})");
    });
    QVERIFY(m_desk->press(u"token.get"_s));
    QTRY_COMPARE(m_desk->stateOf(u"directory-sync"_s), u"Owner deleted"_s);
    QVERIFY(!shown(*m_desk->panel, u"token.get"_s));
    QVERIFY(shown(*m_desk->panel, u"token.test"_s));
    QVERIFY(m_desk->press(u"token.explain"_s));
    QTRY_VERIFY(m_desk->dialog<RefusalDialog>());
    QVERIFY(shown(*m_desk->dialog<RefusalDialog>(), u"next_rotate"_s));
}

void CredentialStatesTest::callsLeftAreForgottenWithThePairAtWork()
{
    openAs(TenantType::Sandbox, ScopeLevel::ManageUsers);
    adoptAnother();
    QVERIFY(m_desk->press(u"token.get"_s));
    QTRY_VERIFY(m_desk->tenant.session->callsLeft());
    const auto other = m_desk->tenant.rows().front();
    QCOMPARE(other.name, u"billing-service"_s);
    m_desk->tenant.session->workAs(other.id);
    QVERIFY(!m_desk->tenant.session->callsLeft());
}

QTEST_MAIN(CredentialStatesTest)
#include "moc_credentialsdesktest.cpp"
#include "tst_credentialstates.moc"
