// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"
#include "store/database.h"

#include <QObject>

#include <memory>

namespace latchkey {

/// The servers whose entries are meant; none: all of them.
using JournalServers = std::optional<std::vector<AuthServerId>>;

/// The journal of grant changes in a workspace: append-only, which the database itself enforces. Each
/// function is a short transaction that is on the disk when it returns; errors are Storage or StorageTooNew.
class GrantJournal : public QObject
{
    Q_OBJECT

public:
    /// Entries that a list shows.
    static constexpr int kMostListed = 500;

    explicit GrantJournal(OpenDatabase file);

    /// Writes a plan down, every change of it Planned. Gives it with its ids and its time. Error Storage too
    /// while somebody else is at work on the same server: neither would know what the other one stores.
    Result<JournalEntry> begin(JournalEntry entry, const std::vector<GrantChange> &changes);
    /// More of the plan of `entry`, which gets the rows.
    Result<void> extend(JournalEntry &entry, const std::vector<GrantChange> &changes);
    /// All of them or none.
    Result<void> append(TenantId tenant, const std::vector<JournalEvent> &events);
    /// Nothing more comes: the entry is not found by unfinished() again. Not while a row is open.
    Result<void> close(const JournalEntry &entry);

    /// The newest, the newest of them first; of these servers alone, if any are given.
    Result<std::vector<JournalSummary>> summaries(TenantId tenant, const JournalServers &servers = {}) const;
    /// The same with their rows.
    Result<std::vector<JournalEntry>> entries(TenantId tenant, const JournalServers &servers = {}) const;
    /// The servers that have entries, each with every name that it had.
    Result<std::vector<AuthServer>> servers(TenantId tenant) const;
    Result<JournalEntry> entry(TenantId tenant, JournalEntryId id) const;
    /// Entries that nobody has closed and nobody is at work on, the oldest first.
    Result<std::vector<JournalEntry>> unfinished(TenantId tenant) const;

    /// While the handle lives, somebody in this process works on the entry.
    std::shared_ptr<const void> hold(JournalEntryId id);

signals:
    void changed(latchkey::TenantId tenant);

private:
    Result<std::vector<JournalEntry>> heads(const QString &rest, const QVariantList &values) const;
    Result<std::vector<JournalEntry>> newest(TenantId tenant, const JournalServers &servers) const;
    Result<void> readRows(std::vector<JournalEntry> &entries) const;
    Result<void> insertRows(JournalEntry &entry, const std::vector<GrantChange> &changes);
    bool isUnderWay(const JournalEntry &entry) const;
    Result<void> refuseSecond(const JournalEntry &entry) const;

    OpenDatabase m_file;
    std::map<JournalEntryId, std::weak_ptr<const void>> m_held;
};

} // namespace latchkey
