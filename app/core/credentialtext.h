// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace latchkey {

/// Points out what RFC 6749 appendix A.1 and A.2 do not allow in a client id or secret: anything
/// but printable ASCII. Empty when all is well.
QString credentialTextProblem(QStringView text);

/// Whether the two halves of an API credential can be used: neither empty nor with such characters.
/// Error InvalidInput.
Result<void> checkClientId(QStringView clientId);
Result<void> checkClientSecret(const Secret &secret);

} // namespace latchkey
