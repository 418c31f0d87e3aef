// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitrows.h"
#include "core/records.h"

#include <QHash>

namespace latchkey {

/// The client apps of one authorization server as they were read: a row an app, a bit a scope. What costs
/// time at 100,000 apps (reading the answer, ordering by name) is done where it is made, in a worker.
class ClientAppTable
{
public:
    ClientAppTable() = default;
    /// An app that comes twice counts as it came last.
    ClientAppTable(const std::vector<ClientApp> &apps); // NOLINT(google-explicit-constructor)
    ClientAppTable(std::initializer_list<ClientApp> apps)
        : ClientAppTable(std::vector<ClientApp>(apps))
    {
    }
    /// From the answer of the tenant.
    static Result<ClientAppTable> read(const QJsonValue &json);

    size_t size() const { return m_ids.size(); }
    AppId idAt(size_t row) const { return m_ids[row]; }
    const QString &nameAt(size_t row) const { return m_names[row]; }
    /// The name as it is compared where case does not count.
    QStringView foldedNameAt(size_t row) const;
    /// Which rows have a name that holds this, whatever its case.
    std::vector<bool> rowsNamed(const QString &part) const;
    std::optional<size_t> rowOf(AppId app) const;
    std::optional<size_t> columnOf(ScopeId scope) const;
    const std::vector<ScopeId> &scopes() const { return m_scopes; } ///< a column each
    const BitRows &granted() const { return m_granted; }
    const std::vector<int> &counts() const { return m_counts; } ///< apps a column
    /// The rows in the order of their names.
    const std::vector<quint32> &byName() const { return m_byName; }

    /// One more row, without a scope; its place in byName() is told.
    size_t append(AppId app, const QString &name);
    /// The column of a scope, made if there is none.
    size_t addColumn(ScopeId scope);

private:
    size_t addApp(AppId app, const QString &name);
    void addGrant(size_t row, ScopeId scope);
    void complete();
    void addLine(const QString &name);

    std::vector<AppId> m_ids;
    std::vector<QString> m_names;
    QString m_foldedNames;        ///< all in one, a line each: so a search costs the least
    std::vector<quint32> m_lines; ///< where they begin, and the end
    QHash<AppId, quint32> m_rows;
    std::vector<ScopeId> m_scopes;
    QHash<ScopeId, quint32> m_columns;
    BitRows m_granted;
    std::vector<int> m_counts;
    std::vector<quint32> m_byName;
};

} // namespace latchkey
