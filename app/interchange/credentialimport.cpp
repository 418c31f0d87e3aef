// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialimport.h"

#include "core/credentialtext.h"
#include "interchange/credentialcollector.h"
#include "onelogin/credentialregister.h"
#include "onelogin/freename.h"
#include "secrets/secretstore.h"
#include "store/rows.h"
#include "store/workspace.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// The regional hosts serve every tenant but those of this computer.
bool isForAnother(const QUrl &address, const Tenant &tenant)
{
    if (address.isEmpty())
        return false;
    if (isRegionalHost(address))
        return tenant.baseUrl.scheme() != address.scheme();
    const int usual = address.scheme() == "http"_L1 ? 80 : 443;
    return address.scheme() != tenant.baseUrl.scheme() || address.host() != tenant.baseUrl.host() ||
           address.port(usual) != tenant.baseUrl.port(usual);
}

} // namespace

std::vector<PlannedImport> planImport(const std::vector<FoundCredential> &found, const Tenant &tenant,
                                      const std::vector<ApiCredential> &existing, const Workspace &workspace)
{
    QSet<QString> names;
    QSet<QString> clientIds;
    for (const ApiCredential &credential : existing)
        clientIds.insert(credential.clientId);
    std::vector<PlannedImport> plan;
    plan.reserve(found.size());
    for (const FoundCredential &each : found) {
        PlannedImport planned{.found = each};
        planned.isExisting = clientIds.contains(each.clientId);
        planned.isOfAnotherTenant = isForAnother(each.baseUrl, tenant);
        if (!planned.isExisting) {
            planned.found.name = freeName(workspace, tenant.id, each.name, names);
            names.insert(nameKey(planned.found.name));
            if (!planned.isOfAnotherTenant)
                clientIds.insert(each.clientId);
        }
        plan.push_back(std::move(planned));
    }
    return plan;
}

CredentialImport::CredentialImport(CredentialRegister &credentials, TenantId tenant, SecretPlace place)
    : QObject(&credentials)
    , m_credentials(credentials)
    , m_tenant(tenant)
    , m_place(place)
{
}

void CredentialImport::start(const std::vector<FoundCredential> &rows,
                             const Continuation<std::vector<ApiCredential>> &continuation)
{
    m_continuation = continuation;
    const Result<void> ready = prepare(rows);
    QMetaObject::invokeMethod(
        this,
        [this, ready] {
            if (ready)
                storeNext(0);
            else
                finish(fail(ready.error()));
        },
        Qt::QueuedConnection);
}

Result<void> CredentialImport::prepare(const std::vector<FoundCredential> &rows)
{
    Workspace &workspace = m_credentials.workspace();
    if (workspace.isReadOnly())
        return fail(ErrorKind::StorageTooNew, workspace.readOnlyReason());
    QSet<QString> names;
    QSet<QString> clientIds;
    const Result<std::vector<ApiCredential>> existing = m_credentials.list(m_tenant);
    if (!existing)
        return fail(existing.error());
    for (const ApiCredential &credential : *existing)
        clientIds.insert(credential.clientId);
    QStringList keys;
    for (const FoundCredential &found : rows) {
        const ApiCredential row{.tenant = m_tenant,
                                .name = found.name.trimmed(),
                                .clientId = found.clientId,
                                .level = found.level,
                                .note = found.note,
                                .state = found.state,
                                .place = m_place,
                                .secretMissing = found.clientSecret.isEmpty(),
                                .secretKey = newSecretKey(),
                                .addedAt = QDateTime::currentDateTimeUtc()};
        if (const Result<void> usable = checkRow(row, found.clientSecret, names, clientIds); !usable)
            return usable;
        m_items.push_back({row, found.clientSecret});
        if (!row.secretMissing)
            keys.append(row.secretKey);
    }
    return m_place == SecretPlace::Keychain ? workspace.noteKeychainItems(keys) : Result<void>();
}

/// Also notes the name and the client ID as used.
Result<void> CredentialImport::checkRow(const ApiCredential &row, const Secret &secret, QSet<QString> &names,
                                        QSet<QString> &clientIds) const
{
    if (const Result<void> usable = m_credentials.workspace().checkName(row); !usable)
        return usable;
    if (names.contains(nameKey(row.name)))
        return fail(ErrorKind::InvalidInput,
                    tr("Two of the chosen rows are named %1. Change one of the names.").arg(row.name));
    if (clientIds.contains(row.clientId))
        return fail(ErrorKind::InvalidInput,
                    tr("The client ID of %1 is in this tenant already.").arg(row.name));
    names.insert(nameKey(row.name));
    clientIds.insert(row.clientId);
    const Result<void> usable = checkClientId(row.clientId);
    return usable && !secret.isEmpty() ? checkClientSecret(secret) : usable;
}

bool CredentialImport::isCancelled() const
{
    return m_isCancelled || m_continuation->context() == nullptr;
}

void CredentialImport::storeNext(size_t index)
{
    while (index < m_items.size() && m_items[index].row.secretMissing)
        ++index;
    if (isCancelled())
        return takeBack(index, {.kind = ErrorKind::InvalidInput,
                                .message = tr("The import was cancelled. Nothing was imported.")});
    if (index == m_items.size())
        return writeRows();
    const Item &item = m_items[index];
    m_credentials.storeOf(m_place).put(
        item.row.secretKey, item.secret, then(this, [this, index](const Result<void> &stored) {
            if (stored) {
                emit progressed(static_cast<int>(index) + 1, static_cast<int>(m_items.size()));
                return storeNext(index + 1);
            }
            // A keychain that does not answer is not asked again: what it may hold stays in the index.
            const bool mayAsk = stored.error().kind != ErrorKind::KeychainTimeout;
            if (mayAsk)
                takeBack(index + 1, stored.error());
            else
                finish(fail(stored.error()));
        }));
}

void CredentialImport::writeRows()
{
    std::vector<ApiCredential> rows;
    rows.reserve(m_items.size());
    for (const Item &item : m_items)
        rows.push_back(item.row);
    Result<std::vector<ApiCredential>> added = m_credentials.workspace().addCredentials(std::move(rows));
    if (added)
        finish(std::move(added));
    else
        takeBack(m_items.size(), added.error());
}

/// Removes the secrets of the first `count` items, the last one first; the others were never stored. What
/// cannot be removed stays in the index of the keychain: a leftover.
void CredentialImport::takeBack(size_t count, Error why)
{
    for (size_t i = count; i < m_items.size(); ++i)
        (void)m_credentials.workspace().forgetKeychainItem(m_items[i].row.secretKey);
    m_items.resize(std::min(count, m_items.size()));
    while (!m_items.empty() && m_items.back().row.secretMissing)
        m_items.pop_back();
    if (m_items.empty())
        return finish(fail(std::move(why)));
    const QString key = m_items.back().row.secretKey;
    m_credentials.storeOf(m_place).remove(
        key, then(this, [this, key, why = std::move(why)](const Result<void> &removed) mutable {
            if (!removed) {
                why.detail = tr("Some secrets could not be taken back yet: the next start with an open "
                                "keychain removes them.");
                return finish(fail(std::move(why)));
            }
            (void)m_credentials.workspace().forgetKeychainItem(key);
            m_items.pop_back();
            takeBack(m_items.size(), std::move(why));
        }));
}

void CredentialImport::finish(Result<std::vector<ApiCredential>> result)
{
    deleteLater();
    (*m_continuation)(std::move(result));
}

} // namespace latchkey
