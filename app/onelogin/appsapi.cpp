// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/appsapi.h"

#include "onelogin/apiclient.h"

#include <algorithm>
#include <iterator>

namespace latchkey {

using namespace Qt::StringLiterals;

void AppsApi::list(const QString &name, std::function<void(const std::vector<OidcApp> &)> onPage,
                   Continuation<std::vector<OidcApp>> continuation) const
{
    const auto all = std::make_shared<std::vector<OidcApp>>();
    pages(
        name, {},
        [all, onPage = std::move(onPage)](std::vector<OidcApp> page, const QString &) {
            if (onPage)
                onPage(page);
            std::ranges::move(page, std::back_inserter(*all));
        },
        after<void>(continuation, [all, continuation] { continuation(std::move(*all)); }));
}

void AppsApi::pages(const QString &name, const QString &from,
                    std::function<void(std::vector<OidcApp>, const QString &next)> onPage,
                    Continuation<> continuation) const
{
    Query query{{u"auth_method"_s, u"8"_s}, {u"limit"_s, u"1000"_s}};
    if (!name.isEmpty())
        query.append({u"name"_s, u'*' + name + u'*'});
    const auto read = [](const QJsonValue &json) { return readJsonArray<OidcApp>(json, &OidcApp::read); };
    m_api->pages<OidcApp>(u"/api/2/apps"_s, query, from, read, std::move(onPage), std::move(continuation));
}

void AppsApi::get(AppId id, Continuation<OidcApp> continuation) const
{
    m_api->get(u"/api/2/apps/"_s + id.toString(), {},
               after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
                   continuation(readJsonObject<OidcApp>(json, &OidcApp::read));
               }));
}

} // namespace latchkey
