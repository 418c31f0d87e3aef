// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/loginreport.h"
#include "cli/logintarget.h"
#include "cli/verbs.h"
#include "oidc/loginjudgement.h"
#include "oidc/tokencalls.h"

#include <functional>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

/// What a call about a token needs.
struct Question
{
    OidcClient client{};
    Secret token{};
    TokenUse use = TokenUse::Access;
    ProviderMetadata provider{};
};

Result<TokenUse> useOf(Command &command)
{
    const QString hint = command.value(u"hint"_s);
    if (hint.isEmpty() || hint == "access_token"_L1)
        return TokenUse::Access;
    if (hint == "refresh_token"_L1)
        return TokenUse::Refresh;
    return fail(ErrorKind::InvalidInput, Command::tr("--hint is access_token or refresh_token."));
}

/// With --secret-stdin the app's secret is the first line of standard input, and the token the next.
Result<Question> questionOf(Command &command, bool needsClient)
{
    Question question;
    if (needsClient) {
        const Result<OidcClient> client = clientOf(command);
        if (!client)
            return fail(client.error());
        question.client = *client;
        const Result<Secret> secret =
            client->auth == ClientAuth::None ? Result<Secret>(Secret()) : appSecret(command, client->auth);
        if (!secret)
            return fail(secret.error());
        question.client.clientSecret = *secret;
    }
    const Result<TokenUse> use = useOf(command);
    if (!use)
        return fail(use.error());
    question.use = *use;
    const Result<Secret> token = command.secrets().readToken();
    if (!token)
        return fail(token.error());
    question.token = *token;
    return question;
}

/// Reads what was asked, then the issuer's endpoints, and goes on; an error ends the run.
void ask(Command &command, bool needsClient, const std::function<void(const Question &)> &callback)
{
    const Result<QUrl> issuer = issuerOf(command);
    if (!issuer)
        return command.refuse(issuer.error());
    const Result<Question> question = questionOf(command, needsClient);
    if (!question)
        return command.refuse(question.error());
    discover(command.http(), *issuer,
             command.expect<ProviderMetadata>([question = *question, callback](ProviderMetadata provider) {
                 Question complete = question;
                 complete.provider = std::move(provider);
                 callback(complete);
             }));
}

QString indented(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

void reportIntrospection(Command &command, const Introspection &answer)
{
    const QJsonObject json{{u"ok"_s, true},
                           {u"active"_s, answer.isActive},
                           {u"members"_s, answer.members},
                           {u"request_id"_s, orNull(answer.requestId)},
                           {u"notes"_s, toJson(answer.notes)}};
    const QString verdict =
        answer.isActive ? Command::tr("The token is active.") : Command::tr("The token is not active.");
    command.succeed(json, verdict + u'\n' + indented(answer.members) + notesText(answer.notes),
                    answer.isActive ? Exit::Done : Exit::Refused);
}

void reportRevocation(Command &command, const Revocation &answer)
{
    const QJsonValue active = answer.isActive ? QJsonValue(*answer.isActive) : QJsonValue(QJsonValue::Null);
    const QJsonObject json{{u"ok"_s, true},
                           {u"active"_s, active},
                           {u"request_id"_s, orNull(answer.requestId)},
                           {u"notes"_s, toJson(answer.notes)}};
    const QString proof =
        answer.isActive == false ? u' ' + Command::tr("It is not active any more.") : QString();
    command.succeed(
        json, Command::tr("The provider accepted the revocation.") + proof + u'\n' + notesText(answer.notes),
        answer.isActive == true ? Exit::Refused : Exit::Done);
}

} // namespace

void loginRefresh(Command &command)
{
    ask(command, true, [&command](const Question &question) {
        QStringList scopes;
        for (const QString &each : command.values(u"scope"_s))
            scopes += each.split(u' ', Qt::SkipEmptyParts);
        const LoginRequest request{.clientId = question.client.clientId,
                                   .clientSecret = question.client.clientSecret};
        refresh(command.http(), command.clock(), question.provider, question.client, question.token, scopes,
                command.expect<LoginOutcome>([&command, request](const LoginOutcome &outcome) {
                    judgeIdToken(request, outcome, command.issuerKeys(), command.clock(),
                                 command.expect<LoginOutcome>([&command](const LoginOutcome &judged) {
                                     reportOutcome(command, judged);
                                 }));
                }));
    });
}

void loginUserInfo(Command &command)
{
    ask(command, false, [&command](const Question &question) {
        userInfo(command.http(), question.provider, question.token, command.value(u"subject"_s),
                 command.expect<UserInfo>([&command](const UserInfo &info) {
                     command.succeed({{u"ok"_s, true},
                                      {u"claims"_s, info.claims},
                                      {u"signed"_s, info.isSigned},
                                      {u"request_id"_s, orNull(info.requestId)},
                                      {u"notes"_s, toJson(info.notes)}},
                                     indented(info.claims) + notesText(info.notes));
                 }));
    });
}

void loginIntrospect(Command &command)
{
    ask(command, true, [&command](const Question &question) {
        introspect(command.http(), question.provider, question.client, question.token, question.use,
                   command.expect<Introspection>(
                       [&command](const Introspection &answer) { reportIntrospection(command, answer); }));
    });
}

void loginRevoke(Command &command)
{
    ask(command, true, [&command](const Question &question) {
        revoke(command.http(), question.provider, question.client, question.token, question.use,
               command.expect<Revocation>(
                   [&command](const Revocation &answer) { reportRevocation(command, answer); }));
    });
}

// The ID token would be in the arguments of whatever opens the browser, so that is left to the person.
void loginLogout(Command &command)
{
    ask(command, false, [&command](const Question &question) {
        const Result<QUrl> url =
            logoutUrl(question.provider, {.idToken = question.token,
                                          .returnTo = QUrl(command.value(u"return-to"_s)),
                                          .keepSession = command.has(u"keep-session"_s)});
        if (!url)
            return command.refuse(url.error());
        const QString address = url->toString(QUrl::FullyEncoded);
        command.succeed({{u"ok"_s, true}, {u"url"_s, address}}, address + u'\n');
    });
}

} // namespace latchkey::cli
