// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialexport.h"

#include "interchange/csvcell.h"
#include "net/worker.h"
#include "onelogin/credentialregister.h"

#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString stateKey(CredentialState state)
{
    return state == CredentialState::Disabled ? u"disabled"_s : u"enabled"_s;
}

QString levelText(const ApiCredential &credential)
{
    return credential.level ? scopeLevelName(*credential.level) : QString();
}

QJsonObject documentOf(const Tenant &tenant, const std::vector<ApiCredential> &credentials,
                       const QHash<qint64, Secret> &secrets)
{
    QJsonArray list;
    for (const ApiCredential &credential : credentials) {
        QJsonObject object{
            {u"name"_s, credential.name},
            {u"address"_s, tenant.baseUrl.toString()},
            {u"client_id"_s, credential.clientId},
            {u"scope_level"_s, credential.level ? QJsonValue(levelText(credential)) : QJsonValue()},
            {u"note"_s, credential.note},
            {u"enabled"_s, credential.state == CredentialState::Enabled}};
        if (const auto secret = secrets.constFind(credential.id.value); secret != secrets.constEnd()) {
            QString text = secret->revealed();
            object.insert(u"client_secret"_s, text);
            wipe(text);
        }
        list.append(object);
    }
    return {{u"schema"_s, 1}, {u"credentials"_s, list}};
}

} // namespace

QByteArray credentialsAsCsv(const Tenant &tenant, const std::vector<ApiCredential> &credentials)
{
    QString text = u"name,address,client_id,scope_level,note,state\r\n"_s;
    for (const ApiCredential &credential : credentials) {
        text += csvRow({credential.name, tenant.baseUrl.toString(), credential.clientId,
                        levelText(credential), credential.note, stateKey(credential.state)});
    }
    return text.toUtf8();
}

QJsonObject credentialsAsJson(const Tenant &tenant, const std::vector<ApiCredential> &credentials)
{
    return documentOf(tenant, credentials, {});
}

CredentialExport::CredentialExport(CredentialRegister &credentials, Tenant tenant, QObject *parent)
    : QObject(parent)
    , m_credentials(credentials)
    , m_tenant(std::move(tenant))
{
}

void CredentialExport::start(const std::vector<ApiCredential> &chosen, const Secret &passphrase,
                             const SealingCost &cost, const Continuation<SealedExport> &continuation)
{
    m_chosen = chosen;
    m_passphrase = passphrase;
    m_cost = cost;
    m_continuation = continuation;
    QMetaObject::invokeMethod(
        this, [this] { readNext(0); }, Qt::QueuedConnection);
}

void CredentialExport::readNext(size_t index)
{
    if (index == m_chosen.size())
        return seal();
    m_credentials.secret(m_chosen[index], then(this, [this, index](const Result<Secret> &secret) {
                             if (secret)
                                 m_secrets.insert(m_chosen[index].id.value, *secret);
                             else if (secret.error().kind != ErrorKind::SecretMissing)
                                 return (*m_continuation)(fail(secret.error()));
                             emit progressed(static_cast<int>(index) + 1, static_cast<int>(m_chosen.size()));
                             readNext(index + 1);
                         }));
}

void CredentialExport::seal()
{
    QByteArray json = QJsonDocument(documentOf(m_tenant, m_chosen, m_secrets)).toJson();
    const Secret plain = Secret::takeFrom(json);
    const int missing = static_cast<int>(m_chosen.size()) - static_cast<int>(m_secrets.size());
    m_secrets.clear();
    inWorker<QByteArray>(
        then(this,
             [this, missing](const Result<QByteArray> &bytes) {
                 if (bytes)
                     (*m_continuation)(SealedExport{*bytes, missing});
                 else
                     (*m_continuation)(fail(bytes.error()));
             }),
        [plain, passphrase = m_passphrase, cost = m_cost] { return sealed(plain, passphrase, cost); });
}

} // namespace latchkey
