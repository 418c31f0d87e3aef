// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// Points out what RFC 6749 appendix A.1 and A.2 do not allow in a client id or secret: anything
/// but printable ASCII. Empty when all is well.
QString credentialTextProblem(QStringView text);

} // namespace latchkey
