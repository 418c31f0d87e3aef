// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace latchkey {

enum class CheckResult { Pass, Fail, NotChecked };

/// The time that the reason of a check names, for whoever shows times in another way.
struct CheckedTime
{
    enum class Side {
        ToCome, ///< as it should be
        Past,
        Ahead, ///< when it should be past
    };

    Side side = Side::Past;
    std::chrono::sys_seconds at{};
    std::chrono::seconds distance{}; ///< when it was checked
    QString sentence{};              ///< the reason, with %1 in the place of both
};

/// One line of what was found out about a token: what was looked at, how it went, and why.
struct Check
{
    QString name{}; ///< stable, in snake_case: "signature", "not_before" …
    CheckResult result = CheckResult::NotChecked;
    QString reason{};
    std::optional<CheckedTime> time{}; ///< if the reason names one
};

/// The checklist of a token, and what was odd about the keys.
struct TokenVerdict
{
    std::vector<Check> checks{};
    QStringList notes{};
};

/// "pass", "fail", "not_checked"
QString checkResultKey(CheckResult result);

/// The names of those with this result, in their order.
QStringList namesWith(CheckResult result, const std::vector<Check> &checks);
/// True if none failed.
bool nothingFailed(const std::vector<Check> &checks);

} // namespace latchkey
