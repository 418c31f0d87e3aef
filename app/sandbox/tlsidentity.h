// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace latchkey::sandbox {

/// A certificate that signs itself for 127.0.0.1 and localhost, and its key, both as PEM. P-256, valid
/// from yesterday for a month; made anew at each start, so it is worth nothing to whoever finds it.
struct TlsIdentity
{
    QByteArray certificate{};
    QByteArray key{};

    static Result<TlsIdentity> generate();
};

} // namespace latchkey::sandbox
