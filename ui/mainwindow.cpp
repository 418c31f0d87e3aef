// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "activity/activitypanel.h"
#include "addtenantdialog.h"
#include "authservers/authserverspanel.h"
#include "credentials/credentialspanel.h"
#include "credentials/credentialtext.h"
#include "firstrun.h"
#include "helpwindow.h"
#include "keychainstate.h"
#include "logins/loginspanel.h"
#include "mainmenu.h"
#include "onelogin/session.h"
#include "sandboxtenant.h"
#include "settings/settingspanel.h"
#include "statuspresenter.h"
#include "store/workspace.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "tenantswitcher.h"
#include "widgets/collapsingrow.h"
#include "widgets/confirmdialog.h"
#include "widgets/environment.h"
#include "widgets/messagebanner.h"
#include "widgets/navigationlist.h"
#include "widgets/panel.h"
#include "widgets/statusbar.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRailBelow = 1160;
constexpr QSize kFirst(1280, 800);
constexpr QSize kLeast(720, 480);
constexpr QSize kFrame(16, 40); ///< room for what the desktop puts around a window
constexpr std::chrono::seconds kPatience(2);
const QString kGeometry = u"window.geometry"_s;
const QString kLastTenant = u"window.tenant"_s;

} // namespace

/// Switcher at one end, menu at the other, a line below.
class TopBar final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeFor(palette());
        painter.fillRect(rect(), theme.window);
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    }
};

MainWindow::MainWindow(const Services &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_panes(services.workspace)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Latchkey"));
    makeParts();
    makeNavigation();
    makeActions();
    connectParts();
    closeTenant();
    restoreGeometryFromSettings();
}

MainWindow::~MainWindow()
{
    destroyPanels();
}

void MainWindow::makeParts()
{
    m_band = new EnvironmentBand;
    m_switcher = new TenantSwitcher;
    auto *menuButton = makeToolButton(Icon::Menu, tr("Main menu"));
    menuButton->setObjectName(u"menuButton"_s);
    m_menu = new MainMenu(this, [this] { return m_stack->currentWidget(); });
    menuButton->setMenu(m_menu);
    menuButton->setPopupMode(QToolButton::InstantPopup);
    menuButton->setShortcut(Qt::Key_F10);
    auto *helpButton = makeToolButton(Icon::Book, tr("Help on this panel"));
    helpButton->setObjectName(u"helpButton"_s);
    connect(helpButton, &QToolButton::clicked, this, &MainWindow::showHelp);
    auto *top = new TopBar;
    top->setFixedHeight(metrics::heightFor(metrics::topBar, fontMetrics()));
    auto *topRow = new QHBoxLayout(top);
    topRow->setContentsMargins(10, 2, 12, 3);
    topRow->addWidget(m_switcher);
    topRow->addStretch();
    topRow->addWidget(helpButton);
    topRow->addWidget(menuButton);

    m_navigation = new NavigationList;
    m_banner = new MessageBanner;
    m_banner->setObjectName(u"window.banner"_s);
    m_banner->clear();
    m_stack = new QStackedWidget;
    m_firstRun = new FirstRun(m_services.tools.keychain);
    m_stack->addWidget(m_firstRun);
    m_statusBar = new StatusBar;
    m_status = new StatusPresenter(m_services, *m_statusBar, this);

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

void MainWindow::makeNavigation()
{
    struct Item
    {
        PanelId id;
        Icon icon;
        QString text;
    };
    const QList<Item> items{{PanelId::Credentials, Icon::Key, tr("API credentials")},
                            {PanelId::Logins, Icon::Login, tr("Test logins")},
                            {PanelId::AuthServers, Icon::AuthServer, tr("Authorization servers")},
                            {PanelId::Activity, Icon::Activity, tr("Activity")},
                            {PanelId::Settings, Icon::Settings, tr("Settings")}};
    const QList<QKeySequence> keys{Qt::CTRL | Qt::Key_1, Qt::CTRL | Qt::Key_2, Qt::CTRL | Qt::Key_3,
                                   Qt::CTRL | Qt::Key_4, Qt::CTRL | Qt::Key_Comma};
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Item &item = items.at(i);
        m_items[item.id] = m_navigation->addItem(item.icon, item.text, item.id == PanelId::Settings);
        m_panelActions[item.id] =
            m_menu->addPanel(item.icon, item.text, keys.at(i), [this, id = item.id] { showPanel(id); });
    }
}

void MainWindow::makeActions()
{
    m_menu->addWindowAction(Icon::Tenant, tr("Switch tenant…"), Qt::CTRL | Qt::Key_T,
                            [this] { m_switcher->openPopup(); });
    m_menu->addWindowAction(Icon::Plus, tr("Add tenant…"), {}, [this] { addTenant(); });
    m_editTenant = m_menu->addWindowAction(Icon::Settings, tr("Edit tenant…"), {}, [this] { editTenant(); });
    m_startSandbox =
        m_menu->addWindowAction(Icon::Sandbox, tr("Start the sandbox"), {}, [this] { askForSandbox(); });
    const auto move = [this](int step) {
        return [this, step] { m_panes.move(m_navigation, m_stack->currentWidget(), m_statusBar, step); };
    };
    m_menu->addWindowAction(Icon::Panel, tr("Next pane"), Qt::Key_F6, move(1));
    m_menu->addWindowAction(Icon::Panel, tr("Previous pane"), Qt::SHIFT | Qt::Key_F6, move(-1));
    m_menu->addWindowAction(Icon::Book, tr("Help on this panel"), Qt::Key_F1, [this] { showHelp(); });
    m_menu->addWindowAction(Icon::Close, tr("Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); })
        ->setMenuRole(QAction::QuitRole);
}

void MainWindow::showHelp()
{
    static const std::map<PanelId, QString> pages{{PanelId::Logins, u"logins"_s},
                                                  {PanelId::AuthServers, u"authservers"_s},
                                                  {PanelId::Activity, u"activity"_s},
                                                  {PanelId::Settings, u"keys"_s}};
    const auto shown = std::find_if(m_panels.begin(), m_panels.end(), [this](const auto &panel) {
        return panel.second == m_stack->currentWidget();
    });
    const auto page = shown == m_panels.end() ? pages.end() : pages.find(shown->first);
    if (!m_help)
        m_help = new HelpWindow(this);
    m_help->showPage(page == pages.end() ? u"credentials"_s : page->second);
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
    connect(m_navigation, &NavigationList::currentChanged, this, [this](int index) {
        const auto found = std::find_if(m_items.begin(), m_items.end(),
                                        [index](const auto &item) { return item.second == index; });
        if (found != m_items.end())
            bringToFront(found->first);
    });
    connect(m_navigation, &NavigationList::chosen, this, [this] {
        if (auto *panel = qobject_cast<Panel *>(m_stack->currentWidget()))
            panel->takeFocus();
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
    connect(&m_services.credentials, &CredentialRegister::changed, this, &MainWindow::countAttention);
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
    leaveTenant(tr("Discard %n change(s) and switch", nullptr, stagedChanges()),
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
        leaveTenant(tr("Discard %n change(s) and switch", nullptr, stagedChanges()), [this, tenant, next] {
            openTenant(tenant);
            if (auto *panel = qobject_cast<CredentialsPanel *>(m_panels[PanelId::Credentials]))
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
    leaveTenant(tr("Discard %n change(s) and edit", nullptr, stagedChanges()), [this] {
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
    for (const auto &[id, item] : m_items) {
        m_navigation->setItemEnabled(item, true);
        m_panelActions.at(id)->setEnabled(true);
    }
    m_status->setSession(m_session.get());
    countAttention();
    showPanel(PanelId::Credentials);
}

void MainWindow::closeTenant()
{
    destroyPanels();
    m_band->setEnvironment(std::nullopt);
    m_switcher->setCurrent(std::nullopt);
    m_editTenant->setEnabled(false);
    setWindowTitle(tr("Latchkey"));
    for (const auto &[id, item] : m_items) {
        const bool enabled = id == PanelId::Settings;
        m_navigation->setItemEnabled(item, enabled, enabled ? QString() : tr("Open a tenant first"));
        m_panelActions.at(id)->setEnabled(enabled);
    }
    m_stack->setCurrentWidget(m_firstRun);
    countAttention();
}

void MainWindow::destroyPanels()
{
    m_panes.save();
    for (const auto &[id, panel] : m_panels)
        delete panel;
    m_panels.clear();
    m_status->setSession(nullptr);
    m_session.reset();
}

QWidget *MainWindow::makeCredentials()
{
    auto *panel = new CredentialsPanel(*m_session, m_services.tools, m_stack);
    connect(panel, &CredentialsPanel::activityAsked, this, [this] { showPanel(PanelId::Activity); });
    connect(panel, &CredentialsPanel::addressAsked, this, &MainWindow::editTenant);
    return panel;
}

QWidget *MainWindow::makePanel(PanelId id)
{
    QWidget *panel = nullptr;
    switch (id) {
    case PanelId::Credentials:
        panel = makeCredentials();
        break;
    case PanelId::Activity:
        panel = new ActivityPanel(m_services.activity, m_services.tools, m_stack);
        break;
    case PanelId::Settings:
        panel = new SettingsPanel(m_services.workspace, m_services.colors, m_stack);
        break;
    case PanelId::Logins:
        panel = makeLogins();
        break;
    case PanelId::AuthServers:
        panel = makeAuthServers();
        break;
    }
    m_panels[id] = panel;
    m_stack->addWidget(panel);
    m_panes.restore(panel);
    // The status bar was there before, yet it is read last.
    for (QWidget *segment : m_statusBar->findChildren<StatusSegment *>())
        setTabOrder(previousInFocusChain(), segment);
    return panel;
}

QWidget *MainWindow::makeLogins()
{
    auto *panel = new LoginsPanel(*m_session, m_services.profiles, m_services.tools, m_stack);
    if (m_session->tenant().isBuiltIn)
        panel->setSandboxHints(m_sandboxHints);
    connect(panel, &LoginsPanel::runFinished, m_status, &StatusPresenter::say);
    connect(panel, &LoginsPanel::grantsAsked, this, [this](const QString &resource) {
        showPanel(PanelId::AuthServers);
        if (auto *servers = qobject_cast<AuthServersPanel *>(m_stack->currentWidget()))
            servers->showServer(resource);
    });
    return panel;
}

QWidget *MainWindow::makeAuthServers()
{
    auto *panel = new AuthServersPanel(*m_session, m_services.tools.clipboard, m_stack);
    panel->setSecrets(&m_services.profiles, m_session->tenant().isBuiltIn ? m_sandboxHints : SandboxHints());
    connect(panel, &AuthServersPanel::pendingChangesChanged, this, [this](int changes) {
        m_navigation->setCount(m_items.at(PanelId::AuthServers), changes, false,
                               tr("%n staged change(s)", nullptr, changes));
    });
    return panel;
}

void MainWindow::showPanel(PanelId id)
{
    bringToFront(id);
    if (auto *panel = qobject_cast<Panel *>(m_stack->currentWidget()))
        panel->takeFocus();
}

void MainWindow::bringToFront(PanelId id)
{
    if (!m_items.contains(id))
        return;
    if (!m_session && id != PanelId::Settings)
        return;
    QWidget *panel = m_panels.contains(id) ? m_panels.at(id) : makePanel(id);
    m_stack->setCurrentWidget(panel);
    m_navigation->setCurrentIndex(m_items.at(id));
}

int MainWindow::stagedChanges() const
{
    const auto panel = m_panels.find(PanelId::AuthServers);
    return panel == m_panels.end() ? 0
                                   : static_cast<const AuthServersPanel *>(panel->second)->pendingChanges();
}

void MainWindow::leaveTenant(const QString &verb, std::function<void()> goOn)
{
    const int changes = stagedChanges();
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
    leaveTenant(tr("Discard %n change(s) and start the sandbox", nullptr, stagedChanges()),
                [this] { startSandbox(); });
}

void MainWindow::startSandbox()
{
    if (m_sandboxStart)
        return;
    closeTenant();
    m_banner->clear();
    m_sandboxStart = std::make_unique<QObject>();
    m_firstRun->setStarting(true);
    m_services.sandbox.start(then(m_sandboxStart.get(), [this](const Result<SandboxGreeting> &greeting) {
        if (greeting) {
            enterSandbox(*greeting);
            return;
        }
        endSandboxStart();
        m_firstRun->showError(greeting.error());
    }));
}

void MainWindow::enterSandbox(const SandboxGreeting &greeting)
{
    m_sandboxHints = greeting.hints;
    auto *entry = new SandboxTenant(m_services.credentials, greeting, m_sandboxStart.get());
    entry->run(then(m_sandboxStart.get(), [this](const Result<Tenant> &tenant) {
        if (tenant) {
            openTenant(*tenant);
            return;
        }
        endSandboxStart();
        m_firstRun->showError(tenant.error());
    }));
}

void MainWindow::endSandboxStart()
{
    m_sandboxStart.reset();
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

void MainWindow::countAttention()
{
    int count = 0;
    if (m_session) {
        const auto list = m_services.credentials.list(m_session->tenant().id);
        for (const ApiCredential &credential : list.value_or(std::vector<ApiCredential>()))
            count += groupOf(credential) == CredentialGroup::NeedsAttention ? 1 : 0;
    }
    if (m_items.contains(PanelId::Credentials))
        m_navigation->setCount(m_items.at(PanelId::Credentials), count, true,
                               count == 1 ? tr("one needs attention") : tr("%1 need attention").arg(count));
}

void MainWindow::restoreGeometryFromSettings()
{
    const QByteArray saved = QByteArray::fromBase64(m_services.workspace.setting(kGeometry).toLatin1());
    if (saved.isEmpty() || !restoreGeometry(saved))
        resize(kFirst);
    fitToScreen();
}

// Small screens and large scale factors leave less room than a window wants, or had when it was closed.
void MainWindow::fitToScreen()
{
    const QSize room = screen()->availableGeometry().size() - kFrame;
    setMinimumSize(kLeast.boundedTo(room));
    if (!(windowState() & (Qt::WindowMaximized | Qt::WindowFullScreen)))
        resize(size().boundedTo(room));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (const int changes = stagedChanges(); changes > 0 && !m_mayClose) {
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
    m_services.workspace.setSetting(kGeometry, QString::fromLatin1(saveGeometry().toBase64()));
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
