// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantplan.h"

#include <algorithm>
#include <utility>

namespace latchkey {

namespace {

int bitsOnlyIn(BitSpan bits, BitSpan others)
{
    return countBits(bits) - countCommonBits(bits, others);
}

} // namespace

GrantPlan::GrantPlan(ClientAppTable loaded)
{
    setTable(std::move(loaded));
}

GrantState GrantPlan::state(AppId app, ScopeId scope) const
{
    const auto row = m_table.rowOf(app);
    const auto column = m_table.columnOf(scope);
    return row && column ? stateAt(*row, *column) : GrantState::NotGranted;
}

ScopeSet GrantPlan::granted(AppId app) const
{
    const auto row = m_table.rowOf(app);
    return row ? scopesIn(grantedAt(*row)) : ScopeSet();
}

ScopeSet GrantPlan::wanted(AppId app) const
{
    const auto row = m_table.rowOf(app);
    return row ? scopesIn(wantedAt(*row)) : ScopeSet();
}

bool GrantPlan::isAdded(AppId app) const
{
    const auto row = m_table.rowOf(app);
    return row && isAddedAt(*row);
}

bool GrantPlan::isRemoved(AppId app) const
{
    const auto row = m_table.rowOf(app);
    return row && isRemovedAt(*row);
}

bool GrantPlan::hasApp(AppId app) const
{
    const auto row = m_table.rowOf(app);
    return row && isListed(*row);
}

int GrantPlan::loadedCount(ScopeId scope) const
{
    const auto column = m_table.columnOf(scope);
    return column ? m_table.counts()[*column] : 0;
}

int GrantPlan::wantedCount(ScopeId scope) const
{
    const auto column = m_table.columnOf(scope);
    return column ? m_wantedCounts[*column] : 0;
}

bool GrantPlan::isPendingAt(size_t row) const
{
    return m_isClient[row] != (row < m_loaded) || !std::ranges::equal(grantedAt(row), wantedAt(row));
}

GrantState GrantPlan::stateAt(size_t row, size_t column) const
{
    const bool wants = hasBit(wantedAt(row), column);
    if (hasBit(grantedAt(row), column))
        return wants ? GrantState::Granted : GrantState::PendingRemove;
    return wants ? GrantState::PendingAdd : GrantState::NotGranted;
}

BitRow GrantPlan::columnsOf(const std::vector<ScopeId> &scopes)
{
    BitRow columns;
    for (ScopeId scope : scopes)
        setBit(columns, m_table.addColumn(scope));
    m_wanted.widen(m_table.scopes().size());
    m_wantedCounts.resize(m_table.scopes().size());
    columns.resize(m_wanted.words());
    return columns;
}

BitRow GrantPlan::columnsOfSet(const ScopeSet &scopes)
{
    return columnsOf(std::vector<ScopeId>(scopes.begin(), scopes.end()));
}

ScopeSet GrantPlan::scopesIn(BitSpan columns) const
{
    ScopeSet scopes;
    forEachBit(columns, [&](size_t column) { scopes.insert(m_table.scopes()[column]); });
    return scopes;
}

bool GrantPlan::setWanted(AppId app, const ScopeSet &scopes)
{
    return setWanted(std::map<AppId, ScopeSet>{{app, scopes}});
}

bool GrantPlan::setWanted(const std::map<AppId, ScopeSet> &edits)
{
    ScopeSet all; // their columns are made first: a step is of one width
    for (const auto &[app, scopes] : edits)
        all.insert(scopes.begin(), scopes.end());
    columnsOfSet(all);
    Step step;
    for (const auto &[app, scopes] : edits) {
        const auto row = m_table.rowOf(app);
        if (row && isListed(*row))
            change(step, *row, columnsOfSet(scopes), true);
    }
    return finish(std::move(step));
}

bool GrantPlan::edit(const std::vector<GrantBlock> &blocks)
{
    Step step;
    BitRow wanted(m_wanted.words());
    for (const GrantBlock &block : blocks) {
        const GrantEdit what = block.edit;
        for (quint32 row : block.rows) {
            if (!isListed(row) || (what == GrantEdit::Revoke && !m_isClient[row]))
                continue;
            const bool wasRemoved = isRemovedAt(row);
            if (what == GrantEdit::AsLoaded && wasRemoved) { // the whole app is what is pending
                change(step, row, grantedAt(row), true);
                continue;
            }
            for (size_t i = 0; i < wanted.size(); ++i) {
                const quint64 mask = i < block.scopes.size() ? block.scopes[i] : 0;
                const quint64 to = what == GrantEdit::Grant    ? ~quint64(0)
                                   : what == GrantEdit::Revoke ? quint64(0)
                                                               : grantedAt(row)[i];
                wanted[i] = (wantedAt(row)[i] & ~mask) | (to & mask);
            }
            change(step, row, wanted, true);
        }
    }
    return finish(std::move(step));
}

bool GrantPlan::addApp(AppId app, const QString &name)
{
    return addApps({{app, name}});
}

bool GrantPlan::addApps(const std::vector<std::pair<AppId, QString>> &apps, const ScopeSet &scopes)
{
    const BitRow columns = columnsOfSet(scopes);
    Step step;
    for (const auto &[app, name] : apps) {
        const size_t row = rowFor(app, name);
        if (isRemovedAt(row))
            change(step, row, grantedAt(row), true);
        else if (!m_isClient[row])
            change(step, row, columns, true);
    }
    return finish(std::move(step));
}

/// Its row, made if there is none.
size_t GrantPlan::rowFor(AppId app, const QString &name)
{
    if (const auto row = m_table.rowOf(app))
        return *row;
    m_wanted.append();
    m_isClient.push_back(false);
    return m_table.append(app, name);
}

bool GrantPlan::stageInstead(const std::vector<GrantChange> &changes)
{
    ScopeSet all; // their columns are made first: a step is of one width
    for (const GrantChange &each : changes)
        all.insert(each.after.begin(), each.after.end());
    columnsOfSet(all);
    Step step;
    resetAll(step);
    for (const GrantChange &each : changes)
        change(step, rowFor(each.app, each.appName), columnsOfSet(each.after),
               each.action != GrantAction::RemoveClientApp);
    return finish(std::move(step));
}

bool GrantPlan::removeApp(AppId app)
{
    return removeApps({app});
}

bool GrantPlan::removeApps(const std::vector<AppId> &apps)
{
    const BitRow none(m_wanted.words());
    Step step;
    for (AppId app : apps) {
        if (const auto row = m_table.rowOf(app))
            change(step, *row, none, false);
    }
    return finish(std::move(step));
}

void GrantPlan::resetAll(Step &step)
{
    for (size_t row = 0; row < rowCount(); ++row)
        change(step, row, grantedAt(row), row < m_loaded);
}

void GrantPlan::discard()
{
    Step step;
    resetAll(step);
    m_undo.clear();
    m_redo.clear();
}

void GrantPlan::undo()
{
    if (m_undo.empty())
        return;
    apply(m_undo.back());
    m_redo.push_back(std::move(m_undo.back()));
    m_undo.pop_back();
}

void GrantPlan::redo()
{
    if (m_redo.empty())
        return;
    apply(m_redo.back());
    m_undo.push_back(std::move(m_redo.back()));
    m_redo.pop_back();
}

std::vector<GrantChange> GrantPlan::changes() const
{
    std::vector<GrantChange> changes;
    changes.reserve(static_cast<size_t>(m_totals.apps));
    for (size_t row = 0; row < rowCount(); ++row) {
        if (!isPendingAt(row))
            continue;
        changes.push_back({.action = isAddedAt(row)     ? GrantAction::AddClientApp
                                     : isRemovedAt(row) ? GrantAction::RemoveClientApp
                                                        : GrantAction::UpdateClientApp,
                           .app = m_table.idAt(row),
                           .appName = m_table.nameAt(row),
                           .before = scopesIn(grantedAt(row)),
                           .after = scopesIn(wantedAt(row))});
    }
    return changes;
}

void GrantPlan::setTable(ClientAppTable loaded)
{
    m_table = std::move(loaded);
    m_loaded = m_table.size();
    m_wanted = m_table.granted();
    m_isClient.assign(m_loaded, true);
    m_wantedCounts = m_table.counts();
    m_appCount = static_cast<int>(m_loaded);
}

// At once, and kept in the step; a row may be changed several times in one.
void GrantPlan::change(Step &step, size_t row, BitSpan wanted, bool isClient)
{
    step.words = m_wanted.words();
    if (!std::ranges::equal(wanted, wantedAt(row))) {
        const size_t first = step.flips.size();
        step.rows.push_back(static_cast<quint32>(row));
        for (size_t i = 0; i < step.words; ++i)
            step.flips.push_back(wanted[i] ^ wantedAt(row)[i]);
        flip(row, BitSpan(step.flips).subspan(first));
    }
    if (m_isClient[row] != isClient) {
        step.apps.push_back(static_cast<quint32>(row));
        flipApp(row);
    }
}

bool GrantPlan::finish(Step step)
{
    if (step.rows.empty() && step.apps.empty())
        return false;
    m_undo.push_back(std::move(step));
    m_redo.clear();
    return true;
}

void GrantPlan::apply(const Step &step)
{
    for (size_t i = 0; i < step.rows.size(); ++i)
        flip(step.rows[i], BitSpan(step.flips).subspan(i * step.words, step.words));
    for (quint32 row : step.apps)
        flipApp(row);
}

void GrantPlan::flip(size_t row, BitSpan bits)
{
    count(row, -1);
    const std::span<quint64> wanted = m_wanted[row];
    forEachBit(bits, [&](size_t column) { m_wantedCounts[column] += hasBit(wanted, column) ? -1 : 1; });
    for (size_t i = 0; i < bits.size(); ++i)
        wanted[i] ^= bits[i];
    count(row, 1);
}

void GrantPlan::flipApp(size_t row)
{
    count(row, -1);
    const int wasListed = isListed(row) ? 1 : 0;
    m_isClient[row] = !m_isClient[row];
    m_appCount += (isListed(row) ? 1 : 0) - wasListed;
    count(row, 1);
}

void GrantPlan::count(size_t row, int sign)
{
    if (!isPendingAt(row))
        return;
    const int added = bitsOnlyIn(wantedAt(row), grantedAt(row));
    const int removed = bitsOnlyIn(grantedAt(row), wantedAt(row));
    m_totals.apps += sign;
    m_totals.added += sign * added;
    m_totals.removed += sign * removed;
    if (added + removed == 0)
        (isRemovedAt(row) ? m_totals.removed : m_totals.added) += sign;
}

} // namespace latchkey
