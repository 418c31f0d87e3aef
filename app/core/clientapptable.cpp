// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clientapptable.h"

#include <QCollator>
#include <QStringMatcher>

#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

ClientAppTable::ClientAppTable(const std::vector<ClientApp> &apps)
{
    for (const ClientApp &app : apps) {
        const size_t row = addApp(app.id, app.name);
        for (ScopeId scope : app.scopes)
            addGrant(row, scope);
    }
    complete();
}

// Without a record an app: a million of them would take longer to make and to drop than to read.
Result<ClientAppTable> ClientAppTable::read(const QJsonValue &json)
{
    ClientAppTable table;
    const auto readApp = [&table](JsonReader &reader) {
        const AppId id{reader.integer("app_id"_L1)};
        ClientApp::checkListed(reader, table.rowOf(id).has_value(), table.size());
        const size_t row = table.addApp(id, reader.string("name"_L1, {}));
        reader.list("scopes"_L1, [&](JsonReader &scope) {
            table.addGrant(row, {scope.integer("id"_L1)});
            return 0;
        });
        return 0;
    };
    if (const Result<std::vector<int>> rows = readJsonArray<int>(json, readApp); !rows)
        return fail(rows.error());
    table.complete();
    return table;
}

std::optional<size_t> ClientAppTable::rowOf(AppId app) const
{
    const auto row = m_rows.constFind(app);
    return row == m_rows.cend() ? std::nullopt : std::optional<size_t>(*row);
}

std::optional<size_t> ClientAppTable::columnOf(ScopeId scope) const
{
    const auto column = m_columns.constFind(scope);
    return column == m_columns.cend() ? std::nullopt : std::optional<size_t>(*column);
}

QStringView ClientAppTable::foldedNameAt(size_t row) const
{
    return QStringView(m_foldedNames).sliced(m_lines[row], m_lines[row + 1] - m_lines[row] - 1);
}

std::vector<bool> ClientAppTable::rowsNamed(const QString &part) const
{
    const QStringMatcher matcher(part.toCaseFolded());
    std::vector<bool> named(size(), part.isEmpty());
    size_t row = 0;
    for (qsizetype at = 0; !part.isEmpty() && (at = matcher.indexIn(m_foldedNames, at)) >= 0;) {
        while (m_lines[row + 1] <= static_cast<size_t>(at))
            ++row;
        named[row] = true;
        at = m_lines[row + 1];
    }
    return named;
}

size_t ClientAppTable::append(AppId app, const QString &name)
{
    const size_t row = addApp(app, name);
    addLine(name);
    const auto place = std::ranges::upper_bound(
        m_byName, name,
        [](const QString &left, const QString &right) { return left.localeAwareCompare(right) < 0; },
        [this](quint32 each) { return m_names[each]; });
    m_byName.insert(place, static_cast<quint32>(row));
    return row;
}

size_t ClientAppTable::addColumn(ScopeId scope)
{
    if (const auto column = columnOf(scope))
        return *column;
    m_columns.insert(scope, static_cast<quint32>(m_scopes.size()));
    m_scopes.push_back(scope);
    m_counts.push_back(0);
    m_granted.widen(m_scopes.size());
    return m_scopes.size() - 1;
}

size_t ClientAppTable::addApp(AppId app, const QString &name)
{
    if (const auto row = rowOf(app)) {
        m_names[*row] = name;
        std::ranges::fill(m_granted[*row], 0);
        return *row;
    }
    m_rows.insert(app, static_cast<quint32>(m_ids.size()));
    m_ids.push_back(app);
    m_names.push_back(name);
    m_granted.append();
    return m_ids.size() - 1;
}

void ClientAppTable::addGrant(size_t row, ScopeId scope)
{
    m_granted.set(row, addColumn(scope));
}

void ClientAppTable::addLine(const QString &name)
{
    if (m_lines.empty())
        m_lines.push_back(0);
    m_foldedNames += name.toCaseFolded().replace(u'\n', u' ') + u'\n';
    m_lines.push_back(static_cast<quint32>(m_foldedNames.size()));
}

void ClientAppTable::complete()
{
    for (const QString &name : m_names)
        addLine(name);
    std::ranges::fill(m_counts, 0);
    for (size_t row = 0; row < size(); ++row)
        forEachBit(std::as_const(m_granted)[row], [this](size_t column) { ++m_counts[column]; });
    m_byName.resize(size());
    std::iota(m_byName.begin(), m_byName.end(), 0U);
    std::vector<QCollatorSortKey> keys;
    keys.reserve(size());
    const QCollator collator;
    for (const QString &name : m_names)
        keys.push_back(collator.sortKey(name));
    std::ranges::stable_sort(m_byName,
                             [&keys](quint32 left, quint32 right) { return keys[left] < keys[right]; });
}

} // namespace latchkey
