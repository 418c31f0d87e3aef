// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/journalentry.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

template<typename Enum, size_t Count>
using Keys = std::array<std::pair<Enum, QLatin1StringView>, Count>;

constexpr Keys<ChangeOrigin, 4> kOrigins{{{ChangeOrigin::Window, "window"_L1},
                                          {ChangeOrigin::CommandLine, "command_line"_L1},
                                          {ChangeOrigin::File, "file"_L1},
                                          {ChangeOrigin::Undo, "undo"_L1}}};

// What a newer version calls otherwise is not settled: a reading tells.
constexpr Keys<JournalState, 7> kStates{{{JournalState::Unknown, "unknown"_L1},
                                         {JournalState::Planned, "planned"_L1},
                                         {JournalState::Sent, "sent"_L1},
                                         {JournalState::Proven, "proven"_L1},
                                         {JournalState::NotStored, "not_stored"_L1},
                                         {JournalState::Conflict, "conflict"_L1},
                                         {JournalState::Skipped, "skipped"_L1}}};

constexpr Keys<GrantAction, 3> kActions{{{GrantAction::UpdateClientApp, "update_client"_L1},
                                         {GrantAction::AddClientApp, "add_client"_L1},
                                         {GrantAction::RemoveClientApp, "remove_client"_L1}}};

template<typename Enum, size_t Count>
QString keyOf(const Keys<Enum, Count> &keys, Enum value)
{
    const auto found =
        std::find_if(keys.begin(), keys.end(), [value](const auto &each) { return each.first == value; });
    return found == keys.end() ? QString() : QString(found->second);
}

template<typename Enum, size_t Count>
Enum fromKey(const Keys<Enum, Count> &keys, const QString &key)
{
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&key](const auto &each) { return each.second == key; });
    return found == keys.end() ? keys.front().first : found->first;
}

} // namespace

int JournalSummary::total() const
{
    return std::accumulate(counts.begin(), counts.end(), 0,
                           [](int sum, const auto &each) { return sum + each.second; });
}

JournalEntry journalHead(const Tenant &tenant, const AuthServer &server, const std::vector<Scope> &scopes,
                         const QString &who, ChangeOrigin origin)
{
    JournalEntry head{
        .tenant = tenant.id, .server = server.id, .serverName = server.name, .who = who, .origin = origin};
    for (const Scope &scope : scopes)
        head.scopeValues.emplace(scope.id, scope.value);
    return head;
}

QStringList scopeValues(const JournalEntry &entry, const ScopeSet &scopes)
{
    QStringList values;
    for (ScopeId id : scopes) {
        const auto known = entry.scopeValues.find(id);
        values.append(known == entry.scopeValues.end() ? id.toString() : known->second);
    }
    values.sort();
    return values;
}

QString originKey(ChangeOrigin origin)
{
    return keyOf(kOrigins, origin);
}

ChangeOrigin originFromKey(const QString &key)
{
    return fromKey(kOrigins, key);
}

QString journalStateKey(JournalState state)
{
    return keyOf(kStates, state);
}

JournalState journalStateFromKey(const QString &key)
{
    return fromKey(kStates, key);
}

QString grantActionKey(GrantAction action)
{
    return keyOf(kActions, action);
}

GrantAction grantActionFromKey(const QString &key)
{
    return fromKey(kActions, key);
}

} // namespace latchkey
