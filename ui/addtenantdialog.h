// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/tenant.h"
#include "widgets/editordialog.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace latchkey {

class Workspace;

/// Enters a tenant, or changes one: name, address, kind of environment, whether it may be written to.
class AddTenantDialog final : public EditorDialog
{
    Q_OBJECT

public:
    /// `workspace` must outlive the dialog. Without a tenant it adds one.
    AddTenantDialog(Workspace &workspace, const std::optional<Tenant> &tenant, QWidget *parent = nullptr);

signals:
    /// The tenant as it is in the workspace now.
    void saved(const latchkey::Tenant &tenant);

private:
    void makeFields();
    TenantType chosenType() const;
    void describeAddress();
    void submit();
    void fill(const Tenant &tenant);
    Result<Tenant> save(Tenant tenant);

    Workspace &m_workspace;
    const std::optional<TenantId> m_changed; ///< none: a tenant is added
    QLineEdit *m_address = nullptr;
    FormField *m_addressField = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_type = nullptr;
    QCheckBox *m_readOnly = nullptr;
};

} // namespace latchkey
