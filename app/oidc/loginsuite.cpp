// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginsuite.h"

#include "oidc/loginflow.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// Of two profiles with the same one, only one may run at a time; empty: of no matter.
QString exclusiveKey(const LoginRequest &request)
{
    switch (request.grant) {
    case Grant::ClientCredentials:
        return {};
    case Grant::Password:
        return lockOutKey(request);
    case Grant::AuthorizationCode:
        return u"browser"_s; // one person, one redirect port
    }
    return {};
}

bool expectsPasswordFailure(const LoginProfile &profile)
{
    return profile.request.grant == Grant::Password &&
           profile.expectation.kind == LoginExpectation::Kind::Error;
}

LoginExpectation expectationOf(const LoginProfile &profile)
{
    return profile.expectation.kind == LoginExpectation::Kind::None
               ? LoginExpectation{.kind = LoginExpectation::Kind::Success}
               : profile.expectation;
}

QString answerText(const Result<LoginOutcome> &result)
{
    const Error refusal = refusalOf(result);
    QString text =
        refusal.vendorText.isEmpty() ? refusal.code : u"%1: %2"_s.arg(refusal.code, refusal.vendorText);
    if (refusal.httpStatus != 0)
        text += u' ' + LoginSuite::tr("(HTTP status %1)").arg(refusal.httpStatus);
    return text;
}

QString differenceText(const LoginExpectation &expectation, const Result<LoginOutcome> &result)
{
    if (result && result->ok)
        return LoginSuite::tr("Expected %1, but the login works.").arg(expectation.text());
    if (result && result->hasFailedChecks())
        return LoginSuite::tr("Expected %1, but the ID token failed a check. %2")
            .arg(expectation.text(), result->errorDescription);
    return LoginSuite::tr("Expected %1, but the login was refused: %2")
        .arg(expectation.text(), answerText(result));
}

QString notRunText(LoginInput missing)
{
    switch (missing) {
    case LoginInput::ClientId:
        return LoginSuite::tr("Not run: no client ID.");
    case LoginInput::ClientSecret:
        return LoginSuite::tr("Not run: no client secret.");
    case LoginInput::Username:
        return LoginSuite::tr("Not run: no user name.");
    case LoginInput::Password:
        break;
    }
    return LoginSuite::tr("Not run: no password.");
}

/// The provider answered, in a dialect of its own perhaps.
bool isAnswer(const Result<LoginOutcome> &result)
{
    return result || !result.error().code.isEmpty();
}

/// Those of one tenant wait for it together.
QString tenantKey(const LoginProfile &profile)
{
    return profile.tenant.isValid() ? QString::number(profile.tenant.value)
                                    : profile.request.issuer.authority();
}

/// What a provider refuses before it looks at the user.
bool isOfTheClient(const LoginOutcome &outcome)
{
    static const std::array codes{u"invalid_client"_s, u"unauthorized_client"_s, u"unsupported_grant_type"_s,
                                  u"invalid_scope"_s, u"invalid_target"_s};
    static const std::array texts{"resource not found"_L1, "invalid authorization header"_L1,
                                  "missing required parameter"_L1, "no client authentication"_L1};
    const auto begins = [&outcome](QLatin1StringView text) {
        return outcome.errorDescription.startsWith(text, Qt::CaseInsensitive);
    };
    return std::find(codes.begin(), codes.end(), outcome.error) != codes.end() ||
           (outcome.error == "invalid_request"_L1 && std::any_of(texts.begin(), texts.end(), begins));
}

} // namespace

QString lockOutKey(const LoginRequest &request)
{
    return u"%1 %2"_s.arg(request.issuer.toString(), request.username.trimmed().toCaseFolded());
}

bool mayCountTowardLockOut(const LoginRequest &request, const Result<LoginOutcome> &result)
{
    if (request.grant != Grant::Password)
        return false;
    if (result)
        return !result->ok && !result->hasFailedChecks() && !isOfTheClient(*result);
    return mayHaveBeenDone(result.error().kind) || result.error().kind == ErrorKind::Unauthorized ||
           result.error().kind == ErrorKind::Forbidden || result.error().kind == ErrorKind::Invalid;
}

LoginSuite::LoginSuite(HttpClient &http, const Clock &clock, RequestSource requests, const Options &options,
                       UrlOpener openUrl, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_clock(clock)
    , m_requests(std::move(requests))
    , m_options(options)
    , m_openUrl(std::move(openUrl))
    , m_keys(http, clock)
{
}

QString LoginSuite::aliasWarning(const std::vector<LoginProfile> &profiles)
{
    std::map<QUrl, std::set<QString>> failing;
    for (const LoginProfile &profile : profiles) {
        if (expectsPasswordFailure(profile))
            failing[profile.request.issuer].insert(lockOutKey(profile.request));
    }
    const bool isPossible =
        std::any_of(failing.begin(), failing.end(), [](const auto &each) { return each.second.size() > 1; });
    return isPossible
               ? tr("Several users are expected to fail. That two of their names are one user, such as a "
                    "user "
                    "name and an email address, cannot be known here: their failures would add up toward the "
                    "lock-out.")
               : QString();
}

void LoginSuite::start(std::vector<LoginProfile> profiles)
{
    m_underWay.clear();
    m_runs.clear();
    m_failedUsers.clear();
    m_waits.clear();
    for (LoginProfile &profile : profiles)
        m_runs.push_back({.profile = std::move(profile)});
    m_order.resize(m_runs.size());
    std::iota(m_order.begin(), m_order.end(), size_t{0});
    std::stable_partition(m_order.begin(), m_order.end(),
                          [this](size_t index) { return !expectsPasswordFailure(m_runs[index].profile); });
    m_isRunning = true;
    QMetaObject::invokeMethod(this, &LoginSuite::startNext, Qt::QueuedConnection);
}

void LoginSuite::cancel()
{
    if (!m_isRunning)
        return;
    m_underWay.clear();
    for (size_t index = 0; index < m_runs.size(); ++index) {
        if (m_runs[index].state == SuiteRun::State::Running)
            skip(index, tr("Cancelled while it ran. The request may have arrived."));
        else if (m_runs[index].state == SuiteRun::State::Waiting)
            skip(index, tr("Cancelled before it ran."));
    }
    QMetaObject::invokeMethod(this, &LoginSuite::startNext, Qt::QueuedConnection);
}

void LoginSuite::startNext()
{
    while (m_isRunning && static_cast<int>(m_underWay.size()) < std::max(1, m_options.parallel) && startOne())
        ;
    const bool isOver =
        std::all_of(m_runs.begin(), m_runs.end(), [](const SuiteRun &run) { return run.isOver(); });
    if (m_isRunning && isOver) {
        m_isRunning = false;
        emit finished();
    }
}

/// Skips or starts the first that can be; false if there is none.
bool LoginSuite::startOne()
{
    const auto isBlocked = [this](const SuiteRun &run) {
        const QString key = exclusiveKey(run.profile.request);
        return !key.isEmpty() && std::any_of(m_underWay.begin(), m_underWay.end(), [&](const auto &each) {
            return exclusiveKey(m_runs[each.first].profile.request) == key;
        });
    };
    for (size_t index : m_order) {
        SuiteRun &run = m_runs[index];
        if (run.state != SuiteRun::State::Waiting || isBlocked(run))
            continue;
        const QString reason = skipReason(run);
        if (reason.isEmpty())
            launch(index);
        else
            skip(index, reason);
        return true;
    }
    return false;
}

/// Empty: it shall run.
QString LoginSuite::skipReason(const SuiteRun &run)
{
    const LoginRequest &request = run.profile.request;
    if (request.grant == Grant::AuthorizationCode && !m_options.withBrowser)
        return tr("Skipped: a login in the browser needs a person.");
    const auto waiting = m_waits.find(tenantKey(run.profile));
    if (waiting != m_waits.end() && !m_options.goesOnAfterFailure)
        return waiting->second.count() > 0
                   ? tr("Skipped: the tenant got too many requests (429) and asks to wait %1 s.")
                         .arg(waiting->second.count())
                   : tr("Skipped: the tenant got too many requests (429).");
    const auto failed = m_failedUsers.find(exclusiveKey(request));
    if (failed == m_failedUsers.end() || m_options.goesOnAfterFailure)
        return {};
    return (failed->second ? tr("Skipped: %1 failed once, another failure counts toward the lock-out.")
                           : tr("Skipped: whether the last login of %1 failed is not known, and another "
                                "failure counts toward the lock-out."))
        .arg(request.username);
}

void LoginSuite::launch(size_t index)
{
    auto &context = m_underWay[index] = std::make_unique<QObject>();
    SuiteRun &run = m_runs[index];
    run.state = SuiteRun::State::Running;
    run.at = m_clock.now();
    m_startedAt[index] = m_clock.monotonic();
    QObject *raw = context.get();
    m_requests(run.profile, then(raw, [this, index, raw](const Result<LoginRequest> &request) {
                   if (!request)
                       return receive(index, fail(request.error()));
                   const std::optional<LoginInput> missing = missingInput(*request);
                   if (missing && m_options.skipsIncomplete)
                       leaveOut(index, *missing);
                   else
                       send(index, *request, raw);
               }));
    emit changed(static_cast<qsizetype>(index));
}

void LoginSuite::send(size_t index, const LoginRequest &request, QObject *context)
{
    auto *flow = new LoginFlow(m_http, m_clock, request, m_openUrl, context);
    flow->judgeIdTokenWith(m_keys);
    // Queued: whoever hears of it may cancel.
    connect(
        flow, &LoginFlow::browserNeeded, context,
        [this, index](const QUrl &url) { emit browserNeeded(static_cast<qsizetype>(index), url); },
        Qt::QueuedConnection);
    connect(flow, &LoginFlow::finished, this,
            [this, index](const Result<LoginOutcome> &result) { receive(index, result); });
    flow->start();
}

void LoginSuite::receive(size_t index, const Result<LoginOutcome> &result)
{
    SuiteRun &run = m_runs[index];
    run.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - m_startedAt[index]);
    run.result = result;
    const LoginExpectation expectation = expectationOf(run.profile);
    if (expectation.isMetBy(result) == true) {
        run.state = SuiteRun::State::Passed;
    } else if (isAnswer(result)) {
        run.state = SuiteRun::State::Failed;
        run.reason = differenceText(expectation, result);
    } else {
        run.state = SuiteRun::State::Error;
        run.reason = result.error().message;
    }
    const Error refusal = refusalOf(result);
    if (refusal.httpStatus == 429)
        m_waits.insert_or_assign(tenantKey(run.profile),
                                 refusal.retryAfter.value_or(std::chrono::seconds(0)));
    if (mayCountTowardLockOut(run.profile.request, result))
        m_failedUsers.insert_or_assign(exclusiveKey(run.profile.request), isAnswer(result));
    // The flow that speaks here is below it: it goes once it is done speaking.
    m_underWay.extract(index).mapped().release()->deleteLater();
    emit changed(static_cast<qsizetype>(index));
    QMetaObject::invokeMethod(this, &LoginSuite::startNext, Qt::QueuedConnection);
}

void LoginSuite::leaveOut(size_t index, LoginInput missing)
{
    m_underWay.extract(index).mapped().release()->deleteLater();
    skip(index, notRunText(missing));
    QMetaObject::invokeMethod(this, &LoginSuite::startNext, Qt::QueuedConnection);
}

void LoginSuite::skip(size_t index, const QString &reason)
{
    m_runs[index].state = SuiteRun::State::Skipped;
    m_runs[index].reason = reason;
    emit changed(static_cast<qsizetype>(index));
}

} // namespace latchkey
