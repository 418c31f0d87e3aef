// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/discovery.h"
#include "widgets/formcolumn.h"

#include <memory>
#include <vector>

class QLineEdit;

namespace latchkey {

class Fold;
class FormField;
class Session;

/// The issuer of a login and its endpoints, as it publishes them or as somebody says instead.
class IssuerFields final : public FormColumn
{
    Q_OBJECT

public:
    explicit IssuerFields(Session &session, QWidget *parent = nullptr);

    QUrl issuer() const;
    /// Those that were typed.
    ProviderMetadata endpoints() const;
    void set(const QUrl &issuer, const ProviderMetadata &endpoints);
    /// As published; empty until they are read.
    const ProviderMetadata &provider() const { return m_provider; }
    void readEndpoints();
    QLineEdit *issuerEdit() const { return m_issuer; }
    /// Unfolds the endpoints.
    QLineEdit *tokenEndpointEdit() const;

signals:
    void edited();
    void endpointsRead();

private:
    struct Endpoint
    {
        QUrl ProviderMetadata::*member = nullptr;
        QLineEdit *edit = nullptr;
    };

    void addEndpoint(const QString &label, const QString &name, QUrl ProviderMetadata::*member);
    void showRead(const Result<ProviderMetadata> &provider);
    void updateCount();

    Session &m_session;
    ProviderMetadata m_provider{};
    QUrl m_issuerRead{};
    std::unique_ptr<QObject> m_reading;
    QLineEdit *m_issuer = nullptr;
    FormField *m_issuerField = nullptr;
    Fold *m_fold = nullptr;
    std::vector<Endpoint> m_endpoints;
};

} // namespace latchkey
