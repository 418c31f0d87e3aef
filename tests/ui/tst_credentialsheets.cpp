// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/credentialsdesktest.h"

#include "credentials/portalpairdialog.h"
#include "credentials/sandboxpairdialog.h"
#include "widgets/secretfield.h"
#include "widgets/stepbar.h"

#include <QPushButton>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// A new credential: made by the sandbox, or taken over from a portal in three steps.
class CredentialSheetsTest : public CredentialsDeskTest
{
    Q_OBJECT

private slots:
    void theSandboxMakesThePairAndShowsIt();
    void theSandboxIsNotAskedWithAnUnfinishedForm();
    void aFailureLeavesTheForm_data();
    void aFailureLeavesTheForm();
    void aPairThatCannotBeStoredIsKeptLater();
    void aPairThatCannotBeStoredIsDeletedAgain();
    void closingOnAnOpenQuestionAsksItInThePanel();

    void takesAPairOverInThreeSteps();
    void theKeyboardAloneDoes();
    void findsThePairInWhatWasPasted_data();
    void findsThePairInWhatWasPasted();
    void saysWhenThereIsNoPairOnTheClipboard();
    void offersToSwapARefusedPair();
    void aNameOrClientIdInUseIsSaidAtTheField();
    void aRefusedTestLeavesTheForm_data();
    void aRefusedTestLeavesTheForm();
    void aLockedKeychainOffersTheSession();
    void withoutABrowserTheAddressIsTold();

private:
    void openSandboxForm()
    {
        openAs(TenantType::Sandbox);
        QVERIFY(m_desk->press(u"credentials.new"_s));
        QVERIFY(m_desk->dialog<SandboxPairDialog>());
        m_desk->fill(u"credential.form.name"_s, u"invoice-export"_s);
        m_desk->choose(u"credential.form.level"_s, u"Read Users"_s);
    }
    void openPortalForm()
    {
        openAs(TenantType::Development);
        QVERIFY(m_desk->press(u"credentials.new"_s));
        QVERIFY(portalForm());
        m_desk->fill(u"credential.form.name"_s, u"audit-export"_s);
    }
    void enterPair(const QString &id, const QString &secret)
    {
        QVERIFY(m_desk->press(u"apply"_s));
        m_desk->fill(u"credential.form.clientId"_s, id);
        m_desk->fill(u"credential.form.secret"_s, secret);
        QVERIFY(m_desk->press(u"apply"_s));
    }
    PortalPairDialog *portalForm() const { return m_desk->dialog<PortalPairDialog>(); }
    SandboxPairDialog *sandboxForm() const { return m_desk->dialog<SandboxPairDialog>(); }
    QString typed(const QString &field) const
    {
        auto *edit = m_desk->panel->findChild<QLineEdit *>(field);
        return edit ? edit->text() : QString();
    }
    int step() const { return portalForm()->findChild<StepBar *>()->current(); }
    /// What stands below a field.
    QString below(const QString &field) const
    {
        return m_desk->panel->findChild<QWidget *>(field)->accessibleDescription();
    }
};

void CredentialSheetsTest::theSandboxMakesThePairAndShowsIt()
{
    openSandboxForm();
    QVERIFY(below(u"credential.form.level"_s).contains(u"users"_s));
    QTest::keyClick(sandboxForm()->focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(shown<SecretField>(*m_desk->panel, u"credential.made.secret"_s));
    QCOMPARE(sandboxForm()->windowTitle(), u"invoice-export is made"_s);
    const auto made = m_desk->tenant.atPortal(u"invoice-export"_s);
    QVERIFY(made);
    QCOMPARE(made->level, ScopeLevel::ReadUsers);

    auto *secret = shown<SecretField>(*m_desk->panel, u"credential.made.secret"_s);
    QVERIFY(!secret->isRevealed());
    QVERIFY(press(*secret, u"copySecret"_s));
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const auto pair = waitFor<PortalPair>([&](auto k) { m_desk->tenant.portal().view(made->id, k); });
    QVERIFY_OK(pair);
    QCOMPARE(QGuiApplication::clipboard()->text(), pair->secret.revealed());
    QVERIFY(!secret->isRevealed());
    QCOMPARE(shown<QLabel>(*sandboxForm(), u"credential.clientId"_s)->text(), made->clientId);
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_VERIFY(!sandboxForm());
    QCOMPARE(m_desk->panel->findChild<QLabel *>(u"credential.name"_s)->text(), u"invoice-export"_s);
    QVERIFY(m_desk->press(u"token.get"_s));
    QTRY_VERIFY(m_desk->tenant.session->hasToken(m_desk->tenant.rows().back().id));
}

void CredentialSheetsTest::theSandboxIsNotAskedWithAnUnfinishedForm()
{
    openAs(TenantType::Sandbox);
    QVERIFY(m_desk->press(u"credentials.new"_s));
    QVERIFY(m_desk->press(u"apply"_s));
    QCOMPARE(below(u"credential.form.name"_s), u"A name is needed."_s);
    QCOMPARE(below(u"credential.form.level"_s), u"Choose what its tokens may call."_s);
    m_desk->fill(u"credential.form.name"_s, u"Directory-Sync"_s);
    QVERIFY(m_desk->press(u"apply"_s));
    QVERIFY2(below(u"credential.form.name"_s).contains(u"directory-sync"_s),
             qPrintable(below(u"credential.form.name"_s)));
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialSheetsTest::aFailureLeavesTheForm_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("says");
    QTest::newRow("500") << u"500"_s << u"500"_s;
    QTest::newRow("429 html") << u"429"_s << u"429"_s;
    QTest::newRow("offline") << u"offline"_s << u""_s;
    QTest::newRow("the sandbox has ended") << u"ended"_s << u""_s;
    QTest::newRow("locked keychain") << u"locked"_s << u"refused by the test"_s;
    QTest::newRow("denied by the keychain") << u"denied"_s << u"refused by the test"_s;
}

void CredentialSheetsTest::aFailureLeavesTheForm()
{
    QFETCH(QString, what);
    QFETCH(QString, says);
    openSandboxForm();
    m_desk->tenant.proxy->setScript([what](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (what == u"500")
            return FaultServer::answer(500, "{\"statusCode\":500,\"message\":\"broken\"}");
        if (what == u"429")
            return FaultServer::html(429);
        if (what == u"offline")
            return FaultReply{.then = FaultReply::Then::Reset};
        return forward(arrival);
    });
    if (what == u"ended")
        m_desk->tenant.sandbox.stop();
    if (what == u"locked" || what == u"denied")
        m_desk->tenant.keychain.failFrom = 0;
    if (what == u"denied")
        m_desk->tenant.keychain.failure = ErrorKind::KeychainFailure;
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_VERIFY_WITH_TIMEOUT(sandboxForm()->banner()->isVisible(), 20000);
    QCOMPARE(sandboxForm()->banner()->kind(), MessageBanner::Kind::Danger);
    const QString said = sandboxForm()->banner()->sentence() + sandboxForm()->banner()->detail();
    QVERIFY2(said.contains(says), qPrintable(said));
    QCOMPARE(typed(u"credential.form.name"_s), u"invoice-export"_s);
    QVERIFY(sandboxForm()->applyButton()->isEnabled());
    QCOMPARE(m_desk->tenant.rows().size(), 1u);
    QVERIFY(m_desk->tenant.operations().empty());

    if (what == u"locked") {
        QVERIFY(m_desk->press(u"credential.form.useSession"_s));
        QTRY_VERIFY(!sandboxForm()->banner()->isVisible());
        QVERIFY(m_desk->press(u"apply"_s));
        QTRY_VERIFY(shown<SecretField>(*m_desk->panel, u"credential.made.secret"_s));
    }
}

void CredentialSheetsTest::aPairThatCannotBeStoredIsKeptLater()
{
    openSandboxForm();
    m_desk->tenant.keychain.failFrom = 3; // after the probe's put, get and remove
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_VERIFY(shown<QPushButton>(*sandboxForm(), u"remedy.keep"_s));
    QVERIFY(!sandboxForm()->applyButton()->isEnabled()); // no second pair
    QVERIFY(m_desk->tenant.atPortal(u"invoice-export"_s));
    QVERIFY(m_desk->press(u"remedy.keep"_s));
    QTRY_VERIFY(sandboxForm()->isBusy());
    QTRY_VERIFY(shown<QPushButton>(*sandboxForm(), u"remedy.keep"_s)); // it is still locked
    m_desk->tenant.keychain.failFrom = -1;
    QVERIFY(m_desk->press(u"remedy.keep"_s));
    QTRY_VERIFY(shown<SecretField>(*m_desk->panel, u"credential.made.secret"_s));
    QVERIFY(sandboxForm()->applyButton()->isEnabled());
    QVERIFY(m_desk->tenant.operations().empty());
}

void CredentialSheetsTest::aPairThatCannotBeStoredIsDeletedAgain()
{
    openSandboxForm();
    m_desk->tenant.keychain.failFrom = 3;
    QVERIFY(m_desk->press(u"apply"_s));
    QVERIFY(m_desk->press(u"remedy.deleteAtTenant"_s));
    QTRY_VERIFY(sandboxForm()->applyButton()->isEnabled());
    QVERIFY(!m_desk->tenant.atPortal(u"invoice-export"_s));
    QVERIFY(m_desk->tenant.operations().empty());
    m_desk->tenant.keychain.failFrom = -1;
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_VERIFY(shown<SecretField>(*m_desk->panel, u"credential.made.secret"_s));
}

void CredentialSheetsTest::closingOnAnOpenQuestionAsksItInThePanel()
{
    openSandboxForm();
    m_desk->tenant.keychain.failFrom = 3;
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_VERIFY(shown<QPushButton>(*sandboxForm(), u"remedy.keep"_s));
    QTest::keyClick(sandboxForm(), Qt::Key_Escape);
    QTRY_VERIFY(!sandboxForm());
    m_desk->tenant.keychain.failFrom = -1;
    QTRY_VERIFY2(m_desk->banner().sentence().contains(u"invoice-export"_s),
                 qPrintable(m_desk->banner().sentence()));
    QVERIFY(m_desk->press(u"remedy.keep"_s));
    QTRY_COMPARE(m_desk->stateOf(u"invoice-export"_s), u"Not tested yet"_s);
}

void CredentialSheetsTest::takesAPairOverInThreeSteps()
{
    openPortalForm();
    m_desk->choose(u"credential.form.level"_s, u"Read All"_s);
    QVERIFY(m_desk->press(u"credential.form.portal"_s));
    QCOMPARE(m_desk->opened,
             QList<QUrl>{QUrl(m_desk->tenant.proxy->url().resolved(QUrl(u"/api_credentials"_s)))});
    QVERIFY(m_desk->press(u"apply"_s));
    QCOMPARE(step(), 1);
    const auto pair = m_desk->tenant.sandbox.credential(u"audit-export");
    QGuiApplication::clipboard()->setText(
        u"  Client ID:  %1 \n Client Secret: %2\n"_s.arg(pair.clientId, pair.clientSecret));
    QVERIFY(m_desk->press(u"credential.form.pasteButton"_s));
    QCOMPARE(typed(u"credential.form.clientId"_s), pair.clientId);
    QCOMPARE(typed(u"credential.form.secret"_s), pair.clientSecret);
    QVERIFY(m_desk->press(u"credential.form.back"_s));
    QCOMPARE(step(), 0);
    QVERIFY(m_desk->press(u"apply"_s));
    QVERIFY(m_desk->press(u"apply"_s));
    QCOMPARE(step(), 2);
    m_desk->fill(u"credential.form.note"_s, u"owner: jdoe.test"_s);
    QVERIFY(m_desk->press(u"credential.form.test"_s));
    QTRY_COMPARE(portalForm()->banner()->sentence(), u"The pair gets a token."_s);
    QCOMPARE(m_desk->tenant.rows().size(), 1u); // nothing is saved yet
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_COMPARE(m_desk->stateOf(u"audit-export"_s), u"Enabled"_s); // the test was its first use
    QTRY_VERIFY(!portalForm());
    const ApiCredential row = m_desk->tenant.rows().front();
    QCOMPARE(row.level, ScopeLevel::ReadAll);
    QCOMPARE(row.note, u"owner: jdoe.test"_s);
    QVERIFY_OK(m_desk->tenant.token(row));
}

void CredentialSheetsTest::theKeyboardAloneDoes()
{
    openAs(TenantType::Development);
    const auto pair = m_desk->tenant.sandbox.credential(u"audit-export");
    QGuiApplication::clipboard()->setText(pair.clientId + u'\n' + pair.clientSecret);
    QTest::keyClick(m_desk->panel.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(portalForm());
    const auto key = [this](int code, Qt::KeyboardModifiers with = {}) {
        QTest::keyClick(portalForm()->focusWidget(), static_cast<Qt::Key>(code), with);
    };
    QTest::keyClicks(portalForm()->focusWidget(), u"audit-export"_s);
    key(Qt::Key_Return);
    QCOMPARE(step(), 1);
    key(Qt::Key_V, Qt::ControlModifier);
    key(Qt::Key_Return); // the focus is on Next
    QCOMPARE(step(), 2);
    QTest::keyClicks(portalForm()->focusWidget(), u"jdoe.test"_s);
    key(Qt::Key_Return);
    QTRY_COMPARE(m_desk->stateOf(u"audit-export"_s), u"Not tested yet"_s);
    QCOMPARE(m_desk->tenant.rows().front().note, u"jdoe.test"_s);
}

void CredentialSheetsTest::findsThePairInWhatWasPasted_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("json") << uR"({"client_id": "0a1b2c3d4e5f", "client_secret": "9f8e7d6c5b4a"})"_s;
    QTest::newRow("env")
        << u"export ONELOGIN_CLIENT_ID=0a1b2c3d4e5f\r\nONELOGIN_CLIENT_SECRET='9f8e7d6c5b4a'"_s;
    QTest::newRow("labels") << u"Client ID: 0a1b2c3d4e5f Client Secret: 9f8e7d6c5b4a"_s;
    QTest::newRow("labels, the secret first") << u"Client Secret: 9f8e7d6c5b4a\nClient ID: 0a1b2c3d4e5f"_s;
    QTest::newRow("two lines") << u" 0a1b2c3d4e5f \n\u00a09f8e7d6c5b4a\u00a0"_s;
}

void CredentialSheetsTest::findsThePairInWhatWasPasted()
{
    QFETCH(QString, text);
    openPortalForm();
    QVERIFY(m_desk->press(u"apply"_s));
    QGuiApplication::clipboard()->setText(text);
    auto *id = shown<QLineEdit>(*m_desk->panel, u"credential.form.clientId"_s);
    QTest::keyClick(id, Qt::Key_V, Qt::ControlModifier); // one field takes both
    QCOMPARE(id->text(), u"0a1b2c3d4e5f"_s);
    QCOMPARE(typed(u"credential.form.secret"_s), u"9f8e7d6c5b4a"_s);
    auto *area = shown<QWidget>(*m_desk->panel, u"credential.form.paste"_s);
    QCOMPARE(area->accessibleDescription().contains(u"first"_s), text.startsWith(u"Client Secret"));
    for (const auto *label : m_desk->panel->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(u"9f8e7d6c5b4a"_s));
}

void CredentialSheetsTest::saysWhenThereIsNoPairOnTheClipboard()
{
    openPortalForm();
    QVERIFY(m_desk->press(u"apply"_s));
    auto *area = shown<QWidget>(*m_desk->panel, u"credential.form.paste"_s);
    QGuiApplication::clipboard()->setText(u"hello"_s);
    QTest::keyClick(area, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(area->accessibleDescription().contains(u"No pair"_s));
    QVERIFY(m_desk->press(u"apply"_s));
    QCOMPARE(step(), 1);
    QCOMPARE(below(u"credential.form.clientId"_s), u"A client ID is needed."_s);
    m_desk->fill(u"credential.form.clientId"_s, u"0a1b"_s);
    m_desk->fill(u"credential.form.secret"_s, u"0a1b"_s);
    QVERIFY(m_desk->press(u"apply"_s));
    QCOMPARE(below(u"credential.form.secret"_s), u"This is the client ID again."_s);
}

void CredentialSheetsTest::offersToSwapARefusedPair()
{
    openPortalForm();
    const auto pair = m_desk->tenant.sandbox.credential(u"audit-export");
    enterPair(pair.clientSecret, pair.clientId);
    QVERIFY(m_desk->press(u"credential.form.test"_s));
    QTRY_COMPARE(portalForm()->banner()->kind(), MessageBanner::Kind::Danger);
    QVERIFY(m_desk->press(u"credential.form.swapAndTest"_s));
    QTRY_COMPARE(portalForm()->banner()->sentence(), u"The pair gets a token."_s);
    QCOMPARE(typed(u"credential.form.clientId"_s), pair.clientId);
}

void CredentialSheetsTest::aNameOrClientIdInUseIsSaidAtTheField()
{
    openPortalForm();
    m_desk->fill(u"credential.form.name"_s, u"directory-sync"_s);
    QVERIFY(m_desk->press(u"apply"_s));
    QCOMPARE(step(), 0);
    QVERIFY(below(u"credential.form.name"_s).contains(u"directory-sync"_s));
    m_desk->fill(u"credential.form.name"_s, u"directory-sync-2"_s);
    enterPair(m_desk->tenant.sandbox.credential(u"directory-sync").clientId, u"9f8e7d6c5b4a"_s);
    QCOMPARE(step(), 1);
    QCOMPARE(below(u"credential.form.clientId"_s), u"directory-sync has this client ID already."_s);
}

void CredentialSheetsTest::aRefusedTestLeavesTheForm_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("401") << 401;
    QTest::newRow("429 html") << 429;
    QTest::newRow("500") << 500;
    QTest::newRow("offline") << 0;
}

void CredentialSheetsTest::aRefusedTestLeavesTheForm()
{
    QFETCH(int, status);
    openPortalForm();
    enterPair(u"0a1b2c3d4e5f"_s, u"9f8e7d6c5b4a"_s);
    QCOMPARE(step(), 2);
    m_desk->tenant.proxy->setScript([status](const Arrival &arrival, const FaultProxy::Forward &forward) {
        if (status == 0)
            return FaultReply{.then = FaultReply::Then::Reset};
        return status == 401 ? forward(arrival) : FaultServer::html(status);
    });
    QVERIFY(m_desk->press(u"credential.form.test"_s));
    QTRY_VERIFY_WITH_TIMEOUT(portalForm()->banner()->isVisible(), 20000);
    QCOMPARE(portalForm()->banner()->kind(), MessageBanner::Kind::Danger);
    QTRY_COMPARE(shown<QPushButton>(*portalForm(), u"credential.form.swapAndTest"_s) != nullptr,
                 status == 401);
    QCOMPARE(typed(u"credential.form.clientId"_s), u"0a1b2c3d4e5f"_s);
    QCOMPARE(typed(u"credential.form.secret"_s), u"9f8e7d6c5b4a"_s);
    QVERIFY(portalForm()->applyButton()->isEnabled());
}

void CredentialSheetsTest::aLockedKeychainOffersTheSession()
{
    openPortalForm();
    enterPair(u"0a1b2c3d4e5f"_s, u"9f8e7d6c5b4a"_s);
    m_desk->tenant.keychain.failFrom = 0;
    QVERIFY(m_desk->press(u"apply"_s));
    QVERIFY(m_desk->press(u"credential.form.useSession"_s));
    QTRY_VERIFY(!portalForm()->banner()->isVisible());
    QCOMPARE(step(), 2);
    QVERIFY(m_desk->press(u"apply"_s));
    QTRY_COMPARE(m_desk->stateOf(u"audit-export"_s), u"Not tested yet"_s);
    QCOMPARE(m_desk->tenant.rows().front().place, SecretPlace::Session);
}

void CredentialSheetsTest::withoutABrowserTheAddressIsTold()
{
    openPortalForm();
    m_desk->hasBrowser = false;
    QVERIFY(m_desk->press(u"credential.form.portal"_s));
    QVERIFY(portalForm()->banner()->detail().contains(u"/api_credentials"_s));
    QVERIFY(m_desk->press(u"portal.copyAddress"_s));
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(u"/api_credentials"_s));
}

QTEST_MAIN(CredentialSheetsTest)
#include "moc_credentialsdesktest.cpp"
#include "tst_credentialsheets.moc"
