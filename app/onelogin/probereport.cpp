// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/probereport.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ProbeReport", text);
}

/// Whether a pair of that level could have met this answer.
bool explains(ScopeLevel level, const ProbeLine &line)
{
    if (line.finding == ProbeFinding::NotKnown)
        return true;
    const bool allowed = line.finding == ProbeFinding::Allowed;
    // The header of this endpoint is disputed, so its refusal may mean the header; the users tell the same.
    if (line.call == ProbeCall::RateLimit && !allowed)
        return true;
    // The vendor's pages disagree on what Read All may do here.
    if (line.call == ProbeCall::AuthServers && level == ScopeLevel::ReadAll)
        return true;
    return levelAllows(level, probeCallUse(line.call)) == allowed;
}

template<typename Counts>
LevelSet levelsLeft(const std::vector<ProbeLine> &lines, Counts counts)
{
    LevelSet left;
    for (const ScopeLevel level : kScopeLevels) {
        if (std::all_of(lines.begin(), lines.end(),
                        [&](const ProbeLine &line) { return !counts(line) || explains(level, line); }))
            left.insert(level);
    }
    return left;
}

QString names(const LevelSet &levels)
{
    QStringList all;
    for (const ScopeLevel level : levels)
        all.append(scopeLevelName(level));
    if (all.size() < 2)
        return all.join(QString());
    const QString last = all.takeLast();
    return tr("%1 or %2").arg(all.join(u", "_s), last);
}

LevelMatch compare(const LevelSet &possible, std::optional<ScopeLevel> recorded)
{
    if (!recorded)
        return LevelMatch::NotRecorded;
    if (possible.contains(*recorded))
        return possible.size() == 1 ? LevelMatch::Matches : LevelMatch::MayMatch;
    const auto isBelow = [&](ScopeLevel level) { return levelIsWithin(*recorded, level); };
    const auto isAbove = [&](ScopeLevel level) { return levelIsWithin(level, *recorded); };
    if (std::all_of(possible.begin(), possible.end(), isBelow))
        return LevelMatch::RecordedLower;
    if (std::all_of(possible.begin(), possible.end(), isAbove))
        return LevelMatch::RecordedHigher;
    return LevelMatch::Differs;
}

QString matchSentence(LevelMatch match, const QString &found, const QString &recorded)
{
    switch (match) {
    case LevelMatch::NotRecorded:
        return tr("Effective level: %1; none is recorded").arg(found);
    case LevelMatch::Matches:
        return tr("Matches the recorded level, %1").arg(recorded);
    case LevelMatch::MayMatch:
        return tr("Fits the recorded level, %1, but not only that one").arg(recorded);
    case LevelMatch::RecordedLower:
        return tr("May do more than recorded: %1, not %2").arg(found, recorded);
    case LevelMatch::RecordedHigher:
        return tr("May do less than recorded: %1, not %2").arg(found, recorded);
    case LevelMatch::Differs:
        return tr("Differs from the recorded level: %1, not %2").arg(found, recorded);
    case LevelMatch::NotKnown:
        break;
    }
    return {};
}

/// How sure it is, and what the answers cannot tell.
QString certainty(const ProbeReport &report)
{
    const LevelSet byReading = report.byReading();
    const LevelSet possible = report.possible();
    if (possible.size() > 1)
        return tr("The answers fit %1. Reading alone cannot tell them apart.").arg(names(possible));
    if (byReading.size() == 1)
        return {};
    const bool letIn = report.lines.back().finding == ProbeFinding::Allowed;
    return (letIn
                ? tr("Reading alone leaves %1; the empty sign-in request was let in, which only %2 explains. "
                     "The vendor does not document that answer.")
                : tr("Reading alone leaves %1; the empty sign-in request was refused, which only %2 "
                     "explains. The vendor does not document that answer."))
        .arg(names(byReading), names(possible));
}

} // namespace

QString probeCallName(ProbeCall call)
{
    switch (call) {
    case ProbeCall::RateLimit:
        return tr("Rate limit");
    case ProbeCall::Users:
        return tr("Users");
    case ProbeCall::Roles:
        return tr("Roles");
    case ProbeCall::Apps:
        return tr("Apps");
    case ProbeCall::AuthServers:
        return tr("Servers");
    case ProbeCall::SignIn:
        return tr("Sign-in");
    }
    return {};
}

QString probeCallRequest(ProbeCall call)
{
    switch (call) {
    case ProbeCall::RateLimit:
        return u"GET /auth/rate_limit"_s;
    case ProbeCall::Users:
        return u"GET /api/2/users?limit=1"_s;
    case ProbeCall::Roles:
        return u"GET /api/2/roles?limit=1"_s;
    case ProbeCall::Apps:
        return u"GET /api/2/apps?limit=1"_s;
    case ProbeCall::AuthServers:
        return u"GET /api/2/api_authorizations"_s;
    case ProbeCall::SignIn:
        return u"POST /api/2/saml_assertion"_s;
    }
    return {};
}

ApiUse probeCallUse(ProbeCall call)
{
    switch (call) {
    case ProbeCall::RateLimit:
        return ApiUse::RateLimit;
    case ProbeCall::Users:
    case ProbeCall::Roles:
        return ApiUse::ReadUsers;
    case ProbeCall::Apps:
        return ApiUse::ReadApps;
    case ProbeCall::AuthServers:
        return ApiUse::ReadAuthServers;
    case ProbeCall::SignIn:
        break;
    }
    return ApiUse::SignIn;
}

LevelSet ProbeReport::byReading() const
{
    return levelsLeft(lines, [](const ProbeLine &line) { return line.call != ProbeCall::SignIn; });
}

LevelSet ProbeReport::possible() const
{
    return levelsLeft(lines, [](const ProbeLine &) { return true; });
}

ProbeConclusion concludeProbe(const ProbeReport &report, std::optional<ScopeLevel> recorded)
{
    const LevelSet possible = report.possible();
    const auto &lines = report.lines;
    const auto all = [&lines](ProbeFinding finding) {
        return std::all_of(lines.begin(), lines.end(),
                           [=](const ProbeLine &line) { return line.finding == finding; });
    };
    if (all(ProbeFinding::NotKnown))
        return {.sentence = tr("Nothing was found out: no answer says what the pair may do")};
    if (possible.empty() && all(ProbeFinding::Refused))
        return {.sentence = tr("The tenant refused every request"),
                .detail =
                    tr("Every level may do one of them. The token may have been revoked meanwhile; check "
                       "again.")};
    if (possible.empty())
        return {.sentence = tr("The answers fit no scope level"),
                .detail = tr("The level may have been changed while it was checked; check again.")};
    if (possible.size() == kScopeLevels.size())
        return {.sentence = tr("The answers rule no level out")};
    ProbeConclusion conclusion{.match = compare(possible, recorded), .detail = certainty(report)};
    conclusion.sentence =
        matchSentence(conclusion.match, names(possible), recorded ? scopeLevelName(*recorded) : QString());
    const bool fits = conclusion.match == LevelMatch::Matches || conclusion.match == LevelMatch::MayMatch;
    if (!fits && possible.size() <= 2)
        conclusion.toRecord.assign(possible.begin(), possible.end());
    return conclusion;
}

} // namespace latchkey
