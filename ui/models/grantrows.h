// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantplan.h"

#include <optional>
#include <vector>

namespace latchkey {

/// Which client apps and scopes of a plan are shown, and in what order: an index, no copies.
class GrantRows
{
public:
    enum class Show { All, Differences, Pending };
    enum class Sort { Name, Scopes };

    QString appFilter{};
    QString scopeFilter{};
    Show show = Show::All;

    /// Takes the order anew; while it is by scopes an edit does not move its row.
    void sort(const GrantPlan &plan, BitSpan listed);
    void setSort(Sort by, bool descending);
    Sort sortedBy() const { return m_sort; }
    bool isDescending() const { return m_descending; }

    /// What passes the filters. `columns`: of the scopes in the plan.
    std::vector<quint32> rows(const GrantPlan &plan) const;
    std::vector<quint32> scopes(const GrantPlan &plan, const std::vector<Scope> &scopes,
                                const std::vector<size_t> &columns, const std::vector<quint32> &rows) const;

private:
    Sort m_sort = Sort::Name;
    bool m_descending = false;
    std::vector<quint32> m_byScopes; ///< the order while it is not by name
};

} // namespace latchkey
