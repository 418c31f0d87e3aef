// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"

#include <QStringList>

class QWidget;

namespace latchkey {

class ConfirmDialog;

/// What a confirmation says.
struct Confirmation
{
    QString objectName{};
    QString title{};
    QString verb{};
    QStringList effects{};
    QString typedName{}; ///< to be typed first; empty: nothing is
};

/// Opens it over `parent`; it deletes itself when it is closed.
ConfirmDialog *openConfirmation(const Confirmation &texts, const Tenant &tenant, QWidget *parent);

} // namespace latchkey
