// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/rotation.h"

#include <QCoreApplication>

namespace latchkey {

/// The rotations of a workspace, at most one of an old pair. Each function is a short local transaction;
/// errors are Storage or StorageTooNew. A change names the step it starts from, and
/// update() the new pair too, so that of two windows only one takes it.
class RotationLog
{
    Q_DECLARE_TR_FUNCTIONS(RotationLog)

public:
    explicit RotationLog(OpenDatabase file);

    /// Returns it with its id and time; the one there is already where there is one.
    Result<Rotation> begin(const Rotation &rotation);
    Result<Rotation> update(const Rotation &from, const Rotation &to);
    Result<void> strike(const Rotation &rotation); ///< over, or given up
    /// The oldest first. Those of an old pair that was removed are gone.
    Result<std::vector<Rotation>> all(TenantId tenant) const;

private:
    OpenDatabase m_file;
};

} // namespace latchkey
