// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/tokencheck.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool looksLikeClaims(const QByteArray &payload)
{
    const QByteArrayView byteOrderMark("\xEF\xBB\xBF");
    return payload.startsWith(byteOrderMark) || payload.trimmed().startsWith('{');
}

} // namespace

std::vector<Check> checkToken(const DecodedJws &jws, const Verifier &verifier,
                              const ClaimExpectations &expected, const TokenTime &time)
{
    SignatureVerdict verdict = verifier.verify(jws);
    const Result<QJsonObject> claims = claimsOf(jws);
    std::vector<Check> checks{std::move(verdict.signature), std::move(verdict.algorithm),
                              std::move(verdict.key)};
    const std::vector<Check> others =
        checkClaims(jws.header, claims ? std::optional(*claims) : std::nullopt, expected, time);
    checks.insert(checks.end(), others.begin(), others.end());
    if (!claims && looksLikeClaims(jws.payloadBytes))
        checks.push_back(
            {.name = u"payload"_s, .result = CheckResult::Fail, .reason = claims.error().message});
    return checks;
}

std::vector<Check> checkUndecoded(QByteArrayView token, const QString &reason)
{
    const bool isBroken = token.toByteArray().count('.') == 2;
    std::vector<Check> checks{{.name = u"signature"_s,
                               .result = isBroken ? CheckResult::Fail : CheckResult::NotChecked,
                               .reason = reason}};
    for (const QString &name :
         {u"algorithm"_s, u"key"_s, u"issuer"_s, u"audience"_s, u"expires"_s, u"not_before"_s, u"issued_at"_s,
          u"nonce"_s, u"at_hash"_s, u"authorized_party"_s})
        checks.push_back({.name = name, .reason = reason});
    return checks;
}

bool isVerified(const std::vector<Check> &checks)
{
    return !checks.empty() && checks.front().result == CheckResult::Pass && nothingFailed(checks);
}

} // namespace latchkey
