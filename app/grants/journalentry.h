// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "grants/grantplan.h"

#include <QDateTime>

#include <map>
#include <optional>

namespace latchkey {

using JournalEntryId = Id<struct JournalEntryIdTag>; ///< row of the workspace
using JournalRowId = Id<struct JournalRowIdTag>;     ///< row of the workspace

/// What an apply was asked for from. Undo: it takes another entry back.
enum class ChangeOrigin { Window, CommandLine, File, Undo };

/// How a change that is written down stands.
enum class JournalState {
    Planned,   ///< nothing was sent
    Sent,      ///< about to be sent, or sent: what became of it is still to be read
    Proven,    ///< read back: the tenant has exactly what was wanted
    NotStored, ///< read back, or refused: it has not
    Conflict,  ///< the tenant has neither what was there before nor what was wanted
    Skipped,   ///< not sent, and nobody is about to send it
    Unknown,   ///< sent, but it could not be read back
};

/// One change of a plan, and how it stands.
struct JournalRow
{
    JournalRowId id{};
    GrantChange change{};
    JournalState state = JournalState::Planned;
    QDateTime stateAt{};
    QString reason{}; ///< why not, as it was said
    QString requestId{};
    QDateTime readAt{};              ///< of the last reading that shows the app; invalid: none
    std::optional<ScopeSet> found{}; ///< what it showed; none: no client app
};

/// True for what only a reading of the tenant can settle.
inline bool isOpen(const JournalRow &row)
{
    return row.state == JournalState::Sent || row.state == JournalState::Unknown;
}

/// One apply: whose plan it was, and what became of each of its changes. Never a secret.
struct JournalEntry
{
    JournalEntryId id{};
    TenantId tenant{};
    AuthServerId server{};
    QString serverName{};
    QString who{}; ///< the API credential, by name
    ChangeOrigin origin = ChangeOrigin::Window;
    QString source{};                         ///< the file, for File
    std::optional<JournalEntryId> undoes{};   ///< for Undo
    std::map<ScopeId, QString> scopeValues{}; ///< what the scopes were called then
    QDateTime at{};
    qint64 process = 0; ///< that wrote it
    std::vector<JournalRow> rows{};
};

/// An entry without its rows, and how many of them stand how.
struct JournalSummary
{
    JournalEntry entry{};
    std::map<JournalState, int> counts{};

    int count(JournalState state) const
    {
        const auto found = counts.find(state);
        return found == counts.end() ? 0 : found->second;
    }
    int total() const;
};

/// What one more step of a change is written down as.
struct JournalEvent
{
    JournalRowId row{};
    JournalState state = JournalState::Planned;
    QString reason{};
    QString requestId{};
    QDateTime readAt{};
    std::optional<ScopeSet> found{};
};

/// What an entry begins with.
JournalEntry journalHead(const Tenant &tenant, const AuthServer &server, const std::vector<Scope> &scopes,
                         const QString &who, ChangeOrigin origin);
/// The values as they were called then, sorted; an id where there was none.
QStringList scopeValues(const JournalEntry &entry, const ScopeSet &scopes);

QString originKey(ChangeOrigin origin);
ChangeOrigin originFromKey(const QString &key);
QString journalStateKey(JournalState state); ///< "not_stored"
JournalState journalStateFromKey(const QString &key);
QString grantActionKey(GrantAction action); ///< "add_client", "update_client", "remove_client"
GrantAction grantActionFromKey(const QString &key);

} // namespace latchkey
