// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/publickey.h"

#include <vector>

namespace latchkey {

/// A key of a set that verifies nothing here, and why.
struct SkippedKey
{
    QString kid{}; ///< empty: it has none
    QString reason{};
};

/// The keys that an issuer publishes, RFC 7517 section 5. A key that cannot be used does not spoil the
/// others.
struct Jwks
{
    std::vector<PublicKey> keys{};
    std::vector<SkippedKey> skipped{};

    bool knows(const QString &kid) const;
    /// What a person should know of the set: keys that were skipped, ids that several have, private
    /// keys that were published.
    QStringList notes() const;
};

/// At most 1 MiB and 500 keys. Error InvalidInput if it is no key set at all.
Result<Jwks> parseJwks(const QByteArray &json);

} // namespace latchkey
