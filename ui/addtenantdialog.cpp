// SPDX-License-Identifier: GPL-3.0-or-later
#include "addtenantdialog.h"

#include "store/workspace.h"
#include "widgets/formfield.h"

#include <QComboBox>
#include <QLineEdit>

namespace latchkey {

using namespace Qt::StringLiterals;

AddTenantDialog::AddTenantDialog(Workspace &workspace, QWidget *parent)
    : EditorDialog(tr("Add tenant"), tr("Add tenant"), parent)
    , m_workspace(workspace)
{
    setObjectName(u"addTenantDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    makeFields();
    m_address->setFocus();
    connect(this, &EditorDialog::submitted, this, &AddTenantDialog::submit);
}

void AddTenantDialog::makeFields()
{
    m_address = new QLineEdit;
    m_address->setPlaceholderText(u"company.onelogin.com"_s);
    m_addressField = addField(u"address"_s, tr("OneLogin address"), m_address);
    m_address->setObjectName(u"tenant.form.address"_s);
    setCheck(m_addressField, [this] {
        const Result<QUrl> url = parseTenantAddress(m_address->text());
        return url ? QString() : url.error().message;
    });
    connect(m_address, &QLineEdit::textChanged, this, &AddTenantDialog::describeAddress);
    describeAddress();

    m_name = new QLineEdit;
    FormField *name = addField(u"name"_s, tr("Name"), m_name, tr("How it is called here."));
    m_name->setObjectName(u"tenant.form.name"_s);
    setCheck(name,
             [this] { return m_name->text().trimmed().isEmpty() ? tr("A name is needed.") : QString(); });

    m_type = new QComboBox;
    for (TenantType type : {TenantType::Production, TenantType::Staging, TenantType::Development})
        m_type->addItem(tenantTypeName(type), static_cast<int>(type));
    FormField *type = addField(u"type"_s, tr("Environment"), m_type);
    m_type->setObjectName(u"tenant.form.type"_s);
    const auto describe = [this, type] {
        const auto chosen = static_cast<TenantType>(m_type->currentData().toInt());
        setEnvironment(chosen);
        type->setHelp(chosen == TenantType::Production
                          ? tr("Shows the red band, so that it cannot be mistaken.")
                          : tr("Shows a band in its own colour."));
    };
    connect(m_type, &QComboBox::currentIndexChanged, this, describe);
    describe();
}

void AddTenantDialog::describeAddress()
{
    const Result<QUrl> url = parseTenantAddress(m_address->text());
    m_addressField->clearError();
    m_addressField->setHelp(url ? tr("Requests go to %1.").arg(url->toString())
                                : tr("The subdomain, the host, or the whole address."));
}

void AddTenantDialog::submit()
{
    const Result<QUrl> url = parseTenantAddress(m_address->text());
    if (!url) {
        showError(url.error());
        return;
    }
    const Result<Tenant> tenant =
        m_workspace.addTenant({.name = m_name->text().trimmed(),
                               .baseUrl = *url,
                               .type = static_cast<TenantType>(m_type->currentData().toInt())});
    if (!tenant) {
        showError(tenant.error());
        return;
    }
    accept();
    emit added(*tenant);
}

} // namespace latchkey
