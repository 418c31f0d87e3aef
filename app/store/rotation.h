// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

namespace latchkey {

using RotationId = Id<struct RotationIdTag>; ///< row of the workspace

/// What comes next in a rotation; all before it is proven.
enum class RotationStep { MakePair, TestPair, HandOver, DisableOld, Watch, DeleteOld };

inline constexpr int kRotationSteps = 6;

/// One pair taking the place of another. It ends with the row of the old one.
struct Rotation
{
    RotationId id{};
    TenantId tenant{};
    CredentialId oldPair{};
    CredentialId newPair{}; ///< invalid: there is none yet
    QString newName{};      ///< what it is, or is to be, called: noted before it is made
    RotationStep step = RotationStep::MakePair;
    QDateTime startedAt{};
    QString note{}; ///< where the old one is used, in a person's words
};

} // namespace latchkey
