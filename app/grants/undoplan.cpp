// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/undoplan.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// A row taken back, on top of what its app has now.
class RowUndo
{
    Q_DECLARE_TR_FUNCTIONS(UndoPlan)

public:
    RowUndo(const JournalEntry &entry, const GrantChange &change, const std::vector<Scope> &scopes,
            const ClientAppIndex &apps, UndoPlan &plan)
        : m_entry(entry)
        , m_change(change)
        , m_scopes(scopes)
        , m_now(apps.scopesOf(change.app))
        , m_plan(plan)
    {
    }

    void plan()
    {
        switch (m_change.action) {
        case GrantAction::AddClientApp:
            return takeAway();
        case GrantAction::UpdateClientApp:
            return changeBack();
        case GrantAction::RemoveClientApp:
            return bringBack();
        }
    }

private:
    void note(const QString &text, bool isRefused = false)
    {
        m_plan.notes.push_back({.app = m_change.app, .text = text, .isRefused = isRefused});
    }
    void put(GrantAction action, const ScopeSet &before, const ScopeSet &after)
    {
        if (action == GrantAction::UpdateClientApp && before == after)
            return note(tr("%1: nothing is left to change.").arg(m_change.appName), true);
        m_plan.changes.push_back({.action = action,
                                  .app = m_change.app,
                                  .appName = m_change.appName,
                                  .before = before,
                                  .after = after});
    }

    void takeAway()
    {
        if (!m_now)
            return note(tr("%1 is no client app any more.").arg(m_change.appName), true);
        ScopeSet left = *m_now;
        for (ScopeId scope : m_change.after)
            left.erase(scope);
        if (left.empty())
            return put(GrantAction::RemoveClientApp, *m_now, {});
        if (left != *m_now)
            note(tr("%1 was granted more since, so it stays a client app and keeps that.")
                     .arg(m_change.appName));
        put(GrantAction::UpdateClientApp, *m_now, left);
    }

    void changeBack()
    {
        if (!m_now)
            return note(
                tr("%1 is no client app any more, so its scopes cannot be changed.").arg(m_change.appName),
                true);
        ScopeSet wanted = *m_now;
        for (ScopeId scope : m_change.added())
            wanted.erase(scope);
        addPresent(wanted, m_change.removed());
        if (wanted != *m_now && *m_now != m_change.after)
            note(tr("%1 was changed since. Those changes stay.").arg(m_change.appName));
        put(GrantAction::UpdateClientApp, *m_now, wanted);
    }

    void bringBack()
    {
        ScopeSet wanted = m_now.value_or(ScopeSet());
        addPresent(wanted, m_change.before);
        if (!m_now)
            return put(GrantAction::AddClientApp, {}, wanted);
        if (wanted != *m_now)
            note(tr("%1 became a client app again since. It keeps what it has and gets back what it had.")
                     .arg(m_change.appName));
        put(GrantAction::UpdateClientApp, *m_now, wanted);
    }

    /// Adds those that there still are and that are what they were: by id, else by value, since a scope that
    /// was deleted and made anew has another id.
    void addPresent(ScopeSet &wanted, const ScopeSet &lost)
    {
        for (ScopeId id : lost) {
            const auto known = m_entry.scopeValues.find(id);
            const Scope *same = find([id](const Scope &each) { return each.id == id; });
            const bool isItself =
                same && (known == m_entry.scopeValues.end() || same->value == known->second);
            if (wanted.contains(id) || isItself) {
                wanted.insert(id);
                continue;
            }
            const QString value = known == m_entry.scopeValues.end() ? id.toString() : known->second;
            if (const Scope *made = find([&value](const Scope &each) { return each.value == value; })) {
                wanted.insert(made->id);
                note(tr("%1: the scope %2 was made anew since. The new one is granted.")
                         .arg(m_change.appName, value));
            } else if (same) {
                note(tr("%1: the scope %2 is called %3 now, so it is not granted again.")
                         .arg(m_change.appName, value, same->value));
            } else {
                note(tr("%1: the scope %2 was deleted since and cannot be granted again.")
                         .arg(m_change.appName, value));
            }
        }
    }

    template<typename Predicate>
    const Scope *find(Predicate predicate) const
    {
        const auto found = std::find_if(m_scopes.begin(), m_scopes.end(), predicate);
        return found == m_scopes.end() ? nullptr : &*found;
    }

    const JournalEntry &m_entry;
    GrantChange m_change;
    const std::vector<Scope> &m_scopes;
    std::optional<ScopeSet> m_now;
    UndoPlan &m_plan;
};

bool isStoredInPart(const JournalRow &row)
{
    const bool isNew = row.change.action == GrantAction::AddClientApp;
    return row.state == JournalState::NotStored && row.found && (isNew || *row.found != row.change.before);
}

/// The change as it is stored: what counts is what was read.
GrantChange storedChange(const JournalRow &row)
{
    GrantChange change = row.change;
    if (row.state == JournalState::Proven)
        return change;
    change.after = *row.found;
    if (change.action == GrantAction::RemoveClientApp) // it lost scopes and is there still
        change.action = GrantAction::UpdateClientApp;
    return change;
}

bool isLeft(const JournalRow &row)
{
    return row.state == JournalState::NotStored || row.state == JournalState::Conflict ||
           row.state == JournalState::Skipped;
}

/// The change that takes the other one back.
GrantChange swapped(GrantChange change)
{
    std::swap(change.before, change.after);
    if (change.action != GrantAction::UpdateClientApp)
        change.action = change.action == GrantAction::AddClientApp ? GrantAction::RemoveClientApp
                                                                   : GrantAction::AddClientApp;
    return change;
}

} // namespace

UndoPlan undoPlan(const JournalEntry &entry, const std::vector<Scope> &scopes,
                  const std::vector<ClientApp> &apps)
{
    const ClientAppIndex index(apps);
    UndoPlan plan;
    for (const JournalRow &row : entry.rows) {
        if (row.state != JournalState::Proven && !isStoredInPart(row))
            continue;
        ++plan.rows;
        RowUndo(entry, storedChange(row), scopes, index, plan).plan();
    }
    return plan;
}

UndoPlan redoPlan(const JournalEntry &entry, const std::vector<Scope> &scopes,
                  const std::vector<ClientApp> &apps)
{
    const ClientAppIndex index(apps);
    UndoPlan plan;
    for (const JournalRow &row : entry.rows) {
        if (!isLeft(row))
            continue;
        ++plan.rows;
        RowUndo(entry, swapped(row.change), scopes, index, plan).plan();
    }
    return plan;
}

} // namespace latchkey
