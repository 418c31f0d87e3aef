// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginjudgement.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LoginJudgement", text);
}

LoginOutcome judged(LoginOutcome outcome, TokenVerdict verdict)
{
    const Check &signature = verdict.checks.front();
    if (signature.result == CheckResult::NotChecked)
        outcome.notes.append(tr("The signature of the ID token was not checked. %1").arg(signature.reason));
    if (const QStringList failed = namesWith(CheckResult::Fail, verdict.checks); !failed.isEmpty()) {
        QStringList reasons;
        for (const Check &check : verdict.checks) {
            if (check.result == CheckResult::Fail)
                reasons.append(u"%1: %2"_s.arg(check.name, check.reason));
        }
        outcome.ok = false;
        outcome.error = "token_"_L1 + failed.first();
        outcome.errorDescription = reasons.join(u' ');
    }
    outcome.idTokenVerdict = std::move(verdict);
    return outcome;
}

/// An ID token is a JWT (OpenID Connect Core section 2): what is opaque is none.
TokenVerdict judgeUndecodedIdToken(const IssuedToken &token, const Error &why)
{
    TokenVerdict verdict = judgeUndecoded(token.value.bytes(), why);
    Check &signature = verdict.checks.front();
    if (token.kind == TokenKind::Opaque && signature.result == CheckResult::NotChecked) {
        signature.result = CheckResult::Fail;
        signature.reason = tr("The ID token is not a JWT, so nothing of it can be checked.");
    }
    return verdict;
}

} // namespace

TokenQuestion questionOf(const LoginRequest &request, const LoginOutcome &outcome, const DecodedJws &token,
                         TokenRole role)
{
    TokenQuestion question{.token = token,
                           .expected = {.issuer = outcome.issuer, .isIdToken = role == TokenRole::Id},
                           .clientSecret = request.clientSecret,
                           .jwksUri = request.endpoints.jwksUri};
    ClaimExpectations &expected = question.expected;
    if (role != TokenRole::Id) {
        expected.audience = request.resource;
        expected.client = request.clientId;
        return question;
    }
    expected.audience = request.clientId;
    expected.nonce = outcome.nonce;
    if (outcome.accessToken)
        expected.accessToken = outcome.accessToken->value;
    return question;
}

void judgeIdToken(const LoginRequest &request, LoginOutcome outcome, JwksCache &keys, const Clock &clock,
                  const Continuation<LoginOutcome> &continuation)
{
    if (!outcome.ok || !outcome.idToken)
        return finishLater<LoginOutcome>(continuation, std::move(outcome));
    const Result<DecodedJws> token = decodeJws(outcome.idToken->value.bytes());
    if (!token) {
        const TokenVerdict verdict = judgeUndecodedIdToken(*outcome.idToken, token.error());
        return finishLater<LoginOutcome>(continuation, judged(std::move(outcome), verdict));
    }
    const TokenQuestion question = questionOf(request, outcome, *token, TokenRole::Id);
    judgeToken(
        question, keys, clock,
        after<TokenVerdict>(continuation, [outcome = std::move(outcome), continuation](TokenVerdict verdict) {
            continuation(judged(outcome, std::move(verdict)));
        }));
}

} // namespace latchkey
