// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/check.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

QString checkResultKey(CheckResult result)
{
    switch (result) {
    case CheckResult::Pass:
        return u"pass"_s;
    case CheckResult::Fail:
        return u"fail"_s;
    case CheckResult::NotChecked:
        return u"not_checked"_s;
    }
    return {};
}

QStringList namesWith(CheckResult result, const std::vector<Check> &checks)
{
    QStringList names;
    for (const Check &check : checks) {
        if (check.result == result)
            names.append(check.name);
    }
    return names;
}

bool nothingFailed(const std::vector<Check> &checks)
{
    return std::none_of(checks.begin(), checks.end(),
                        [](const Check &check) { return check.result == CheckResult::Fail; });
}

} // namespace latchkey
