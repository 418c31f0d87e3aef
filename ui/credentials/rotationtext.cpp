// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/rotationtext.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Rotation", text);
}

} // namespace

QString rotationStepName(RotationStep step)
{
    switch (step) {
    case RotationStep::MakePair:
        return tr("Make the new pair");
    case RotationStep::TestPair:
        return tr("Test the new pair");
    case RotationStep::HandOver:
        return tr("Hand over");
    case RotationStep::DisableOld:
        return tr("Disable the old pair");
    case RotationStep::Watch:
        return tr("Watch until it is refused");
    case RotationStep::DeleteOld:
        return tr("Delete the old pair");
    }
    return {};
}

QString rotationProgress(const Rotation &rotation)
{
    return tr("Rotation: step %1 of %2").arg(static_cast<int>(rotation.step) + 1).arg(kRotationSteps);
}

} // namespace latchkey
