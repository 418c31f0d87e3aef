// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"
#include "jose/claimcheck.h"
#include "logins/checklist.h"
#include "logins/failurepane.h"
#include "logins/tokenspane.h"
#include "models/itemroles.h"
#include "oidc/errorexplainer.h"
#include "ui/loginspaneltest.h"
#include "widgets/messagebanner.h"
#include "widgets/statebadge.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QJsonDocument>
#include <QLocale>
#include <QMessageAuthenticationCode>
#include <QNetworkReply>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTcpSocket>
#include <QToolButton>
#include <QUrlQuery>
#include <QVBoxLayout>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestLogins : public LoginsPanelTest
{
    Q_OBJECT

private slots:
    void initTestCase() { openSandbox(); }
    void init() { openPanel(); }
    void cleanup() { closePanel(); }
    void clientCredentialsGiveATokenWhoseClaimsAreShown()
    {
        chooseApp(u"billing-service"_s);
        find<QComboBox>(u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
        typeScope(u"read:invoices"_s);
        QTest::keyClick(field(u"loginClientId"_s), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        auto *claims = find<ClaimTable>(u"claimTable"_s);
        QVERIFY(claims);
        const QAbstractItemModelTester tester(claims->model());
        QCOMPARE(claimValue(*claims, u"aud"_s), u"https://api.example.com/invoices"_s);
        QTRY_COMPARE(find<StateBadge>(u"tokenBadge"_s)->text(), u"Verified, 8 of 8"_s);
        const auto *fates = find<QTableView>(u"scopeFates"_s)->model();
        const QAbstractItemModelTester fateTester(find<QTableView>(u"scopeFates"_s)->model());
        QCOMPARE(fates->index(0, 0).data().toString(), u"read:invoices"_s);
        QCOMPARE(fates->index(0, 3).data().toString(), u"Yes"_s);
        const QAbstractItemModelTester runs(runList()->model());
        QCOMPARE(runList()->model()->rowCount(), 1);
        QCOMPARE(runList()->model()->index(0, 0).data().toString(), u"billing-service"_s);
    }

    void eachTokenIsCheckedForWhatItIs()
    {
        passwordLogin(u"portal-web"_s, u"app.smoke.test"_s);
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        QTRY_COMPARE(checkOutcome(u"Signature"_s), u"Pass"_s);
        QCOMPARE(checkOutcome(u"Access token hash"_s), u"Not checked"_s);
        QTest::mouseClick(find<QWidget>(u"idTile"_s), Qt::LeftButton);
        QCOMPARE(checkOutcome(u"Signature"_s), u"Checking"_s);
        QTRY_COMPARE(checkOutcome(u"Signature"_s), u"Pass"_s);
        QCOMPARE(checkOutcome(u"Access token hash"_s), u"Pass"_s);
        QCOMPARE(checkOutcome(u"Audience"_s), u"Pass"_s);
    }

    void aScopeThatIsNotGrantedIsSaid()
    {
        chooseApp(u"billing-service"_s);
        find<QComboBox>(u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
        typeScope(u"read:invoices"_s);
        typeScope(u"no:such"_s);
        runByButton();
        QTRY_COMPARE(words(u"deniedScopes"_s), u"billing-service has no grant for no:such."_s);
        QSignalSpy grants(m_panel.get(), &LoginsPanel::grantsAsked);
        QTest::mouseClick(find<QPushButton>(u"openGrants"_s), Qt::LeftButton);
        QCOMPARE(grants.value(0).value(0).toString(), u"https://api.example.com/invoices"_s);
    }

    void theRequestsOfARunAreThere()
    {
        chooseApp(u"billing-service"_s);
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        const auto *requests = find<QTableView>(u"runRequests"_s)->model();
        QCOMPARE(requests->rowCount(), 2);
        QCOMPARE(requests->index(0, 0).data().toString(), u"GET"_s);
        QCOMPARE(requests->index(1, 1).data().toString(), u"/oidc/2/token"_s);
        const QString secret = m_sandbox.process.app(u"billing-service").clientSecret;
        for (const QPlainTextEdit *block : m_panel->findChildren<QPlainTextEdit *>())
            QVERIFY(!block->toPlainText().contains(secret));
    }

    void aPastedTokenIsJudgedAtOnce()
    {
        chooseApp(u"billing-service"_s);
        find<QComboBox>(u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
        typeScope(u"read:invoices"_s);
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        find<QWidget>(u"accessTile"_s)->findChild<QMenu *>(u"copyTokenMenu"_s)->actions().at(1)->trigger();
        pickGrant(Paste);
        QVERIFY(!find<QPushButton>(u"runLogin"_s)->isVisible());
        QLineEdit *token = field(u"pastedToken"_s);
        QCOMPARE(m_panel->focusWidget(), token);
        QTest::keyClick(token, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(token->echoMode(), QLineEdit::Password);
        QTRY_COMPARE(find<StateBadge>(u"tokenBadge"_s)->text(), u"Verified, 6 of 6"_s);
        QCOMPARE(checkOutcome(u"Audience"_s), u"Not checked"_s);
        QTest::keyClicks(field(u"pastedAudience"_s), u"https://api.example.com/invoices"_s);
        QTRY_COMPARE(checkOutcome(u"Audience"_s), u"Pass"_s);
        QTest::keyClicks(field(u"pastedAudience"_s), u"/other"_s);
        QTRY_COMPARE(find<StateBadge>(u"tokenBadge"_s)->text(), u"Failed: audience"_s);
        // Why stands in full in a page of its own, whose steps lead into the form.
        QVERIFY2(words(u"explainWhat"_s).contains(u"https://api.example.com/invoices/other"_s),
                 qPrintable(words(u"explainWhat"_s)));
        QVERIFY(!find<QPushButton>(u"next_run_again"_s)); // no login that could run again
        auto *bar = find<QTabBar>(u"resultTabs"_s);
        bar->setCurrentIndex(bar->count() - 1);
        QVERIFY(find<QWidget>(u"explainPage"_s)->isVisible());
        field(u"pastedIssuer"_s)->setFocus();
        QTest::mouseClick(find<QPushButton>(u"next_check_resource"_s), Qt::LeftButton);
        QCOMPARE(m_panel->focusWidget(), field(u"pastedAudience"_s));
        QCOMPARE(field(u"pastedAudience"_s)->selectedText(), u"https://api.example.com/invoices/other"_s);
        QTest::keyClicks(field(u"pastedAudience"_s), u"https://api.example.com/invoices"_s);
        QTRY_COMPARE(checkOutcome(u"Audience"_s), u"Pass"_s);
        QVERIFY(!find<QWidget>(u"explainPage"_s));
        QTest::keyClicks(field(u"pastedAudience"_s), u"/other"_s);
        QTRY_COMPARE(find<StateBadge>(u"tokenBadge"_s)->text(), u"Failed: audience"_s);
        pickGrant(Service);
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        pickGrant(Paste);
        QTRY_COMPARE(checkOutcome(u"Audience"_s), u"Fail"_s);
    }

    void whatIsPastedMayBeBrokenOrOpaque_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("badge");
        QTest::newRow("opaque") << u"an-opaque-token"_s << u"Not a JWT"_s;
        QTest::newRow("junk") << u"garbage.notatoken"_s << u"Not a JWT"_s;
        QTest::newRow("broken") << u"eyJhbGciOiJSUzI1NiJ9.e30!.x"_s << u"Cannot be decoded"_s;
        QTest::newRow("unsigned") << u"Bearer eyJhbGciOiJub25lIn0.e30."_s
                                  << u"Failed: algorithm and 1 more"_s;
        QTest::newRow("wrapped") << u"\"eyJhbGciOiJub25lIn0.\n  e30.\""_s
                                 << u"Failed: algorithm and 1 more"_s;
    }
    void whatIsPastedMayBeBrokenOrOpaque()
    {
        QFETCH(QString, text);
        QFETCH(QString, badge);
        pickGrant(Paste);
        QGuiApplication::clipboard()->setText(text);
        QTest::keyClick(field(u"pastedToken"_s), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(find<StateBadge>(u"tokenBadge"_s)->text(), badge);
    }

    void anIdTokenThatNamesNobodyFails()
    {
        pickGrant(Paste);
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        const QJsonObject claims{{u"iss"_s, field(u"pastedIssuer"_s)->text()},
                                 {u"aud"_s, u"me"_s},
                                 {u"iat"_s, now},
                                 {u"exp"_s, now + 600},
                                 {u"nonce"_s, u"once"_s}};
        const QByteArray secret(32, 'k');
        const QByteArray body =
            toBase64Url(R"({"alg":"HS256"})") + '.' + toBase64Url(QJsonDocument(claims).toJson());
        const QByteArray signature =
            QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256);
        QGuiApplication::clipboard()->setText(QString::fromLatin1(body + '.' + toBase64Url(signature)));
        QTest::keyClick(field(u"pastedToken"_s), Qt::Key_V, Qt::ControlModifier);
        QTest::keyClicks(field(u"pastedSecret"_s), QString::fromLatin1(secret));
        QTRY_COMPARE(checkOutcome(u"Signature"_s), u"Pass"_s);
        QVERIFY(checkOutcome(u"Subject"_s).isEmpty()); // an access token may be about nobody
        QTest::keyClicks(field(u"pastedNonce"_s), u"once"_s);
        QTRY_COMPARE(find<StateBadge>(u"tokenBadge"_s)->text(), u"Failed: subject"_s);
        QTRY_COMPARE(checkOutcome(u"Subject"_s), u"Fail"_s);
        QCOMPARE(words(u"explainTitle"_s), u"The ID token does not say who logged in"_s);
        QVERIFY2(words(u"explainWhat"_s).endsWith(u"The token has no sub."_s),
                 qPrintable(words(u"explainWhat"_s)));
    }

    void theKeysOfAPastedTokenAreFetchedAgain()
    {
        pickGrant(Paste);
        QGuiApplication::clipboard()->setText(u"eyJhbGciOiJSUzI1NiIsImtpZCI6ImdvbmUifQ.e30.AAAA"_s);
        QTest::keyClick(field(u"pastedToken"_s), Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(find<QWidget>(u"explainPage"_s));
        auto *bar = find<QTabBar>(u"resultTabs"_s);
        bar->setCurrentIndex(bar->count() - 1);
        QTRY_VERIFY(find<QPushButton>(u"next_fetch_keys"_s)->isVisible());
        find<QPushButton>(u"next_fetch_keys"_s)->setFocus();
        QTest::keyClick(find<QPushButton>(u"next_fetch_keys"_s), Qt::Key_Space);
        QTRY_VERIFY(!words(u"answer_fetch_keys"_s).isEmpty());
        QCOMPARE(m_panel->focusWidget(), find<QPushButton>(u"next_fetch_keys"_s));
    }

    void keysOfThePanelAreHeardInAllOfIt_data()
    {
        QTest::addColumn<QString>("focus");
        for (const char *focus : {"showHistory", "newProfile", "loginApp"})
            QTest::newRow(focus) << QString::fromLatin1(focus);
    }
    void keysOfThePanelAreHeardInAllOfIt()
    {
        QFETCH(QString, focus);
        chooseApp(u"billing-service"_s);
        auto *widget = find<QWidget>(focus);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        widget->setFocus();
        QTest::keySequence(widget, QKeySequence::New);
        QTRY_VERIFY(m_panel->findChild<QDialog *>(u"profileDialog"_s));
    }

    void aBrowserLoginWaitsAndTellsARefusal()
    {
        chooseApp(u"portal-web"_s);
        pickGrant(Browser);
        find<QSpinBox>(u"loginPort"_s)->setValue(freePort());
        runByButton();
        QTRY_COMPARE(m_opened.size(), 1);
        QTRY_VERIFY(words(u"loginStep"_s).startsWith(u"Waiting for the browser."_s));
        QTest::mouseClick(find<QPushButton>(u"openBrowserAgain"_s), Qt::LeftButton);
        QCOMPARE(m_opened.size(), 2);
        QTest::mouseClick(find<QPushButton>(u"copyBrowserAddress"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), m_opened.at(0).toString(QUrl::FullyEncoded));
        QVERIFY(words(u"browserSaid"_s).startsWith(u"The address is copied."_s));
        const QUrlQuery asked(m_opened.at(0));
        QCOMPARE(asked.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded),
                 field(u"loginRedirect"_s)->text());
        QUrl back(field(u"loginRedirect"_s)->text());
        back.setQuery(u"error=access_denied&state="_s + asked.queryItemValue(u"state"_s, QUrl::FullyEncoded));
        const std::unique_ptr<QNetworkReply> reply(m_sandbox.network.get(QNetworkRequest(back)));
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login failed"_s);
        QCOMPARE(words(u"evidenceError"_s), u"access_denied"_s);
        QCOMPARE(runList()->model()->index(0, 0).data(SubtitleRole).toString(), u"Browser, code + PKCE"_s);
    }

    void aBrowserLoginCanBeCancelled()
    {
        chooseApp(u"portal-web"_s);
        pickGrant(Browser);
        find<QSpinBox>(u"loginPort"_s)->setValue(freePort());
        runByButton();
        QTRY_COMPARE(m_opened.size(), 1);
        QVERIFY(words(u"listening"_s).endsWith(field(u"loginRedirect"_s)->text()));
        QTest::keyClick(m_panel->focusWidget(), Qt::Key_Escape);
        QVERIFY(!m_panel->isRunning());
        QCOMPARE(words(u"resultTitle"_s), u"Login cancelled"_s);
        QVERIFY(find<MessageBanner>(u"failureBanner"_s)->sentence().startsWith(u"Cancelled by you after "_s));
        const QModelIndex row = runList()->model()->index(0, 0);
        QVERIFY(row.data(SubtitleRole).toString().startsWith(u"Cancelled after "_s));
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost,
                             static_cast<quint16>(find<QSpinBox>(u"loginPort"_s)->value()));
        QTRY_COMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
    }

    void signInOptionsAndEndpointsAreCounted()
    {
        pickGrant(Browser);
        auto *options = find<QToolButton>(u"signInOptions"_s);
        QVERIFY(options->text().endsWith(u"0"_s));
        options->setChecked(true);
        QTest::keyClicks(field(u"loginHint"_s), u"jdoe.test"_s);
        QVERIFY(options->text().endsWith(u"1"_s));
        auto *endpoints = find<QToolButton>(u"ownEndpoints"_s);
        endpoints->setChecked(true);
        QTRY_COMPARE(field(u"endpointToken"_s)->placeholderText(),
                     m_sandbox.process.issuer().toString() + u"/token"_s);
        QTest::keyClicks(field(u"endpointToken"_s), u"http://127.0.0.1:9/token"_s);
        QVERIFY(endpoints->text().endsWith(u"1"_s));
        const LoginRequest request = find<LoginForm>(u"loginForm"_s)->request();
        QCOMPARE(request.loginHint, u"jdoe.test"_s);
        QCOMPARE(request.endpoints.tokenEndpoint, QUrl(u"http://127.0.0.1:9/token"_s));
    }

    void passwordGivesTokensAndIsForgotten()
    {
        passwordLogin(u"portal-web"_s, u"app.smoke.test"_s);
        typeScope(u"openid"_s);
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        QVERIFY(field(u"loginPassword"_s)->text().isEmpty());
        QTest::mouseClick(find<QWidget>(u"idTile"_s), Qt::LeftButton);
        QVERIFY(!claimValue(*find<ClaimTable>(u"claimTable"_s), u"sub"_s).isEmpty());
        const QString token = copied(0);
        QVERIFY(token.startsWith(u"eyJ"_s));
        QCOMPARE(copied(1), u"Authorization: Bearer "_s + token);
        QCOMPARE(copied(2), u"export TOKEN="_s + token);
        QTest::mouseClick(find<QWidget>(u"accessTile"_s), Qt::LeftButton);
        QVERIFY(claimValue(*find<ClaimTable>(u"claimTable"_s), u"scope"_s).contains(u"openid"_s));
    }

    void explainsEachFailure_data()
    {
        QTest::addColumn<QString>("appName");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("wrong"); // what is wrong beside the user's state
        QTest::addColumn<QString>("vendorText");
        QTest::addColumn<QString>("title");
        QTest::newRow("MFA") << u"portal-web"_s << u"jdoe.test"_s << QString()
                             << u"MFA is required for this user"_s << u"MFA is required for this user"_s;
        QTest::newRow("locked") << u"portal-web"_s << u"locked.user.test"_s << QString()
                                << u"User is locked. Access is unauthorized"_s << u"The user is locked"_s;
        QTest::newRow("suspended") << u"portal-web"_s << u"suspended.user.test"_s << QString()
                                   << u"User is suspended. Access is unauthorized"_s
                                   << u"The user is suspended"_s;
        QTest::newRow("expired") << u"portal-web"_s << u"expired.pw.test"_s << QString()
                                 << u"Password expired"_s << u"The password has expired"_s;
        QTest::newRow("unassigned") << u"portal-web"_s << u"unassigned.user.test"_s << QString()
                                    << u"Access is unauthorized"_s << u"The user may not use this app"_s;
        QTest::newRow("wrong password") << u"portal-web"_s << u"helpdesk.agent.test"_s << u"loginPassword"_s
                                        << u"Authentication Failed: Invalid user credentials"_s
                                        << u"The user name or the password is wrong"_s;
        QTest::newRow("wrong secret")
            << u"portal-web"_s << u"app.smoke.test"_s << u"loginSecret"_s << u"client authentication failed"_s
            << u"The app's client id or secret was refused"_s;
        QTest::newRow("unknown client")
            << u"portal-web"_s << u"app.smoke.test"_s << u"loginClientId"_s << u"Resource not found"_s
            << u"OneLogin does not know this client id"_s;
    }
    void explainsEachFailure()
    {
        QFETCH(QString, appName);
        QFETCH(QString, user);
        QFETCH(QString, wrong);
        passwordLogin(appName, user);
        typeScope(u"openid"_s);
        if (!wrong.isEmpty()) {
            const QString secret = field(u"loginSecret"_s)->text();
            field(wrong)->setFocus();
            field(wrong)->selectAll();
            QTest::keyClicks(field(wrong), u"0123456789abcdef"_s);
            if (wrong == u"loginClientId"_s)
                QTest::keyClicks(field(u"loginSecret"_s), secret);
        }
        const QString password = field(u"loginPassword"_s)->text();
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login failed"_s);
        QTEST(find<MessageBanner>(u"failureBanner"_s)->sentence(), "vendorText");
        QTEST(words(u"explainTitle"_s), "title");
        QVERIFY(!words(u"explainWhat"_s).isEmpty());
        QVERIFY(!words(u"evidenceError"_s).isEmpty());
        QVERIFY(!words(u"evidenceStatus"_s).isEmpty());
        QCOMPARE(field(u"loginUsername"_s)->text(), user);
        QCOMPARE(field(u"loginPassword"_s)->text(), password);
        QCOMPARE(runList()->model()->rowCount(), 1); // nothing ran again by itself
    }

    void aNextStepSwitchesTheControlAndWaits()
    {
        chooseApp(u"ci-smoke-tests"_s);
        find<SegmentedControl>(u"loginAuth"_s)->setCurrentIndex(0);
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login failed"_s);
        auto *next = find<QPushButton>(u"next_try_auth_post"_s);
        QVERIFY(next);
        QTest::mouseClick(next, Qt::LeftButton);
        QCOMPARE(find<SegmentedControl>(u"loginAuth"_s)->currentIndex(), 1);
        QCOMPARE(m_panel->focusWidget(), find<QPushButton>(u"runLogin"_s));
        QCOMPARE(runList()->model()->rowCount(), 1);
        QTest::keyClick(find<QPushButton>(u"runLogin"_s), Qt::Key_Space);
        QTRY_COMPARE(runList()->model()->rowCount(), 2);
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
    }

    void eachGrantKeepsItsOwnScopesAndResource()
    {
        auto *scopes = find<ScopeChips>(u"loginScopes"_s);
        auto *resource = find<QComboBox>(u"loginResource"_s);
        typeScope(u"read:invoices"_s);
        resource->setEditText(u"https://api.example.com/invoices"_s);
        pickGrant(Password);
        QCOMPARE(scopes->scopes(), QStringList({u"openid"_s, u"profile"_s}));
        QVERIFY(resource->currentText().isEmpty());
        typeScope(u"email"_s);
        pickGrant(Service);
        QCOMPARE(scopes->scopes(), QStringList(u"read:invoices"_s));
        QCOMPARE(resource->currentText(), u"https://api.example.com/invoices"_s);
        pickGrant(Password);
        QCOMPARE(scopes->scopes(), QStringList({u"openid"_s, u"profile"_s, u"email"_s}));
    }

    void aRunKeepsTheFocusInThePanel()
    {
        QWidget window; // with something before the panel that the focus could go to
        // Whatever fails, the panel is the test's own again before the window ends.
        const auto takeBack = qScopeGuard([this] { m_panel->setParent(nullptr); });
        auto *column = new QVBoxLayout(&window);
        column->addWidget(new QPushButton(u"Tenant"_s));
        column->addWidget(m_panel.get());
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        chooseApp(u"ci-smoke-tests"_s);
        find<SegmentedControl>(u"loginAuth"_s)->setCurrentIndex(0);
        auto *run = find<QPushButton>(u"runLogin"_s);
        run->setFocus();
        QTest::keyClick(run, Qt::Key_Space);
        QCOMPARE(window.focusWidget(), find<QPushButton>(u"cancelLogin"_s));
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login failed"_s);
        QCOMPARE(window.focusWidget(), run);
        auto *next = find<QPushButton>(u"next_try_auth_post"_s);
        QVERIFY(next);
        next->setFocus();
        window.activateWindow(); // without a window manager a closed popup leaves no window active
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(next, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(runList()->model()->rowCount(), 2);
        QCOMPARE(window.focusWidget(), run);
        field(u"loginClientId"_s)->setFocus();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(field(u"loginClientId"_s), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(runList()->model()->rowCount(), 3);
        QCOMPARE(window.focusWidget(), field(u"loginClientId"_s));
    }

    void aNextStepBringsWhatItChangedIntoView()
    {
        pickGrant(Password);
        m_panel->resize(1052, 320);
        auto *scopes = find<ScopeChips>(u"loginScopes"_s);
        QTRY_VERIFY(!scopes->visibleRegion().contains(scopes->rect()));
        scopes->setScopes({});
        find<LoginForm>(u"loginForm"_s)->perform(u"add_scope_openid"_s);
        QCOMPARE(scopes->scopes(), QStringList(u"openid"_s));
        QTRY_COMPARE(scopes->visibleRegion().boundingRect(), scopes->rect());
        QCOMPARE(m_panel->focusWidget(), find<QPushButton>(u"runLogin"_s));
    }

    void demoUsersAreDescribedInWords()
    {
        QStringList texts;
        for (const QAction *action : find<QMenu>(u"demoUserMenu"_s)->actions())
            texts << action->text();
        QVERIFY(texts.contains(u"jdoe.test, needs MFA"_s));
        QVERIFY(texts.contains(u"expired.pw.test, password expired"_s));
        QVERIFY(texts.filter(u"_"_s).isEmpty());
    }

    void aSecretPastedBeforeItsClientIdStays()
    {
        field(u"loginSecret"_s)->setFocus();
        QTest::keyClicks(field(u"loginSecret"_s), u"typed-first"_s);
        field(u"loginClientId"_s)->setFocus();
        QTest::keyClicks(field(u"loginClientId"_s), u"some-client "_s);
        QCOMPARE(field(u"loginSecret"_s)->text(), u"typed-first"_s);
        chooseApp(u"billing-service"_s);
        QVERIFY(field(u"loginSecret"_s)->text() != u"typed-first"_s);
        // A secret that came with the app goes with it; the one typed for the ID comes back.
        field(u"loginClientId"_s)->selectAll();
        QTest::keyClicks(field(u"loginClientId"_s), u"some"_s);
        QVERIFY(field(u"loginSecret"_s)->text().isEmpty());
        QTest::keyClicks(field(u"loginClientId"_s), u"-client"_s);
        QCOMPARE(field(u"loginSecret"_s)->text(), u"typed-first"_s);
    }

    void checkingParametersGivesARowToTypeIn()
    {
        find<QToolButton>(u"extraParameters"_s)->setChecked(true);
        QTest::mouseClick(find<QToolButton>(u"removeParameter"_s), Qt::LeftButton);
        QTRY_VERIFY(!find<QLineEdit>(u"parameterName"_s));
        find<LoginForm>(u"loginForm"_s)->perform(u"check_parameters"_s);
        QVERIFY(field(u"parameterName"_s));
        QCOMPARE(m_panel->focusWidget(), field(u"parameterName"_s));
    }

    void thePasswordOfAUserIsInSight()
    {
        const auto top = [&](const QString &name) {
            return find<QWidget>(name)->mapTo(m_panel.get(), QPoint()).y();
        };
        pickGrant(Password);
        QTRY_VERIFY(top(u"loginIssuer"_s) > top(u"loginResource"_s));
        QVERIFY(top(u"loginPassword"_s) > top(u"loginUsername"_s));
        QVERIFY(top(u"loginPassword"_s) + field(u"loginPassword"_s)->height() < top(u"runLogin"_s));
        field(u"loginUsername"_s)->setFocus();
        QTest::keyClick(m_panel->focusWidget(), Qt::Key_Tab);
        QCOMPARE(m_panel->focusWidget(), field(u"loginPassword"_s));
        pickGrant(Service);
        QTRY_VERIFY(top(u"loginIssuer"_s) < top(u"loginClientId"_s));
    }

    void aWrongPasswordIsMarkedToBeTypedAgain()
    {
        passwordLogin(u"portal-web"_s, u"app.smoke.test"_s);
        field(u"loginPassword"_s)->setText(u"mistyped"_s);
        runByButton();
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login failed"_s);
        QCOMPARE(field(u"loginPassword"_s)->text(), u"mistyped"_s); // only a success forgets it
        QTest::mouseClick(find<QPushButton>(u"next_edit_password"_s), Qt::LeftButton);
        QCOMPARE(m_panel->focusWidget(), field(u"loginPassword"_s));
        QCOMPARE(field(u"loginPassword"_s)->selectedText().size(), qsizetype(8));
        QCOMPARE(field(u"loginPassword"_s)->echoMode(), QLineEdit::Password);
    }

    void everyNextStepIsAButtonThatDoesIt()
    {
        const QStringList all = LoginForm::actions() + FailurePane::actions() + TokensPane::actions();
        const QSet<QString> known(all.begin(), all.end());
        QSet<QString> asked;
        for (const Explanation &explanation : ErrorExplainer().all()) {
            for (const Cause &cause : explanation.causes) {
                if (!cause.action.isEmpty())
                    asked.insert(cause.action);
            }
        }
        QCOMPARE(asked, known); // none without a button, and no button that nothing asks for
    }

    void clientCredentialsCannotGoWithoutAuthentication()
    {
        passwordLogin(u"portal-web"_s, u"app.smoke.test"_s);
        find<SegmentedControl>(u"loginAuth"_s)->setCurrentIndex(2);
        QVERIFY(!field(u"loginSecret"_s)->isVisible());
        pickGrant(Service);
        QCOMPARE(find<SegmentedControl>(u"loginAuth"_s)->currentIndex(), 0);
        QVERIFY(field(u"loginSecret"_s)->isVisible());
    }

    void aMissingFieldIsSaidThereAndIsNoRun()
    {
        const auto expectAsked = [&](const QString &name, const QString &sentence) {
            field(u"loginIssuer"_s)->setFocus();
            runByButton();
            QCOMPARE(m_panel->focusWidget(), field(name));
            QCOMPARE(field(name)->accessibleDescription(), sentence);
            QCOMPARE(runList()->model()->rowCount(), 0);
            QVERIFY(!find<QWidget>(u"resultTitle"_s));
        };
        expectAsked(u"loginClientId"_s, u"The client id is empty."_s);
        QTest::keyClicks(field(u"loginClientId"_s), u"  "_s); // which is none, either
        expectAsked(u"loginClientId"_s, u"The client id is empty."_s);
        field(u"loginClientId"_s)->clear();
        passwordLogin(u"portal-web"_s, u"app.smoke.test"_s);
        field(u"loginPassword"_s)->clear();
        expectAsked(u"loginPassword"_s, u"The password is empty."_s);
        field(u"loginUsername"_s)->clear();
        expectAsked(u"loginUsername"_s, u"The user name is empty."_s);
        const QString secret = field(u"loginSecret"_s)->text();
        field(u"loginSecret"_s)->clear();
        expectAsked(u"loginSecret"_s,
                    u"The client secret is empty. Only the client authentication None goes without one."_s);
        find<SegmentedControl>(u"loginAuth"_s)->setCurrentIndex(2); // None needs no secret
        expectAsked(u"loginUsername"_s, u"The user name is empty."_s);
        pickGrant(Browser);
        pickGrant(Password); // what was wrong before is not said of what is asked now
        QVERIFY(field(u"loginUsername"_s)->accessibleDescription().isEmpty());
    }

    void anotherKindStartsAtItsTop()
    {
        m_panel->setMinimumSize(400, 300);
        m_panel->resize(1052, 480);
        QScrollBar *bar = find<LoginForm>(u"loginForm"_s)->findChild<QScrollArea *>()->verticalScrollBar();
        pickGrant(Browser);
        QTRY_VERIFY(bar->maximum() > 0);
        bar->setValue(bar->maximum());
        pickGrant(Password);
        QCOMPARE(bar->value(), 0);
    }

    void theHintOfASecretFollowsIt()
    {
        chooseApp(u"billing-service"_s);
        QLineEdit *secret = field(u"loginSecret"_s);
        QCOMPARE(secret->accessibleDescription(), u"Known: the sandbox tells it."_s);
        QTest::keyClick(secret, Qt::Key_Backspace);
        QCOMPARE(secret->accessibleDescription(), u"Kept in memory for this session only."_s);
    }

    void aLongClientIdShowsItsBeginning()
    {
        chooseApp(u"billing-service"_s);
        QLineEdit *id = field(u"loginClientId"_s);
        QCOMPARE(id->toolTip(), id->text());
        id->setFocus();
        QTest::keyClick(id, Qt::Key_End);
        QVERIFY(id->cursorPosition() > 0);
        field(u"loginSecret"_s)->setFocus();
        QCOMPARE(id->cursorPosition(), 0);
    }

    void timesOfChecksAreLocalAndDoNotGoStale_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("distance"); // of the claim from the clock here
        QTest::addColumn<QString>("sentence");
        const QString space{QChar(QChar::Nbsp)};
        QTest::newRow("soon") << u"expires"_s << qint64(409) << u"It expires at 14:07:20."_s;
        QTest::newRow("just now") << u"issued_at"_s << qint64(-3) << u"It says 14:00:28."_s;
        QTest::newRow("within the tolerance")
            << u"expires"_s << qint64(-3)
            << u"It expired at 14:00:28. That is within the tolerance of 60 s."_s;
        QTest::newRow("in days") << u"expires"_s << qint64(3 * 86400)
                                 << QString(u"It expires at %1, in 3%2days."_s).arg(u"@"_s, space);
        QTest::newRow("long ago") << u"expires"_s << qint64(-3 * 366 * 86400)
                                  << QString(u"It expired at %1, 3%2years ago."_s).arg(u"@"_s, space);
        QTest::newRow("ahead") << u"not_before"_s << qint64(120)
                               << QString(u"It says 14:02:31, 2%1min%1"_s).arg(space) +
                                      u"00%1s ahead."_s.arg(space);
        QTest::newRow("no date") << u"expires"_s << qint64(1e15)
                                 << u"It expires at %1, in 1e+15 s."_s.arg(
                                        qint64(1e15) +
                                        QDateTime({2041, 5, 6}, {14, 0, 31}).toSecsSinceEpoch());
    }
    void timesOfChecksAreLocalAndDoNotGoStale()
    {
        QFETCH(QString, name);
        QFETCH(qint64, distance);
        QFETCH(QString, sentence);
        // Years from the day of this computer, which must not matter.
        const QDateTime now({2041, 5, 6}, {14, 0, 31});
        const qint64 at = now.toSecsSinceEpoch() + distance;
        const QString claim = name == "expires"_L1 ? u"exp"_s : name == "issued_at"_L1 ? u"iat"_s : u"nbf"_s;
        const QJsonObject claims{{claim, at}};
        for (const Check &check : checkClaims({}, claims, {}, {.now = now})) {
            if (check.name != name)
                continue;
            const QString date = QLocale().toString(QDateTime::fromSecsSinceEpoch(at), QLocale::ShortFormat);
            QCOMPARE(checkSentence(check, now), sentence.replace(u'@', date));
            return;
        }
        QFAIL("no such check");
    }

    void whatAProviderSaysIsNoTimeOfACheck()
    {
        const QString reason = u"It says 2023-11-14T22:13:20Z, 3 s ago."_s;
        QCOMPARE(checkSentence({.name = u"issuer"_s, .reason = reason}, QDateTime::currentDateTimeUtc()),
                 reason);
    }

    void theTimesOfATokenHaveNoSeconds()
    {
        chooseApp(u"billing-service"_s);
        runByButton();
        QTRY_COMPARE(checkOutcome(u"Expires"_s), u"Pass"_s);
        // With the date where that is another one: it may be late in the evening.
        static const QRegularExpression local(
            u"^(Expires: Pass. It expires at|Issued at: Pass. It says) (?!.*\\d s\\b).*\\d:\\d\\d.*\\.( |$)"_s);
        int times = 0;
        for (const ChecklistRow *row : m_panel->findChildren<ChecklistRow *>())
            times += row->isVisible() && local.match(row->accessibleName()).hasMatch() ? 1 : 0;
        QCOMPARE(times, 2);
    }

    void secretsAreMasked()
    {
        chooseApp(u"billing-service"_s);
        QCOMPARE(field(u"loginSecret"_s)->echoMode(), QLineEdit::Password);
        field(u"loginSecret"_s)->actions().first()->trigger();
        field(u"loginSecret"_s)->setFocus();
        QCOMPARE(field(u"loginSecret"_s)->echoMode(), QLineEdit::Normal);
        field(u"loginClientId"_s)->setFocus();
        QCOMPARE(field(u"loginSecret"_s)->echoMode(), QLineEdit::Password);
    }
};

QTEST_MAIN(TestLogins)
#include "tst_logins.moc"
