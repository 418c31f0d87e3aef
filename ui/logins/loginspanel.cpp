// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginspanel.h"

#include "logins/loginform.h"
#include "logins/profiledialog.h"
#include "logins/profilespane.h"
#include "logins/resultpane.h"
#include "logins/suitedialog.h"
#include "logins/tokenpasteform.h"
#include "oidc/loginrecord.h"
#include "oidc/profileregister.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/collapsingrow.h"
#include "widgets/foot.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tabledelegate.h"

#include <QAction>
#include <QComboBox>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNarrow = 900;
constexpr std::array kGrants{Grant::ClientCredentials, Grant::AuthorizationCode, Grant::Password};
constexpr int kPasteSegment = static_cast<int>(kGrants.size());

int grantIndex(Grant grant)
{
    return static_cast<int>(std::find(kGrants.begin(), kGrants.end(), grant) - kGrants.begin());
}

/// Below the issuer, or an endpoint that was given instead of its own.
bool isOfIssuer(const QUrl &url, const LoginRequest &request)
{
    const ProviderMetadata &own = request.endpoints;
    return request.issuer.isParentOf(url) || url == own.tokenEndpoint || url == own.authorizationEndpoint;
}

} // namespace

LoginsPanel::LoginsPanel(Session &session, ProfileRegister &profiles, const PanelTools &tools,
                         QWidget *parent)
    : Panel(tr("Test logins"), parent)
    , m_session(session)
    , m_profiles(profiles)
    , m_openUrl(tools.openUrl)
    , m_keys(session.http(), session.clock())
{
    setObjectName(u"loginsPanel"_s);
    m_grant = new SegmentedControl(tr("Kind of login"));
    m_grant->setObjectName(u"loginGrant"_s);
    m_grant->addSegment(tr("Service (client credentials)"));
    m_grant->addSegment(tr("User (browser, code + PKCE)"));
    m_grant->addSegment(tr("User (password, legacy)"));
    m_grant->addSegment(tr("Paste a token"));
    toolRow()->addWidget(m_grant);
    toolRow()->addStretch(1);

    m_result = new ResultPane({session.http(), session.clock(), session.tenant(), tools}, m_keys);
    m_lists = makeLists();
    auto *splitter = new QSplitter;
    splitter->setObjectName(u"loginsSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_lists);
    splitter->addWidget(makeForm(tools.clipboard));
    splitter->addWidget(m_result);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 0);
    splitter->setStretchFactor(2, 1);
    splitter->setSizes({224, 316, 600});
    m_result->setMinimumWidth(440);
    setContent(splitter);
    setFirstControl(m_form->firstField());
    makeActions();

    connect(m_grant, &SegmentedControl::currentChanged, this, &LoginsPanel::showMode);
    connect(m_paste, &TokenPasteForm::changed, this, &LoginsPanel::showPasted);
    connect(m_result, &ResultPane::actionRequested, m_form, &LoginForm::perform);
    connect(m_result, &ResultPane::refreshed, this, &LoginsPanel::keepRefreshed);
    connect(m_result, &ResultPane::compareAsked, this, &LoginsPanel::chooseComparison);
    connect(m_result, &ResultPane::grantsAsked, this, &LoginsPanel::grantsAsked);
    connect(m_result, &ResultPane::reuseRequested, this, [this] {
        const QModelIndex row = m_runList->currentIndex();
        if (!row.isValid())
            return;
        m_form->setRequest(m_runs.at(row.row()).request);
        m_grant->setCurrentIndex(grantIndex(m_form->grant())); // away from a pasted token, too
    });
    connect(m_form, &LoginForm::grantChanged, this,
            [this](Grant grant) { m_grant->setCurrentIndex(grantIndex(grant)); });
    connect(m_form, &LoginForm::readyToRun, m_run, [this] { m_run->setFocus(Qt::OtherFocusReason); });
    updateRunning();
}

LoginsPanel::~LoginsPanel() = default;

QWidget *LoginsPanel::makeLists()
{
    QPushButton *save = makeButton(Icon::Plus, tr("New profile"));
    save->setObjectName(u"newProfile"_s);
    addAction(save);
    connect(save, &QPushButton::clicked, this, &LoginsPanel::saveProfile);
    m_profilesPane = new ProfilesPane(m_session, m_profiles);
    connect(m_profilesPane, &ProfilesPane::chosenChanged, this, &LoginsPanel::useChosenProfile);
    connect(m_profilesPane, &ProfilesPane::editAsked, this, &LoginsPanel::editProfile);
    connect(m_profilesPane, &ProfilesPane::runAllAsked, this, &LoginsPanel::runAll);
    connect(m_profilesPane, &ProfilesPane::failed, this,
            [this](const Error &error) { banner()->showError(error); });
    auto *lists = new QSplitter(Qt::Vertical);
    lists->setObjectName(u"loginListsSplitter"_s);
    lists->setChildrenCollapsible(false);
    lists->setHandleWidth(1);
    lists->addWidget(m_profilesPane);
    lists->addWidget(makeRuns());
    lists->setMinimumWidth(180);
    return lists;
}

QWidget *LoginsPanel::makeRuns()
{
    m_runList = new QListView;
    m_runList->setObjectName(u"loginRuns"_s);
    m_runList->setAccessibleName(tr("Runs of this session"));
    m_runList->setModel(&m_runs);
    prepareList(m_runList);
    auto *title = new Label(tr("Runs"), TextStyle::CaptionStrong, Tone::Muted);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::space20, metrics::space16, metrics::space12, metrics::space8);
    head->addWidget(title);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_runList, 1);
    connect(m_runList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    showRun(current.row());
            });
    return pane;
}

QWidget *LoginsPanel::makeForm(Clipboard &clipboard)
{
    m_form = new LoginForm(m_session, clipboard);
    m_paste = new TokenPasteForm(m_session.tenant().issuer(), m_session.clock());
    m_forms = new QStackedWidget;
    m_forms->addWidget(m_form);
    m_forms->addWidget(m_paste);
    m_runCombo = new QComboBox;
    m_runCombo->setObjectName(u"loginRunCombo"_s);
    m_runCombo->setAccessibleName(tr("Runs of this session"));
    m_runCombo->setModel(&m_runs);
    m_runCombo->hide();
    m_run = makeButton(Icon::Play, tr("Run login"), ButtonRole::Main);
    m_run->setObjectName(u"runLogin"_s);
    m_cancel = makeButton(tr("Cancel"));
    m_cancel->setObjectName(u"cancelLogin"_s);

    m_foot = new Foot;
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(metrics::paneMargin, metrics::space12, metrics::paneMargin, metrics::space12);
    row->addWidget(m_run);
    row->addStretch(1);
    row->addWidget(m_cancel);
    auto *comboRow = new CollapsingRow;
    comboRow->setContentsMargins(metrics::paneMargin, metrics::space12, metrics::paneMargin, 0);
    comboRow->addWidget(m_runCombo);
    auto *pane = new QWidget;
    pane->setMinimumWidth(300);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(comboRow);
    column->addWidget(m_forms, 1);
    column->addWidget(m_foot);

    connect(m_runCombo, &QComboBox::activated, this,
            [this](int index) { m_runList->setCurrentIndex(m_runs.index(index)); });
    connect(m_run, &QPushButton::clicked, this, &LoginsPanel::run);
    connect(m_cancel, &QPushButton::clicked, this, &LoginsPanel::cancel);
    return pane;
}

void LoginsPanel::makeActions()
{
    m_runAction = new QAction(tr("Run login"), this);
    m_runAction->setObjectName(u"runLoginAction"_s);
    m_runAction->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_runAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_runAction);
    connect(m_runAction, &QAction::triggered, this, &LoginsPanel::run);
}

void LoginsPanel::setSandboxHints(SandboxHints hints)
{
    m_form->setHints(std::move(hints));
}

bool LoginsPanel::isPasting() const
{
    return m_forms->currentWidget() == m_paste;
}

void LoginsPanel::showMode(int segment)
{
    const bool wasPasting = isPasting();
    const bool pasting = segment == kPasteSegment;
    m_forms->setCurrentWidget(pasting ? static_cast<QWidget *>(m_paste) : m_form);
    m_foot->setHidden(pasting);
    if (pasting) {
        // So that the verdict is there with the token.
        m_keys.keysFor(m_paste->issuer(), {}, then(m_paste, [](const Result<IssuerKeys> &) {}));
        m_paste->firstField()->setFocus(Qt::OtherFocusReason);
        return showPasted();
    }
    m_form->setGrant(kGrants[static_cast<size_t>(segment)]);
    if (wasPasting && !isRunning())
        showChosenRun();
}

void LoginsPanel::showPasted()
{
    if (const std::optional<PastedToken> pasted = m_paste->pasted())
        m_result->showPasted(*pasted);
    else
        m_result->showNoToken();
}

void LoginsPanel::showChosenRun()
{
    if (m_runList->currentIndex().isValid())
        showRun(m_runList->currentIndex().row());
    else
        m_result->showNothing();
}

void LoginsPanel::run()
{
    if (isRunning() || isPasting())
        return;
    const LoginProfile asked = askedProfile();
    m_flow = std::make_unique<LoginFlow>(m_session.http(), m_session.clock(), m_form->request(), m_openUrl);
    connect(m_flow.get(), &LoginFlow::stepChanged, m_result, &ResultPane::showRunning);
    connect(m_flow.get(), &LoginFlow::browserNeeded, m_result, &ResultPane::showBrowser);
    m_exchanges.clear();
    // Others may ask the tenant's API meanwhile; what goes to the issuer is the login's.
    connect(&m_session.http(), &HttpClient::exchanged, m_flow.get(),
            [this, request = asked.request](const Exchange &exchange) {
                if (isOfIssuer(exchange.url, request))
                    m_exchanges.push_back(exchange);
            });
    connect(m_flow.get(), &LoginFlow::finished, this,
            [this, asked](const Result<LoginOutcome> &result) { finish(asked, result); });
    updateRunning();
    m_result->showRunning(tr("Starting"));
    m_flow->start();
}

void LoginsPanel::cancel()
{
    if (!isRunning())
        return;
    m_flow.reset();
    updateRunning();
    showChosenRun();
}

LoginProfile LoginsPanel::askedProfile() const
{
    const LoginRequest request = withoutSecrets(m_form->request());
    if (const std::optional<LoginProfile> chosen = m_profilesPane->chosen();
        chosen && chosen->request == request)
        return *chosen;
    const QString name = m_form->runName();
    return {
        .tenant = m_session.tenant().id, .name = name.isEmpty() ? tr("No name") : name, .request = request};
}

void LoginsPanel::saveProfile()
{
    openProfileDialog({.tenant = m_session.tenant().id,
                       .name = m_form->runName(),
                       .request = m_form->request(),
                       .place = m_session.tenant().isBuiltIn ? SecretPlace::Session : SecretPlace::Keychain});
}

void LoginsPanel::editProfile(const LoginProfile &profile)
{
    LoginProfile edited = profile;
    // What was typed since is kept if the profile is to keep it.
    if (askedProfile().id == profile.id)
        edited.request = m_form->request();
    openProfileDialog(edited);
}

void LoginsPanel::openProfileDialog(const LoginProfile &profile)
{
    auto *dialog = new ProfileDialog(m_profiles, profile, this);
    connect(dialog, &ProfileDialog::saved, m_profilesPane,
            [this](const LoginProfile &saved) { m_profilesPane->choose(saved.id); });
    dialog->open();
}

void LoginsPanel::useChosenProfile()
{
    m_readingProfile.reset();
    const std::optional<LoginProfile> profile = m_profilesPane->chosen();
    if (!profile)
        return;
    banner()->clear();
    m_form->setRequest(profile->request);
    m_grant->setCurrentIndex(grantIndex(m_form->grant()));
    m_readingProfile = std::make_unique<QObject>();
    m_profiles.request(*profile, then(m_readingProfile.get(), [this](const Result<LoginRequest> &request) {
        if (request)
            m_form->takeSecrets(*request);
        else
            banner()->showError(request.error());
    }));
}

void LoginsPanel::runAll()
{
    std::vector<LoginProfile> profiles;
    for (const ProfileRow &row : m_profilesPane->rows())
        profiles.push_back(row.profile);
    auto *dialog = new SuiteDialog(m_session, m_profiles, this);
    dialog->open();
    dialog->start(std::move(profiles));
}

void LoginsPanel::finish(const LoginProfile &asked, const Result<LoginOutcome> &result)
{
    m_flow.release()->deleteLater();
    updateRunning();
    const QDateTime now = m_session.clock().now();
    addRun({.name = asked.name,
            .request = asked.request,
            .at = now,
            .result = result,
            .exchanges = std::exchange(m_exchanges, {})});
    const Result<LoginRecord> kept = m_profiles.workspace().logins().addRecord(recordOf(asked, result, now));
    if (!kept)
        banner()->showError(kept.error());
    if (!result || !result->ok) {
        emit runFinished(result ? tr("Login failed in %1 ms")
                                      .arg(QLocale().toString(static_cast<qint64>(result->duration.count())))
                                : tr("Login failed"));
        return;
    }
    m_form->forgetPassword();
    emit runFinished(
        tr("Login took %1 s, %2")
            .arg(QLocale().toString(static_cast<double>(result->duration.count()) / 1000.0, 'f', 1),
                 tr("%n request(s)", nullptr, result->requests)));
}

void LoginsPanel::addRun(LoginRun run)
{
    run.number = m_runs.runs().empty() ? 1 : m_runs.at(0).number + 1;
    m_runs.prepend(std::move(run));
    m_runList->setCurrentIndex(m_runs.index(0));
    m_runCombo->setCurrentIndex(0);
    arrangePanes();
}

void LoginsPanel::keepRefreshed(const LoginOutcome &outcome)
{
    LoginRun run = m_runs.at(m_runList->currentIndex().row());
    run.at = m_session.clock().now();
    run.isRefresh = true;
    run.result = outcome;
    run.exchanges.clear();
    addRun(std::move(run));
}

void LoginsPanel::chooseComparison()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"comparisons"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const LoginRun &run : m_runs.runs()) {
        for (const auto &[name, token] : tokensOf(run)) {
            if (!token->decoded)
                continue;
            //: A token of a run: "billing-service, access token, 14:02:11"
            const QString title = tr("%1, %2, %3")
                                      .arg(run.name, name.toLower(),
                                           QLocale().toString(run.at.toLocalTime().time(), u"HH:mm:ss"_s));
            connect(
                menu->addAction(title), &QAction::triggered, m_result,
                [this, title, claims = token->decoded->payload] { m_result->compareWith(title, claims); });
        }
    }
    if (menu->isEmpty())
        menu->addAction(tr("No other token can be read"))->setEnabled(false);
    menu->popup(QCursor::pos());
}

void LoginsPanel::showRun(int row)
{
    const LoginRun &run = m_runs.at(row);
    m_result->showRun(run, failuresBefore(row), m_form->knownSecret(run.request.clientId));
}

int LoginsPanel::failuresBefore(int row) const
{
    const LoginRun &run = m_runs.at(row);
    const auto &runs = m_runs.runs();
    return static_cast<int>(std::count_if(runs.begin() + row, runs.end(), [&](const LoginRun &each) {
        return !each.succeeded() && !each.isRefresh && each.request.grant == run.request.grant &&
               each.request.username == run.request.username && each.request.clientId == run.request.clientId;
    }));
}

void LoginsPanel::updateRunning()
{
    // What is about to be disabled or hidden hands the focus on, or it would leave the panel.
    m_runAction->setEnabled(!isRunning());
    m_grant->setEnabled(!isRunning());
    if (isRunning()) {
        m_cancel->show();
        if (hasFocusIn(m_run) || hasFocusIn(m_result))
            m_cancel->setFocus(Qt::OtherFocusReason);
        m_run->setEnabled(false);
    } else {
        m_run->setEnabled(true);
        if (hasFocusIn(m_cancel))
            m_run->setFocus(Qt::OtherFocusReason);
        m_cancel->hide();
    }
}

bool LoginsPanel::hasFocusIn(const QWidget *widget) const
{
    const QWidget *focused = window()->focusWidget();
    return focused && (focused == widget || widget->isAncestorOf(focused));
}

void LoginsPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    m_form->load();
}

void LoginsPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    arrangePanes();
}

void LoginsPanel::arrangePanes()
{
    const bool narrow = width() < kNarrow;
    m_lists->setVisible(!narrow);
    m_runCombo->setVisible(narrow && !m_runs.runs().empty());
}

void LoginsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isRunning())
        cancel();
    else
        Panel::keyPressEvent(event);
}

} // namespace latchkey
