// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/tokencalls.h"

#include "core/json.h"
#include "core/plaintext.h"
#include "jose/strictjson.h"
#include "net/formdata.h"
#include "net/httpclient.h"
#include "net/redaction.h"
#include "oidc/tokenanswer.h"
#include "onelogin/dialect.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TokenCalls", text);
}

template<typename T>
bool refuseWithout(const QUrl &endpoint, const Secret &token, const QString &why,
                   const Continuation<T> &continuation)
{
    if (!endpoint.isEmpty() && !token.isEmpty())
        return false;
    finishLater<T>(continuation,
                   fail(ErrorKind::InvalidInput, token.isEmpty() ? tr("There is no token to send.") : why));
    return true;
}

/// The code and text of a refusal, in the body (RFC 6749 section 5.2) or in a header (RFC 6750 section 3).
struct Refusal
{
    QString code{};
    QString text{};
};

Refusal refusalIn(const HttpResponse &response)
{
    const Result<QJsonValue> json = parseJson(response.body);
    const QJsonObject body = json ? json->toObject() : QJsonObject();
    if (body.value("error"_L1).isString())
        return {body.value("error"_L1).toString(), body.value("error_description"_L1).toString()};
    const QString challenge = QString::fromLatin1(response.header("WWW-Authenticate"));
    const auto parameter = [&challenge](const QString &name) {
        static const QString pattern = u"(?:^|[\\s,])%1=\"([^\"]*)\""_s;
        return QRegularExpression(pattern.arg(name)).match(challenge).captured(1);
    };
    return {parameter(u"error"_s), parameter(u"error_description"_s)};
}

Error failureOf(const HttpResponse &response)
{
    const Refusal refusal = refusalIn(response);
    if (refusal.code.isEmpty()) {
        if (std::optional<Error> known = apiError(response))
            return *known;
        return {.kind = ErrorKind::NotUnderstood,
                .message =
                    tr("The answer is not one that this endpoint gives (status %1).").arg(response.status),
                .detail = safeExcerpt(response),
                .httpStatus = response.status,
                .requestId = response.requestId()};
    }
    const QString words = plainLine(refusal.text.isEmpty() ? refusal.code : refusal.text);
    return {.kind = ErrorKind::LoginRefused,
            .message = tr("The provider refused: “%1”").arg(words),
            .detail = u"HTTP %1 "_s.arg(response.status) + plainLine(refusal.code),
            .code = plainLine(refusal.code),
            .vendorText = plainLine(refusal.text),
            .httpStatus = response.status,
            .requestId = response.requestId(),
            .retryAfter = response.retryAfter()};
}

/// Sends the request once; what is no success goes to the continuation as an Error without secrets.
template<typename T, typename Callable>
void sendOnce(HttpClient &http, const HttpRequest &request, const Continuation<T> &continuation,
              Callable callable)
{
    const RequestSecrets secrets(request);
    const Continuation<T> safe(continuation.context(), [=](const Result<T> &result) {
        continuation(result ? result : fail(secrets.scrub(result.error())));
    });
    http.send(request, after<HttpResponse>(safe, [=](const HttpResponse &response) {
                  if (response.status >= 200 && response.status < 300)
                      callable(response, safe);
                  else
                      safe(fail(failureOf(response)));
              }));
}

Result<QJsonObject> objectIn(const HttpResponse &response)
{
    const Result<QJsonValue> json = parseJson(response.body);
    if (!json || !json->isObject() || json->toObject().value("error"_L1).isString())
        return fail(failureOf(response));
    if (const std::optional<QString> name = repeatedName(response.body))
        return fail({.kind = ErrorKind::NotUnderstood,
                     .message = tr("The answer has a member twice, so it was not used."),
                     .detail = plainLine(*name),
                     .httpStatus = response.status,
                     .requestId = response.requestId()});
    return json->toObject();
}

/// Says which refresh token is good from now on.
void noteRotation(LoginOutcome &outcome, const Secret &old)
{
    if (!outcome.refreshToken) {
        outcome.refreshToken = IssuedToken{.value = old};
        outcome.notes.append(tr("No new refresh token came: the old one stays the one to use."));
    } else if (outcome.refreshToken->value == old) {
        outcome.notes.append(tr("The same refresh token came back: this provider does not rotate them."));
    } else {
        outcome.notes.append(tr("A new refresh token came, which replaces the old one."));
    }
}

Result<UserInfo> readUserInfo(const HttpResponse &response, const QString &subject)
{
    UserInfo info{.requestId = response.requestId()};
    info.isSigned = tokenKind(response.body.trimmed()) == TokenKind::Jwt;
    Result<QJsonObject> claims =
        info.isSigned ? decodeJwt(response.body.trimmed()).map(&DecodedJwt::payload) : objectIn(response);
    if (!claims) {
        claims.error().httpStatus = response.status;
        claims.error().requestId = response.requestId();
        claims.error().kind = ErrorKind::NotUnderstood;
        return fail(claims.error());
    }
    info.claims = std::move(*claims);
    if (info.isSigned)
        info.notes.append(tr("The answer is a signed JWT. It was decoded, its signature was not verified."));
    const QJsonValue sub = info.claims.value("sub"_L1);
    const QString found = sub.isString() || sub.isDouble() ? sub.toVariant().toString() : QString();
    if (subject.isEmpty())
        info.notes.append(found.isEmpty() ? tr("The answer names no user (sub).")
                                          : tr("There is no ID token to compare the user with."));
    else if (found != subject)
        return fail(
            {.kind = ErrorKind::NotUnderstood,
             .message = tr("The answer is for another user than the ID token, so it was not used."),
             .detail = tr("sub is %1, but %2 in the ID token").arg(plainLine(found), plainLine(subject)),
             .reason = u"userinfo_of_other_user"_s,
             .httpStatus = response.status,
             .requestId = response.requestId()});
    return info;
}

Result<HttpRequest> tokenQuestion(const QUrl &endpoint, const OidcClient &client, const Secret &token,
                                  TokenUse use, const QString &askedBy)
{
    FormData form;
    form.add(u"token"_s, token);
    form.add(u"token_type_hint"_s, use == TokenUse::Access ? u"access_token"_s : u"refresh_token"_s);
    Result<HttpRequest> request = clientRequest(endpoint, client, form);
    if (request)
        request->askedBy = askedBy;
    return request;
}

} // namespace

void refresh(HttpClient &http, const Clock &clock, const ProviderMetadata &provider, const OidcClient &client,
             const Secret &refreshToken, const QStringList &scopes, Continuation<LoginOutcome> continuation)
{
    if (refuseWithout(provider.tokenEndpoint, refreshToken, tr("There is no token endpoint."), continuation))
        return;
    FormData form;
    form.add(u"grant_type"_s, u"refresh_token"_s);
    form.add(u"refresh_token"_s, refreshToken);
    form.add(u"scope"_s, scopes.join(u' '));
    Result<HttpRequest> request = clientRequest(provider.tokenEndpoint, client, form);
    if (!request)
        return finishLater<LoginOutcome>(continuation, fail(request.error()));
    request->askedBy = tr("Test login, refresh");
    const TokenAnswer reader(*request);
    const LoginOutcome begun{
        .requests = 1, .requestedScopes = scopes, .issuer = provider.issuer, .provider = provider};
    http.send(std::move(*request),
              after<HttpResponse>(continuation, [=, &clock](const HttpResponse &response) {
                  Result<LoginOutcome> outcome = TokenAnswer(reader).read(response, begun);
                  if (outcome) {
                      outcome->at = clock.now();
                      outcome->duration = response.duration;
                      if (outcome->ok)
                          noteRotation(*outcome, refreshToken);
                  }
                  continuation(std::move(outcome));
              }));
}

void userInfo(HttpClient &http, const ProviderMetadata &provider, const Secret &accessToken,
              const QString &subject, Continuation<UserInfo> continuation)
{
    if (refuseWithout(provider.userinfoEndpoint, accessToken, tr("The issuer has no UserInfo endpoint."),
                      continuation))
        return;
    QByteArray value = "Bearer " + accessToken.bytes().toByteArray();
    HttpRequest request{.url = provider.userinfoEndpoint,
                        .authorization = Secret::takeFrom(value),
                        .repeatable = false,
                        .maximumSize = 1 << 20,
                        .askedBy = tr("Test login, UserInfo")};
    sendOnce(http, request, continuation,
             [subject](const HttpResponse &response, const Continuation<UserInfo> &next) {
                 Result<UserInfo> info = readUserInfo(response, subject);
                 if (info)
                     info->claims = response.sent.scrub(QJsonValue(info->claims)).toObject();
                 next(std::move(info));
             });
}

void introspect(HttpClient &http, const ProviderMetadata &provider, const OidcClient &client,
                const Secret &token, TokenUse use, Continuation<Introspection> continuation)
{
    if (refuseWithout(provider.introspectionEndpoint, token, tr("The issuer has no introspection endpoint."),
                      continuation))
        return;
    const Result<HttpRequest> request =
        tokenQuestion(provider.introspectionEndpoint, client, token, use, tr("Test login, introspect"));
    if (!request)
        return finishLater<Introspection>(continuation, fail(request.error()));
    sendOnce(http, *request, continuation, [](const HttpResponse &response, const auto &next) {
        Result<QJsonObject> members = objectIn(response);
        if (!members)
            return next(fail(members.error()));
        Introspection answer{.isActive = members->value("active"_L1).toBool(),
                             .members = response.sent.scrub(QJsonValue(*members)).toObject(),
                             .requestId = response.requestId()};
        // RFC 7662 section 2.2
        if (!members->value("active"_L1).isBool())
            answer.notes.append(
                tr("The member active is missing or not true or false: taken as not active."));
        next(std::move(answer));
    });
}

void revoke(HttpClient &http, const ProviderMetadata &provider, const OidcClient &client, const Secret &token,
            TokenUse use, Continuation<Revocation> continuation)
{
    if (refuseWithout(provider.revocationEndpoint, token, tr("The issuer has no revocation endpoint."),
                      continuation))
        return;
    const Result<HttpRequest> request =
        tokenQuestion(provider.revocationEndpoint, client, token, use, tr("Test login, revoke"));
    if (!request)
        return finishLater<Revocation>(continuation, fail(request.error()));
    sendOnce(http, *request, continuation, [=, &http](const HttpResponse &response, const auto &next) {
        // RFC 7009 section 2.2: nothing need be in the body, but a web page or an error is no success.
        if (const Result<QJsonObject> body = objectIn(response); !response.body.trimmed().isEmpty() && !body)
            return next(fail(body.error()));
        Revocation done{.requestId = response.requestId()};
        if (provider.introspectionEndpoint.isEmpty()) {
            done.notes.append(tr("The issuer has no introspection endpoint to prove it."));
            return next(std::move(done));
        }
        introspect(http, provider, client, token, use,
                   Continuation<Introspection>(next.context(), [=](const Result<Introspection> &proof) {
                       Revocation proven = done;
                       if (proof)
                           proven.isActive = proof->isActive;
                       else
                           proven.notes.append(tr("It could not be proven. %1").arg(proof.error().message));
                       if (proven.isActive == true)
                           proven.notes.append(
                               tr("The provider accepted the revocation and still says that the "
                                  "token is active."));
                       next(std::move(proven));
                   }));
    });
}

Result<QUrl> logoutUrl(const ProviderMetadata &provider, const LogoutRequest &request)
{
    if (provider.endSessionEndpoint.isEmpty())
        return fail(ErrorKind::InvalidInput, tr("The issuer has no logout endpoint."));
    FormData query;
    query.add(u"id_token_hint"_s, request.idToken);
    query.add(u"client_id"_s, request.clientId);
    query.add(u"post_logout_redirect_uri"_s, request.returnTo.toString(QUrl::FullyEncoded));
    query.add(u"state"_s, request.state);
    if (request.keepSession)
        query.add(u"logout"_s, u"false"_s);
    return checkNotRepeated(provider.endSessionEndpoint, query.encoded().bytes()).map([&] {
        return withQuery(provider.endSessionEndpoint, query);
    });
}

} // namespace latchkey
