// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/signingkey.h"
#include "sandbox/authorizationcodes.h"
#include "sandbox/browsersessions.h"
#include "sandbox/directory.h"
#include "sandbox/managementtokens.h"
#include "sandbox/oidctokens.h"
#include "sandbox/pendingfactors.h"
#include "sandbox/ratelimit.h"

namespace latchkey::sandbox {

/// A tenant in a box: its records, the tokens it has issued and the key it signs with. What the
/// routes read and change.
struct Tenant
{
    Tenant(const Clock &tenantClock, Random &source, SigningKey key, int callsPerHour);

    QString issuer() const;
    /// Does what time alone does: ends disabled pairs, with their tokens, and opens locked users.
    /// Whether anything changed.
    bool catchUp();

    const Clock &clock;
    Random &random;
    SigningKey signingKey;
    Directory directory{};
    ManagementTokens managementTokens;
    OidcTokens oidcTokens;
    AuthorizationCodes authorizationCodes;
    BrowserSessions browserSessions;
    PendingFactors pendingFactors;
    RateLimit rateLimit;
    bool strict = false;
    std::chrono::seconds disableDelay{5}; ///< until a disabled pair stops working
    QString baseUrl{};                    ///< without a slash at its end
};

/// The system's clock, put forward or back by a fixed time.
class OffsetClock final : public Clock
{
public:
    explicit OffsetClock(std::chrono::seconds offset);
    QDateTime now() const override;
    Instant monotonic() const override;

private:
    SystemClock m_system{};
    std::chrono::seconds m_offset;
};

} // namespace latchkey::sandbox
