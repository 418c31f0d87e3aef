// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"
#include "net/continuation.h"

#include <QString>

namespace latchkey {

/// Puts, gets and removes secrets by key. A seam: the keychain, or memory.
///
/// Errors: KeychainLocked, KeychainUnavailable, KeychainTimeout, KeychainFailure, and SecretMissing
/// from get() only. A key is opaque (labels are readable while a keychain is locked).
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Stores and reads back: success means that the very same bytes came out again.
    virtual void put(const QString &key, const Secret &secret, Continuation<> continuation) = 0;
    virtual void get(const QString &key, Continuation<Secret> continuation) = 0;
    /// Removes and looks again. A key that is not there is a success.
    virtual void remove(const QString &key, Continuation<> continuation) = 0;
    /// Writes, reads and removes a test item: does the store work now?
    void probe(Continuation<> continuation);
    /// The same under a key of the caller's, who can then find what a crash leaves of it.
    void probe(const QString &key, Continuation<> continuation);
};

/// A new opaque key: "latchkey/" and 128 random bits.
QString newSecretKey();

} // namespace latchkey
