// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QUrl>

namespace latchkey {

/// A pair in the forms in which other programs take it. Wiped with its last copy.
Secret environmentLines(const QUrl &baseUrl, const QString &clientId, const Secret &secret);
/// As `onelogin.sdk.json` has it.
Secret sdkJson(const QString &clientId, const Secret &secret);

} // namespace latchkey
