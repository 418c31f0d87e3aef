// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/applyreport.h"

#include "core/plaintext.h"
#include "grants/journaltext.h"
#include "interchange/reportpage.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ApplyReport", text);
}

/// A scope that was to be added or removed, or the app itself where it has none.
struct Line
{
    bool isAdd = true;
    QString scope{};
    JournalState state = JournalState::Planned;
};

/// Of a change that is stored in part, what the reading shows is proven.
JournalState stateOf(const JournalRow &row, ScopeId scope, bool isAdd)
{
    const bool shows = row.found && row.found->contains(scope) == isAdd;
    return row.state == JournalState::NotStored && shows ? JournalState::Proven : row.state;
}

std::vector<Line> linesOf(const JournalEntry &entry, const JournalRow &row)
{
    std::vector<Line> lines;
    const auto append = [&](bool isAdd, const ScopeSet &scopes) {
        for (ScopeId scope : scopes)
            lines.push_back({isAdd, scopeValues(entry, {scope}).join(u' '), stateOf(row, scope, isAdd)});
    };
    append(true, row.change.added());
    append(false, row.change.removed());
    std::ranges::sort(lines, [](const Line &left, const Line &right) {
        return std::tie(right.isAdd, left.scope) < std::tie(left.isAdd, right.scope);
    });
    if (lines.empty())
        lines.push_back({row.change.action != GrantAction::RemoveClientApp, {}, row.state});
    return lines;
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

QString cell(const QString &html)
{
    return "<td>"_L1 + html + "</td>"_L1;
}

QString lineRow(const JournalRow &row, const Line &line)
{
    const QString what =
        line.scope.isEmpty() ? "<em>"_L1 + tr("the client app itself") + "</em>"_L1 : htmlCodes({line.scope});
    return "<tr>"_L1 + cell(line.isAdd ? tr("Add") : tr("Remove")) + cell(what) +
           cell(journalStateText(line.state)) + cell(timeText(row.stateAt)) + "</tr>\n"_L1;
}

QString actionText(GrantAction action)
{
    switch (action) {
    case GrantAction::AddClientApp:
        return tr("New client app.");
    case GrantAction::RemoveClientApp:
        return tr("Removed from the client apps.");
    case GrantAction::UpdateClientApp:
        break;
    }
    return {};
}

QString appSection(const JournalEntry &entry, const JournalRow &row)
{
    QStringList facts{tr("App ID %1.").arg(row.change.app.toString()), actionText(row.change.action),
                      row.reason};
    if (!row.requestId.isEmpty())
        facts.append(tr("Request ID %1").arg(row.requestId));
    facts.removeAll(QString());
    QString html = "<section>\n<h2>"_L1 + withVisibleControls(row.change.appName).toHtmlEscaped() +
                   "</h2>\n<p>"_L1 + withVisibleControls(facts.join(u' ')).toHtmlEscaped() +
                   "</p>\n<table>\n"_L1 +
                   htmlHeadings({tr("Change"), tr("Scope"), tr("State"), tr("Since")}) + "<tbody>\n"_L1;
    for (const Line &line : linesOf(entry, row))
        html += lineRow(row, line);
    return html + "</tbody>\n</table>\n</section>\n"_L1;
}

} // namespace

QByteArray applyReportCsv(const ApplyReport &report)
{
    const JournalEntry &entry = report.entry;
    QString text = u"tenant,server,entry,begun_at,credential,app,app_id,action,change,scope,state,state_at,"
                   "request_id,reason\r\n"_s;
    for (const JournalRow &row : entry.rows) {
        for (const Line &line : linesOf(entry, row)) {
            text +=
                reportRow({report.tenant.name, entry.serverName, entry.id.toString(), timeText(entry.at),
                           entry.who, row.change.appName, row.change.app.toString(),
                           grantActionKey(row.change.action), line.isAdd ? u"add"_s : u"remove"_s, line.scope,
                           journalStateKey(line.state), timeText(row.stateAt), row.requestId, row.reason});
        }
    }
    return text.toUtf8();
}

QByteArray applyReportHtml(const ApplyReport &report)
{
    const JournalEntry &entry = report.entry;
    QString content = "<p>"_L1 +
                      tr("Applied to %1 at %2 with the API credential %3. Entry %4 of the journal.")
                          .arg(report.tenant.host(), timeText(entry.at), withVisibleControls(entry.who),
                               entry.id.toString())
                          .toHtmlEscaped() +
                      "</p>\n"_L1;
    for (const JournalRow &row : entry.rows)
        content += appSection(entry, row);
    return htmlPage(tr("Applied changes: %1 in %2").arg(entry.serverName, report.tenant.name), content);
}

} // namespace latchkey
