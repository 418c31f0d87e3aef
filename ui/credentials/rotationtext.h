// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rotation.h"

namespace latchkey {

/// "Hand over": what a step is about.
QString rotationStepName(RotationStep step);
/// "Rotation: step 3 of 6".
QString rotationProgress(const Rotation &rotation);

} // namespace latchkey
