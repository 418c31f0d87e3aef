// SPDX-License-Identifier: GPL-3.0-or-later
#include "addtenantdialog.h"

#include "store/workspace.h"
#include "widgets/formfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

AddTenantDialog::AddTenantDialog(Workspace &workspace, const std::optional<Tenant> &tenant, QWidget *parent)
    : EditorDialog(tenant ? tr("Edit %1").arg(tenant->name) : tr("Add tenant"),
                   tenant ? tr("Save tenant") : tr("Add tenant"), parent)
    , m_workspace(workspace)
    , m_changed(tenant ? std::optional(tenant->id) : std::nullopt)
{
    setObjectName(u"addTenantDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    makeFields();
    if (tenant)
        fill(*tenant);
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
    for (TenantType type :
         {TenantType::Production, TenantType::Staging, TenantType::Development, TenantType::Sandbox})
        m_type->addItem(tenantTypeName(type), static_cast<int>(type));
    FormField *type = addField(u"type"_s, tr("Environment"), m_type);
    m_type->setObjectName(u"tenant.form.type"_s);
    setCheck(type, [this] {
        const Result<QUrl> url = parseTenantAddress(m_address->text());
        const bool isPlain = url && url->scheme() == "http"_L1;
        return isPlain && chosenType() != TenantType::Sandbox
                   ? tr("Only a Sandbox may be without https. Choose Sandbox, or an https address.")
                   : QString();
    });
    const auto describe = [this, type] {
        setEnvironment(chosenType());
        type->setHelp(chosenType() == TenantType::Production
                          ? tr("Shows the red band, so that it cannot be mistaken.")
                          : tr("Shows a band in its own colour."));
    };
    connect(m_type, &QComboBox::currentIndexChanged, this, describe);
    describe();
    m_readOnly = new QCheckBox(tr("Read-only: nothing is changed on the tenant from here"));
    m_readOnly->setObjectName(u"tenant.form.readOnly"_s);
    body()->addWidget(m_readOnly);
}

void AddTenantDialog::fill(const Tenant &tenant)
{
    m_address->setText(tenant.baseUrl.toString());
    m_name->setText(tenant.name);
    m_type->setCurrentIndex(m_type->findData(static_cast<int>(tenant.type)));
    m_readOnly->setChecked(tenant.readOnly);
}

TenantType AddTenantDialog::chosenType() const
{
    return static_cast<TenantType>(m_type->currentData().toInt());
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
    const Result<Tenant> tenant = save({.id = m_changed.value_or(TenantId{}),
                                        .name = m_name->text().trimmed(),
                                        .baseUrl = *url,
                                        .type = chosenType(),
                                        .readOnly = m_readOnly->isChecked()});
    if (!tenant) {
        showError(tenant.error());
        return;
    }
    accept();
    emit saved(*tenant);
}

Result<Tenant> AddTenantDialog::save(Tenant tenant)
{
    if (!m_changed)
        return m_workspace.addTenant(std::move(tenant));
    if (const Result<> stored = m_workspace.updateTenant(tenant); !stored)
        return fail(stored.error());
    return tenant;
}

} // namespace latchkey
