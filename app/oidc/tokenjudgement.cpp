// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/tokenjudgement.h"

#include "jose/signaturealgorithm.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TokenJudgement", text);
}

TokenVerdict judgeWithoutKeys(const TokenQuestion &question, const QString &reason, const Clock &clock)
{
    TokenVerdict verdict = judgeToken(question, Verifier(), clock);
    if (Check &signature = verdict.checks.front(); signature.result == CheckResult::NotChecked)
        signature.reason = reason;
    return verdict;
}

} // namespace

TokenVerdict judgeToken(const TokenQuestion &question, const Verifier &verifier, const Clock &clock)
{
    Verifier allowing = verifier;
    if (!question.algorithms.isEmpty())
        allowing.setAllowedAlgorithms(question.algorithms);
    const TokenTime time{.now = question.at.value_or(clock.now()), .tolerance = question.tolerance};
    return {.checks = checkToken(question.token, allowing, question.expected, time)};
}

TokenVerdict judgeToken(const TokenQuestion &question, const IssuerKeys &keys, const Clock &clock)
{
    ClaimExpectations expected = question.expected;
    expected.keysIssuer = keys.issuer;
    TokenTime time{.now = question.at.value_or(clock.now()), .tolerance = question.tolerance};
    if (!question.at && keys.clockOffset) {
        time.measuredOffset = keys.clockOffset;
        time.now = time.now.addSecs(keys.clockOffset->count());
    }
    Verifier verifier(keys.keys);
    const QStringList allowed = question.algorithms.isEmpty() ? keys.idTokenAlgorithms : question.algorithms;
    if (!allowed.isEmpty())
        verifier.setAllowedAlgorithms(allowed);
    return {.checks = checkToken(question.token, verifier, expected, time), .notes = keys.keys.notes()};
}

void judgeToken(const TokenQuestion &question, JwksCache &keys, const Clock &clock,
                Continuation<TokenVerdict> continuation)
{
    const QString algorithm = question.token.header.value("alg"_L1).toString();
    if (clientSecretAlgorithms().contains(algorithm)) {
        const TokenVerdict verdict =
            question.clientSecret.isEmpty()
                ? judgeWithoutKeys(question,
                                   tr("The token is signed with the client's secret, which is not at hand."),
                                   clock)
                : judgeToken(question, Verifier(question.clientSecret), clock);
        return finishLater<TokenVerdict>(continuation, verdict);
    }
    if (question.expected.issuer.isEmpty())
        return finishLater<TokenVerdict>(
            continuation,
            judgeWithoutKeys(question, tr("No issuer was given whose keys could be read."), clock));
    const auto judge = [question, &clock, continuation](const Result<IssuerKeys> &found) {
        continuation(
            found ? judgeToken(question, *found, clock)
                  : judgeWithoutKeys(question,
                                     tr("The issuer's keys could not be read. %1").arg(found.error().message),
                                     clock));
    };
    keys.keysFor({.issuer = QUrl(question.expected.issuer, QUrl::StrictMode), .jwksUri = question.jwksUri},
                 question.token.header.value("kid"_L1).toString(),
                 Continuation<IssuerKeys>(continuation.context(), judge));
}

TokenVerdict judgeUndecoded(QByteArrayView token, const Error &why)
{
    const bool isBroken = token.toByteArray().count('.') == 2;
    const QString reason =
        tokenKind(token) == TokenKind::Encrypted
            ? tr("The token is encrypted (JWE). Only its recipient can look into it.")
        : isBroken ? why.message
                   : tr("The token is opaque, not a JWT. Only its issuer can say what it is worth.");
    return {.checks = checkUndecoded(token, reason)};
}

} // namespace latchkey
