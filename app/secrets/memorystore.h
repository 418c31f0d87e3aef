// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <QHash>

namespace latchkey {

/// Secrets for this session only; they are gone with the object.
class MemoryStore final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    void put(const QString &key, const Secret &secret, Continuation<> continuation) override;
    void get(const QString &key, Continuation<Secret> continuation) override;
    void remove(const QString &key, Continuation<> continuation) override;

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace latchkey
