// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/claimreport.h"

#include "cli/command.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

QJsonObject claimJson(const Claim &claim)
{
    return {{u"id"_s, claim.id.value},
            {u"name"_s, claim.name},
            {u"user_attribute_mappings"_s, orNull(claim.mapping)},
            {u"user_attribute_macros"_s, orNull(claim.macro)},
            {u"attributes_transformations"_s, orNull(claim.transformations)}};
}

QJsonArray claimsJson(const std::vector<Claim> &claims)
{
    QJsonArray json;
    for (const Claim &claim : claims)
        json.append(claimJson(claim));
    return json;
}

QString claimTable(const std::vector<Claim> &claims)
{
    std::vector<QStringList> rows;
    for (const Claim &claim : claims)
        rows.push_back({claim.id.toString(), claim.title(), claim.usesMacro() ? claim.macro : claim.mapping,
                        claim.transformations});
    return table(
        {Command::tr("ID"), Command::tr("CLAIM"), Command::tr("COMES FROM"), Command::tr("TRANSFORMATION")},
        rows);
}

} // namespace latchkey::cli
