// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "widgets/formcolumn.h"

#include <QStringList>

#include <memory>
#include <vector>

class QComboBox;

namespace latchkey {

class FormField;
class ScopeChips;
class Session;

/// What a login asks for: scopes, and the resource that they are of. Suggests what the issuer and the
/// chosen authorization server have.
class ScopeFields final : public FormColumn
{
    Q_OBJECT

public:
    explicit ScopeFields(Session &session, QWidget *parent = nullptr);

    /// Lists the tenant's authorization servers as resources.
    void readServers();
    QStringList scopes() const;
    QString resource() const;
    void set(const QStringList &scopes, const QString &resource);
    void setIssuerScopes(const QStringList &scopes);
    ScopeChips *chips() const { return m_scopes; }
    QComboBox *resourceBox() const { return m_resource; }

signals:
    void edited();

private:
    void listResources();
    void readScopes();
    void updateSuggestions();

    Session &m_session;
    std::vector<AuthServer> m_servers;
    QStringList m_issuerScopes;
    QStringList m_resourceScopes;
    std::unique_ptr<QObject> m_listing;
    std::unique_ptr<QObject> m_readingScopes;
    ScopeChips *m_scopes = nullptr;
    QComboBox *m_resource = nullptr;
    FormField *m_resourceField = nullptr;
};

} // namespace latchkey
