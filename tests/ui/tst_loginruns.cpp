// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/failurepane.h"
#include "logins/runspane.h"
#include "logins/tokentile.h"
#include "models/itemroles.h"
#include "oidc/tokencalls.h"
#include "onelogin/apiuse.h"
#include "store/loginstore.h"
#include "support/fakeclock.h"
#include "ui/loginspaneltest.h"
#include "widgets/confirmdialog.h"
#include "widgets/expirybar.h"
#include "widgets/messagebanner.h"
#include "widgets/statebadge.h"
#include "widgets/tabstrip.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The runs of the panel of test logins: what they keep, and what becomes of them.
class TestLoginRuns : public LoginsPanelTest
{
    Q_OBJECT

private slots:
    void initTestCase() { openSandbox(); }
    void init()
    {
        QVERIFY_OK(m_sandbox.workspace->logins().clearRecords(m_sandbox.session->tenant().id));
        openPanel();
    }
    void cleanup() { closePanel(); }

    void aRevokedTokenIsVerifiedNoMore()
    {
        pickGrant(Password);
        typeScope(u"offline_access"_s);
        userLogin();
        QTest::mouseClick(find<QWidget>(u"refreshTile"_s), Qt::LeftButton);
        revokeChosen();
        QTRY_VERIFY(badge().startsWith(u"Revoked at "_s));
        QVERIFY(!find<QAction>(u"revokeToken"_s)->isVisible());
        // The grant has ended with it, the ID token has not.
        QTest::mouseClick(find<QWidget>(u"accessTile"_s), Qt::LeftButton);
        QVERIFY(badge().startsWith(u"Revoked at "_s));
        QTest::mouseClick(find<QWidget>(u"idTile"_s), Qt::LeftButton);
        QTRY_VERIFY(badge().startsWith(u"Verified, "_s));
        // It is so when the run is come back to, too.
        serviceLogin();
        choose(1);
        QVERIFY(badge().startsWith(u"Revoked at "_s));
        const auto *ended = find<QWidget>(u"accessTile"_s)->findChild<StateBadge *>(u"tokenEnd"_s);
        QTRY_VERIFY(ended->isVisible());
        QVERIFY(ended->text().startsWith(u"Revoked "_s));
        QCOMPARE(ended->toolTip(), badge());
    }

    void aTokenThatTheProviderCallsInactiveHasEnded()
    {
        userLogin();
        QTRY_VERIFY(badge().startsWith(u"Verified, "_s));
        revokeElsewhere();
        QVERIFY(badge().startsWith(u"Verified, "_s)); // nobody has asked yet
        QTest::mouseClick(find<QPushButton>(u"askIntrospection"_s), Qt::LeftButton);
        QTRY_VERIFY(badge().startsWith(u"Not active, seen at "_s));
        QVERIFY(tabs().contains(u"Introspection"_s));
        const auto *tile = find<QWidget>(u"accessTile"_s);
        QCOMPARE(tile->findChild<StateBadge *>(u"tokenEnd"_s)->text(), u"Not active"_s);
        QVERIFY(!tile->findChild<CountdownChip *>()->isVisible());
        const QImage bar = tile->findChild<ExpiryBar *>()->grab().toImage();
        QVERIFY(bar.width() > 40);
        for (int x = 4; x < bar.width() - 4; ++x) // but for the round ends
            QCOMPARE(bar.pixel(x, bar.height() / 2), bar.pixel(bar.width() / 2, bar.height() / 2)); // empty
        QTest::mouseClick(find<QWidget>(u"idTile"_s), Qt::LeftButton);
        QTRY_VERIFY(badge().startsWith(u"Verified, "_s));
    }

    void aLogoutEndsTheTokensOfItsSession()
    {
        userLogin();
        QTRY_VERIFY(badge().startsWith(u"Verified, "_s));
        find<QAction>(u"logOut"_s)->trigger();
        press(u"logoutDialog"_s);
        QTRY_VERIFY(badge().startsWith(u"Logged out at "_s));
        QVERIFY(find<QAction>(u"revokeToken"_s)->isVisible()); // nobody has proven it
    }

    void anExpiredTokenSaysSince()
    {
        FakeClock clock;
        Ticker ticker(clock);
        Clipboard clipboard(*QGuiApplication::clipboard(), ticker);
        const PanelTools tools{.keychain = m_keychain, .clipboard = clipboard, .ticker = ticker};
        QByteArray value("opaque");
        TokenTile tile(TokenRole::Access,
                       {.value = Secret::takeFrom(value),
                        .expiresIn = std::chrono::seconds(60),
                        .receivedAt = clock.monotonic()},
                       clock.now(), {}, tools);
        QSignalSpy expired(&tile, &TokenTile::expired);
        QVERIFY(tile.endText().isEmpty());
        clock.advance(std::chrono::seconds(61));
        emit ticker.ticked();
        QCOMPARE(expired.size(), 1);
        QVERIFY(tile.endText().startsWith(u"Expired at "_s));
        QVERIFY(tile.accessibleName().contains(tile.endText()));
    }

    void aRunBringsItsInputsBackAndKeepsTheEdits()
    {
        serviceLogin();
        userLogin();
        QLineEdit *user = field(u"loginUsername"_s);
        user->setFocus();
        user->selectAll();
        QTest::keyClicks(user, u"half-typed"_s);
        QTest::keyClicks(field(u"loginPassword"_s), u"also-typed"_s);
        choose(1);
        QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        QCOMPARE(find<SegmentedControl>(u"loginGrant"_s)->currentIndex(), static_cast<int>(Service));
        QCOMPARE(field(u"loginClientId"_s)->text(), m_sandbox.process.app(u"billing-service").clientId);
        QVERIFY(!field(u"loginSecret"_s)->text().isEmpty()); // this session knows it
        QVERIFY(origin()->sentence().startsWith(u"As the run at "_s));
        QTest::mouseClick(find<QPushButton>(u"restoreDraft"_s), Qt::LeftButton);
        QCOMPARE(find<SegmentedControl>(u"loginGrant"_s)->currentIndex(), static_cast<int>(Password));
        QCOMPARE(field(u"loginUsername"_s)->text(), u"half-typed"_s);
        QCOMPARE(field(u"loginPassword"_s)->text(), u"also-typed"_s);
        QVERIFY(!origin()->isVisible());
    }

    void whatWasNotTouchedIsNoDraft()
    {
        serviceLogin();
        pickGrant(Password);
        pickGrant(Service);
        userLogin();
        choose(1);
        QVERIFY(origin()->isVisible());
        QVERIFY(!find<QPushButton>(u"restoreDraft"_s));
    }

    void aPastedTokenBelongsToNoRun()
    {
        serviceLogin();
        pickGrant(Paste);
        QVERIFY(!runList()->currentIndex().isValid());
        QVERIFY(runList()->selectionModel()->selectedIndexes().isEmpty());
        pickGrant(Service);
        QCOMPARE(runList()->currentIndex().row(), 0);
        QCOMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
        // A run that is chosen meanwhile ends the pasting.
        pickGrant(Paste);
        choose(0);
        QCOMPARE(find<SegmentedControl>(u"loginGrant"_s)->currentIndex(), static_cast<int>(Service));
        QVERIFY(find<QPushButton>(u"runLogin"_s)->isVisible());
    }

    void whatWasAskedAboutARunStays()
    {
        userLogin();
        QTest::mouseClick(find<QPushButton>(u"askUserInfo"_s), Qt::LeftButton);
        QTRY_VERIFY(tabs().contains(u"UserInfo"_s));
        serviceLogin();
        QVERIFY(!tabs().contains(u"UserInfo"_s));
        choose(1);
        QTRY_VERIFY(tabs().contains(u"UserInfo"_s));
    }

    void tabsWithoutRoomAreInAMenu()
    {
        TabStrip strip(u"strip"_s, u"Parts"_s);
        for (const QString &text : {u"First"_s, u"Second"_s, u"Third"_s, u"Fourth"_s})
            strip.addTab(text);
        strip.resize(strip.sizeHint());
        strip.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strip));
        const auto *bar = strip.findChild<QTabBar *>(u"strip"_s);
        auto *more = strip.findChild<QToolButton *>(u"stripMore"_s);
        QVERIFY(!more->isVisible());
        strip.resize(strip.sizeHint().width() * 2 / 3, strip.height());
        QTRY_VERIFY(more->isVisible());
        QVERIFY(bar->isTabVisible(0));
        QVERIFY(!bar->isTabVisible(3));
        QTRY_VERIFY(bar->width() + more->width() <= strip.width());
        emit more->menu()->aboutToShow();
        QCOMPARE(more->menu()->actions().last()->text(), u"Fourth"_s);
        more->menu()->actions().last()->trigger();
        QCOMPARE(strip.currentIndex(), 3);
        QVERIFY(bar->isTabVisible(3));
        QTRY_VERIFY(bar->width() + more->width() <= strip.width());
        strip.resize(strip.sizeHint());
        QTRY_VERIFY(!more->isVisible());
        QVERIFY(bar->isTabVisible(1));
    }

    void twoTokensStandSideBySide()
    {
        userLogin();
        QVERIFY(find<QToolButton>(u"compareTokens"_s)->isEnabled());
        QTest::mouseClick(find<QToolButton>(u"compareTokens"_s), Qt::LeftButton);
        auto *menu = find<QMenu>(u"comparisons"_s);
        QVERIFY(menu);
        // Not the token itself; the refresh token cannot be read.
        QCOMPARE(menu->actions().size(), 1);
        QVERIFY(menu->actions().first()->text().contains(u"ID token"_s));
        menu->actions().first()->trigger();
        menu->close();
        const auto *table = find<ClaimTable>(u"comparedClaims"_s);
        QVERIFY(table);
        const QAbstractItemModelTester tester(table->model());
        QCOMPARE(difference(*table, u"scope"_s), u"Only in A"_s);
        QCOMPARE(difference(*table, u"at_hash"_s), u"Only in B"_s);
        QCOMPARE(difference(*table, u"iss"_s), u"Same"_s);
        QCOMPARE(claimValue(*table, u"exp"_s).count(u'\n'), 1); // the seconds, and the date
    }

    void aTokenIsCopiedInEachForm()
    {
        userLogin();
        const QList<QAction *> forms =
            find<QWidget>(u"accessTile"_s)->findChild<QMenu *>(u"copyTokenMenu"_s)->actions();
        const auto copy = [&](const QString &text) {
            for (QAction *action : forms) {
                if (action->text() == text)
                    action->trigger();
            }
            return QGuiApplication::clipboard()->text();
        };
        const QString token = copy(u"Bare token"_s);
        QVERIFY(token.startsWith(u"eyJ"_s));
        QCOMPARE(copy(u"Authorization header"_s), u"Authorization: Bearer "_s + token);
        const QJsonObject claims = QJsonDocument::fromJson(copy(u"Claims as JSON"_s).toUtf8()).object();
        QVERIFY(claims.contains("exp"_L1));
        const QString curl = copy(u"curl command with $TOKEN"_s);
        QVERIFY(curl.startsWith(u"curl -H \"Authorization: Bearer $TOKEN\" 'http"_s));
        QVERIFY(!curl.contains(token));
        QCOMPARE(copy(u"curl command with the token in it"_s), QString(curl).replace(u"$TOKEN"_s, token));
    }

    void anAddressCannotLeaveItsQuotes()
    {
        QCOMPARE(curlCommand(QUrl(u"https://api.example.com/a'b"_s)),
                 u"curl -H \"Authorization: Bearer $TOKEN\" 'https://api.example.com/a'\\''b'"_s);
    }

    void earlierRunsComeFromTheHistory()
    {
        serviceLogin();
        closePanel();
        openPanel();
        QCOMPARE(runList()->model()->rowCount(), 0);
        QCOMPARE(earlier()->model()->rowCount(), 0); // nothing is read unasked
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        QTRY_COMPARE(earlier()->model()->rowCount(), 1);
        QVERIFY(earlier()->isVisible());
        userLogin(); // of this session: not in both lists
        QCOMPARE(runList()->model()->rowCount(), 1);
        QCOMPARE(earlier()->model()->rowCount(), 1);
        QTest::mouseClick(earlier()->viewport(), Qt::LeftButton, {},
                          earlier()->visualRect(earlier()->model()->index(0, 0)).center());
        QTRY_VERIFY(find<QWidget>(u"recordPane"_s));
        QVERIFY(!runList()->currentIndex().isValid());
        QCOMPARE(field(u"loginClientId"_s)->text(), m_sandbox.process.app(u"billing-service").clientId);
        choose(0);
        QVERIFY(!earlier()->currentIndex().isValid());
    }

    void theHistoryIsCleared()
    {
        failedLogin();
        closePanel();
        openPanel();
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        QTRY_COMPARE(earlier()->model()->rowCount(), 1);
        QTest::mouseClick(find<QPushButton>(u"clearExpired"_s), Qt::LeftButton);
        QCOMPARE(earlier()->model()->rowCount(), 1); // it has no tokens that could expire
        QTest::mouseClick(find<QPushButton>(u"clearHistory"_s), Qt::LeftButton);
        press(u"clearHistoryDialog"_s);
        QTRY_COMPARE(earlier()->model()->rowCount(), 0);
        QVERIFY(!find<QPushButton>(u"clearHistory"_s)->isEnabled());
    }

    void aUserIsLookedUpBesideTheFailure()
    {
        failedLogin();
        auto *look = find<QPushButton>(u"next_look_up_user"_s);
        QVERIFY(look);
        QTest::mouseClick(look, Qt::LeftButton);
        QTRY_VERIFY(words(u"answer_look_up_user"_s).startsWith(u"jdoe.test is active."_s));
        QVERIFY(!find<QPushButton>(u"next_open_portal"_s)); // a sandbox's portal is no page
    }

    void thePortalOfATenantIsOpened()
    {
        Tenant tenant = m_sandbox.session->tenant();
        tenant.type = TenantType::Development;
        Session session(tenant, m_sandbox.http, *m_sandbox.credentials, m_sandbox.clock);
        bool opens = true;
        const PanelTools tools{.keychain = m_keychain,
                               .clipboard = *m_clipboard,
                               .ticker = *m_ticker,
                               .openUrl = [&](const QUrl &url) {
                                   m_opened.append(url);
                                   return opens;
                               }};
        FailurePane pane(session, tools,
                         {.name = u"portal-web"_s,
                          .at = m_sandbox.clock.now(),
                          .result = LoginOutcome{.httpStatus = 400, .error = u"unauthorized_client"_s}},
                         1);
        pane.show();
        auto *open = pane.findChild<QPushButton *>(u"next_open_portal"_s);
        QVERIFY(open);
        const auto *answer = pane.findChild<QLabel *>(u"answer_open_portal"_s);
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(m_opened, QList<QUrl>{tenant.baseUrl});
        QCOMPARE(answer->text(), u"The portal was opened in the browser."_s);
        opens = false;
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(answer->text(),
                 u"The browser did not open. The address is %1."_s.arg(tenant.baseUrl.toString()));
    }

    void aLowWindowGivesTheRoomToTheRequests()
    {
        failedLogin();
        const auto *evidence = find<QLabel>(u"evidenceStatus"_s);
        auto *bar = find<QTabBar>(u"failureTabs"_s);
        bar->setCurrentIndex(1);
        QTRY_VERIFY(evidence->isVisible());
        m_panel->setMinimumSize(400, 300);
        m_panel->resize(844, 560);
        QTRY_VERIFY(!evidence->isVisible());
        bar->setCurrentIndex(0);
        QVERIFY(evidence->isVisible());
    }

    void aLookUpSaysWhatItsCredentialLacks()
    {
        failedLogin();
        const ApiCredential pair = *m_sandbox.session->workingCredential();
        ApiCredential weak = pair;
        weak.level = ScopeLevel::AuthenticationOnly;
        QVERIFY_OK(m_sandbox.credentials->update(weak));
        const auto restore = qScopeGuard([&] { m_sandbox.credentials->update(pair); });
        QTest::mouseClick(find<QPushButton>(u"next_look_up_user"_s), Qt::LeftButton);
        QCOMPARE(words(u"answer_look_up_user"_s), levelReason(weak, ApiUse::ReadUsers));
    }

    void theNextStepsOfTheFormTakeTheirEffect()
    {
        pickGrant(Browser);
        auto *form = find<LoginForm>(u"loginForm"_s);
        find<QComboBox>(u"loginPrompt"_s)->setEditText(u"none"_s);
        form->perform(u"clear_prompt"_s);
        QVERIFY(form->request().prompt.isEmpty());
        QCOMPARE(m_panel->focusWidget(), find<QPushButton>(u"runLogin"_s));
        for (const auto &[action, name] : {std::pair(u"edit_redirect_port"_s, u"loginPort"_s),
                                           std::pair(u"edit_endpoints"_s, u"endpointToken"_s),
                                           std::pair(u"check_issuer"_s, u"loginIssuer"_s)}) {
            form->perform(action);
            QTRY_VERIFY(find<QWidget>(name)->isVisible());
            QCOMPARE(m_panel->focusWidget(), find<QWidget>(name));
        }
    }

    void anExpectationIsChosenBesideTheRun()
    {
        failedLogin();
        auto *expect = find<QPushButton>(u"loginExpectation"_s);
        QCOMPARE(expect->accessibleName(), u"Expect: anything"_s);
        emit expect->menu()->aboutToShow();
        QAction *thisError = nullptr;
        for (QAction *action : expect->menu()->actions()) {
            if (action->text().startsWith(u"This error: "_s))
                thisError = action;
        }
        QVERIFY(thisError);
        thisError->trigger();
        QCOMPARE(expect->accessibleName(), u"Expect: invalid_request"_s);
        runByButton();
        QTRY_COMPARE(runList()->model()->rowCount(), 2);
        const auto records = m_sandbox.workspace->logins().records(m_sandbox.session->tenant().id);
        QCOMPARE(records->front().metExpectation, std::optional(true));
    }

    void aNarrowWindowHasTheListsToo()
    {
        serviceLogin();
        m_panel->setMinimumSize(400, 300); // as in the window, whose own size counts
        m_panel->resize(844, 560);
        QTRY_VERIFY(!runList()->isVisible());
        QVERIFY(find<QPushButton>(u"runLogin"_s)->isVisible());
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        QVERIFY(runList()->isVisible());
        QVERIFY(find<QListView>(u"profileList"_s)->isVisible());
        QVERIFY(!find<QPushButton>(u"runLogin"_s)->isVisible());
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        QVERIFY(find<QPushButton>(u"runLogin"_s)->isVisible());
        // Whoever chooses a kind of login wants to fill it in.
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        find<SegmentedControl>(u"loginGrant"_s)->setFocus();
        pickGrant(Paste);
        QVERIFY(field(u"pastedToken"_s)->isVisible());
        QCOMPARE(m_panel->focusWidget(), field(u"pastedToken"_s));
    }

    void runsOfOtherKindsLeaveTheListsOpen()
    {
        serviceLogin();
        userLogin();
        m_panel->setMinimumSize(400, 300);
        m_panel->resize(844, 560);
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        QVERIFY(runList()->isVisible());
        choose(1);
        QCOMPARE(find<SegmentedControl>(u"loginGrant"_s)->currentIndex(), static_cast<int>(Service));
        QVERIFY(runList()->isVisible());
    }

    void aNarrowWindowNamesTheRunThatIsShown()
    {
        serviceLogin();
        userLogin();
        const auto *box = find<QComboBox>(u"loginRunCombo"_s);
        QCOMPARE(box->currentIndex(), 0);
        choose(1);
        m_panel->setMinimumSize(400, 300);
        m_panel->resize(844, 560);
        QTRY_VERIFY(box->isVisible());
        QCOMPARE(box->currentIndex(), 1);
        // One line of what the list says in two.
        const QString time = runList()->model()->index(0, 0).data(TrailingRole).toString();
        QCOMPARE(box->itemText(0), u"app.smoke.test · succeeded %1 · Password, legacy"_s.arg(time));
        pickGrant(Paste);
        QCOMPARE(box->currentIndex(), -1); // a pasted token belongs to no run
        pickGrant(Service);
        QCOMPARE(box->currentIndex(), 1);
    }

    void listsShowWholeRows()
    {
        for (int i = 0; i < 3; ++i)
            serviceLogin();
        closePanel();
        openPanel();
        for (int i = 0; i < 3; ++i)
            serviceLogin();
        QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
        for (const int height : {777, 811}) {
            m_panel->resize(1052, height);
            QCoreApplication::processEvents();
            for (const QListView *list : {runList(), earlier()}) {
                const int row = list->sizeHintForRow(0);
                QVERIFY(list->isVisible());
                QTRY_VERIFY2(list->viewport()->height() >= 2 * row, qPrintable(list->objectName()));
                QCOMPARE(list->viewport()->height() % row, 0);
            }
        }
    }

    void aProfileThatIsTakenBringsTheFormBack()
    {
        LoginRequest request{.clientId = u"of-the-profile"_s};
        const Result<LoginProfile> profile = waitFor<LoginProfile>([&](auto k) {
            m_profiles->save({.tenant = m_sandbox.session->tenant().id,
                              .name = u"kept"_s,
                              .request = request,
                              .place = SecretPlace::Session},
                             k);
        });
        QVERIFY_OK(profile);
        const auto tidy =
            qScopeGuard([&] { QVERIFY_OK(waitFor<void>([&](auto k) { m_profiles->remove(*profile, k); })); });
        m_panel->setMinimumSize(400, 300);
        m_panel->resize(844, 560);
        auto *list = find<QListView>(u"profileList"_s);
        const auto showLists = [&] {
            QTest::mouseClick(find<QToolButton>(u"showHistory"_s), Qt::LeftButton);
            QVERIFY(list->isVisible());
        };
        QTRY_VERIFY(!list->isVisible());
        showLists();
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0)); // as the arrows do
        QVERIFY(list->isVisible());
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_VERIFY(!list->isVisible());
        QCOMPARE(m_panel->focusWidget(), find<QPushButton>(u"runLogin"_s));
        showLists();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(0, 0)).center());
        QVERIFY(!list->isVisible());
        QVERIFY(find<QPushButton>(u"runLogin"_s)->isVisible());
        QCOMPARE(field(u"loginClientId"_s)->text(), u"of-the-profile"_s);
    }

private:
    void runAndWait(const QString &title)
    {
        const int before = runList()->model()->rowCount();
        runByButton();
        QTRY_COMPARE(runList()->model()->rowCount(), before + 1);
        QCOMPARE(words(u"resultTitle"_s), title);
    }
    void serviceLogin()
    {
        pickGrant(Service);
        chooseApp(u"billing-service"_s);
        find<QComboBox>(u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
        runAndWait(u"Login succeeded"_s);
    }
    void userLogin()
    {
        passwordLogin(u"portal-web"_s, u"app.smoke.test"_s);
        runAndWait(u"Login succeeded"_s);
    }
    void failedLogin()
    {
        passwordLogin(u"portal-web"_s, u"jdoe.test"_s);
        runAndWait(u"Login failed"_s);
    }
    void choose(int row)
    {
        const QModelIndex index = runList()->model()->index(row, 0);
        runList()->scrollTo(index);
        QTest::mouseClick(runList()->viewport(), Qt::LeftButton, {}, runList()->visualRect(index).center());
    }
    void revokeChosen()
    {
        find<QAction>(u"revokeToken"_s)->trigger();
        press(u"revokeDialog"_s);
    }
    /// The access token, without the window's knowing.
    void revokeElsewhere()
    {
        find<QWidget>(u"accessTile"_s)->findChild<QMenu *>(u"copyTokenMenu"_s)->actions().first()->trigger();
        const Secret token = Secret::fromText(QGuiApplication::clipboard()->text());
        const auto provider = waitFor<ProviderMetadata>(
            [&](auto k) { discover(m_sandbox.http, m_sandbox.process.issuer(), k); });
        QVERIFY_OK(provider);
        const SandboxProcess::App app = m_sandbox.process.app(u"portal-web");
        const auto revoked = waitFor<Revocation>([&](auto k) {
            revoke(m_sandbox.http, *provider,
                   {.clientId = app.clientId, .clientSecret = Secret::fromText(app.clientSecret)}, token,
                   TokenUse::Access, k);
        });
        QVERIFY_OK(revoked);
        QVERIFY(revoked->isActive == false);
    }
    void press(const QString &dialog)
    {
        auto *confirm = m_panel->findChild<ConfirmDialog *>(dialog);
        QVERIFY(confirm);
        QTest::mouseClick(confirm->verbButton(), Qt::LeftButton);
    }
    QString badge() const { return find<StateBadge>(u"tokenBadge"_s)->text(); }
    MessageBanner *origin() const { return find<MessageBanner>(u"formOrigin"_s); }
    QListView *earlier() const { return find<QListView>(u"earlierRuns"_s); }
    QStringList tabs() const
    {
        const auto *bar = find<QTabBar>(u"resultTabs"_s);
        QStringList texts;
        for (int i = 0; i < bar->count(); ++i)
            texts.append(bar->tabText(i).section(u'\t', 0, 0));
        return texts;
    }
    static QString difference(const ClaimTable &claims, const QString &name)
    {
        const QAbstractItemModel *model = claims.model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString() == name)
                return model->index(row, 3).data().toString();
        }
        return {};
    }
};

QTEST_MAIN(TestLoginRuns)
#include "tst_loginruns.moc"
