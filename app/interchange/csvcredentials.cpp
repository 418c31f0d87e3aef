// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/csvcredentials.h"

#include "core/plaintext.h"
#include "interchange/credentialcollector.h"
#include "interchange/csvcell.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CsvCredentials", text);
}

constexpr qsizetype kMostColumns = 200;

/// "Client ID" and "client-id" are client_id.
QString columnKey(QStringView cell)
{
    QString key = trimmedValue(cell).toLower();
    key.replace(u' ', u'_').replace(u'-', u'_');
    static const QMap<QString, QString> others{
        {u"clientid"_s, u"client_id"_s}, {u"clientsecret"_s, u"client_secret"_s},
        {u"id"_s, u"client_id"_s},       {u"secret"_s, u"client_secret"_s},
        {u"level"_s, u"scope_level"_s},  {u"scope"_s, u"scope_level"_s},
        {u"scopes"_s, u"scope_level"_s}, {u"api_scope"_s, u"scope_level"_s},
        {u"url"_s, u"address"_s},        {u"host"_s, u"address"_s},
        {u"base_url"_s, u"address"_s},   {u"tenant"_s, u"subdomain"_s},
        {u"notes"_s, u"note"_s},         {u"owner_note"_s, u"note"_s},
    };
    return others.value(key, key);
}

QChar separatorOf(QStringView heading)
{
    QChar best = u',';
    for (QChar candidate : {u';', u'\t'}) {
        if (heading.count(candidate) > heading.count(best))
            best = candidate;
    }
    return best;
}

/// Cuts a table into records. Quotes may hold separators and line ends.
class CsvReader
{
public:
    CsvReader(QStringView text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {
    }
    ~CsvReader() { wipeCells(); }
    CsvReader(const CsvReader &) = delete;
    CsvReader &operator=(const CsvReader &) = delete;

    /// False at the end.
    bool next()
    {
        wipeCells();
        m_problem.clear();
        if (m_at >= m_text.size())
            return false;
        m_recordLine = m_line;
        while (readCell()) {
        }
        return true;
    }
    const QStringList &cells() const { return m_cells; }
    QString problem() const { return m_problem; }
    qsizetype line() const { return m_recordLine; }

private:
    void wipeCells()
    {
        for (QString &cell : m_cells)
            wipe(cell);
        m_cells.clear();
    }

    /// True while the record goes on.
    bool readCell()
    {
        QString cell;
        if (m_at < m_text.size() && m_text[m_at] == u'"')
            readQuoted(cell);
        const qsizetype start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != m_separator && m_text[m_at] != u'\n')
            ++m_at;
        if (m_at > start)
            cell += m_text.sliced(start, m_at - start);
        m_cells.append(cell);
        if (m_cells.size() > kMostColumns)
            m_problem = tr("There are far too many columns.");
        if (m_at == m_text.size())
            return false;
        const bool goesOn = m_text[m_at] == m_separator;
        m_line += goesOn ? 0 : 1;
        ++m_at;
        return goesOn;
    }
    void readQuoted(QString &cell)
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == u'\n')
                ++m_line;
            if (m_text[m_at] != u'"') {
                cell += m_text[m_at];
            } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'"') {
                cell += u'"';
                ++m_at;
            } else {
                ++m_at;
                return;
            }
        }
        m_problem = tr("The quote that begins here is not closed.");
    }

    QStringView m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    qsizetype m_line = 1;
    qsizetype m_recordLine = 1;
    QStringList m_cells{};
    QString m_problem{};
};

/// Which column holds what.
struct Columns
{
    QMap<QString, qsizetype> byKey{};
    QList<qsizetype> levels{}; ///< "level" beside "scope": either may hold the scope level
};

/// The first cell that is a level; where none is, what stands there instead.
QString levelIn(const QStringList &cells, const QList<qsizetype> &columns)
{
    QString other;
    for (qsizetype column : columns) {
        const QString cell = trimmedValue(withoutApostrophe(cells.value(column)));
        if (scopeLevelFromName(cell))
            return cell;
        if (other.isEmpty())
            other = cell;
    }
    return other;
}

CredentialFields fieldsOf(const QStringList &cells, const Columns &columns)
{
    const auto cell = [&](const QString &key) {
        return withoutApostrophe(cells.value(columns.byKey.value(key, kMostColumns)));
    };
    CredentialFields fields{.name = cell(u"name"_s),
                            .url = cell(u"address"_s),
                            .subdomain = cell(u"subdomain"_s),
                            .region = cell(u"region"_s),
                            .clientId = cell(u"client_id"_s),
                            .level = levelIn(cells, columns.levels),
                            .note = cell(u"note"_s),
                            .mayLackSecret = true};
    fields.clientSecret = Secret::fromText(trimmedValue(cell(u"client_secret"_s)));
    if (cell(u"state"_s).compare("disabled"_L1, Qt::CaseInsensitive) == 0)
        fields.state = CredentialState::Disabled;
    return fields;
}

bool isBlank(const QStringList &cells)
{
    return std::all_of(cells.begin(), cells.end(),
                       [](const QString &cell) { return QStringView(cell).trimmed().isEmpty(); });
}

Columns columnsOf(const QStringList &heading, CredentialCollector &collector)
{
    Columns columns;
    for (qsizetype i = 0; i < heading.size(); ++i) {
        const QString key = columnKey(heading[i]);
        if (key == "scope_level"_L1)
            columns.levels.append(i);
        else if (columns.byKey.contains(key) && !key.isEmpty())
            collector.addProblem(lineName(1), tr("Column %1 has the heading of an earlier one. The first one "
                                                 "counts.")
                                                  .arg(i + 1));
        else
            columns.byKey.insert(key, i);
    }
    return columns;
}

} // namespace

bool isCsvHeading(QStringView line)
{
    for (QStringView cell : line.split(separatorOf(line))) {
        const QString key = columnKey(cell.trimmed().toString().remove(u'"'));
        if (key == "client_id"_L1)
            return true;
    }
    return false;
}

Result<CredentialFile> readCsv(QStringView text)
{
    CredentialCollector collector(CredentialFormat::Csv);
    const QStringView trimmed = text.trimmed();
    CsvReader reader(text, separatorOf(trimmed.first(std::max<qsizetype>(trimmed.indexOf(u'\n'), 0))));
    while (reader.next() && isBlank(reader.cells())) {
    }
    const Columns columns = columnsOf(reader.cells(), collector);
    if (!columns.byKey.contains(u"client_id"_s))
        return fail(ErrorKind::Invalid, tr("The table has no column client_id. Its first line must name the "
                                           "columns."));
    const qsizetype width = reader.cells().size();
    while (reader.next()) {
        if (!reader.problem().isEmpty()) {
            collector.addProblem(lineName(reader.line()), reader.problem());
        } else if (isBlank(reader.cells())) {
            continue;
        } else if (reader.cells().size() != width) {
            collector.addProblem(
                lineName(reader.line()),
                tr("This row has %1 cells and the heading %2.").arg(reader.cells().size()).arg(width));
        } else {
            CredentialFields fields = fieldsOf(reader.cells(), columns);
            fields.where = lineName(reader.line());
            collector.add(std::move(fields));
        }
    }
    return collector.finish();
}

} // namespace latchkey
