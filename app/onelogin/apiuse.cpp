// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/apiuse.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace latchkey {

namespace {

constexpr std::array kUses{ApiUse::SignIn,          ApiUse::RateLimit,       ApiUse::ReadUsers,
                           ApiUse::WriteUsers,      ApiUse::ReadApps,        ApiUse::WriteApps,
                           ApiUse::ReadAuthServers, ApiUse::WriteAuthServers};

QString tr(const char *text)
{
    return QCoreApplication::translate("ApiUse", text);
}

QString useText(ApiUse use)
{
    switch (use) {
    case ApiUse::SignIn:
        return tr("sign users in");
    case ApiUse::RateLimit:
        return tr("ask for the rate limit");
    case ApiUse::ReadUsers:
        return tr("read users, roles and groups");
    case ApiUse::WriteUsers:
        return tr("change users, roles and groups");
    case ApiUse::ReadApps:
        return tr("read apps");
    case ApiUse::WriteApps:
        return tr("change apps");
    case ApiUse::ReadAuthServers:
        return tr("read authorization servers");
    case ApiUse::WriteAuthServers:
        return tr("change authorization servers");
    }
    return {};
}

bool allows(ScopeLevel level, ApiUse use)
{
    const auto isOneOf = [level](auto... levels) { return ((level == levels) || ...); };
    switch (use) {
    case ApiUse::SignIn:
        return isOneOf(ScopeLevel::AuthenticationOnly, ScopeLevel::ManageUsers, ScopeLevel::ManageAll);
    case ApiUse::RateLimit:
    case ApiUse::ReadUsers:
        return level != ScopeLevel::AuthenticationOnly;
    case ApiUse::WriteUsers:
        return isOneOf(ScopeLevel::ManageUsers, ScopeLevel::ManageAll);
    case ApiUse::ReadApps:
    case ApiUse::ReadAuthServers:
        return isOneOf(ScopeLevel::ReadAll, ScopeLevel::ManageAll);
    case ApiUse::WriteApps:
    case ApiUse::WriteAuthServers:
        return level == ScopeLevel::ManageAll;
    }
    return true;
}

} // namespace

bool levelAllows(std::optional<ScopeLevel> recorded, ApiUse use)
{
    return !recorded || allows(*recorded, use);
}

bool levelIsWithin(ScopeLevel low, ScopeLevel high)
{
    return std::all_of(kUses.begin(), kUses.end(),
                       [=](ApiUse use) { return !allows(low, use) || allows(high, use); });
}

QString levelReason(const ApiCredential &credential, ApiUse use)
{
    if (levelAllows(credential.level, use))
        return {};
    return tr("%1 has the level %2, which may not %3.")
        .arg(credential.name, scopeLevelName(*credential.level), useText(use));
}

std::optional<ApiCredential> ableCredential(const std::vector<ApiCredential> &credentials, ApiUse use)
{
    const ApiCredential *best = nullptr;
    for (const ApiCredential &credential : credentials) {
        const bool usable = credential.state == CredentialState::Enabled && !credential.secretMissing &&
                            credential.problem == CredentialProblem::None && credential.level &&
                            allows(*credential.level, use);
        if (usable && (!best || *credential.level < *best->level))
            best = &credential;
    }
    return best ? std::optional(*best) : std::nullopt;
}

} // namespace latchkey
