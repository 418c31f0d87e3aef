// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/addclientappdialog.h"
#include "authservers/proofdialog.h"
#include "oidc/profileregister.h"
#include "onelogin/appsapi.h"
#include "store/loginstore.h"
#include "ui/serversdesk.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The dialogs of the Grants tab that read on while a person leaves them, or take secrets from elsewhere.
class TestGrantDialogs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { failOnWarnings(); }
    void cleanup()
    {
        m_at.reset();
        m_profiles.reset();
    }

    void noPageIsAskedForOnceThePickerIsLeft_data()
    {
        QTest::addColumn<bool>("isPicked");
        QTest::newRow("Cancel") << false;
        QTest::newRow("an app is picked") << true;
    }
    void noPageIsAskedForOnceThePickerIsLeft()
    {
        QFETCH(bool, isPicked);
        QVERIFY(open({u"--apps"_s, u"2500"_s, u"--scopes"_s, u"1"_s}));
        QPointer<AddClientAppDialog> picker;
        int pages = 0;
        const auto leave = [&] {
            const auto *list = picker->findChild<QTableView *>(u"appPickerList"_s);
            picker->findChild<QTableView *>(u"appPickerList"_s)->setCurrentIndex(list->model()->index(0, 0));
            QVERIFY(press(*picker, isPicked ? u"appPickerPick"_s : u"appPickerCancel"_s));
        };
        // It is left while the second page of three is on its way.
        m_at->desk.proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.target.contains("/api/2/apps") && ++pages == 2)
                QTimer::singleShot(0, this, leave);
            return forward(arrival);
        });
        QVERIFY(press(*m_at->panel, u"addClientApp"_s));
        picker = m_at->panel->findChild<AddClientAppDialog *>();
        QVERIFY(picker);
        QTRY_COMPARE_WITH_TIMEOUT(picker.isNull(), true, 20000);
        QCOMPARE(m_at->panel->pendingChanges(), isPicked ? 1 : 0);
        // All three are read anew in the time that the third would take to come.
        QVERIFY_OK(waitFor<std::vector<OidcApp>>(
            [&](auto k) { AppsApi(*m_at->desk.session->api()).list({}, {}, k); }));
        QCOMPARE(pages, 2 + 3);
    }

    void aProfileKeepsTheSecretOfAProof()
    {
        QVERIFY(open());
        QVERIFY_OK(keepProfile(m_at->desk.sandbox.app(kApp).clientSecret));
        ProofDialog *proof = openProof();
        QVERIFY(proof);
        auto *run = proof->findChild<QPushButton *>(u"proofRun"_s);
        QTRY_VERIFY(run->isEnabled());
        QCOMPARE(ServersDesk::noteAt(*proof, u"proofSecret"_s),
                 u"Taken from the login profile nightly-billing."_s);
        QVERIFY(proof->findChild<QLineEdit *>(u"proofSecret"_s)->text().isEmpty()); // not shown
        QVERIFY(press(*proof, u"proofRun"_s));
        QTRY_VERIFY(proof->findChild<QTableView *>(u"scopeFates"_s));
        QCOMPARE(proof->banner()->kind(), MessageBanner::Kind::Ok);
    }

    void whatIsTypedGoesBeforeTheSecretOfAProfile()
    {
        QVERIFY(open());
        QVERIFY_OK(keepProfile(m_at->desk.sandbox.app(kApp).clientSecret));
        ProofDialog *proof = openProof();
        QVERIFY(proof);
        QTRY_VERIFY(proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
        QTest::keyClicks(proof->findChild<QLineEdit *>(u"proofSecret"_s), u"not-the-secret"_s);
        QVERIFY(press(*proof, u"proofRun"_s));
        QTRY_VERIFY(proof->findChild<QWidget *>(u"proofResult"_s));
        QCOMPARE(proof->banner()->kind(), MessageBanner::Kind::Danger);
    }

    void aSecretThatIsGoneIsAskedFor()
    {
        QVERIFY(open());
        QVERIFY_OK(keepProfile(m_at->desk.sandbox.app(kApp).clientSecret));
        const auto rows = m_at->desk.workspace->logins().profiles(m_at->desk.tenant.id);
        QVERIFY_OK(rows);
        QVERIFY_OK(waitFor([&](auto k) { m_at->desk.keychain.remove(rows->front().secretKey, k); }));
        ProofDialog *proof = openProof();
        QVERIFY(proof);
        auto *secret = proof->findChild<QLineEdit *>(u"proofSecret"_s);
        QTRY_VERIFY(!ServersDesk::noteAt(*proof, u"proofSecret"_s).isEmpty());
        QVERIFY(!proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
        QTest::keyClicks(secret, m_at->desk.sandbox.app(kApp).clientSecret);
        QVERIFY(press(*proof, u"proofRun"_s));
        QTRY_VERIFY(proof->findChild<QTableView *>(u"scopeFates"_s));
    }

    void theSecretOfAnotherIssuerIsNotTried()
    {
        QVERIFY(open());
        QVERIFY_OK(keepProfile(u"another"_s, QUrl(u"https://other.example/oidc/2"_s)));
        ProofDialog *proof = openProof();
        QVERIFY(proof);
        QTRY_VERIFY(!proof->isBusy());
        QVERIFY(!proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
        QVERIFY(ServersDesk::noteAt(*proof, u"proofSecret"_s).isEmpty());
    }

    void anotherCredentialReadsTheAppOfAProofAgain()
    {
        QVERIFY(open({u"--apps"_s, u"40"_s}));
        const ApiCredential other = m_at->desk.adopt(u"audit-export");
        ProofDialog *proof = openUnansweredProof();
        QVERIFY(proof && proof->isBusy());
        m_at->desk.proxy->setScript({});
        m_at->desk.session->workAs(other.id);
        QTRY_VERIFY(!proof->isBusy());
        QTest::keyClicks(proof->findChild<QLineEdit *>(u"proofSecret"_s), u"a-secret"_s);
        QVERIFY(proof->findChild<QPushButton *>(u"proofRun"_s)->isEnabled());
    }

    void withoutACredentialAProofSaysSo()
    {
        QVERIFY(open({u"--apps"_s, u"40"_s}));
        ProofDialog *proof = openUnansweredProof();
        QVERIFY(proof && proof->isBusy());
        const CredentialId known = m_at->desk.rows().front().id;
        QVERIFY_OK(m_at->desk.credentials->setState(known, CredentialState::Disabled));
        QTRY_VERIFY(!proof->isBusy());
        QCOMPARE(proof->banner()->sentence(), u"No API credential is enabled."_s);
        QVERIFY_OK(m_at->desk.credentials->setState(known, CredentialState::Enabled));
        QTRY_VERIFY(m_at->desk.session->api());
        m_at->desk.proxy->setScript({});
        QVERIFY(press(*proof, u"proofAgain"_s));
        QTRY_VERIFY(!proof->banner()->isVisible()); // it was read
    }

private:
    static constexpr QStringView kApp = u"billing-service";

    bool open(const QStringList &arguments = {})
    {
        m_at = std::make_unique<ServersDesk>(TenantType::Sandbox, arguments);
        m_at->desk.isDirect = arguments.isEmpty();
        return m_at->open(u"Invoices API"_s);
    }
    Result<LoginProfile> keepProfile(const QString &secret, const std::optional<QUrl> &issuer = {})
    {
        m_profiles =
            std::make_unique<ProfileRegister>(*m_at->desk.workspace, m_at->desk.keychain, *m_at->desk.memory);
        m_at->panel->findChild<GrantsPage *>()->setSecrets(m_profiles.get(), {});
        LoginProfile profile;
        profile.tenant = m_at->desk.tenant.id;
        profile.name = u"nightly-billing"_s;
        profile.request.grant = Grant::ClientCredentials;
        profile.request.issuer = issuer.value_or(m_at->desk.tenant.issuer());
        profile.request.clientId = m_at->desk.sandbox.app(kApp).clientId;
        profile.request.clientSecret = Secret::fromText(secret);
        profile.keepsSecret = true;
        return waitFor<LoginProfile>([&](auto k) { m_profiles->save(profile, k); });
    }
    ProofDialog *openProof() const
    {
        auto *view = m_at->panel->findChild<QTableView *>(u"grantsGrid"_s);
        view->setFocus();
        view->setCurrentIndex(m_at->grid().index(m_at->grid().findApp(kApp.toString(), 0), 0));
        if (!press(*m_at->panel, u"proveCell"_s))
            return nullptr;
        return m_at->dialog<ProofDialog>(u"proofDialog"_s);
    }

    /// One that is reading its app, which never ends.
    ProofDialog *openUnansweredProof() const
    {
        auto isAsked = std::make_shared<bool>(false);
        m_at->desk.proxy->setScript([isAsked](const Arrival &arrival, const FaultProxy::Forward &forward) {
            const bool isApp = arrival.target.contains("/api/2/apps/");
            *isAsked = *isAsked || isApp;
            return isApp ? FaultReply{} : forward(arrival);
        });
        ProofDialog *proof = openProof();
        return QTest::qWaitFor([isAsked] { return *isAsked; }) ? proof : nullptr;
    }

    std::unique_ptr<ServersDesk> m_at;
    std::unique_ptr<ProfileRegister> m_profiles;
};

QTEST_MAIN(TestGrantDialogs)
#include "tst_grantdialogs.moc"
