// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/urlopener.h"
#include "net/continuation.h"
#include "oidc/jwkscache.h"
#include "oidc/loginprofile.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace latchkey {

class HttpClient;

/// One profile of a suite, and how far it is.
struct SuiteRun
{
    enum class State {
        Waiting,
        Running,
        Passed,
        Failed, ///< the provider answered something else than was expected, or a check of the ID token failed
        Error,  ///< no answer of the provider
        Skipped,
    };

    LoginProfile profile{};
    State state = State::Waiting;
    QString reason{};                            ///< of Failed, Error and Skipped, a sentence
    Result<LoginOutcome> result = fail(Error{}); ///< of Passed, Failed and Error
    QDateTime at{};
    std::chrono::milliseconds duration{};

    bool isOver() const { return state != State::Waiting && state != State::Running; }
    bool wasRun() const { return isOver() && state != State::Skipped; }
};

/// Runs profiles, a few at a time, and compares each with its expectation; without one, success is expected.
/// A login is never repeated.
///
/// A failed password login counts toward the lock-out of the user, expected or not. So after the first one
/// the further profiles of that user are skipped, never two of a user run at once, and those that expect a
/// failure come last: a suite then costs a user one failure at most, and only what expects it. A user is an
/// issuer and a name; that two names are one user cannot be known.
///
/// After a 429 the further profiles of that tenant are skipped too.
///
/// Destroying it cancels it.
class LoginSuite : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        int parallel = 2;
        bool goesOnAfterFailure = false; ///< and after a 429: nothing is skipped
        bool withBrowser = false;        ///< those need a person; one at a time
        bool skipsIncomplete = false;    ///< what lacks a password or the like is skipped, else an Error
    };
    /// Gives the request of a profile, with its secrets.
    using RequestSource = std::function<void(const LoginProfile &, const Continuation<LoginRequest> &)>;

    /// Both references must outlive it.
    LoginSuite(HttpClient &http, const Clock &clock, RequestSource requests, const Options &options,
               UrlOpener openUrl = {}, QObject *parent = nullptr);

    /// What a person should know before such a suite runs; empty: nothing.
    static QString aliasWarning(const std::vector<LoginProfile> &profiles);
    void start(std::vector<LoginProfile> profiles);
    /// Ends what runs; what is over stays as it is. finished() follows.
    void cancel();
    const std::vector<SuiteRun> &runs() const { return m_runs; } ///< in the order of start()
    bool isRunning() const { return m_isRunning; }

signals:
    void changed(qsizetype index);
    void browserNeeded(qsizetype index, const QUrl &authorizationUrl);
    void finished();

private:
    void startNext();
    bool startOne();
    QString skipReason(const SuiteRun &run);
    void launch(size_t index);
    void send(size_t index, const LoginRequest &request, QObject *context);
    void receive(size_t index, const Result<LoginOutcome> &result);
    void leaveOut(size_t index, LoginInput missing);
    void skip(size_t index, const QString &reason);

    HttpClient &m_http;
    const Clock &m_clock;
    RequestSource m_requests;
    Options m_options;
    UrlOpener m_openUrl;
    JwksCache m_keys;
    std::vector<SuiteRun> m_runs;
    std::vector<size_t> m_order;
    std::map<size_t, std::unique_ptr<QObject>> m_underWay; ///< destroying one ends it
    std::map<QString, bool> m_failedUsers;                 ///< whether the failure is sure
    std::map<QString, std::chrono::seconds> m_waits;       ///< that tenants ask for; 0: they do not say
    std::map<size_t, Clock::Instant> m_startedAt;
    bool m_isRunning = false;
};

/// Whose failures add up: the issuer and the user name as it is compared.
QString lockOutKey(const LoginRequest &request);

/// Whether the login may have counted toward the lock-out of its user: everything but what is surely refused
/// before a password is looked at.
bool mayCountTowardLockOut(const LoginRequest &request, const Result<LoginOutcome> &result);

} // namespace latchkey
