// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>

namespace latchkey {

/// How much work it takes to try one passphrase (Argon2id).
struct SealingCost
{
    quint64 operations = 3;
    quint64 memoryBytes = quint64{256} * 1024 * 1024;
};

/// Encrypts with a key made from the passphrase: libsodium's crypto_pwhash (Argon2id) and
/// crypto_secretstream_xchacha20poly1305 in chunks. Cost and salt stand in a header that the first chunk
/// authenticates. Slow on purpose: never in the thread of the window.
Result<QByteArray> sealed(const Secret &plain, const Secret &passphrase, const SealingCost &cost = {});

/// Error Invalid: not such a file, from a newer version, costs beyond all reason; the wrong passphrase, or a
/// changed header (nobody can tell which); changed or cut off after that.
Result<Secret> unsealed(QByteArrayView file, const Secret &passphrase);

/// Whether these are bytes of sealed().
bool isSealed(QByteArrayView file);

} // namespace latchkey
