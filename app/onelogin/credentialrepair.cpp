// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialrepair.h"

namespace latchkey {

CredentialRepair::CredentialRepair(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_unfinished(session)
{
}

void CredentialRepair::look(Continuation<RepairReport> continuation)
{
    m_continuation = std::move(continuation);
    m_report = {};
    m_next = 0;
    Result<std::vector<ApiCredential>> rows = m_session.credentials().list(m_session.tenant().id);
    if (!rows)
        return finishLater<RepairReport>(*m_continuation, fail(rows.error()));
    m_rows = std::move(*rows);
    QMetaObject::invokeMethod(this, &CredentialRepair::lookNext, Qt::QueuedConnection);
}

void CredentialRepair::lookNext()
{
    emit progressed(static_cast<qsizetype>(m_next), static_cast<qsizetype>(m_rows.size()));
    if (m_next == m_rows.size())
        return finish();
    const ApiCredential row = m_rows[m_next++];
    m_session.credentials().secret(row, then(this, [this, row](const Result<Secret> &secret) {
                                       if (!secret && secret.error().kind != ErrorKind::SecretMissing)
                                           return (*m_continuation)(fail(secret.error()));
                                       if (!secret)
                                           m_report.missing.push_back(row);
                                       lookNext();
                                   }));
}

void CredentialRepair::finish()
{
    const Result<QStringList> leftovers = m_session.credentials().leftovers();
    const Result<YoungLeftovers> young = m_session.credentials().youngLeftovers();
    const Result<std::vector<Operation>> unfinished = m_unfinished.list();
    if (!leftovers)
        return (*m_continuation)(fail(leftovers.error()));
    if (!young)
        return (*m_continuation)(fail(young.error()));
    if (!unfinished)
        return (*m_continuation)(fail(unfinished.error()));
    m_report.leftovers = *leftovers;
    m_report.young = *young;
    m_report.unfinished = *unfinished;
    (*m_continuation)(m_report);
}

} // namespace latchkey
