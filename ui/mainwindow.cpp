// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "addtenantdialog.h"
#include "credentials/credentialspanel.h"
#include "firstrun.h"
#include "helpwindow.h"
#include "keychainstate.h"
#include "mainmenu.h"
#include "onelogin/session.h"
#include "sandboxentry.h"
#include "statuspresenter.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "tenantswitcher.h"
#include "topbar.h"
#include "widgets/collapsingrow.h"
#include "widgets/confirmdialog.h"
#include "widgets/environment.h"
#include "widgets/messagebanner.h"
#include "widgets/navigationlist.h"
#include "widgets/statusbar.h"
#include "windowplace.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRailBelow = 1160;
constexpr std::chrono::seconds kPatience(2);
const QString kLastTenant = u"window.tenant"_s;

} // namespace

MainWindow::MainWindow(const Services &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Latchkey"));
    makeParts();
    makeActions();
    connectParts();
    closeTenant();
    restorePlace(*this, m_services.workspace);
}

MainWindow::~MainWindow()
{
    destroyPanels();
}

void MainWindow::makeParts()
{
    m_band = new EnvironmentBand;
    m_switcher = new TenantSwitcher;
    m_menu = new MainMenu(this, [this] { return m_stack->currentWidget(); });
    auto *top = new TopBar(m_switcher, m_menu);
    connect(top, &TopBar::helpAsked, this, &MainWindow::showHelp);

    m_navigation = new NavigationList;
    m_banner = new MessageBanner;
    m_banner->setObjectName(u"window.banner"_s);
    m_banner->clear();
    m_stack = new QStackedWidget;
    m_firstRun = new FirstRun(m_services.tools.keychain);
    m_stack->addWidget(m_firstRun);
    m_statusBar = new StatusBar;
    m_status = new StatusPresenter(m_services, *m_statusBar, this);
    m_panels = new WindowPanels(m_services, {*m_navigation, *m_menu, *m_stack, *m_statusBar}, this);
    m_sandbox = new SandboxEntry(m_services.sandbox, m_services.credentials, this);

    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    auto *bannerRow = new CollapsingRow;
    bannerRow->setContentsMargins(metrics::panelMargin, metrics::space12, metrics::panelMargin,
                                  metrics::space12);
    bannerRow->addWidget(m_banner);
    right->addLayout(bannerRow);
    right->addWidget(m_stack, 1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addLayout(right, 1);
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(top);
    column->addLayout(middle, 1);
    column->addWidget(m_statusBar);
    setCentralWidget(central);
}

void MainWindow::makeActions()
{
    m_menu->addWindowAction(Icon::Tenant, tr("Switch tenant…"), Qt::CTRL | Qt::Key_T,
                            [this] { m_switcher->openPopup(); });
    m_menu->addWindowAction(Icon::Plus, tr("Add tenant…"), {}, [this] { addTenant(); });
    m_editTenant = m_menu->addWindowAction(Icon::Settings, tr("Edit tenant…"), {}, [this] { editTenant(); });
    m_startSandbox =
        m_menu->addWindowAction(Icon::Sandbox, tr("Start the sandbox"), {}, [this] { askForSandbox(); });
    m_menu->addWindowAction(Icon::Panel, tr("Next pane"), Qt::Key_F6, [this] { m_panels->movePane(1); });
    m_menu->addWindowAction(Icon::Panel, tr("Previous pane"), Qt::SHIFT | Qt::Key_F6,
                            [this] { m_panels->movePane(-1); });
    m_menu->addWindowAction(Icon::Book, tr("Help on this panel"), Qt::Key_F1, [this] { showHelp(); });
    m_menu->addWindowAction(Icon::Close, tr("Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); })
        ->setMenuRole(QAction::QuitRole);
}

void MainWindow::showHelp()
{
    if (!m_help)
        m_help = new HelpWindow(this);
    m_help->showPage(m_panels->helpPage());
}

void MainWindow::connectParts()
{
    connect(m_switcher, &TenantSwitcher::tenantChosen, this, &MainWindow::chooseTenant);
    connect(m_switcher, &TenantSwitcher::addTenantAsked, this, &MainWindow::addTenant);
    connect(m_switcher, &TenantSwitcher::sandboxAsked, this, &MainWindow::askForSandbox);
    connect(m_firstRun, &FirstRun::addTenantAsked, this, &MainWindow::addTenant);
    connect(m_firstRun, &FirstRun::importAsked, this,
            [this] { addTenantThen(&CredentialsPanel::importCredentials); });
    connect(m_firstRun, &FirstRun::sandboxAsked, this, &MainWindow::startSandbox);
    connect(m_firstRun, &FirstRun::cancelAsked, this, &MainWindow::cancelSandboxStart);
    connect(m_panels, &WindowPanels::editTenantAsked, this, &MainWindow::editTenant);
    connect(m_panels, &WindowPanels::said, m_status, &StatusPresenter::say);
    connect(m_sandbox, &SandboxEntry::entered, this, &MainWindow::openTenant);
    connect(m_sandbox, &SandboxEntry::failed, this, [this](const Error &error) {
        endSandboxStart();
        m_firstRun->showError(error);
    });
    connect(m_status, &StatusPresenter::credentialsAsked, this, [this] { showPanel(PanelId::Credentials); });
    connect(m_status, &StatusPresenter::activityAsked, this, [this] { showPanel(PanelId::Activity); });
    connect(&m_services.sandbox, &SandboxHost::ended, this, &MainWindow::sandboxEnded);
    connect(&m_services.workspace, &Workspace::tenantsChanged, this, &MainWindow::loadTenants);
    connect(&m_services.sandbox, &SandboxHost::runningChanged, this, &MainWindow::loadTenants);
    connect(&m_services.tools.keychain, &KeychainState::changed, this, [this] {
        // What an interrupted add or delete left behind; tried again whenever the keychain opens.
        if (!m_services.tools.keychain.isReady())
            return;
        m_services.credentials.removeLeftovers(then(this, [](const Result<> &) {}));
        m_services.credentials.finishRemovals(then(this, [](const Result<> &) {}));
    });
}

void MainWindow::begin(bool withSandbox)
{
    m_services.tools.keychain.probe();
    loadTenants();
    if (m_services.workspace.isReadOnly())
        m_banner->showMessage(MessageBanner::Kind::Warn, tr("Nothing can be saved."),
                              m_services.workspace.readOnlyReason());
    if (withSandbox) {
        startSandbox();
        return;
    }
    const Result<std::vector<Tenant>> tenants = m_services.workspace.tenants();
    const QString last = m_services.workspace.setting(kLastTenant);
    for (const Tenant &tenant : tenants.value_or(std::vector<Tenant>())) {
        if (!tenant.isBuiltIn && tenant.id.toString() == last)
            openTenant(tenant);
    }
}

void MainWindow::loadTenants()
{
    Result<std::vector<Tenant>> tenants = m_services.workspace.tenants();
    if (!tenants) {
        m_banner->showError(tenants.error());
        return;
    }
    m_startSandbox->setEnabled(!m_services.sandbox.isRunning());
    m_switcher->setSandboxRunning(m_services.sandbox.isRunning());
    // A sandbox that no longer runs is only a name: it is made anew by starting one.
    if (!m_services.sandbox.isRunning())
        std::erase_if(*tenants, [](const Tenant &tenant) { return tenant.isBuiltIn; });
    m_firstRun->setHasTenants(!tenants->empty());
    m_switcher->setTenants(std::move(*tenants));
}

void MainWindow::chooseTenant(const Tenant &tenant)
{
    if (m_session && m_session->tenant().id == tenant.id)
        return;
    leaveTenant(tr("Discard %n change(s) and switch", nullptr, m_panels->stagedChanges()),
                [this, tenant] { openTenant(tenant); });
}

// The first pair is the next step; it can be left out.
void MainWindow::addTenant()
{
    addTenantThen(&CredentialsPanel::addCredential);
}

void MainWindow::addTenantThen(void (CredentialsPanel::*next)())
{
    auto *dialog = new AddTenantDialog(m_services.workspace, std::nullopt, this);
    connect(dialog, &AddTenantDialog::saved, this, [this, next](const Tenant &tenant) {
        leaveTenant(
            tr("Discard %n change(s) and switch", nullptr, m_panels->stagedChanges()), [this, tenant, next] {
                openTenant(tenant);
                if (auto *panel = qobject_cast<CredentialsPanel *>(m_panels->panel(PanelId::Credentials)))
                    (panel->*next)();
            });
    });
    dialog->open();
}

void MainWindow::editTenant()
{
    if (!m_session)
        return;
    // The session is made for the tenant as it was.
    leaveTenant(tr("Discard %n change(s) and edit", nullptr, m_panels->stagedChanges()), [this] {
        auto *dialog = new AddTenantDialog(m_services.workspace, m_session->tenant(), this);
        connect(dialog, &AddTenantDialog::saved, this, &MainWindow::openTenant);
        dialog->open();
    });
}

void MainWindow::openTenant(const Tenant &tenant)
{
    endSandboxStart();
    destroyPanels();
    m_session = std::make_unique<Session>(tenant, m_services.http, m_services.credentials, m_services.clock);
    m_services.workspace.setSetting(kLastTenant, tenant.id.toString());
    m_banner->clear();
    m_band->setEnvironment(tenant.type);
    m_switcher->setCurrent(tenant);
    m_editTenant->setEnabled(!tenant.isBuiltIn);
    setWindowTitle(tr("%1 – Latchkey").arg(tenant.name));
    m_panels->open(*m_session, m_sandbox->hints());
    m_status->setSession(m_session.get());
    showPanel(PanelId::Credentials);
}

void MainWindow::closeTenant()
{
    destroyPanels();
    m_band->setEnvironment(std::nullopt);
    m_switcher->setCurrent(std::nullopt);
    m_editTenant->setEnabled(false);
    setWindowTitle(tr("Latchkey"));
    m_panels->close();
    m_stack->setCurrentWidget(m_firstRun);
}

void MainWindow::destroyPanels()
{
    m_panels->destroy();
    m_status->setSession(nullptr);
    m_session.reset();
}

void MainWindow::showPanel(PanelId id)
{
    m_panels->show(id);
}

void MainWindow::leaveTenant(const QString &verb, std::function<void()> goOn)
{
    const int changes = m_panels->stagedChanges();
    if (changes == 0)
        return goOn();
    auto *dialog = new ConfirmDialog(tr("%n staged change(s) would be lost", nullptr, changes), verb, this);
    dialog->setObjectName(u"loseChangesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setEffects(
        {tr("The staged changes of %1 and their undo history are dropped.").arg(m_session->tenant().name),
         tr("Nothing has been sent to the tenant.")});
    // Queued, because it may end the window.
    connect(
        dialog, &ConfirmDialog::confirmed, this,
        [dialog, goOn = std::move(goOn)] {
            dialog->accept();
            goOn();
        },
        Qt::QueuedConnection);
    dialog->open();
}

void MainWindow::askForSandbox()
{
    leaveTenant(tr("Discard %n change(s) and start the sandbox", nullptr, m_panels->stagedChanges()),
                [this] { startSandbox(); });
}

void MainWindow::startSandbox()
{
    if (m_sandbox->isUnderWay())
        return;
    closeTenant();
    m_banner->clear();
    m_firstRun->setStarting(true);
    m_sandbox->start();
}

void MainWindow::endSandboxStart()
{
    m_sandbox->leave();
    m_firstRun->setStarting(false);
}

void MainWindow::cancelSandboxStart()
{
    endSandboxStart();
    m_services.sandbox.stop();
}

void MainWindow::sandboxEnded(const QString &sentence)
{
    if (!m_session || !m_session->tenant().isBuiltIn)
        return;
    m_banner->showMessage(MessageBanner::Kind::Danger, sentence,
                          tr("Its pairs and tokens are gone. Another start makes a fresh one."));
    QPushButton *again = m_banner->addButton(tr("Start it again"));
    again->setObjectName(u"window.startSandbox"_s);
    connect(again, &QPushButton::clicked, this, &MainWindow::askForSandbox, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (const int changes = m_panels->stagedChanges(); changes > 0 && !m_mayClose) {
        event->ignore();
        leaveTenant(tr("Discard %n change(s) and quit", nullptr, changes), [this] {
            m_mayClose = true;
            close();
        });
        return;
    }
    if (finishRemovalsFirst()) {
        event->ignore();
        return;
    }
    keepPlace(*this, m_services.workspace);
    QMainWindow::closeEvent(event);
}

/// Deletes that could still be undone go through before the window closes; the next start finishes what a
/// slow keychain leaves.
bool MainWindow::finishRemovalsFirst()
{
    const Result<std::vector<Operation>> removals = m_services.workspace.operations().removals();
    const auto isHidden = [](const Operation &removal) { return removal.step == OperationStep::Hidden; };
    if (std::exchange(m_hasFinishedRemovals, true) || !removals ||
        std::none_of(removals->begin(), removals->end(), isHidden))
        return false;
    setEnabled(false);
    m_services.credentials.setUndoTime(std::chrono::seconds(0));
    m_services.credentials.finishRemovals(then(this, [this](const Result<> &) { close(); }));
    QTimer::singleShot(kPatience, this, &QWidget::close);
    return true;
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_navigation->setRail(width() < kRailBelow);
}

} // namespace latchkey
