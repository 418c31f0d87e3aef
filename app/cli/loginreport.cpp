// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/loginreport.h"

#include "cli/checkreport.h"
#include "cli/output.h"
#include "core/plaintext.h"
#include "jose/tokencheck.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonObject tokenJson(const IssuedToken &token, bool withValue)
{
    QJsonObject json{{u"kind"_s, tokenKindKey(token.kind)}};
    json.insert(u"expires_in"_s, token.expiresIn ? QJsonValue(static_cast<qint64>(token.expiresIn->count()))
                                                 : QJsonValue(QJsonValue::Null));
    if (token.decoded)
        json.insert(u"claims"_s, token.claims);
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
    if (outcome.idTokenVerdict) {
        QJsonObject idToken = json.value("id_token"_L1).toObject();
        idToken.insert(u"verified"_s, isVerified(outcome.idTokenVerdict->checks));
        idToken.insert(u"checks"_s, checksJson(outcome.idTokenVerdict->checks));
        idToken.insert(u"notes"_s, toJson(outcome.idTokenVerdict->notes));
        json.insert(u"id_token"_s, idToken);
    }
    return json;
}

/// Whether the ID token was verified; the whole checklist only where something failed.
QString verdictText(const LoginOutcome &outcome)
{
    if (!outcome.idTokenVerdict)
        return {};
    const std::vector<Check> &checks = outcome.idTokenVerdict->checks;
    if (outcome.hasFailedChecks())
        return checksText(checks);
    return isVerified(checks) ? Command::tr("The ID token is verified.") + u'\n' : QString();
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
            text += u"%1\n"_s.arg(withVisibleControls(token->value.revealed()));
    };
    add(Command::tr("Access token"), outcome.accessToken);
    add(Command::tr("ID token"), outcome.idToken);
    add(Command::tr("Refresh token"), outcome.refreshToken);
    if (outcome.grantedScopes)
        text += Command::tr("Granted scopes: %1").arg(plainLine(outcome.grantedScopes->join(u' '))) + u'\n';
    if (!outcome.scopesInToken.isEmpty())
        text +=
            Command::tr("Scopes in the token: %1").arg(plainLine(outcome.scopesInToken.join(u' '))) + u'\n';
    return text + verdictText(outcome) + notesText(outcome.notes);
}

QString refusalText(const LoginOutcome &outcome, const Explanation &explanation)
{
    if (outcome.hasFailedChecks())
        return Command::tr("Login failed: the ID token failed a check.") + u'\n' + verdictText(outcome) +
               notesText(outcome.notes) + u'\n' + explanationText(explanation);
    const QString from = outcome.httpStatus == 0 ? Command::tr("with the browser")
                                                 : Command::tr("HTTP status %1").arg(outcome.httpStatus);
    return Command::tr("Login refused: %1 %2 (%3)").arg(outcome.error, outcome.errorDescription, from) +
           "\n\n"_L1 + explanationText(explanation);
}

} // namespace

QString notesText(const QStringList &notes)
{
    QString text;
    for (const QString &note : notes)
        text += Command::tr("Note: %1").arg(plainLine(note)) + u'\n';
    return text;
}

QJsonObject scopesJson(const QStringList &requested, const std::optional<QStringList> &granted,
                       const QStringList &inToken)
{
    // OneLogin may leave the member out. Then the token itself says what was granted.
    return {{u"requested"_s, toJson(requested)},
            {u"granted"_s, toJson(granted.value_or(inToken))},
            {u"in_token"_s, toJson(inToken)}};
}

void reportOutcome(Command &command, const LoginOutcome &outcome, std::optional<bool> met)
{
    const bool withValues = command.has(u"show-tokens"_s);
    const Explanation explanation =
        ErrorExplainer().explain(outcome.httpStatus, outcome.error, outcome.errorDescription);
    const QJsonObject json{
        {u"ok"_s, outcome.ok},
        {u"status"_s, outcome.httpStatus},
        {u"request_id"_s, orNull(outcome.requestId)},
        {u"error"_s, orNull(outcome.error)},
        {u"error_description"_s, orNull(outcome.errorDescription)},
        {u"explanation"_s,
         outcome.ok ? QJsonValue(QJsonValue::Null) : QJsonValue(explanationJson(explanation))},
        {u"tokens"_s, tokensJson(outcome, withValues)},
        {u"scopes"_s, scopesJson(outcome.requestedScopes, outcome.grantedScopes, outcome.scopesInToken)},
        {u"notes"_s, toJson(outcome.notes)},
        {u"met_expectation"_s, met ? QJsonValue(*met) : QJsonValue::Null}};
    const Exit code = met.value_or(outcome.ok) ? Exit::Done : Exit::Refused;
    command.succeed(json, outcome.ok ? outcomeText(outcome, withValues) : refusalText(outcome, explanation),
                    code);
}

} // namespace latchkey::cli
