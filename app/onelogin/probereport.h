// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/apiuse.h"

#include <QDateTime>

#include <array>
#include <set>

namespace latchkey {

/// The requests by which a CredentialProbe tells the levels apart, in their order.
enum class ProbeCall { RateLimit, Users, Roles, Apps, AuthServers, SignIn };

inline constexpr std::array kProbeCalls{ProbeCall::RateLimit, ProbeCall::Users,       ProbeCall::Roles,
                                        ProbeCall::Apps,      ProbeCall::AuthServers, ProbeCall::SignIn};

/// "Users": what the request is about, in a word or two.
QString probeCallName(ProbeCall call);
/// "GET /api/2/users?limit=1".
QString probeCallRequest(ProbeCall call);
ApiUse probeCallUse(ProbeCall call);

/// What an answer shows of a pair's level. Offline, 429 and 5xx show nothing.
enum class ProbeFinding { Allowed, Refused, NotKnown };

/// One request of a probe and what came of it.
struct ProbeLine
{
    ProbeCall call = ProbeCall::RateLimit;
    ProbeFinding finding = ProbeFinding::NotKnown;
    int status = 0;   ///< 0: no HTTP answer
    QString detail{}; ///< the tenant's own text, or why there is none; free of secrets
};

using LevelSet = std::set<ScopeLevel>;

/// What a probe found out.
struct ProbeReport
{
    std::vector<ProbeLine> lines{};
    QDateTime at{};

    bool isComplete() const { return lines.size() == kProbeCalls.size(); }
    /// The levels that the answers to the GETs leave.
    LevelSet byReading() const;
    /// The levels that all answers leave; the empty sign-in request is a hint that the vendor does
    /// not document.
    LevelSet possible() const;
};

/// How what was found stands to what is recorded.
enum class LevelMatch {
    NotKnown,       ///< the answers rule out too little, or contradict each other
    NotRecorded,    ///< nothing to compare with
    Matches,        ///< the one level that is left is the recorded one
    MayMatch,       ///< the recorded one is among several
    RecordedLower,  ///< the pair may do more than is recorded
    RecordedHigher, ///< the pair may do less than is recorded
    Differs,
};

/// A report held against the recorded level, in words.
struct ProbeConclusion
{
    LevelMatch match = LevelMatch::NotKnown;
    QString sentence{};
    QString detail{};                   ///< why, and how sure; may be empty
    std::vector<ScopeLevel> toRecord{}; ///< worth recording instead of what is recorded
};

ProbeConclusion concludeProbe(const ProbeReport &report, std::optional<ScopeLevel> recorded);

} // namespace latchkey
