// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/loginkeeping.h"
#include "cli/verbs.h"
#include "oidc/loginflow.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QUrl> issuerOf(Command &command)
{
    if (command.has(u"issuer"_s))
        return QUrl(command.value(u"issuer"_s), QUrl::StrictMode);
    const Result<Tenant> tenant = command.tenant();
    if (!tenant && tenant.error().kind == ErrorKind::InvalidInput && !command.has(u"url"_s))
        return fail(ErrorKind::InvalidInput, Command::tr("Name the issuer with --issuer."));
    return tenant.map([](const Tenant &each) { return each.issuer(); });
}

Result<ClientAuth> authOf(const QString &key)
{
    for (ClientAuth auth : {ClientAuth::Basic, ClientAuth::Post, ClientAuth::None}) {
        if (key == clientAuthKey(auth))
            return auth;
    }
    return fail(ErrorKind::InvalidInput, Command::tr("--auth is basic, post or none."));
}

Result<QList<std::pair<QString, QString>>> parametersOf(const QStringList &texts)
{
    QList<std::pair<QString, QString>> parameters;
    for (const QString &text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorKind::InvalidInput, Command::tr("--param takes NAME=VALUE."));
        parameters.append({text.first(equals), text.sliced(equals + 1)});
    }
    return parameters;
}

/// The app's secret, then the user's password: the order of the lines of standard input.
Result<void> readSecrets(Command &command, LoginRequest &request)
{
    const bool isPublic = request.auth == ClientAuth::None;
    Result<Secret> first =
        command.secrets().read("LATCHKEY_APP_SECRET", Command::tr("The app's client secret"), !isPublic);
    if (!first)
        return fail(first.error());
    if (!isPublic)
        request.clientSecret = *first;
    if (request.grant == Grant::ClientCredentials)
        return {};
    const bool isOneLineEnough = isPublic && command.has(u"secret-stdin"_s) && !first->isEmpty();
    const Result<Secret> second =
        command.secrets().read("LATCHKEY_PASSWORD", Command::tr("The user's password"), !isOneLineEnough);
    if (!second)
        return fail(second.error());
    request.password = second->isEmpty() ? *first : *second;
    return {};
}

Result<LoginRequest> requestOf(Command &command, Grant grant)
{
    LoginRequest request{.grant = grant};
    const Result<QUrl> issuer = issuerOf(command);
    if (!issuer)
        return fail(issuer.error());
    request.issuer = *issuer;
    request.clientId = command.value(u"app-id"_s);
    if (request.clientId.isEmpty())
        return fail(ErrorKind::InvalidInput, Command::tr("Name the client id of the app with --app-id."));
    const Result<ClientAuth> auth = authOf(command.has(u"auth"_s) ? command.value(u"auth"_s) : u"basic"_s);
    if (!auth)
        return fail(auth.error());
    request.auth = *auth;
    if (grant == Grant::ClientCredentials && *auth == ClientAuth::None)
        return fail(ErrorKind::InvalidInput,
                    Command::tr("This login needs a secret: --auth is basic or post."));
    request.username = command.value(u"username"_s);
    if (grant == Grant::Password && request.username.isEmpty())
        return fail(ErrorKind::InvalidInput, Command::tr("Name the user with --username."));
    for (const QString &scopes : command.values(u"scope"_s))
        request.scopes += scopes.split(u' ', Qt::SkipEmptyParts);
    if (grant == Grant::Password && request.scopes.isEmpty())
        request.scopes = {u"openid"_s};
    request.resource = command.value(u"resource"_s);
    const Result<QList<std::pair<QString, QString>>> parameters = parametersOf(command.values(u"param"_s));
    if (!parameters)
        return fail(parameters.error());
    request.parameters = *parameters;
    if (const Result<void> secrets = readSecrets(command, request); !secrets)
        return fail(secrets.error());
    return request;
}

QJsonObject tokenJson(const IssuedToken &token, bool withValue)
{
    QJsonObject json{{u"kind"_s, tokenKindKey(token.kind)}};
    json.insert(u"expires_in"_s, token.expiresIn ? QJsonValue(static_cast<qint64>(token.expiresIn->count()))
                                                 : QJsonValue(QJsonValue::Null));
    if (token.decoded)
        json.insert(u"claims"_s, token.decoded->payload);
    if (withValue)
        json.insert(u"value"_s, token.value.revealed());
    return json;
}

QJsonObject tokensJson(const LoginOutcome &outcome, bool withValues)
{
    QJsonObject json;
    const auto add = [&json, withValues](const QString &name, const std::optional<IssuedToken> &token) {
        if (token)
            json.insert(name, tokenJson(*token, withValues));
    };
    add(u"access_token"_s, outcome.accessToken);
    add(u"id_token"_s, outcome.idToken);
    add(u"refresh_token"_s, outcome.refreshToken);
    return json;
}

QString outcomeText(const LoginOutcome &outcome, bool withValues)
{
    QString text = Command::tr("Login works.") + u'\n';
    const auto add = [&text, withValues](const QString &name, const std::optional<IssuedToken> &token) {
        if (!token)
            return;
        const QString expiry = token->expiresIn
                                   ? Command::tr("expires in %1 s").arg(token->expiresIn->count())
                                   : Command::tr("expiry not stated");
        text += u"%1: %2, %3\n"_s.arg(name, tokenKindKey(token->kind), expiry);
        if (withValues)
            text += u"%1\n"_s.arg(token->value.revealed());
    };
    add(Command::tr("Access token"), outcome.accessToken);
    add(Command::tr("ID token"), outcome.idToken);
    add(Command::tr("Refresh token"), outcome.refreshToken);
    if (outcome.grantedScopes)
        text += Command::tr("Granted scopes: %1").arg(outcome.grantedScopes->join(u' ')) + u'\n';
    if (!outcome.scopesInToken.isEmpty())
        text += Command::tr("Scopes in the token: %1").arg(outcome.scopesInToken.join(u' ')) + u'\n';
    for (const QString &note : outcome.notes)
        text += Command::tr("Note: %1").arg(note) + u'\n';
    return text;
}

/// `met`: whether it ended as expected, which alone decides the exit code; none: nothing was expected.
void report(Command &command, const LoginOutcome &outcome, std::optional<bool> met)
{
    const bool withValues = command.has(u"show-tokens"_s);
    const auto orNull = [](const QString &text) {
        return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
    };
    const Explanation explanation =
        ErrorExplainer().explain(outcome.httpStatus, outcome.error, outcome.errorDescription);
    // OneLogin may leave the member out. Then the token itself says what was granted.
    const QJsonObject scopes{{u"requested"_s, toJson(outcome.requestedScopes)},
                             {u"granted"_s, toJson(outcome.grantedScopes.value_or(outcome.scopesInToken))},
                             {u"in_token"_s, toJson(outcome.scopesInToken)}};
    const QJsonObject json{{u"ok"_s, outcome.ok},
                           {u"status"_s, outcome.httpStatus},
                           {u"request_id"_s, orNull(outcome.requestId)},
                           {u"error"_s, orNull(outcome.error)},
                           {u"error_description"_s, orNull(outcome.errorDescription)},
                           {u"explanation"_s, outcome.ok ? QJsonValue(QJsonValue::Null)
                                                         : QJsonValue(explanationJson(explanation))},
                           {u"tokens"_s, tokensJson(outcome, withValues)},
                           {u"scopes"_s, scopes},
                           {u"notes"_s, toJson(outcome.notes)},
                           {u"met_expectation"_s, met ? QJsonValue(*met) : QJsonValue::Null}};
    const Exit code = met.value_or(outcome.ok) ? Exit::Done : Exit::Refused;
    if (outcome.ok)
        return command.succeed(json, outcomeText(outcome, withValues), code);
    command.succeed(json,
                    Command::tr("Login refused: %1 %2 (HTTP status %3)")
                            .arg(outcome.error, outcome.errorDescription)
                            .arg(outcome.httpStatus) +
                        "\n\n"_L1 + explanationText(explanation),
                    code);
}

void send(Command &command, const LoginRequest &request, const LoginKeeping &keeping)
{
    auto *flow = new LoginFlow(command.http(), command.clock(), request, {}, &command);
    QObject::connect(flow, &LoginFlow::finished, &command,
                     [&command, keeping](const Result<LoginOutcome> &result) {
                         keeping.remember(command, result);
                         if (result)
                             report(command, *result, keeping.isMetBy(result));
                         else
                             command.refuse(result.error());
                     });
    flow->start();
}

void login(Command &command, Grant grant)
{
    const Result<LoginRequest> request = requestOf(command, grant);
    if (!request)
        return command.refuse(request.error());
    LoginKeeping::prepare(command, *request, [&command, request](const LoginKeeping &keeping) {
        send(command, *request, keeping);
    });
}

} // namespace

void loginClientCredentials(Command &command)
{
    login(command, Grant::ClientCredentials);
}

void loginPassword(Command &command)
{
    login(command, Grant::Password);
}

} // namespace latchkey::cli
