// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkreport.h"

#include "core/plaintext.h"

#include <QJsonObject>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

QJsonArray checksJson(const std::vector<Check> &checks)
{
    QJsonArray list;
    for (const Check &check : checks)
        list.append(QJsonObject{{u"name"_s, check.name},
                                {u"result"_s, checkResultKey(check.result)},
                                {u"reason"_s, check.reason}});
    return list;
}

QString checksText(const std::vector<Check> &checks)
{
    QString text;
    for (const Check &check : checks)
        text += u"%1 %2 %3\n"_s.arg(check.name, -17)
                    .arg(checkResultKey(check.result), -12)
                    .arg(withVisibleControls(check.reason));
    return text;
}

} // namespace latchkey::cli
