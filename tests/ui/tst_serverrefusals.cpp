// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewdialog.h"
#include "ui/serversdesk.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kTyped = u"kept:words"_s;

enum Flow {
    AddServer,
    EditServer,
    DeleteServer,
    AddScope,
    EditScope,
    DeleteScope,
    AddClaim,
    EditClaim,
    DeleteClaim
};

/// How to get to a write, what is typed on the way, and what the panel says once it is done.
struct Way
{
    const char *name;
    QString field;
    QString typed;
    QString done;
};

const Way &wayOf(Flow flow)
{
    static const std::array<Way, 9> ways{
        Way{"add a server", u"name"_s, kTyped, u"kept:words is stored."_s},
        Way{"edit a server", u"description"_s, kTyped, u"The changes of Invoices API are stored."_s},
        Way{"delete a server", u"typedName"_s, u"Invoices API"_s, u"Invoices API is deleted."_s},
        Way{"add a scope", u"value"_s, kTyped, u"kept:words is stored."_s},
        Way{"edit a scope", u"description"_s, kTyped, u"void:invoices is stored."_s},
        Way{"delete a scope", u"typedName"_s, u"void:invoices"_s, u"void:invoices is deleted."_s},
        Way{"add a claim", u"name"_s, kTyped, u"The claim kept:words is stored."_s},
        Way{"edit a claim", u"name"_s, kTyped, u"The claim kept:words is stored."_s},
        Way{"delete a claim", {}, {}, u"The claim email_address is deleted."_s}};
    return ways.at(flow);
}

bool isWrite(const Arrival &arrival)
{
    return arrival.method != "GET" && arrival.target.contains("/api_authorizations");
}

QByteArray refusal(int status, const QByteArray &message)
{
    return R"({"message":")" + message + R"(","statusCode":)" + QByteArray::number(status) +
           R"(,"name":"UnprocessableEntityError"})";
}

} // namespace

/// What the tenant refuses of servers, scopes and claims, and writes that do not get through: nothing that
/// was entered is lost, and it is said what can be done.
class TestServerRefusals : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init()
    {
        failOnWarnings();
        m_at = std::make_unique<ServersDesk>();
        QVERIFY(m_at->open(u"Invoices API"_s));
    }
    void cleanup() { m_at.reset(); }

    void aGrantThatIsNotStoredIsMarkedInTheGrid()
    {
        GrantGridModel &grid = m_at->grid();
        const int row = grid.findApp(u"ci-smoke-tests"_s, 0);
        m_at->answer("PUT", "/clients/" + grid.idAt(row).toString().toUtf8(),
                     FaultServer::answer(422, refusal(422, "Validation failed: no")));
        QTableView *view = m_at->table(u"grantsGrid"_s);
        view->setCurrentIndex(grid.index(row, 0));
        m_at->takeKeys(*view);
        QTest::keyClick(view, Qt::Key_Space);
        QTest::keyClick(view, Qt::Key_Return, Qt::ControlModifier);
        auto *review = m_at->dialog<ReviewDialog>(u"reviewDialog"_s);
        QVERIFY(review);
        QPushButton *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
        QTRY_VERIFY(apply->isEnabled());
        QSignalSpy resets(&grid, &QAbstractItemModel::modelReset);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(review->windowTitle(), u"0 of 1 change is stored"_s);
        QCOMPARE(resets.size(), 1); // the plan is shown anew, and keeps what is said of it
        const QModelIndex cell = view->currentIndex();
        QCOMPARE(cell.data(GrantGridModel::CellMarkRole).toInt(), int(CellMark::NotStored));
        const QString said = cell.data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.startsWith(u"ci-smoke-tests, "_s) && said.endsWith(u", not stored"_s),
                 qPrintable(said));
        QVERIFY(m_at->panel->findChild<Label *>(u"cellWords"_s)
                    ->text()
                    .startsWith(u"Not stored, still pending."_s));
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_VERIFY(!m_at->panel->findChild<ReviewDialog *>());
        m_at->takeKeys(*view);
        QTest::keyClick(view, Qt::Key_Space); // and off it goes
        QCOMPARE(cell.data(GrantGridModel::CellMarkRole).toInt(), int(CellMark::None));
    }

    void theSandboxRefusesAClaimThatIsTakenMeanwhile()
    {
        QVERIFY_OK(waitFor<ClaimId>([&](auto k) {
            m_at->api().addClaim(m_at->idOf(u"Invoices API"), {.name = kTyped, .mapping = u"email"_s}, k);
        }));
        DialogFrame *dialog = open(AddClaim);
        QVERIFY(dialog);
        QVERIFY(send(*dialog));
        QTRY_COMPARE(ServersDesk::errorAt(*dialog, u"name"_s), u"Name has already been taken"_s);
        QVERIFY(isKept(AddClaim, *dialog));
    }

    void aRefusalStandsAtItsField_data()
    {
        QTest::addColumn<int>("flow");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, Flow flow, int status, const QByteArray &message,
                            const QString &field) {
            QTest::newRow(name) << int(flow) << status << message << field;
        };
        row("new claim, name", AddClaim, 422, "Validation failed: Name is reserved", u"name"_s);
        row("new claim, mapping", AddClaim, 422, "Validation failed: User attribute mappings is unknown",
            u"user_attribute_mappings"_s);
        row("new claim, transformation", AddClaim, 422, R"(invalid value in \"attributes_transformations\")",
            u"attributes_transformations"_s);
        row("claim, name", EditClaim, 422, "Validation failed: Name has already been taken", u"name"_s);
        row("claim, missing", EditClaim, 400, "Missing required field: user_attribute_mappings",
            u"user_attribute_mappings"_s);
        row("new scope, value", AddScope, 422, "Validation failed: Value contains whitespace", u"value"_s);
        row("scope, value", EditScope, 422, "Validation failed: Value has already been taken", u"value"_s);
        row("scope, description", EditScope, 422, "Validation failed: Description is too long",
            u"description"_s);
        row("server, lifetime", EditServer, 422,
            "Validation failed: Access token expiration minutes is too long",
            u"access_token_expiration_minutes"_s);
    }
    void aRefusalStandsAtItsField()
    {
        QFETCH(int, flow);
        QFETCH(int, status);
        QFETCH(QByteArray, message);
        QFETCH(QString, field);
        DialogFrame *dialog = open(Flow(flow));
        QVERIFY(dialog);
        answerWrites(FaultServer::answer(status, refusal(status, message)));
        QVERIFY(send(*dialog));
        QTRY_VERIFY(dialog->banner()->isVisible());
        QVERIFY(!ServersDesk::errorAt(*dialog, field).isEmpty());
        QCOMPARE(wrongFields(*dialog), QStringList(field));
        QVERIFY(isKept(Flow(flow), *dialog));
    }

    void theFocusIsWhereItWasAfterAFailure()
    {
        DialogFrame *dialog = open(AddClaim);
        QVERIFY(dialog);
        answerWrites(FaultServer::html(403));
        auto *source = dialog->findChild<QComboBox *>(u"user_attribute_mappings"_s);
        source->setFocus();
        source->lineEdit()->selectAll();
        QTest::keyClicks(source, u"nobody_lists_this"_s);
        QTest::keyClick(source, Qt::Key_Return);
        QVERIFY(dialog->isBusy());
        QVERIFY(dialog->focusWidget() != source);
        QTRY_VERIFY(dialog->banner()->isVisible());
        QTRY_COMPARE(dialog->focusWidget(), source);
        QVERIFY(press(*dialog, u"apply"_s));
        QVERIFY(dialog->isBusy());
        QTRY_VERIFY(!dialog->isBusy());
        QTRY_COMPARE(dialog->focusWidget()->objectName(), u"apply"_s);

        // What matches stands below the field, and nothing of it is current.
        source->setFocus();
        source->lineEdit()->selectAll();
        QTest::keyClicks(source, u"email"_s);
        auto *matches = source->completer()->popup();
        QTRY_VERIFY(matches->isVisible());
        QTest::keyClick(matches, Qt::Key_Return);
        QVERIFY(!matches->isVisible());
        QVERIFY(dialog->isBusy());
        QTRY_COMPARE(dialog->focusWidget(), source);
        QCOMPARE(source->currentText(), u"email"_s);
    }

    void aFailureLosesNothing_data() { addFlows(); }
    void aFailureLosesNothing()
    {
        QFETCH(int, flow);
        DialogFrame *dialog = open(Flow(flow));
        QVERIFY(dialog);
        const std::vector<std::tuple<FaultReply, QString, QString>> faults{
            {FaultServer::answer(401,
                                 R"({"message":"Unauthorized","statusCode":401,"name":"UnauthorizedError"})"),
             u"refused the token"_s, u"work as another API credential"_s},
            {FaultServer::answer(403, R"({"message":"Forbidden","statusCode":403,"name":"ForbiddenError"})"),
             u"does not allow this"_s, u"work as another API credential"_s},
            {FaultServer::answer(429, "<html>slow down</html>", "Retry-After: 7200\r\n", "text/html"),
             u"asks to wait"_s, u"Try again in 2\u00a0h\u00a000\u00a0min."_s}};
        for (const auto &[reply, sentence, nextStep] : faults) {
            answerWrites(reply);
            QVERIFY(send(*dialog));
            QTRY_VERIFY2(dialog->banner()->sentence().contains(sentence),
                         qPrintable(dialog->banner()->sentence()));
            QVERIFY2(dialog->banner()->detail().contains(nextStep), qPrintable(dialog->banner()->detail()));
            QVERIFY(isKept(Flow(flow), *dialog));
        }
        m_at->desk.proxy->setScript({});
        QVERIFY(send(*dialog));
        QTRY_VERIFY2(m_at->says(wayOf(Flow(flow)).done), qPrintable(m_at->banner()->sentence()));
    }

    void offlineLosesNothing_data() { addFlows(); }
    void offlineLosesNothing()
    {
        QFETCH(int, flow);
        DialogFrame *dialog = open(Flow(flow));
        QVERIFY(dialog);
        m_at->desk.proxy.reset();
        m_at->desk.network.clearConnectionCache(); // on a kept connection it would not be known what arrived
        QVERIFY(send(*dialog));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->isVisible(), 20000);
        QVERIFY2(dialog->banner()->detail().startsWith(u"Try again once the tenant can be reached."_s),
                 qPrintable(dialog->banner()->detail()));
        QVERIFY(isKept(Flow(flow), *dialog));
    }

    void aThrottledWriteCountsDown_data()
    {
        QTest::addColumn<int>("flow");
        for (const Flow flow : {AddServer, EditScope, DeleteClaim})
            QTest::newRow(wayOf(flow).name) << int(flow);
    }
    void aThrottledWriteCountsDown()
    {
        QFETCH(int, flow);
        DialogFrame *dialog = open(Flow(flow));
        QVERIFY(dialog);
        auto *busy = dialog->findChild<Label *>(u"busyText"_s);
        auto throttled = std::make_shared<int>(0);
        m_at->desk.proxy->setScript([throttled](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return isWrite(arrival) && ++*throttled == 1
                       ? FaultServer::answer(429, {}, "Retry-After: 3\r\n", "text/html")
                       : forward(arrival);
        });
        QVERIFY(send(*dialog));
        QTRY_COMPARE(busy->text(), u"The tenant asks to wait, 3\u00a0s left"_s);
        QTRY_COMPARE(busy->text(), u"The tenant asks to wait, 1\u00a0s left"_s);
        QVERIFY(dialog->isBusy());
        QVERIFY(dialog->findChild<QPushButton *>(u"cancel"_s)->isEnabled());
        QTRY_VERIFY2(m_at->says(wayOf(Flow(flow)).done), qPrintable(m_at->banner()->sentence()));
        QCOMPARE(*throttled, 2);
    }

    void eachTabSaysThatItCouldNotBeRead()
    {
        const QAbstractItemModel &servers = *m_at->list()->model();
        const QString unread = servers.index(servers.rowCount() - 1, 0).data().toString();
        m_at->desk.proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.target.contains("/api_authorizations/") ? FaultServer::html(503)
                                                                   : forward(arrival);
        });
        QVERIFY(press(*m_at->panel, u"reloadServers"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_at->banner()->isVisible(), 30000);
        QVERIFY(m_at->click(unread));
        m_at->showTab(u"Claims"_s);
        auto *again = m_at->panel->findChild<QPushButton *>(u"claims.nothing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(again->isVisible(), 30000);
        QCOMPARE(again->text(), u"Try again"_s);
        QVERIFY(!m_at->panel->findChild<QPushButton *>(u"claims.add"_s)->isEnabled());
        m_at->desk.proxy->setScript({});
        QVERIFY(press(*m_at->panel, u"claims.nothing"_s));
        QTRY_VERIFY(!again->isVisible() || again->text() != u"Try again"_s);
        QTRY_VERIFY(m_at->isWhole(unread));
    }

    void aServerThatCannotBeReadIsReadAgain()
    {
        m_at->answer("GET", QByteArray::number(m_at->idOf(u"Invoices API").value), FaultServer::html(403));
        m_at->showTab(u"Details"_s);
        QVERIFY(press(*m_at->panel, u"editServer"_s));
        auto *dialog = m_at->dialog<WriteDialog>(u"serverDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->banner()->isVisible(), 20000);
        QVERIFY(!dialog->findChild<QPushButton *>(u"apply"_s)->isEnabled());
        m_at->desk.proxy->setScript({});
        QVERIFY(press(*dialog, u"readServerAgain"_s));
        QTRY_VERIFY(dialog->findChild<QPushButton *>(u"apply"_s)->isEnabled());
        QVERIFY(!dialog->banner()->isVisible());
    }

private:
    static void addFlows()
    {
        QTest::addColumn<int>("flow");
        for (int flow = AddServer; flow <= DeleteClaim; ++flow)
            QTest::newRow(wayOf(Flow(flow)).name) << flow;
    }
    void answerWrites(const FaultReply &reply)
    {
        m_at->desk.proxy->setScript([reply](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return isWrite(arrival) ? reply : forward(arrival);
        });
    }
    /// The dialog of a write, with what is to be kept typed into it.
    DialogFrame *open(Flow flow)
    {
        DialogFrame *dialog = reach(flow);
        if (!dialog || !QTest::qWaitFor([dialog] { return !dialog->isBusy(); }))
            return nullptr;
        const Way &way = wayOf(flow);
        if (!way.field.isEmpty() && !ServersDesk::type(*dialog, way.field, way.typed))
            return nullptr;
        if (flow == AddServer) {
            ServersDesk::type(*dialog, u"resource_identifier"_s, u"https://api.example.com/kept"_s);
            ServersDesk::type(*dialog, u"audiences"_s, u"https://api.example.com/kept"_s);
        }
        if (flow == AddClaim)
            dialog->findChild<QComboBox *>(u"user_attribute_mappings"_s)->setEditText(u"email"_s);
        return dialog;
    }
    DialogFrame *reach(Flow flow)
    {
        switch (flow) {
        case AddServer:
            return pressed(u"newServer"_s, u"serverDialog"_s);
        case EditServer:
            m_at->showTab(u"Details"_s);
            return pressed(u"editServer"_s, u"serverDialog"_s);
        case DeleteServer:
            m_at->showTab(u"Details"_s);
            return pressed(u"deleteServer"_s, u"deleteServerDialog"_s);
        case AddScope:
            m_at->showTab(u"Scopes"_s);
            return pressed(u"scopes.add"_s, u"addScopesDialog"_s);
        case EditScope:
            return keyed(u"scopes"_s, u"void:invoices"_s, Qt::Key_F2, u"scopeDialog"_s);
        case DeleteScope:
            return keyed(u"scopes"_s, u"void:invoices"_s, Qt::Key_Delete, u"deleteScopeDialog"_s);
        case AddClaim:
            m_at->showTab(u"Claims"_s);
            return pressed(u"claims.add"_s, u"claimDialog"_s);
        case EditClaim:
            return keyed(u"claims"_s, u"email_address"_s, Qt::Key_F2, u"claimDialog"_s);
        case DeleteClaim:
            return keyed(u"claims"_s, u"email_address"_s, Qt::Key_Delete, u"deleteClaimDialog"_s);
        }
        return nullptr;
    }
    DialogFrame *pressed(const QString &button, const QString &dialog) const
    {
        return press(*m_at->panel, button) ? m_at->dialog<DialogFrame>(dialog) : nullptr;
    }
    DialogFrame *keyed(const QString &page, const QString &row, Qt::Key key, const QString &dialog) const
    {
        const QString table = page + u"Table"_s;
        m_at->showTab(page.at(0).toUpper() + page.mid(1));
        if (!m_at->goTo(table, row))
            return nullptr;
        QTest::keyClick(m_at->table(table), key);
        return m_at->dialog<DialogFrame>(dialog);
    }
    static bool send(const DialogFrame &dialog)
    {
        return press(dialog, dialog.findChild<QPushButton *>(u"apply"_s) ? u"apply"_s : u"verb"_s);
    }
    /// What was typed is there, and it can be sent again or left.
    static bool isKept(Flow flow, const DialogFrame &dialog)
    {
        const Way &way = wayOf(flow);
        const auto *line = dialog.findChild<QLineEdit *>(way.field);
        const auto *apply = dialog.findChild<QPushButton *>(u"apply"_s);
        if (!apply)
            apply = dialog.findChild<QPushButton *>(u"verb"_s);
        return dialog.isVisible() && !dialog.isBusy() && apply->isEnabled() &&
               (way.field.isEmpty() || (line && line->isEnabled() && line->text() == way.typed));
    }
    static QStringList wrongFields(const QWidget &dialog)
    {
        QStringList wrong;
        for (const FormField *field : dialog.findChildren<FormField *>()) {
            if (field->hasError())
                wrong.append(field->field()->objectName());
        }
        return wrong;
    }

    std::unique_ptr<ServersDesk> m_at;
};

QTEST_MAIN(TestServerRefusals)
#include "tst_serverrefusals.moc"
