// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/scopefields.h"

#include "onelogin/apiuse.h"
#include "onelogin/authserversapi.h"
#include "onelogin/session.h"
#include "style/typography.h"
#include "widgets/editablecombo.h"
#include "widgets/formfield.h"
#include "widgets/scopechips.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStyledItemDelegate>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// Says what choosing the empty entry means.
class ResourceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->text.isEmpty()) {
            option->text = ScopeFields::tr("None");
            option->features |= QStyleOptionViewItem::HasDisplay;
        }
    }
};

} // namespace

ScopeFields::ScopeFields(Session &session, QWidget *parent)
    : FormColumn(parent)
    , m_session(session)
{
    m_scopes = new ScopeChips;
    m_scopes->setObjectName(u"loginScopes"_s);
    addField(tr("Scopes"), m_scopes);
    m_resource = makeEditableCombo(u"loginResource"_s);
    m_resource->lineEdit()->setPlaceholderText(tr("None"));
    setTextStyle(m_resource, TextStyle::Fixed);
    m_resource->setItemDelegate(new ResourceDelegate(m_resource));
    m_resourceField = addField(tr("Resource"), m_resource);
    listResources();
    connect(m_resource, &QComboBox::currentTextChanged, this, &ScopeFields::readScopes);
    connect(m_resource, &QComboBox::currentTextChanged, this, &ScopeFields::edited);
    connect(m_scopes, &ScopeChips::scopesChanged, this, &ScopeFields::edited);
}

QStringList ScopeFields::scopes() const
{
    return m_scopes->scopes();
}

QString ScopeFields::resource() const
{
    return m_resource->currentText().trimmed();
}

void ScopeFields::set(const QStringList &scopes, const QString &resource)
{
    m_scopes->setScopes(scopes);
    m_resource->setEditText(resource);
}

void ScopeFields::setIssuerScopes(const QStringList &scopes)
{
    m_issuerScopes = scopes;
    updateSuggestions();
}

void ScopeFields::readServers()
{
    m_servers.clear();
    m_listing.reset();
    m_readingScopes.reset();
    const auto working = m_session.workingCredential();
    if (!m_session.api() || !working || !levelAllows(working->level, ApiUse::ReadAuthServers))
        return;
    m_listing = std::make_unique<QObject>();
    AuthServersApi(*m_session.api())
        .list(then(m_listing.get(), [this](Result<std::vector<AuthServer>> servers) {
            if (!servers)
                return;
            m_servers = std::move(*servers);
            listResources();
        }));
}

void ScopeFields::listResources()
{
    const QString typed = m_resource->currentText();
    QStringList resources{QString()};
    for (const AuthServer &server : m_servers)
        resources.append(server.resourceIdentifier);
    m_resource->clear();
    m_resource->addItems(resources);
    m_resource->setItemData(0, tr("None"), Qt::AccessibleTextRole);
    for (size_t i = 0; i < m_servers.size(); ++i)
        m_resource->setItemData(static_cast<int>(i) + 1, m_servers[i].name, Qt::ToolTipRole);
    m_resource->setEditText(typed);
}

void ScopeFields::readScopes()
{
    m_resourceScopes.clear();
    const QString resource = this->resource();
    const auto server = std::find_if(m_servers.begin(), m_servers.end(), [&](const AuthServer &each) {
        return !resource.isEmpty() && each.resourceIdentifier == resource;
    });
    m_readingScopes.reset();
    if (server == m_servers.end() || !m_session.api()) {
        m_resourceField->setHelp(
            tr("Without one the tenant decides whom the token is for; it may be opaque."));
        return updateSuggestions();
    }
    m_resourceField->setHelp(tr("The token is for %1.").arg(server->name));
    m_readingScopes = std::make_unique<QObject>();
    AuthServersApi(*m_session.api())
        .scopes(server->id, then(m_readingScopes.get(), [this](const Result<std::vector<Scope>> &scopes) {
                    if (!scopes)
                        return;
                    for (const Scope &scope : *scopes)
                        m_resourceScopes.append(scope.value);
                    updateSuggestions();
                }));
}

void ScopeFields::updateSuggestions()
{
    QStringList suggestions = m_resourceScopes + m_issuerScopes;
    suggestions.removeDuplicates();
    m_scopes->setSuggestions(suggestions);
}

} // namespace latchkey
