// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/memorystore.h"

namespace latchkey {

void MemoryStore::put(const QString &key, const Secret &secret, Continuation<> continuation)
{
    m_secrets.insert(key, secret);
    finishLater<void>(continuation, {});
}

void MemoryStore::get(const QString &key, Continuation<Secret> continuation)
{
    const auto found = m_secrets.constFind(key);
    if (found == m_secrets.constEnd())
        finishLater<Secret>(continuation,
                            fail(ErrorKind::SecretMissing, tr("This session holds no such secret.")));
    else
        finishLater<Secret>(continuation, *found);
}

void MemoryStore::remove(const QString &key, Continuation<> continuation)
{
    m_secrets.remove(key);
    finishLater<void>(continuation, {});
}

} // namespace latchkey
