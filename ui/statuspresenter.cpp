// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuspresenter.h"

#include "activity/activitylog.h"
#include "keychainstate.h"
#include "onelogin/session.h"
#include "sandboxhost.h"
#include "widgets/clipboard.h"
#include "widgets/countdownchip.h"
#include "widgets/statusbar.h"
#include "widgets/ticker.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kAfterChange(2);
constexpr std::chrono::seconds kCallsInterval(60);

} // namespace

StatusPresenter::StatusPresenter(const Services &services, StatusBar &bar, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_connection(bar.addLeft(u"status.connection"_s))
    , m_token(bar.addLeft(u"status.token"_s))
    , m_calls(bar.addLeft(u"status.calls"_s))
    , m_event(bar.addRight(u"status.event"_s))
    , m_keychain(bar.addRight(u"status.keychain"_s))
{
    for (StatusSegment *segment : {m_connection, m_token, m_calls})
        connect(segment, &QAbstractButton::clicked, this, &StatusPresenter::credentialsAsked);
    connect(m_event, &QAbstractButton::clicked, this, &StatusPresenter::activityAsked);
    connect(m_keychain, &QAbstractButton::clicked, &services.tools.keychain, &KeychainState::probe);
    connect(&services.tools.keychain, &KeychainState::changed, this, &StatusPresenter::presentKeychain);
    connect(&services.tools.ticker, &Ticker::ticked, this, &StatusPresenter::present);
    connect(&services.tools.clipboard, &Clipboard::countdownChanged, this, &StatusPresenter::presentEvent);
    connect(&services.tools.clipboard, &Clipboard::secretGone, this, &StatusPresenter::presentEvent);
    connect(&services.sandbox, &SandboxHost::runningChanged, this, &StatusPresenter::present);
    connect(&services.activity, &ActivityLog::appended, this, &StatusPresenter::note);
    m_readCalls.setSingleShot(true);
    m_readCalls.callOnTimeout(this, &StatusPresenter::readCallsLeft);
    connect(&services.activity, &ActivityLog::cleared, this, &StatusPresenter::presentEvent);
    present();
    presentKeychain();
}

void StatusPresenter::setSession(Session *session)
{
    m_session = session;
    m_offlineSince = {};
    if (session) {
        connect(session, &Session::workingCredentialChanged, this, &StatusPresenter::present);
        connect(session, &Session::tokenChanged, this, &StatusPresenter::present);
    }
    present();
}

void StatusPresenter::say(const QString &sentence)
{
    m_said = sentence;
    presentEvent();
}

void StatusPresenter::note(const Exchange &exchange)
{
    m_said.clear();
    if (exchange.status != 0)
        m_offlineSince = {};
    else if (!m_offlineSince.isValid())
        m_offlineSince = exchange.startedAt;
    present();
    followCalls(exchange);
}

/// How many calls are left is read again soon after a change, else once a minute while there are calls.
void StatusPresenter::followCalls(const Exchange &exchange)
{
    if (!m_session || !exchange.url.path().startsWith("/api/"_L1))
        return;
    if (exchange.isWrite())
        m_readCalls.start(kAfterChange);
    else if (!m_readCalls.isActive() && m_services.clock.monotonic() >= m_readCallsFrom)
        m_readCalls.start(std::chrono::seconds(0)); // the answer is being received
}

void StatusPresenter::readCallsLeft()
{
    const auto working = m_session ? m_session->workingCredential() : std::nullopt;
    TokenSource *source = working ? m_session->existingTokenSource(working->id) : nullptr;
    if (!source || !source->current())
        return;
    m_readCallsFrom = m_services.clock.monotonic() + kCallsInterval;
    // Good to know, never a reason to complain.
    source->rateLimit(then(this, [](const Result<RateLimit> &) {}));
}

void StatusPresenter::present()
{
    presentConnection();
    presentToken();
    presentEvent();
}

void StatusPresenter::presentConnection()
{
    if (!m_session) {
        m_connection->setContent(std::nullopt, Tone::Muted, tr("No tenant open"));
        return;
    }
    const bool sandbox = m_session->tenant().isBuiltIn;
    const auto working = m_session->workingCredential();
    const TokenSource *source = working ? m_session->existingTokenSource(working->id) : nullptr;
    if (sandbox && !m_services.sandbox.isRunning())
        m_connection->setContent(Icon::Warning, Tone::Warn, tr("The sandbox has ended"));
    else if (m_offlineSince.isValid())
        m_connection->setContent(
            Icon::Warning, Tone::Warn,
            tr("Offline since %1")
                .arg(QLocale().toString(m_offlineSince.toLocalTime().time(), QLocale::ShortFormat)));
    else if (source && source->current())
        m_connection->setContent(Icon::Success, Tone::Ok, tr("Connected as"), working->name);
    else if (working)
        m_connection->setContent(sandbox ? Icon::Sandbox : Icon::Key, Tone::Muted, tr("Works as"),
                                 working->name);
    else
        m_connection->setContent(Icon::Warning, Tone::Warn, tr("No credential to work with"));
}

void StatusPresenter::presentToken()
{
    const auto working = m_session ? m_session->workingCredential() : std::nullopt;
    const TokenSource *source = working ? m_session->existingTokenSource(working->id) : nullptr;
    const auto token = source ? source->current() : std::nullopt;
    m_token->setVisible(token.has_value());
    if (token) {
        const CountdownText text = countdownText({.end = token->deadline, .lifetime = token->lifetime},
                                                 m_services.clock.monotonic());
        m_token->setContent(Icon::Clock, text.tone == Tone::Warn ? Tone::Warn : Tone::Muted,
                            tr("Token: %1").arg(text.text));
    }
    const auto limit = m_session ? m_session->callsLeft() : std::nullopt;
    m_calls->setVisible(limit.has_value());
    if (limit) {
        m_calls->setContent(std::nullopt, limit->remaining * 10 < limit->limit ? Tone::Warn : Tone::Muted,
                            tr("%1 calls left").arg(QLocale().toString(limit->remaining)));
    }
}

void StatusPresenter::presentEvent()
{
    const auto &exchanges = m_services.activity.exchanges();
    if (const auto left = m_services.tools.clipboard.secondsLeft()) {
        m_event->setContent(Icon::Copy, Tone::Muted, tr("Clipboard clears in %1").arg(durationText(*left)));
    } else if (!m_said.isEmpty()) {
        m_event->setContent(Icon::Activity, Tone::Muted, m_said);
    } else if (!exchanges.empty()) {
        const QString since =
            QLocale().toString(exchanges.front().startedAt.toLocalTime().time(), QLocale::ShortFormat);
        m_event->setContent(Icon::Activity, Tone::Muted,
                            exchanges.size() == 1
                                ? tr("1 exchange at %1").arg(since)
                                : tr("%1 exchanges since %2").arg(exchanges.size()).arg(since));
    }
    m_event->setVisible(m_services.tools.clipboard.secondsLeft() || !exchanges.empty());
}

void StatusPresenter::presentKeychain()
{
    const KeychainState &keychain = m_services.tools.keychain;
    m_keychain->setToolTip(keychain.detail());
    if (keychain.isSessionOnly()) {
        m_keychain->setContent(Icon::Unlock, Tone::Warn, tr("Keychain: this session only"));
        return;
    }
    switch (keychain.state()) {
    case KeychainState::State::Checking:
        m_keychain->setContent(Icon::Clock, Tone::Muted, tr("Keychain: checking"));
        break;
    case KeychainState::State::Ready:
        m_keychain->setContent(Icon::Lock, Tone::Ok, tr("Keychain: %1").arg(keychain.name()));
        break;
    case KeychainState::State::Locked:
        m_keychain->setContent(Icon::Lock, Tone::Warn, tr("Keychain is locked"));
        break;
    case KeychainState::State::Unavailable:
        m_keychain->setContent(Icon::Warning, Tone::Warn, tr("No keychain"));
        break;
    case KeychainState::State::Silent:
        m_keychain->setContent(Icon::Warning, Tone::Warn, tr("Keychain does not answer"));
        break;
    case KeychainState::State::Failed:
        m_keychain->setContent(Icon::Warning, Tone::Warn, tr("Keychain does not work"));
        break;
    }
}

} // namespace latchkey
