// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/runprogress.h"
#include "net/exchange.h"
#include "oidc/loginflow.h"

#include <functional>
#include <memory>
#include <vector>

namespace latchkey {

class Session;

/// Runs one login at a time and keeps what it exchanged with the issuer.
class LoginRunner final : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(const Result<LoginOutcome> &)>;

    /// How long the person may take in the browser.
    static constexpr std::chrono::minutes kBrowserTimeout{5};

    /// The session outlives the runner.
    LoginRunner(Session &session, UrlOpener openUrl, QObject *parent = nullptr);
    ~LoginRunner() override;

    void start(const LoginRequest &request, Finished finished);
    bool isRunning() const { return m_flow != nullptr; }
    /// Nothing comes back any more. Gives how long it ran.
    std::chrono::milliseconds cancel();
    /// Those of the last login.
    std::vector<Exchange> takeExchanges() { return std::exchange(m_exchanges, {}); }

signals:
    /// isRunning(), and nothing has been sent.
    void begun();
    void stepChanged(const QString &step);
    void browserNeeded(const latchkey::BrowserWait &wait);

private:
    void tellBrowser(const QUrl &address, quint16 port);

    Session &m_session;
    UrlOpener m_openUrl;
    std::unique_ptr<LoginFlow> m_flow;
    std::vector<Exchange> m_exchanges;
    Clock::Instant m_startedAt{};
};

} // namespace latchkey
