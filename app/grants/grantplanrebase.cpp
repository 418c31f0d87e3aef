// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a plan when its server is read again.
#include "grants/grantplan.h"

#include <algorithm>

namespace latchkey {

namespace {

bool isWithin(BitSpan bits, BitSpan others)
{
    return countBits(bits) == countCommonBits(bits, others);
}

} // namespace

void GrantPlan::rebase(ClientAppTable loaded)
{
    GrantPlan fresh(std::move(loaded));
    Step step;
    for (size_t row = 0; row < rowCount(); ++row) {
        if (isPendingAt(row))
            fresh.carryOver(*this, row, step);
    }
    fresh.takeHistory(*this);
    *this = std::move(fresh);
}

// An edit is what a person added and took away, not the whole list of that moment: what someone
// else changed meanwhile in the same app is neither undone nor granted again.
void GrantPlan::carryOver(const GrantPlan &before, size_t oldRow, Step &step)
{
    const AppId app = before.m_table.idAt(oldRow);
    const auto known = m_table.rowOf(app);
    if (before.isRemovedAt(oldRow)) {
        if (known)
            change(step, *known, BitRow(m_wanted.words()), false);
        return;
    }
    const BitSpan had = before.grantedAt(oldRow);
    const BitSpan wished = before.wantedAt(oldRow);
    if (!known && !before.isAddedAt(oldRow) && isWithin(wished, had))
        return; // nothing but removals were wanted, and it is gone
    const size_t row = rowFor(app, before.m_table.nameAt(oldRow));
    BitRow wanted(grantedAt(row).begin(), grantedAt(row).end());
    for (size_t word = 0; word < had.size(); ++word) {
        const quint64 flipped = had[word] ^ wished[word];
        forEachBit(BitSpan(&flipped, 1), [&](size_t bit) {
            const size_t old = word * kBitsAWord + bit;
            const size_t column = m_table.addColumn(before.m_table.scopes()[old]);
            setBit(wanted, column);
            if (!hasBit(wished, old))
                wanted[column / kBitsAWord] &= ~(quint64(1) << (column % kBitsAWord));
        });
    }
    m_wanted.widen(m_table.scopes().size());
    m_wantedCounts.resize(m_table.scopes().size());
    wanted.resize(m_wanted.words());
    change(step, row, wanted, true);
}

void GrantPlan::endHistory()
{
    m_undo.clear();
    m_redo.clear();
}

// A step flips bits: it is right only where each app it touches is at the tenant as it was.
void GrantPlan::takeHistory(const GrantPlan &before)
{
    for (const std::vector<Step> *steps : {&before.m_undo, &before.m_redo}) {
        for (const Step &step : *steps) {
            const auto isSame = [&](quint32 row) { return isLoadedAs(before, row); };
            if (!std::ranges::all_of(step.rows, isSame) || !std::ranges::all_of(step.apps, isSame))
                return;
        }
    }
    if (!before.canUndo() && !before.canRedo())
        return;
    columnsOf(before.m_table.scopes()); // made first: a step is of one width
    for (const Step &step : before.m_undo)
        m_undo.push_back(translated(before, step));
    for (const Step &step : before.m_redo)
        m_redo.push_back(translated(before, step));
}

bool GrantPlan::isLoadedAs(const GrantPlan &before, size_t oldRow) const
{
    const AppId app = before.m_table.idAt(oldRow);
    const auto row = m_table.rowOf(app);
    const bool isLoaded = row && *row < m_loaded;
    return isLoaded == (oldRow < before.m_loaded) && granted(app) == before.granted(app);
}

/// A step of another plan by the rows and columns of this one.
GrantPlan::Step GrantPlan::translated(const GrantPlan &before, const Step &step)
{
    const auto rowOf = [&](quint32 row) {
        return static_cast<quint32>(rowFor(before.m_table.idAt(row), before.m_table.nameAt(row)));
    };
    Step here;
    here.words = m_wanted.words();
    for (size_t i = 0; i < step.rows.size(); ++i) {
        here.rows.push_back(rowOf(step.rows[i]));
        BitRow flips(here.words);
        forEachBit(BitSpan(step.flips).subspan(i * step.words, step.words),
                   [&](size_t old) { setBit(flips, *m_table.columnOf(before.m_table.scopes()[old])); });
        here.flips.insert(here.flips.end(), flips.begin(), flips.end());
    }
    for (quint32 row : step.apps)
        here.apps.push_back(rowOf(row));
    return here;
}

} // namespace latchkey
