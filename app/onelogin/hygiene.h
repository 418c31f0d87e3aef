// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QDateTime>
#include <QStringList>

namespace latchkey {

/// What is wrong with a pair that still works, or no longer does. In the order of their weight.
enum class HygieneProblem { OwnerDeleted, Refused, SecretMissing, ManageAll, Unused, Old, NoOwnerNote };

enum class HygieneSeverity { Serious, Warning, Notice };

/// What is best done about it.
enum class HygieneStep { Rotate, PasteSecret, CheckLevel, Disable, Delete, AddNote };

/// From when on a pair counts as unused or old, in days, and what a person has settled.
struct HygieneLimits
{
    int unusedDays = 90;
    int oldDays = 365;
    QStringList mayDoEverything{}; ///< client IDs of pairs that need the highest level
};

/// One thing to look after, of one pair.
struct HygieneFinding
{
    CredentialId credential{};
    QString name{};
    QString clientId{};
    HygieneProblem problem = HygieneProblem::NoOwnerNote;
    HygieneSeverity severity = HygieneSeverity::Notice;
    QString reason{}; ///< one sentence
    HygieneStep step = HygieneStep::AddNote;
};

/// Everything to look after, the most serious first, then by name. A disabled pair is looked at only
/// for whether it is still needed.
std::vector<HygieneFinding> hygieneFindings(const std::vector<ApiCredential> &credentials,
                                            const QDateTime &now, const HygieneLimits &limits);

/// "Owner deleted", "Unused", …
QString hygieneProblemName(HygieneProblem problem);
/// "Paste again…", "Add note…", …
QString hygieneStepText(HygieneStep step);

} // namespace latchkey
