// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginflow.h"

#include "core/credentialtext.h"
#include "core/json.h"
#include "core/plaintext.h"
#include "net/formdata.h"
#include "onelogin/dialect.h"

#include <cmath>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// The expiry is added to clocks that count nanoseconds in 64 bits.
constexpr double kLongestLife = 100.0 * 365 * 24 * 3600;
constexpr qsizetype kLongestDescription = 1000;

/// Characters nobody types on purpose: pasted line ends, no-break and zero-width spaces.
bool hasInvisible(QStringView text)
{
    for (const QChar character : text) {
        if (character != u' ' && (!character.isPrint() || character.isSpace()) && !character.isSurrogate())
            return true;
    }
    return false;
}

/// Text of a server as one line: RFC 6749 section 5.2 allows no control characters, not all obey.
QString plainLine(QString text)
{
    text = withVisibleControls(text);
    if (text.size() > kLongestDescription)
        text = text.first(kLongestDescription) + u'…';
    return text;
}

QStringList scopeList(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList scopes;
        for (const auto &each : value.toArray())
            scopes.append(each.toString());
        return scopes;
    }
    return value.toString().split(u' ', Qt::SkipEmptyParts);
}

bool isReserved(const QString &parameter)
{
    static const std::set<QString> reserved{u"grant_type"_s, u"client_id"_s, u"client_secret"_s,
                                            u"username"_s,   u"password"_s,  u"scope"_s,
                                            u"resource"_s};
    return reserved.contains(parameter);
}

} // namespace

LoginFlow::LoginFlow(HttpClient &http, const Clock &clock, LoginRequest request, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_clock(clock)
    , m_request(std::move(request))
{
}

void LoginFlow::start()
{
    m_startedAt = m_clock.monotonic();
    m_outcome.requestedScopes = m_request.scopes;
    if (const Result<void> usable = check(); !usable) {
        const auto refused = then(this, [this](Result<> result) { finish(fail(std::move(result.error()))); });
        return finishLater(refused, usable);
    }
    emit stepChanged(tr("Reading the issuer's endpoints"));
    ++m_outcome.requests;
    discover(m_http, m_request.issuer, then(this, [this](Result<ProviderMetadata> provider) {
                 if (provider)
                     requestToken(*provider);
                 else
                     finish(fail(std::move(provider.error())));
             }));
}

Result<void> LoginFlow::check() const
{
    const auto refuse = [](const QString &why) { return fail(ErrorKind::InvalidInput, why); };
    if (m_request.clientId.isEmpty())
        return refuse(tr("The client id is empty."));
    if (m_request.auth != ClientAuth::None && m_request.clientSecret.isEmpty())
        return refuse(
            tr("The client secret is empty. Only the client authentication None goes without one."));
    if (m_request.grant == Grant::ClientCredentials && m_request.auth == ClientAuth::None)
        return refuse(tr("A client credentials login needs a client secret: choose Basic or POST."));
    if (m_request.grant == Grant::Password && m_request.username.isEmpty())
        return refuse(tr("The user name is empty."));
    if (m_request.grant == Grant::Password && m_request.password.isEmpty())
        return refuse(tr("The password is empty."));
    if (hasInvisible(m_request.clientId))
        return refuse(tr("The client id cannot be used. ") + credentialTextProblem(m_request.clientId));
    QString secret = m_request.clientSecret.revealed();
    const QString problem = hasInvisible(secret) ? credentialTextProblem(secret) : QString();
    wipe(secret);
    if (!problem.isEmpty())
        return refuse(tr("The client secret cannot be used. ") + problem);
    return checkParameters();
}

// RFC 6749 section 3.2: no parameter twice.
Result<void> LoginFlow::checkParameters() const
{
    std::set<QString> seen;
    for (const auto &[name, value] : m_request.parameters) {
        if (name.isEmpty())
            return fail(ErrorKind::InvalidInput, tr("A further parameter has no name."));
        if (isReserved(name))
            return fail(ErrorKind::InvalidInput, tr("The parameter %1 has a field of its own.").arg(name));
        if (!seen.insert(name).second)
            return fail(ErrorKind::InvalidInput, tr("The parameter %1 is given twice.").arg(name));
    }
    return {};
}

void LoginFlow::requestToken(const ProviderMetadata &provider)
{
    emit stepChanged(tr("Asking for a token"));
    ++m_outcome.requests;
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = provider.tokenEndpoint;
    request.contentType = "application/x-www-form-urlencoded";
    if (m_request.auth == ClientAuth::Basic)
        request.authorization = basicAuthorization(m_request.clientId, m_request.clientSecret);
    request.body = form();
    request.repeatable = false;
    request.maximumSize = 1 << 20;
    request.askedBy = m_request.grant == Grant::Password
                          ? tr("Test login of %1, get token").arg(m_request.username)
                          : tr("Test login, get token");
    m_secrets.emplace(request);
    m_http.send(std::move(request), then(this, [this](Result<HttpResponse> response) {
                    if (response)
                        finish(readAnswer(*response));
                    else
                        finish(fail(std::move(response.error())));
                }));
}

// The secret travels once: in the header or in the body (RFC 6749 section 2.3). The vendor's page
// of the password grant wants client_id in the body even beside Basic.
Secret LoginFlow::form() const
{
    const bool isPassword = m_request.grant == Grant::Password;
    FormData form;
    form.add(u"grant_type"_s, isPassword ? u"password"_s : u"client_credentials"_s);
    if (isPassword || m_request.auth != ClientAuth::Basic)
        form.add(u"client_id"_s, m_request.clientId);
    if (m_request.auth == ClientAuth::Post)
        form.add(u"client_secret"_s, m_request.clientSecret);
    if (isPassword) {
        form.add(u"username"_s, m_request.username);
        form.add(u"password"_s, m_request.password);
    }
    form.add(u"scope"_s, m_request.scopes.join(u' '));
    form.add(u"resource"_s, m_request.resource);
    for (const auto &[name, value] : m_request.parameters)
        form.add(name, value);
    return form.encoded();
}

Result<LoginOutcome> LoginFlow::readAnswer(const HttpResponse &response)
{
    m_outcome.httpStatus = response.status;
    m_outcome.requestId = response.requestId();
    m_outcome.at = m_clock.now();
    m_outcome.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - m_startedAt);

    const Result<QJsonValue> json = parseJson(response.body);
    const QJsonObject answer = json ? json->toObject() : QJsonObject();
    const bool isSuccess = response.status >= 200 && response.status < 300;
    if (answer.value("error"_L1).isString() && !answer.contains("access_token"_L1)) {
        readRefusal(answer);
        return m_outcome;
    }
    if (isSuccess && !answer.value("access_token"_L1).toString().isEmpty() &&
        !answer.value("token_type"_L1).toString().isEmpty()) {
        readTokens(answer, response.receivedAt);
        return m_outcome;
    }
    return notAnAnswer(response, answer);
}

void LoginFlow::readRefusal(const QJsonObject &answer)
{
    m_outcome.error = answer.value("error"_L1).toString();
    m_outcome.errorDescription = answer.value("error_description"_L1).toString();
    for (QString *text : {&m_outcome.error, &m_outcome.errorDescription})
        *text = plainLine(m_secrets->scrub(*text));
    if (m_outcome.httpStatus < 400)
        m_outcome.notes.append(
            tr("The refusal came with the status %1 of a success.").arg(m_outcome.httpStatus));
}

void LoginFlow::readTokens(const QJsonObject &answer, Clock::Instant receivedAt)
{
    m_outcome.ok = true;
    m_outcome.tokenType = m_secrets->scrub(answer.value("token_type"_L1).toString());
    if (m_outcome.tokenType.compare("Bearer"_L1, Qt::CaseInsensitive) != 0)
        m_outcome.notes.append(tr("The token type is %1, not Bearer.").arg(plainLine(m_outcome.tokenType)));
    if (answer.contains("error"_L1))
        m_outcome.notes.append(tr("The answer holds both a token and the error %1.")
                                   .arg(plainLine(m_secrets->scrub(answer.value("error"_L1).toString()))));
    m_outcome.accessToken = readToken(answer, "access_token"_L1, receivedAt);
    m_outcome.accessToken->expiresIn = readLifetime(answer.value("expires_in"_L1));
    m_outcome.idToken = readToken(answer, "id_token"_L1, receivedAt);
    m_outcome.refreshToken = readToken(answer, "refresh_token"_L1, receivedAt);
    if (answer.contains("scope"_L1))
        m_outcome.grantedScopes = scopeList(answer.value("scope"_L1));
    if (m_outcome.accessToken->decoded)
        m_outcome.scopesInToken = scopeList(m_outcome.accessToken->decoded->payload.value("scope"_L1));
    QString secret = m_request.clientSecret.revealed();
    if (!credentialTextProblem(secret).isEmpty())
        m_outcome.notes.append(tr("The client secret holds characters outside printable ASCII."));
    wipe(secret);
}

std::optional<IssuedToken> LoginFlow::readToken(const QJsonObject &answer, QLatin1StringView name,
                                                Clock::Instant receivedAt)
{
    const QJsonValue value = answer.value(name);
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    QString text = value.toString();
    if (text.isEmpty()) {
        m_outcome.notes.append(tr("The member %1 is no token and was ignored.").arg(name));
        return std::nullopt;
    }
    IssuedToken token{.value = Secret::fromText(text), .receivedAt = receivedAt};
    wipe(text);
    token.kind = tokenKind(token.value.bytes());
    if (token.kind == TokenKind::Jwt) {
        Result<DecodedJwt> decoded = decodeJwt(token.value.bytes());
        if (decoded)
            token.decoded = std::move(*decoded);
        else
            m_outcome.notes.append(
                tr("The %1 looks like a JWT, but cannot be decoded. %2").arg(name, decoded.error().message));
    }
    return token;
}

std::optional<std::chrono::seconds> LoginFlow::readLifetime(const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    bool isNumber = value.isDouble();
    double seconds = value.toDouble();
    if (value.isString()) {
        seconds = value.toString().toDouble(&isNumber);
        if (isNumber)
            m_outcome.notes.append(tr("expires_in is a string, not a number."));
    }
    if (!isNumber || !std::isfinite(seconds)) {
        m_outcome.notes.append(tr("expires_in is not a number and was ignored."));
        return std::nullopt;
    }
    if (seconds <= 0)
        m_outcome.notes.append(tr("expires_in says that the token has expired already."));
    if (std::abs(seconds) > kLongestLife)
        m_outcome.notes.append(tr("expires_in is more than a hundred years."));
    return std::chrono::seconds(static_cast<qint64>(std::clamp(seconds, -kLongestLife, kLongestLife)));
}

tl::unexpected<Error> LoginFlow::notAnAnswer(const HttpResponse &response, const QJsonObject &answer) const
{
    if (const std::optional<Error> error = apiError(response))
        return fail(m_secrets->scrub(*error));
    Error error{
        .kind = ErrorKind::NotUnderstood, .httpStatus = response.status, .requestId = response.requestId()};
    if (answer.isEmpty()) {
        error.message = tr("The answer to the login is not the token endpoint's.");
        error.detail = safeExcerpt(response.body);
    } else {
        // Its values may be tokens, its names are enough.
        error.message = tr("The answer to the login holds no usable access token and token type.");
        error.detail = tr("Members of the answer: %1").arg(plainLine(answer.keys().join(u", "_s)));
    }
    return fail(m_secrets->scrub(std::move(error)));
}

void LoginFlow::finish(Result<LoginOutcome> result)
{
    m_request.password = {};
    m_request.clientSecret = {};
    m_secrets.reset();
    emit finished(result);
}

} // namespace latchkey
