// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/pairtest.h"

#include <QCoreApplication>

namespace latchkey {

void PairTest::run(const QString &name, const QString &clientId, const Secret &secret,
                   const Continuation<ManagementToken> &continuation)
{
    m_tested.reset();
    m_source = std::make_unique<TokenSource>(
        m_session.http(), m_session.clock(), m_session.tenant().baseUrl, clientId,
        QCoreApplication::translate("PairTest", "%1, test").arg(name),
        [secret](const Continuation<Secret> &next) { finishLater<Secret>(next, secret); });
    m_source->fetch(Continuation<ManagementToken>(
        continuation.context(), [this, clientId, secret, continuation](const Result<ManagementToken> &token) {
            if (const auto problem = problemOf(token ? std::nullopt : std::optional(token.error())))
                m_tested = {clientId, secret, m_session.clock().now(), *problem};
            continuation(token);
        }));
}

void PairTest::note(CredentialId id, const QString &clientId, const Secret &secret) const
{
    // What cannot be noted is no reason to fail: the pair is kept.
    if (m_tested && m_tested->clientId == clientId && m_tested->secret == secret)
        static_cast<void>(m_session.credentials().markUsed(id, m_tested->at, m_tested->problem));
}

} // namespace latchkey
