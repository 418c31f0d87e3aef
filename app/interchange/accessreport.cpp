// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/accessreport.h"

#include "core/plaintext.h"
#include "interchange/reportpage.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AccessReport", text);
}

template<typename Record>
std::vector<const Record *> byName(const std::vector<Record> &records)
{
    std::vector<const Record *> ordered;
    for (const Record &record : records)
        ordered.push_back(&record);
    std::sort(ordered.begin(), ordered.end(), [](const Record *left, const Record *right) {
        return std::tie(left->name, left->id) < std::tie(right->name, right->id);
    });
    return ordered;
}

std::vector<const ServerGrants *> servers(const AccessReport &report)
{
    std::vector<const ServerGrants *> ordered;
    for (const ServerGrants &grants : report.servers)
        ordered.push_back(&grants);
    std::sort(ordered.begin(), ordered.end(), [](const ServerGrants *left, const ServerGrants *right) {
        return std::tie(left->server.name, left->server.id) < std::tie(right->server.name, right->server.id);
    });
    return ordered;
}

QStringList unusedScopes(const ServerGrants &grants)
{
    ScopeSet used;
    for (const ClientApp &app : grants.clientApps)
        used.insert(app.scopes.begin(), app.scopes.end());
    ScopeSet unused;
    for (const Scope &scope : grants.scopes) {
        if (!used.contains(scope.id))
            unused.insert(scope.id);
    }
    return grants.valuesOf(unused);
}

QString appRow(const ServerGrants &grants, const ClientApp &app)
{
    const QString scopes =
        app.scopes.empty() ? "<em>"_L1 + tr("None") + "</em>"_L1 : htmlCodes(grants.valuesOf(app.scopes));
    return "<tr><th scope=\"row\">"_L1 + withVisibleControls(app.name).toHtmlEscaped() + "</th><td>"_L1 +
           app.id.toString() + "</td><td>"_L1 + scopes + "</td></tr>\n"_L1;
}

QString serverSection(const ServerGrants &grants)
{
    QString html =
        "<section>\n<h2>"_L1 + withVisibleControls(grants.server.name).toHtmlEscaped() +
        "</h2>\n<p><code>"_L1 + withVisibleControls(grants.server.resourceIdentifier).toHtmlEscaped() +
        "</code> "_L1 +
        tr("Scopes: %1. Client apps: %2.").arg(grants.scopes.size()).arg(grants.clientApps.size()) +
        "</p>\n"_L1;
    if (!grants.clientApps.empty()) {
        html +=
            "<table>\n"_L1 + htmlHeadings({tr("Client app"), tr("App ID"), tr("Scopes")}) + "<tbody>\n"_L1;
        for (const ClientApp *app : byName(grants.clientApps))
            html += appRow(grants, *app);
        html += "</tbody>\n</table>\n"_L1;
    }
    if (const QStringList unused = unusedScopes(grants); !unused.isEmpty())
        html += "<p>"_L1 + tr("Granted to nobody:") + u' ' + htmlCodes(unused) + "</p>\n"_L1;
    return html + "</section>\n"_L1;
}

} // namespace

QByteArray accessReportCsv(const AccessReport &report)
{
    QString text = u"tenant,server,resource_identifier,app,app_id,scope,description\r\n"_s;
    for (const ServerGrants *grants : servers(report)) {
        for (const ClientApp *app : byName(grants->clientApps)) {
            const QStringList start{report.tenant.name, grants->server.name,
                                    grants->server.resourceIdentifier, app->name, app->id.toString()};
            if (app->scopes.empty())
                text += reportRow(start + QStringList{{}, {}});
            for (const QString &value : grants->valuesOf(app->scopes)) {
                const Scope *scope = grants->scope(value);
                text += reportRow(start + QStringList{value, scope ? scope->description : QString()});
            }
        }
    }
    return text.toUtf8();
}

QByteArray accessReportHtml(const AccessReport &report)
{
    QString content =
        "<p>"_L1 +
        tr("Read from %1 at %2.")
            .arg(report.tenant.host().toHtmlEscaped(), report.readAt.toUTC().toString(Qt::ISODate)) +
        "</p>\n"_L1;
    for (const ServerGrants *grants : servers(report))
        content += serverSection(*grants);
    return htmlPage(tr("Access report: %1").arg(report.tenant.name), content);
}

} // namespace latchkey
