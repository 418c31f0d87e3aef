// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/appsapi.h"

#include "onelogin/apiclient.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Result<std::vector<OidcApp>> readApps(const QJsonArray &array)
{
    return readJsonArray<OidcApp>(array, &OidcApp::read);
}

} // namespace

void AppsApi::list(const QString &name, std::function<void(const std::vector<OidcApp> &)> onPage,
                   Continuation<std::vector<OidcApp>> continuation) const
{
    Query query{{u"auth_method"_s, u"8"_s}, {u"limit"_s, u"1000"_s}};
    if (!name.isEmpty())
        query.append({u"name"_s, u'*' + name + u'*'});
    std::function<void(const QJsonArray &)> onJsonPage;
    if (onPage) {
        onJsonPage = [onPage = std::move(onPage)](const QJsonArray &page) {
            if (const auto apps = readApps(page)) // what is wrong with a page is told at the end
                onPage(*apps);
        };
    }
    m_api->getAll(u"/api/2/apps"_s, query, std::move(onJsonPage),
                  after<QJsonArray>(continuation,
                                    [continuation](const QJsonArray &all) { continuation(readApps(all)); }));
}

void AppsApi::get(AppId id, Continuation<OidcApp> continuation) const
{
    m_api->get(u"/api/2/apps/"_s + id.toString(), {},
               after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
                   continuation(readJsonObject<OidcApp>(json, &OidcApp::read));
               }));
}

} // namespace latchkey
