// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/authserverspanel.h"
#include "authservers/fileplandialog.h"
#include "authservers/grantexportdialog.h"
#include "authservers/grantgridview.h"
#include "net/worker.h"
#include "translations.h"
#include "ui/hands.h"
#include "ui/opensandbox.h"
#include "ui/serversdesk.h"
#include "ui/testclipboard.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QTableView>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// No worker gets to anything while this is there, or until it goes on.
class BusyWorkers
{
public:
    BusyWorkers()
        : m_before(workers().maxThreadCount())
    {
        workers().waitForDone();
        workers().setMaxThreadCount(1);
        workers().start([gate = m_gate] { gate->acquire(); });
    }
    ~BusyWorkers()
    {
        goOn();
        workers().setMaxThreadCount(m_before);
    }
    void goOn() { m_gate->release(); }

private:
    std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
    int m_before = 0;
};

} // namespace

/// Grants as code in the window: export to a file, plan from a file, on a real sandbox.
class TestGrantFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { failOnWarnings(); }
    void exportsWhatItThenFindsUnchanged();
    void replacesNoFile();
    void writesAReportOfAllServers();
    void saysWhatAFileChangesAndStagesIt();
    void keepsUnlistedAppsWhenTold();
    void aLongComparisonIsShownAndCanBeLeft();
    void anExportThatIsLeftLeavesNoFile();
    void stagesNothingOfAFileThatDoesNotFit();
    void saysWhereAFileIsBroken();
    void comparesWithTheSelectedServerWhereTheFileNamesNone();
    void thePanelStagesWhatAFilePlans();
    void whatAFilePlansWaitsForTheGrantsOfItsServer_data();
    void whatAFilePlansWaitsForTheGrantsOfItsServer();
    void tellsWhenTheTenantIsGone();

private:
    AuthServer server(const QString &name) const
    {
        for (const AuthServer &each : m_servers) {
            if (each.name == name)
                return each;
        }
        return {};
    }
    QString write(const QByteArray &text)
    {
        QFile file(m_folder.filePath(u"in-%1.yaml"_s.arg(++m_files)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                                  : QString();
    }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QPointer<GrantExportDialog> openExport(const QString &name)
    {
        QPointer dialog = new GrantExportDialog(*m_sandbox.session, server(name), m_folder.path(), nullptr);
        dialog->open();
        return dialog;
    }
    QPointer<FilePlanDialog> openPlan(const QString &path, const QString &fallback = u"Orders API"_s)
    {
        QPointer dialog = new FilePlanDialog(
            *m_sandbox.session, m_servers, [this](AuthServerId) { return m_pending; }, nullptr);
        dialog->open();
        dialog->load(path, server(fallback).id);
        return dialog;
    }
    static QString text(const QWidget &dialog, const QString &name)
    {
        const auto *label = dialog.findChild<QLabel *>(name);
        return label && label->isVisible() ? label->text() : QString();
    }

    OpenSandbox m_sandbox;
    QTemporaryDir m_folder;
    std::vector<AuthServer> m_servers;
    int m_files = 0;
    int m_pending = 0;
};

void TestGrantFiles::initTestCase()
{
    installTranslations(*qApp);
    const Result<void> opened = m_sandbox.open();
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    const auto servers = waitFor<std::vector<AuthServer>>(
        [this](auto done) { AuthServersApi(*m_sandbox.session->api()).list(done); });
    QVERIFY(servers.has_value());
    m_servers = *servers;
}

void TestGrantFiles::exportsWhatItThenFindsUnchanged()
{
    for (int form : {0, 1}) {
        const QPointer dialog = openExport(u"Invoices API"_s);
        dialog->findChild<QComboBox *>(u"form"_s)->setCurrentIndex(form);
        QVERIFY(!dialog->findChild<QComboBox *>(u"extent"_s)->isEnabled());
        const QString path = dialog->findChild<QLineEdit *>(u"newFile.path"_s)->text();
        QVERIFY(path.endsWith(form == 0 ? "/Invoices-API.yaml"_L1 : "/Invoices-API.json"_L1));
        dialog->applyButton()->click();
        QTRY_VERIFY(!dialog);
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QPointer plan = openPlan(path);
        QTRY_VERIFY(text(*plan, u"filePlan.summary"_s).contains(u"as the file says"_s));
        QCOMPARE(plan->findChild<QComboBox *>(u"filePlan.server"_s)->currentText(), u"Invoices API"_s);
        QVERIFY(!plan->findChild<QPushButton *>(u"filePlan.stage"_s)->isEnabled());
        plan->reject();
    }
}

void TestGrantFiles::replacesNoFile()
{
    const QPointer dialog = openExport(u"Events API"_s);
    const QString path = dialog->findChild<QLineEdit *>(u"newFile.path"_s)->text();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    dialog->applyButton()->click();
    QVERIFY(dialog && !dialog->isBusy());
    QCOMPARE(contents(path), "mine");
    dialog->reject();
}

void TestGrantFiles::writesAReportOfAllServers()
{
    for (int form : {2, 3}) {
        const QPointer dialog = openExport(u"Invoices API"_s);
        dialog->findChild<QComboBox *>(u"form"_s)->setCurrentIndex(form);
        dialog->findChild<QComboBox *>(u"extent"_s)->setCurrentIndex(1);
        const QString path = dialog->findChild<QLineEdit *>(u"newFile.path"_s)->text();
        QVERIFY(path.endsWith(form == 2 ? ".csv"_L1 : ".html"_L1));
        QCOMPARE(dialog->windowTitle(), u"Export access report"_s);
        QCOMPARE(dialog->applyButton()->text(), dialog->windowTitle());
        QCOMPARE(dialog->savedText(), u"The access report is written."_s);
        dialog->applyButton()->click();
        QTRY_VERIFY(!dialog);
        for (const AuthServer &each : m_servers)
            QVERIFY(contents(path).contains(each.name.toUtf8()) || each.name == "Reports API"_L1);
    }
}

void TestGrantFiles::saysWhatAFileChangesAndStagesIt()
{
    m_pending = 3;
    const QPointer plan = openPlan(write("schema: 1\nserver: {name: Events API}\napps:\n"
                                         "  - {app: price-engine, scopes: [read:events]}\n"));
    std::vector<GrantChange> staged;
    connect(plan, &FilePlanDialog::planned, this,
            [&](AuthServerId id, const std::vector<GrantChange> &changes) {
                QCOMPARE(id, server(u"Events API"_s).id);
                staged = changes;
            });
    auto *button = plan->findChild<QPushButton *>(u"filePlan.stage"_s);
    QTRY_VERIFY(button->isEnabled());
    const auto *table = plan->findChild<QTableView *>(u"filePlan.changes"_s);
    QVERIFY(table->isVisible() && plan->findChild<QComboBox *>(u"filePlan.server"_s)->isVisible());
    QStringList verbs;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        verbs.append(table->model()->index(row, 1).data().toString());
    QVERIFY(verbs.contains(u"Add client app"_s) && verbs.contains(u"Remove client app"_s));
    // As the pending bar and the review count: an app that comes or goes with scopes is no change beside
    // them.
    const qsizetype scopes = verbs.count(u"Add"_s) + verbs.count(u"Remove"_s);
    QVERIFY(scopes < verbs.size());
    QCOMPARE(button->text(), u"Stage %1 changes"_s.arg(scopes));
    QVERIFY(text(*plan, u"filePlan.summary"_s).contains(u"The 3 changes staged there now are replaced."_s));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(!plan);
    QVERIFY(std::any_of(staged.begin(), staged.end(), [](const GrantChange &change) {
        return change.action == GrantAction::AddClientApp && change.appName == "price-engine"_L1;
    }));
    QVERIFY(std::any_of(staged.begin(), staged.end(), [](const GrantChange &change) {
        return change.action == GrantAction::RemoveClientApp;
    }));
    m_pending = 0;
}

void TestGrantFiles::keepsUnlistedAppsWhenTold()
{
    const QPointer plan = openPlan(write("schema: 1\nserver: {name: Events API}\napps: []\n"));
    auto *button = plan->findChild<QPushButton *>(u"filePlan.stage"_s);
    QTRY_VERIFY(button->isEnabled());
    plan->findChild<QCheckBox *>(u"filePlan.keepUnlisted"_s)->click();
    QVERIFY(!button->isEnabled());
    QTRY_VERIFY(text(*plan, u"filePlan.summary"_s).contains(u"as the file says"_s));
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), u"Events API is as the file says."_s);
    plan->reject();
}

void TestGrantFiles::aLongComparisonIsShownAndCanBeLeft()
{
    const QPointer plan = openPlan(write("schema: 1\nserver: {name: Events API}\napps: []\n"));
    auto *keep = plan->findChild<QCheckBox *>(u"filePlan.keepUnlisted"_s);
    const auto *busy = plan->findChild<QLabel *>(u"busyText"_s);
    QVERIFY(QTest::qWaitForWindowActive(plan));
    QTRY_VERIFY(plan->findChild<QPushButton *>(u"filePlan.stage"_s)->isEnabled());
    keep->setFocus();
    BusyWorkers workers;
    QTest::keyClick(keep, Qt::Key_Space);
    QVERIFY(!plan->isBusy()); // it may be over in a moment
    QTRY_COMPARE(busy->text(), u"Comparing it with the file"_s);
    QVERIFY(plan->findChild<QPushButton *>(u"filePlan.cancel"_s)->isEnabled());
    workers.goOn();
    QTRY_VERIFY(!plan->isBusy());
    QVERIFY(keep->hasFocus());
    QVERIFY(keep->isChecked());

    BusyWorkers again;
    QTest::keyClick(keep, Qt::Key_Space);
    QTRY_VERIFY(plan->isBusy());
    QTest::mouseClick(plan->findChild<QPushButton *>(u"filePlan.cancel"_s), Qt::LeftButton);
    QTRY_VERIFY(!plan);
}

void TestGrantFiles::anExportThatIsLeftLeavesNoFile()
{
    for (const bool isClosed : {false, true}) {
        std::unique_ptr<GrantExportDialog> dialog(
            new GrantExportDialog(*m_sandbox.session, server(u"Contacts API"_s), m_folder.path(), nullptr));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        const QString path = dialog->findChild<QLineEdit *>(u"newFile.path"_s)->text();
        const auto *busy = dialog->findChild<QLabel *>(u"busyText"_s);
        BusyWorkers workers;
        dialog->applyButton()->click();
        QTRY_COMPARE(busy->text(), u"Writing the file"_s);
        QVERIFY(!QFile::exists(path));
        if (isClosed)
            dialog.reset();
        else
            dialog->reject();
        workers.goOn();
        QVERIFY(latchkey::workers().waitForDone(10000));
        QVERIFY(!QFile::exists(path));
    }
}

void TestGrantFiles::stagesNothingOfAFileThatDoesNotFit()
{
    QByteArray file = "schema: 1\nserver: {name: Events API}\napps:\n";
    for (int i = 0; i < 12; ++i)
        file += "  - {app: nobody-" + QByteArray::number(i) + ", scopes: []}\n";
    file += "  - {app: price-engine, scopes: [read:events]}\n";
    const QPointer plan = openPlan(write(file));
    QTRY_VERIFY(text(*plan, u"filePlan.problems"_s).contains(u"nobody-7"_s));
    QVERIFY(text(*plan, u"filePlan.problems"_s).endsWith(u"4 more problems."_s));
    QVERIFY(text(*plan, u"filePlan.summary"_s).endsWith(u"12 apps of the file do not fit."_s));
    const auto *stage = plan->findChild<QPushButton *>(u"filePlan.stage"_s);
    QVERIFY(!stage->isEnabled());
    QCOMPARE(stage->text(), u"Stage changes"_s); // though some would change
    QVERIFY(stage->toolTip().contains(u"nobody-0"_s));
    plan->reject();
}

void TestGrantFiles::saysWhereAFileIsBroken()
{
    const QPointer plan =
        openPlan(write("schema: 1\nserver: {name: Events API}\napps:\n  - app: a\n    scope: []\n"));
    QTRY_COMPARE(plan->banner()->sentence(), u"This is not a grants file."_s);
    QVERIFY2(plan->banner()->detail().contains(u"Line 5"_s), qPrintable(plan->banner()->detail()));
    QVERIFY(!plan->findChild<QPushButton *>(u"filePlan.stage"_s)->isEnabled());
    for (const QString &part : {u"filePlan.server"_s, u"filePlan.keepUnlisted"_s, u"filePlan.changes"_s})
        QVERIFY2(!plan->findChild<QWidget *>(part)->isVisible(), qPrintable(part)); // of no plan
    plan->reject();
}

void TestGrantFiles::comparesWithTheSelectedServerWhereTheFileNamesNone()
{
    const QPointer plan = openPlan(write("schema: 1\nserver: {name: Elsewhere}\napps: []\n"));
    QTRY_VERIFY(plan->findChild<QPushButton *>(u"filePlan.stage"_s)->isEnabled());
    QVERIFY(plan->banner()->sentence().contains(u"Elsewhere"_s));
    QCOMPARE(plan->findChild<QComboBox *>(u"filePlan.server"_s)->currentText(), u"Orders API"_s);
    plan->reject();
}

void TestGrantFiles::thePanelStagesWhatAFilePlans()
{
    const QString path = write("schema: 1\nserver: {name: Events API}\napps:\n"
                               "  - {app: price-engine, scopes: [read:events]}\n");
    TestClipboard clipboard;
    AuthServersPanel panel(*m_sandbox.session, clipboard);
    panel.resize(1040, 720);
    panel.show();
    QVERIFY(QTest::qWaitForWindowActive(&panel));
    QVERIFY(press(panel, u"planGrants"_s));
    auto *files = panel.findChild<QFileDialog *>(u"grantFiles"_s);
    QVERIFY(files);
    emit files->fileSelected(path);
    files->reject();
    QVERIFY(press(panel, u"filePlan.stage"_s));
    QTRY_VERIFY(panel.pendingChanges() > 0);
    auto *grid = panel.findChild<GrantGridView *>();
    QTRY_COMPARE(panel.focusWidget(), grid);
    QVERIFY(press(panel, u"undoGrants"_s));
    QCOMPARE(panel.pendingChanges(), 0); // in one step
}

void TestGrantFiles::whatAFilePlansWaitsForTheGrantsOfItsServer_data()
{
    QTest::addColumn<bool>("fails");
    QTest::newRow("they are read") << false;
    QTest::newRow("the reading fails at first") << true;
}

void TestGrantFiles::whatAFilePlansWaitsForTheGrantsOfItsServer()
{
    QFETCH(bool, fails);
    enum { GoesOn, Held, Failing } reading = Held;
    ServersDesk at;
    QVERIFY(at.desk.start() && at.desk.adopt(u"grants-admin").id.isValid());
    at.desk.proxy->setScript(
        [&, events = "/" + QByteArray::number(at.idOf(u"Events API").value) +
                     "/clients"](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (reading == GoesOn || !arrival.target.contains(events))
                return forward(arrival);
            return reading == Held ? FaultReply{} : FaultServer::html(500);
        });
    at.panel = std::make_unique<AuthServersPanel>(*at.desk.session, at.clipboard);
    at.panel->resize(1040, 720);
    at.panel->show();
    QVERIFY(QTest::qWaitForWindowActive(at.panel.get()));
    QVERIFY(at.choose(u"Invoices API"_s));
    QVERIFY(press(*at.panel, u"planGrants"_s));
    auto *files = at.panel->findChild<QFileDialog *>(u"grantFiles"_s);
    QVERIFY(files);
    reading = GoesOn; // of the dialog
    emit files->fileSelected(write("schema: 1\nserver: {name: Events API}\napps:\n"
                                   "  - {app: price-engine, scopes: [read:events]}\n"));
    files->reject();
    const auto *stage = at.panel->findChild<QPushButton *>(u"filePlan.stage"_s);
    QVERIFY(stage);
    QTRY_VERIFY(stage->isEnabled());
    reading = fails ? Failing : GoesOn;
    QVERIFY(press(*at.panel, u"filePlan.stage"_s));
    QCOMPARE(at.panel->pendingChanges(), 0);
    if (fails) {
        QTRY_VERIFY(at.banner()->detail().startsWith(
            u"What the file changes in Events API is staged once its grants are read."_s));
        reading = GoesOn;
        QVERIFY(press(*at.panel, u"retryServers"_s));
    }
    QTRY_VERIFY(at.panel->pendingChanges() > 0);
    QCOMPARE(at.panel->findChild<Label *>(u"serverName"_s)->text(), u"Events API"_s);
    at.grid().undo();
    QCOMPARE(at.panel->pendingChanges(), 0); // in one step
}

void TestGrantFiles::tellsWhenTheTenantIsGone()
{
    const QPointer dialog = openExport(u"Contacts API"_s);
    m_sandbox.process.stop();
    dialog->applyButton()->click();
    QTRY_VERIFY(!dialog->banner()->sentence().isEmpty());
    QVERIFY(!dialog->isBusy());
    QVERIFY(!QFile::exists(dialog->findChild<QLineEdit *>(u"newFile.path"_s)->text()));
    dialog->reject();
    QTRY_VERIFY(!dialog);
}

QTEST_MAIN(TestGrantFiles)
#include "tst_grantfiles.moc"
