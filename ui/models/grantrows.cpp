// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantrows.h"

#include <algorithm>

namespace latchkey {

void GrantRows::setSort(Sort by, bool descending)
{
    m_sort = by;
    m_descending = descending;
}

// A count has few values, so rows are dealt out by it; those of one count stay in the order of names.
void GrantRows::sort(const GrantPlan &plan, BitSpan listed)
{
    m_byScopes.clear();
    if (m_sort == Sort::Name)
        return;
    std::vector<std::vector<quint32>> byCount(static_cast<size_t>(countBits(listed)) + 1);
    for (quint32 row : plan.table().byName())
        byCount[static_cast<size_t>(countCommonBits(plan.wantedAt(row), listed))].push_back(row);
    if (m_descending)
        std::ranges::reverse(byCount);
    for (const std::vector<quint32> &rows : byCount)
        m_byScopes.insert(m_byScopes.end(), rows.begin(), rows.end());
}

std::vector<quint32> GrantRows::rows(const GrantPlan &plan) const
{
    const std::vector<bool> named = plan.table().rowsNamed(appFilter);
    std::vector<quint32> rows;
    rows.reserve(plan.rowCount());
    const auto take = [&](quint32 row) {
        if (plan.isListed(row) && (show != Show::Pending || plan.isPendingAt(row)) && named[row])
            rows.push_back(row);
    };
    if (m_sort == Sort::Scopes)
        std::ranges::for_each(m_byScopes, take);
    else if (m_descending)
        std::for_each(plan.table().byName().rbegin(), plan.table().byName().rend(), take);
    else
        std::ranges::for_each(plan.table().byName(), take);
    return rows;
}

std::vector<quint32> GrantRows::scopes(const GrantPlan &plan, const std::vector<Scope> &scopes,
                                       const std::vector<size_t> &columns,
                                       const std::vector<quint32> &rows) const
{
    BitRow some(plan.table().granted().words());
    BitRow all(some.size(), rows.empty() ? 0 : ~quint64(0));
    if (show == Show::Differences) {
        for (quint32 row : rows) {
            for (size_t word = 0; word < some.size(); ++word) {
                some[word] |= plan.wantedAt(row)[word];
                all[word] &= plan.wantedAt(row)[word];
            }
        }
    }
    std::vector<quint32> shown;
    for (size_t i = 0; i < scopes.size(); ++i) {
        const bool named = scopeFilter.isEmpty() ||
                           scopes[i].value.contains(scopeFilter, Qt::CaseInsensitive) ||
                           scopes[i].description.contains(scopeFilter, Qt::CaseInsensitive);
        const bool differs = hasBit(some, columns[i]) && !hasBit(all, columns[i]);
        if (named && (show != Show::Differences || differs))
            shown.push_back(static_cast<quint32>(i));
    }
    return shown;
}

} // namespace latchkey
