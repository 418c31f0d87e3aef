// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewdialog.h"
#include "oidc/loginprofile.h"
#include "store/loginstore.h"
#include "ui/serversdesk.h"
#include "ui/stagegrants.h"
#include "widgets/emptystate.h"

#include <QComboBox>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kResource = u"https://api.example.com/partners"_s;

} // namespace

/// Creating, editing and deleting authorization servers in the panel, at a real sandbox behind a proxy that
/// fails where a test wants it to.
class TestServerActions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { failOnWarnings(); }
    void cleanup() { m_at.reset(); }

    void createsAServerByKeyAndShowsIt()
    {
        QVERIFY(open());
        m_at->list()->setFocus();
        QTest::keySequence(m_at->list(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
        auto *dialog = form();
        QVERIFY(dialog);
        fill(*dialog);
        QTest::keyClick(dialog->findChild<QLineEdit *>(u"name"_s), Qt::Key_Return);
        QTRY_VERIFY(m_at->says(u"Partners API is stored."_s));
        QTRY_VERIFY(m_at->isWhole(u"Partners API"_s));
        QCOMPARE(m_at->list()->currentIndex().data().toString(), u"Partners API"_s);
        QCOMPARE(m_at->list()->model()->rowCount(), 6);
        QTRY_VERIFY(!m_at->panel->findChild<WriteDialog *>());
        m_at->showTab(u"Scopes"_s);
        QVERIFY(shown<QPushButton>(*m_at->panel, u"scopes.nothing"_s));
    }

    void theRulesComeFirst()
    {
        QVERIFY(open());
        QVERIFY(press(*m_at->panel, u"newServer"_s));
        auto *dialog = form();
        QVERIFY(dialog);
        m_at->desk.proxy->forget();
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(!errorAt(*dialog, u"name"_s).isEmpty());
        QVERIFY(!errorAt(*dialog, u"resource_identifier"_s).isEmpty());
        QVERIFY(!errorAt(*dialog, u"audiences"_s).isEmpty());
        QVERIFY(errorAt(*dialog, u"access_token_expiration_minutes"_s).isEmpty());
        fill(*dialog);
        type(*dialog, u"access_token_expiration_minutes"_s, u"0"_s);
        type(*dialog, u"name"_s, u"Orders API"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(!errorAt(*dialog, u"access_token_expiration_minutes"_s).isEmpty());
        QVERIFY(!errorAt(*dialog, u"name"_s).isEmpty());
        QVERIFY(errorAt(*dialog, u"audiences"_s).isEmpty());
        QVERIFY(m_at->desk.proxy->arrived().empty());
    }

    void whatTheTenantRefusesStandsAtItsField_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("fields");
        QTest::newRow("400 with a field")
            << 400
            << QByteArray(
                   R"({"field":"name","message":"Missing required field","statusCode":400,"name":"BadRequestError"})")
            << QStringList{u"name"_s};
        QTest::newRow("422")
            << 422
            << QByteArray(
                   R"({"message":"Validation failed: Resource identifier can't be blank, Audiences can't be blank","statusCode":422,"name":"UnprocessableEntityError"})")
            << QStringList{u"resource_identifier"_s, u"audiences"_s};
        QTest::newRow("422 of nothing here")
            << 422
            << QByteArray(
                   R"({"message":"Validation failed: Sea is rough","statusCode":422,"name":"UnprocessableEntityError"})")
            << QStringList();
    }
    void whatTheTenantRefusesStandsAtItsField()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QStringList, fields);
        QVERIFY(open());
        m_at->answer("POST", "/api_authorizations", FaultServer::answer(status, body));
        auto *dialog = newServer();
        QVERIFY(dialog);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(dialog->banner()->isVisible());
        for (const QString &field : {u"name"_s, u"resource_identifier"_s, u"audiences"_s, u"description"_s})
            QCOMPARE(!errorAt(*dialog, field).isEmpty(), fields.contains(field));
        const QString told = dialog->banner()->sentence() + dialog->banner()->detail();
        const QString text = QJsonDocument::fromJson(body)["message"_L1].toString();
        QVERIFY2(told.contains(text), qPrintable(told)); // all of it
        QCOMPARE(dialog->findChild<QLineEdit *>(u"name"_s)->text(), u"Partners API"_s);
    }

    void failuresKeepWhatWasTyped_data()
    {
        QTest::addColumn<FaultReply>("reply");
        QTest::addColumn<QString>("words");
        QTest::newRow("401")
            << FaultServer::answer(
                   401, R"({"message":"Unauthorized","statusCode":401,"name":"UnauthorizedError"})")
            << u"level"_s;
        QTest::newRow("500") << FaultServer::html(500) << u"Not stored"_s;
        QTest::newRow("cut") << FaultReply{.then = FaultReply::Then::Reset} << u"Not stored"_s;
        QTest::newRow("web page") << FaultServer::html(200) << u"Not stored"_s;
    }
    void failuresKeepWhatWasTyped()
    {
        QFETCH(FaultReply, reply);
        QFETCH(QString, words);
        QVERIFY(open());
        m_at->answer("POST", "/api_authorizations", reply);
        auto *dialog = newServer();
        QVERIFY(dialog);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->isVisible(), 20000);
        QVERIFY2(dialog->banner()->sentence().contains(words), qPrintable(dialog->banner()->sentence()));
        QVERIFY(!dialog->isBusy());
        m_at->desk.proxy->setScript({});
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"Partners API is stored."_s));
    }

    void offlineKeepsWhatWasTyped()
    {
        QVERIFY(open());
        auto *dialog = newServer();
        QVERIFY(dialog);
        m_at->desk.proxy.reset();
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->isVisible(), 20000);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"name"_s)->text(), u"Partners API"_s);
        QVERIFY(dialog->findChild<QPushButton *>(u"apply"_s)->isEnabled());
    }

    void whatMayHaveBeenMadeIsNotMadeTwice()
    {
        QVERIFY(open());
        auto *dialog = newServer();
        QVERIFY(dialog);
        auto isMade = std::make_shared<bool>(false);
        m_at->desk.proxy->setScript([isMade](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (*isMade)
                return FaultServer::html(500);
            *isMade = arrival.method == "POST" && arrival.target.endsWith("/api_authorizations");
            return forward(arrival);
        });
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->sentence().contains(u"It may be stored"_s), 20000);
        QVERIFY(!dialog->findChild<QPushButton *>(u"apply"_s)->isEnabled());
        m_at->desk.proxy->setScript({});
        QVERIFY(press(*dialog, u"cancel"_s));
        QTRY_VERIFY(!m_at->panel->findChild<WriteDialog *>());
        QVERIFY(press(*m_at->panel, u"reloadServers"_s));
        QTRY_COMPARE(m_at->list()->model()->rowCount(), 6);
    }

    void aThrottledWriteWaitsAndGoesOn()
    {
        QVERIFY(open());
        auto throttled = std::make_shared<int>(0);
        m_at->desk.proxy->setScript([throttled](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.method == "POST" && arrival.target.endsWith("/api_authorizations") &&
                ++*throttled == 1)
                return FaultServer::answer(429, "<html>slow down</html>", "Retry-After: 1\r\n", "text/html");
            return forward(arrival);
        });
        auto *dialog = newServer();
        QVERIFY(dialog);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_at->says(u"Partners API is stored."_s), 20000);
        QCOMPARE(*throttled, 2);
    }

    void editsWhatIsThereNow()
    {
        QVERIFY(open());
        QVERIFY_OK(changeBehindOurBack([](AuthServer &server) { server.description = u"Theirs"_s; }));
        auto *dialog = editServer();
        QVERIFY(dialog);
        QVERIFY(dialog->banner()->sentence().contains(u"changed since"_s));
        QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"Theirs"_s);
        type(*dialog, u"name"_s, u"Bills API"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"The changes of Bills API are stored."_s));
        const Result<AuthServer> now = server();
        QVERIFY_OK(now);
        QCOMPARE(now->name, u"Bills API"_s);
        QCOMPARE(now->description, u"Theirs"_s);
        QCOMPARE(m_at->panel->findChild<Label *>(u"serverName"_s)->text(), u"Bills API"_s);
    }

    void aConflictIsShownFieldByField()
    {
        QVERIFY(open());
        auto *dialog = editServer();
        QVERIFY(dialog);
        type(*dialog, u"name"_s, u"Mine"_s);
        QVERIFY_OK(changeBehindOurBack([](AuthServer &server) {
            server.name = u"Theirs"_s;
            server.description = u"New there"_s;
        }));
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(dialog->banner()->isVisible());
        QVERIFY(dialog->banner()->sentence().contains(u"Nothing was sent"_s));
        QCOMPARE(dialog->findChild<QLineEdit *>(u"name"_s)->text(), u"Mine"_s);
        QVERIFY(noteAt(*dialog, u"name"_s).contains(u"Theirs"_s));
        QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"New there"_s);
        QCOMPARE(server()->name, u"Theirs"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"The changes of Mine are stored."_s));
        QCOMPARE(server()->description, u"New there"_s);
    }

    void whatIsNotStoredStandsAtItsField()
    {
        QVERIFY(open());
        auto *dialog = editServer();
        QVERIFY(dialog);
        m_at->desk.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == "PUT" ? FaultServer::answer(200, R"({"id":1})") : forward(arrival);
        });
        type(*dialog, u"name"_s, u"Mine"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(errorAt(*dialog, u"name"_s).contains(u"Not stored"_s));
        QVERIFY(errorAt(*dialog, u"name"_s).contains(u"Invoices API"_s));
        QVERIFY(errorAt(*dialog, u"audiences"_s).isEmpty());
    }

    void aServerThatIsGoneCannotBeEdited()
    {
        QVERIFY(open());
        QVERIFY_OK(waitFor([&](auto k) { m_at->api().remove(m_at->idOf(u"Invoices API"), k); }));
        m_at->list()->setFocus();
        QTest::keyClick(m_at->list(), Qt::Key_F2);
        auto *dialog = form();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->banner()->isVisible());
        QVERIFY(!dialog->findChild<QPushButton *>(u"apply"_s)->isEnabled());
    }

    void deletingNamesWhatGoesAndWantsTheName()
    {
        QVERIFY(open());
        m_at->list()->setFocus();
        QTest::keyClick(m_at->list(), Qt::Key_Delete);
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteServerDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"typedName"_s));
        const QString effects = dialog->accessibleDescription();
        QVERIFY2(effects.contains(u"8 scopes go with it."_s), qPrintable(effects));
        QVERIFY2(effects.contains(u"These 12 client apps lose their grants:"_s), qPrintable(effects));
        const auto *affected = dialog->findChild<QListWidget *>(u"affected"_s);
        QVERIFY(affected && affected->isVisible());
        QCOMPARE(affected->count(), 12); // every one
        QTRY_VERIFY(!affected->visibleRegion().isEmpty());
        QVERIFY(affected->height() < 12 * affected->sizeHintForRow(0));
        QVERIFY(!dialog->verbButton()->isEnabled());
        QVERIFY(dialog->cancelButton()->isDefault());
        type(*dialog, u"typedName"_s, u"Invoices"_s);
        QVERIFY(!dialog->verbButton()->isEnabled());
        type(*dialog, u"typedName"_s, u"Invoices API"_s);
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY(m_at->says(u"Invoices API is deleted."_s));
        QCOMPARE(m_at->list()->model()->rowCount(), 4);
        QVERIFY(m_at->panel->findChild<Label *>(u"serverName"_s)->text() != u"Invoices API"_s);
    }

    void aServerThatIsGoneAlreadyIsDeleted()
    {
        QVERIFY(open());
        auto *dialog = deleteServer();
        QVERIFY(dialog);
        QVERIFY_OK(waitFor([&](auto k) { m_at->api().remove(m_at->idOf(u"Invoices API"), k); }));
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY(m_at->says(u"Invoices API is deleted."_s));
    }

    void aDeleteThatFailsLeavesTheServer()
    {
        QVERIFY(open());
        auto *dialog = deleteServer();
        QVERIFY(dialog);
        m_at->desk.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == "DELETE" ? FaultServer::html(500) : forward(arrival);
        });
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->isVisible(), 20000);
        QCOMPARE(m_at->list()->model()->rowCount(), 5);
        QVERIFY_OK(server());
    }

    void anotherCredentialDuringADeleteLeavesItUnknown()
    {
        QVERIFY(open());
        const ApiCredential other = m_at->desk.adopt(u"audit-export");
        auto *dialog = deleteServer();
        QVERIFY(dialog);
        m_at->answer("DELETE", {}, FaultReply{});
        m_at->desk.proxy->forget();
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_VERIFY(!m_at->desk.proxy->arrived().empty());
        m_at->desk.session->workAs(other.id);
        QVERIFY(!dialog->isBusy());
        QVERIFY(dialog->banner()->sentence().contains(u"may be deleted"_s));
    }

    void aReviewThatGoesWithItsServerTellsWhatItSent()
    {
        QVERIFY(open());
        stageWanted(m_at->grid(), {{m_at->grid().appAt(0).id, {}}});
        m_at->showTab(u"Grants"_s);
        QVERIFY(press(*m_at->panel, u"reviewGrants"_s));
        auto *review = m_at->dialog<ReviewDialog>(u"reviewDialog"_s);
        QVERIFY(review);
        QTRY_VERIFY(review->findChild<QPushButton *>(u"reviewApply"_s)->isEnabled());
        auto isSent = std::make_shared<bool>(false);
        m_at->desk.proxy->setScript([isSent](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.method == "PUT") {
                *isSent = true;
                return FaultReply{};
            }
            return arrival.target.endsWith("/api_authorizations") ? FaultServer::answer(200, "[]")
                                                                  : forward(arrival);
        });
        QVERIFY(press(*review, u"reviewApply"_s));
        QTRY_VERIFY(*isSent);
        ApiCredential known = m_at->desk.rows().front();
        known.level = ScopeLevel::ManageAll;
        QVERIFY_OK(m_at->desk.credentials->update(known)); // it lists the servers again
        QTRY_VERIFY(!m_at->panel->findChild<ReviewDialog *>());
        const auto *notice = m_at->panel->findChild<MessageBanner *>(u"interruptedChanges"_s);
        QVERIFY2(notice->sentence().startsWith(u"Changes to Invoices API were interrupted"_s),
                 qPrintable(notice->sentence()));
    }

    void deletingDropsWhatWasStagedForIt()
    {
        QVERIFY(open());
        GrantGridModel &grid = m_at->grid();
        stageWanted(grid, {{grid.appAt(0).id, {}}});
        const int staged = m_at->panel->pendingChanges();
        QVERIFY(staged > 0);
        auto *dialog = deleteServer();
        QVERIFY(dialog);
        QVERIFY(dialog->accessibleDescription().contains(u"What is staged for it is dropped."_s));
        QVERIFY(press(*dialog, u"verb"_s));
        QTRY_COMPARE(m_at->panel->pendingChanges(), 0);
    }

    void theLastServerGoneOffersANewOne()
    {
        QVERIFY(open());
        m_at->answer("GET", "/api_authorizations", FaultServer::answer(200, "[]"));
        QTest::keyClick(m_at->panel.get(), Qt::Key_F5);
        QTRY_VERIFY(shown<QPushButton>(*m_at->panel, u"newFirstServer"_s));
        QVERIFY(press(*m_at->panel, u"newFirstServer"_s));
        QVERIFY(form());
    }

    void movingAServerInUseWantsItsName()
    {
        QVERIFY(open());
        LoginProfile profile;
        profile.tenant = m_at->desk.tenant.id;
        profile.name = u"nightly-invoices"_s;
        profile.request.clientId = u"client-1"_s;
        profile.request.resource = u"https://api.example.com/invoices"_s;
        QVERIFY_OK(m_at->desk.workspace->logins().addProfile(profile));
        auto *dialog = editServer();
        QVERIFY(dialog);
        auto *typed = dialog->findChild<QLineEdit *>(u"typed_name"_s);
        QVERIFY(typed && !typed->isVisible());
        type(*dialog, u"resource_identifier"_s, kResource);
        QVERIFY(typed->isVisible());
        QVERIFY(noteAt(*dialog, u"typed_name"_s).contains(u"nightly-invoices"_s));
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(!errorAt(*dialog, u"typed_name"_s).isEmpty());
        QCOMPARE(server()->resourceIdentifier, u"https://api.example.com/invoices"_s);
        QTest::keyClicks(typed, u"Invoices API"_s);
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(m_at->says(u"The changes of Invoices API are stored."_s));
        QCOMPARE(server()->resourceIdentifier, kResource);
    }

    void inProductionTheButtonIsToBeReached()
    {
        QVERIFY(open(TenantType::Production));
        auto *dialog = newServer();
        QVERIFY(dialog);
        QLineEdit *name = dialog->findChild<QLineEdit *>(u"name"_s);
        m_at->desk.proxy->forget();
        QTest::keyClick(name, Qt::Key_Return);
        QTest::keyClick(name, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!dialog->isBusy());
        QVERIFY(m_at->desk.proxy->arrived().empty());
        auto *apply = dialog->findChild<QPushButton *>(u"apply"_s);
        apply->setFocus();
        QTest::keyClick(apply, Qt::Key_Return);
        QTRY_VERIFY(m_at->says(u"Partners API is stored."_s));
    }

    void aWriteThatIsGivenUpIsReadAgain()
    {
        QVERIFY(open());
        auto *dialog = newServer();
        QVERIFY(dialog);
        m_at->desk.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (arrival.method != "POST" || !arrival.target.endsWith("/api_authorizations"))
                return forward(arrival);
            (void)forward(arrival);
            return FaultReply{}; // it never answers
        });
        QVERIFY(press(*dialog, u"apply"_s));
        QTRY_VERIFY(dialog->isBusy());
        QTRY_VERIFY(!m_at->desk.proxy->forwarded().empty() &&
                    m_at->desk.proxy->forwarded().back().method == "POST");
        QVERIFY(press(*dialog, u"cancel"_s));
        QTRY_COMPARE(m_at->list()->model()->rowCount(), 6);
    }

    void aReadingThatIsLeftHasWrittenNothing()
    {
        QVERIFY(open());
        WriteDialog *dialog = openHeldEditor();
        QVERIFY(dialog && dialog->isBusy());
        QSignalSpy abandoned(dialog, &WriteDialog::abandoned);
        QVERIFY(press(*dialog, u"cancel"_s));
        QCOMPARE(abandoned.size(), 0);
    }

    void anotherCredentialReadsTheFormAgain()
    {
        QVERIFY(open());
        const std::optional<ApiCredential> first = m_at->desk.session->workingCredential();
        QVERIFY(first && m_at->desk.adopt(u"reporting-batch").id.isValid());
        WriteDialog *dialog = openHeldEditor();
        QVERIFY(dialog && dialog->isBusy());
        QSignalSpy abandoned(dialog, &WriteDialog::abandoned);
        m_at->desk.proxy->setScript({});
        QVERIFY_OK(changeBehindOurBack([](AuthServer &server) { server.description = u"Theirs"_s; }));
        QVERIFY_OK(m_at->desk.credentials->setState(first->id, CredentialState::Disabled));
        QTRY_VERIFY(!dialog->isBusy());
        const QString said = dialog->banner()->sentence();
        QVERIFY2(said.startsWith(u"It was changed since the panel read it."_s), qPrintable(said));
        QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"Theirs"_s);
        QCOMPARE(abandoned.size(), 0);
    }

    void whatMayNotBeWrittenSaysWhy()
    {
        QVERIFY(open(TenantType::Sandbox, u"audit-export"));
        const auto *button = m_at->panel->findChild<QPushButton *>(u"newServer"_s);
        ApiCredential known = m_at->desk.rows().front();
        known.level = ScopeLevel::ReadAll;
        QVERIFY_OK(m_at->desk.credentials->update(known));
        QTRY_VERIFY(!button->isEnabled());
        QVERIFY(button->toolTip().contains(u"Manage All"_s));
        QVERIFY(!m_at->panel->findChild<QPushButton *>(u"editServer"_s)->isEnabled());
        for (const QString &name : {u"scopes.add"_s, u"claims.add"_s})
            QTRY_VERIFY(m_at->panel->findChild<QPushButton *>(name)->toolTip().contains(u"Manage All"_s));
        m_at->list()->setFocus();
        QTest::keyClick(m_at->list(), Qt::Key_F2);
        QVERIFY(!m_at->panel->findChild<WriteDialog *>());
    }

    void theMenuOfTheListHasItsActions()
    {
        QVERIFY(open());
        emit m_at->list()->customContextMenuRequested(QPoint(20, 20));
        auto *menu = m_at->panel->findChild<QMenu *>(u"serverMenu"_s);
        QVERIFY(menu);
        QStringList texts;
        for (const QAction *action : menu->actions())
            texts.append(action->text());
        QCOMPARE(texts, QStringList({u"New server…"_s, u"Edit server…"_s, u"Delete server…"_s}));
        menu->close();
    }

private:
    bool open(TenantType type = TenantType::Sandbox, QStringView credential = u"grants-admin")
    {
        m_at = std::make_unique<ServersDesk>(type);
        return m_at->open(u"Invoices API"_s, credential);
    }
    WriteDialog *form() const { return m_at->dialog<WriteDialog>(u"serverDialog"_s); }
    static bool type(const QWidget &dialog, const QString &field, const QString &text)
    {
        return ServersDesk::type(dialog, field, text);
    }
    static QString errorAt(const QWidget &dialog, const QString &key)
    {
        return ServersDesk::errorAt(dialog, key);
    }
    static QString noteAt(const QWidget &dialog, const QString &key)
    {
        return ServersDesk::noteAt(dialog, key);
    }
    static void fill(const QWidget &dialog)
    {
        type(dialog, u"name"_s, u"Partners API"_s);
        type(dialog, u"resource_identifier"_s, kResource);
        type(dialog, u"audiences"_s, kResource);
    }
    WriteDialog *newServer() const
    {
        if (!press(*m_at->panel, u"newServer"_s))
            return nullptr;
        WriteDialog *dialog = form();
        if (dialog)
            fill(*dialog);
        return dialog;
    }
    WriteDialog *openEditor() const
    {
        m_at->showTab(u"Details"_s);
        return press(*m_at->panel, u"editServer"_s) ? form() : nullptr;
    }
    /// While its server is being read, which is not answered.
    WriteDialog *openHeldEditor() const
    {
        const QByteArray end = "/" + QByteArray::number(m_at->idOf(u"Invoices API").value);
        m_at->answer("GET", end, FaultReply{});
        m_at->desk.proxy->forget();
        WriteDialog *dialog = openEditor();
        const auto isAsked = [&] {
            return std::ranges::any_of(m_at->desk.proxy->arrived(), [&](const Arrival &arrival) {
                return arrival.method == "GET" && arrival.target.endsWith(end);
            });
        };
        return QTest::qWaitFor(isAsked) ? dialog : nullptr;
    }
    WriteDialog *editServer() const
    {
        WriteDialog *dialog = openEditor();
        if (!dialog || !QTest::qWaitFor([dialog] { return !dialog->isBusy(); }))
            return nullptr;
        return dialog;
    }
    ConfirmDialog *deleteServer() const
    {
        m_at->showTab(u"Details"_s);
        if (!press(*m_at->panel, u"deleteServer"_s))
            return nullptr;
        auto *dialog = m_at->dialog<ConfirmDialog>(u"deleteServerDialog"_s);
        if (!dialog || !QTest::qWaitFor([dialog] { return !dialog->isBusy(); }))
            return nullptr;
        type(*dialog, u"typedName"_s, u"Invoices API"_s);
        return dialog;
    }
    Result<AuthServer> server() const
    {
        return waitFor<AuthServer>([&](auto k) { m_at->api().get(m_at->idOf(u"Invoices API"), k); });
    }
    Result<void> changeBehindOurBack(const std::function<void(AuthServer &)> &change) const
    {
        Result<AuthServer> now = server();
        if (!now)
            return fail(now.error());
        change(*now);
        return waitFor([&](auto k) { m_at->api().update(*now, k); });
    }

    std::unique_ptr<ServersDesk> m_at;
};

Q_DECLARE_METATYPE(latchkey::FaultReply)
QTEST_MAIN(TestServerActions)
#include "tst_serveractions.moc"
