// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginspanel.h"

#include "logins/expectationbutton.h"
#include "logins/loginkinds.h"
#include "logins/loginlists.h"
#include "logins/profilechoice.h"
#include "logins/profilespane.h"
#include "logins/reportexport.h"
#include "logins/requestpane.h"
#include "logins/resultpane.h"
#include "logins/runspane.h"
#include "logins/tokenpasteform.h"
#include "oidc/loginrecord.h"
#include "oidc/loginsuite.h"
#include "oidc/profileregister.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "style/buttonrole.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNarrow = 900;

} // namespace

LoginsPanel::LoginsPanel(Session &session, ProfileRegister &profiles, const PanelTools &tools,
                         QWidget *parent)
    : Panel(tr("Test logins"), parent)
    , m_session(session)
    , m_profiles(profiles)
    , m_keys(session.http(), session.clock())
    , m_runner(session, tools.openUrl)
{
    setObjectName(u"loginsPanel"_s);
    makeToolRow();
    m_result = new ResultPane(session, tools, m_keys, m_runs);
    addButtons();
    m_lists = new LoginLists(session, profiles, m_runs);
    m_profilesPane = m_lists->profiles();
    m_runsPane = m_lists->runs();
    m_request = new RequestPane(session, tools.clipboard, m_runs);
    m_lists->share(*m_request, *m_history);
    auto *splitter = new QSplitter;
    splitter->setObjectName(u"loginsSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_lists);
    splitter->addWidget(m_request);
    splitter->addWidget(m_result);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 0);
    splitter->setStretchFactor(2, 1);
    splitter->setSizes({224, 316, 600});
    m_result->setMinimumWidth(440);
    setContent(splitter);
    setFirstControl(m_request->form()->firstField());
    makeActions();
    connectParts();
    updateRunning();
}

LoginsPanel::~LoginsPanel() = default;

void LoginsPanel::makeToolRow()
{
    m_kind = makeLoginKinds();
    m_history = makeToolButton(Icon::Clock, tr("Earlier runs"));
    m_history->setObjectName(u"showHistory"_s);
    m_compare = makeToolButton(Icon::Compare, tr("Compare the chosen token with another one"));
    m_compare->setObjectName(u"compareTokens"_s);
    m_compare->setEnabled(false);
    toolRow()->addWidget(m_kind);
    toolRow()->addStretch(1);
    toolRow()->addWidget(m_history);
    toolRow()->addWidget(m_compare);
}

void LoginsPanel::addButtons()
{
    m_export = makeButton(tr("Export results…"));
    m_export->setObjectName(u"exportResults"_s);
    m_export->setEnabled(false);
    m_export->setToolTip(tr("Run all gives the results."));
    addAction(m_export);
    QPushButton *save = makeButton(Icon::Plus, tr("New profile…"));
    save->setObjectName(u"newProfile"_s);
    addAction(save);
    connect(save, &QPushButton::clicked, this, [this] { m_profileChoice->saveNew(); });
    connect(m_export, &QPushButton::clicked, this,
            [this] { exportReport(m_session.tenant().name, m_profilesPane->results(), *banner(), this); });
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
    auto *save = new QAction(icon(Icon::Plus), tr("New profile…"), this);
    save->setObjectName(u"newProfileAction"_s);
    save->setShortcut(QKeySequence::New);
    save->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(save);
    connect(save, &QAction::triggered, this, [this] { m_profileChoice->saveNew(); });
}

void LoginsPanel::connectParts()
{
    const auto showError = [this](const Error &error) { banner()->showError(error); };
    connect(m_kind, &SegmentedControl::currentChanged, this, &LoginsPanel::showMode);
    connect(m_compare, &QToolButton::clicked, this,
            [this] { m_result->offerComparison(m_compare->mapToGlobal(m_compare->rect().bottomLeft())); });
    connect(m_request, &RequestPane::runAsked, this, &LoginsPanel::run);
    connect(m_request, &RequestPane::cancelAsked, this, &LoginsPanel::cancel);
    connect(m_request->paste(), &TokenPasteForm::changed, this, &LoginsPanel::showPasted);
    connect(m_result, &ResultPane::changed, m_compare,
            [this] { m_compare->setEnabled(m_result->canCompare()); });
    connect(m_result, &ResultPane::actionRequested, this, &LoginsPanel::takeStep);
    connect(m_result, &ResultPane::refreshed, this, &LoginsPanel::keepRefreshed);
    connect(m_result, &ResultPane::grantsAsked, this, &LoginsPanel::grantsAsked);
    connect(m_request->form(), &LoginForm::grantChanged, this,
            [this](Grant grant) { m_kind->setCurrentIndex(kindOf(grant)); });
    m_profileChoice =
        std::make_unique<ProfileChoice>(m_session.tenant(), m_profiles, *m_profilesPane, *m_request);
    connect(m_profileChoice.get(), &ProfileChoice::failed, this, showError);
    connect(m_profileChoice.get(), &ProfileChoice::filled, this, [this] {
        banner()->clear();
        m_kind->setCurrentIndex(kindOf(m_request->form()->grant())); // away from a pasted token, too
        showProfile();
    });
    connect(m_profilesPane, &ProfilesPane::ranOne, this, &LoginsPanel::addSuiteRun);
    connect(m_profilesPane, &ProfilesPane::runAllEnded, this, [this] {
        m_export->setEnabled(true);
        m_export->setToolTip(tr("Writes the last Run all as JUnit XML"));
        showProfile();
    });
    connect(m_profilesPane, &ProfilesPane::failed, this, showError);
    connect(m_profilesPane, &ProfilesPane::taken, this, [this] {
        m_lists->giveBack();
        if (!m_lists->isVisible()) // which had the focus
            m_request->runButton()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_runsPane, &RunsPane::runChosen, this, &LoginsPanel::openRun);
    connect(m_runsPane, &RunsPane::recordChosen, this, &LoginsPanel::openRecord);
    connect(m_runsPane, &RunsPane::failed, this, showError);
    connect(m_runsPane, &RunsPane::told, this,
            [this](const QString &sentence) { banner()->showMessage(MessageBanner::Kind::Ok, sentence); });
    connect(&m_runner, &LoginRunner::begun, this, [this] {
        updateRunning();
        m_result->showRunning(tr("Starting"));
    });
    connect(&m_runner, &LoginRunner::stepChanged, m_result, &ResultPane::showRunning);
    connect(&m_runner, &LoginRunner::browserNeeded, m_result, &ResultPane::showBrowser);
}

void LoginsPanel::setSandboxHints(SandboxHints hints)
{
    m_request->form()->setHints(std::move(hints));
}

void LoginsPanel::showMode(int segment)
{
    if (!m_lists->isAncestorOf(window()->focusWidget())) // whose choice the kind only follows
        m_lists->giveBack();
    const bool wasPasting = m_request->isPasting();
    const std::optional<Grant> grant = grantOfKind(segment);
    m_request->setPasting(!grant);
    const std::optional<LoginProfile> profile = m_profilesPane->chosen();
    if (profile && profile->request.grant != grant)
        m_profileChoice->letGo();
    if (!grant) {
        m_runsPane->setAside();
        // So that the verdict is there with the token.
        m_keys.keysFor(m_request->paste()->issuer(), {}, then(m_request, [](const Result<IssuerKeys> &) {}));
        return showPasted();
    }
    m_request->setGrant(*grant);
    if (wasPasting && !isRunning()) {
        m_runsPane->takeBack();
        showChosen();
    }
}

void LoginsPanel::showPasted()
{
    if (const std::optional<PastedToken> pasted = m_request->paste()->pasted())
        m_result->showPasted(*pasted);
    else
        m_result->showNoToken();
}

void LoginsPanel::showChosen()
{
    if (m_runsPane->chosenRow() >= 0)
        showRun(m_runsPane->chosenRow());
    else if (const std::optional<LoginRecord> record = m_runsPane->chosenRecord())
        m_result->showRecord(*record);
    else
        m_result->showNothing();
}

void LoginsPanel::takeStep(const QString &action)
{
    m_lists->giveBack();
    if (m_request->isPasting())
        m_request->paste()->perform(action);
    else if (action == "paste_token"_L1)
        m_kind->setCurrentIndex(kindOfPasted());
    else
        m_request->form()->perform(action);
}

void LoginsPanel::run()
{
    if (isRunning() || m_request->isPasting())
        return;
    if (missingInput(m_request->form()->request())) {
        m_lists->giveBack(); // which may hide the field
        return m_request->form()->showMissing();
    }
    m_asked = m_profileChoice->asked();
    m_runner.start(m_request->form()->request(),
                   [this, asked = m_asked](const Result<LoginOutcome> &result) { finish(asked, result); });
}

void LoginsPanel::cancel()
{
    if (!isRunning())
        return;
    const auto after = m_runner.cancel();
    updateRunning();
    addRun({.name = m_asked.name,
            .request = m_asked.request,
            .at = m_session.clock().now(),
            .result = fail(Error{.kind = ErrorKind::LoginRefused}),
            .exchanges = m_runner.takeExchanges(),
            .profile = m_asked.id,
            .cancelledAfter = after});
    emit runFinished(cancelText(m_runs.at(0)));
}

void LoginsPanel::finish(const LoginProfile &asked, const Result<LoginOutcome> &result)
{
    updateRunning();
    const QDateTime now = m_session.clock().now();
    const Result<LoginRecord> kept = m_profiles.workspace().logins().addRecord(recordOf(asked, result, now));
    if (!kept)
        banner()->showError(kept.error());
    const bool isAsAsked = withoutSecrets(m_request->form()->request()) == asked.request;
    if (result && result->ok)
        m_request->form()->forgetPassword();
    if (isAsAsked)
        m_request->noteKept(); // the run has it now
    addRun({.name = asked.name,
            .request = asked.request,
            .at = now,
            .result = result,
            .exchanges = m_runner.takeExchanges(),
            .profile = asked.id,
            .record = kept ? kept->id : LoginRecordId()});
    if (!result)
        return emit runFinished(tr("Login failed"));
    emit runFinished((result->ok ? tr("Login took %1, %2") : tr("Login failed after %1, %2"))
                         .arg(tookText(result->duration), tr("%n request(s)", nullptr, result->requests)));
}

void LoginsPanel::addRun(LoginRun run)
{
    m_runs.prepend(std::move(run));
    m_keepsForm = true;
    m_runsPane->chooseRow(0);
    m_keepsForm = false;
    m_lists->arrange();
}

void LoginsPanel::addSuiteRun(const SuiteRun &run, LoginRecordId record)
{
    m_runs.prepend({.name = run.profile.name,
                    .request = withoutSecrets(run.profile.request),
                    .at = run.at,
                    .result = run.result,
                    .profile = run.profile.id,
                    .record = record});
    m_lists->arrange();
}

void LoginsPanel::showProfile()
{
    const std::optional<LoginProfile> profile = m_profilesPane->chosen();
    if (!profile || isRunning())
        return;
    const int row = m_runs.rowOf(*profile);
    m_keepsForm = true;
    m_runsPane->chooseRow(row);
    m_keepsForm = false;
    if (row < 0)
        m_result->showNotRun(profile->name, m_profilesPane->wasRun(profile->id));
}

void LoginsPanel::keepRefreshed(const LoginOutcome &outcome)
{
    LoginRun run = m_runs.at(m_runsPane->chosenRow());
    run.at = m_session.clock().now();
    run.isRefresh = true;
    run.result = outcome;
    run.record = {};
    run.exchanges.clear();
    run.ends.clear();
    run.pages.clear();
    addRun(std::move(run));
}

void LoginsPanel::fill(const LoginRequest &request, LoginProfileId profile, const QString &origin)
{
    if (const std::optional<LoginProfile> chosen = m_profilesPane->chosen(); chosen && chosen->id != profile)
        m_profileChoice->letGo();
    m_request->fill(request, origin);
    m_kind->setCurrentIndex(kindOf(request.grant)); // away from a pasted token, too
}

void LoginsPanel::openRun(int row)
{
    const LoginRun &run = m_runs.at(row);
    if (!m_keepsForm)
        fill(run.request, run.profile,
             tr("As the run at %1 asked.").arg(QLocale().toString(run.at.toLocalTime(), u"HH:mm:ss"_s)));
    if (!isRunning())
        showRun(row);
}

void LoginsPanel::openRecord(const LoginRecord &record)
{
    fill(record.request, record.profile,
         tr("As the run of %1 asked.").arg(timeOrDate(record.at, m_session.clock())));
    if (!isRunning())
        m_result->showRecord(record);
}

void LoginsPanel::showRun(int row)
{
    const LoginRun &run = m_runs.at(row);
    m_request->expectation()->setLastEnd(errorOf(run));
    m_result->showRun(run.number, m_runs.failuresUntil(row),
                      m_request->form()->knownSecret(run.request.clientId));
}

void LoginsPanel::updateRunning()
{
    const QWidget *focused = window()->focusWidget();
    if (isRunning() && focused && m_result->isAncestorOf(focused))
        m_request->runButton()->setFocus(Qt::OtherFocusReason); // what is there goes
    m_runAction->setEnabled(!isRunning());
    m_kind->setEnabled(!isRunning());
    m_request->setRunning(isRunning());
}

void LoginsPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    m_request->form()->load();
}

void LoginsPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    m_lists->setNarrow(width() < kNarrow);
}

void LoginsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isRunning())
        cancel();
    else
        Panel::keyPressEvent(event);
}

} // namespace latchkey
