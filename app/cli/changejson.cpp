// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/changejson.h"

#include "cli/output.h"
#include "grants/journalentry.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

QJsonObject changeJson(const GrantChange &change, const ScopeNames &namesOf)
{
    return {{u"app"_s, change.appName},
            {u"app_id"_s, change.app.value},
            {u"action"_s, grantActionKey(change.action)},
            {u"add"_s, toJson(namesOf(change.added()))},
            {u"remove"_s, toJson(namesOf(change.removed()))}};
}

QJsonObject changeJson(const GrantChange &change, const ScopeNames &namesOf, const QString &server)
{
    QJsonObject json = changeJson(change, namesOf);
    json.insert(u"server"_s, server);
    return json;
}

} // namespace latchkey::cli
