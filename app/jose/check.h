// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace latchkey {

enum class CheckResult { Pass, Fail, NotChecked };

/// One line of what was found out about a token: what was looked at, how it went, and why.
struct Check
{
    QString name{}; ///< stable, in snake_case: "signature", "not_before" …
    CheckResult result = CheckResult::NotChecked;
    QString reason{};
};

/// "pass", "fail", "not_checked"
QString checkResultKey(CheckResult result);

/// True if none failed.
bool nothingFailed(const std::vector<Check> &checks);

} // namespace latchkey
