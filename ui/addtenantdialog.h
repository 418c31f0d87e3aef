// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "widgets/editordialog.h"

class QComboBox;
class QLineEdit;

namespace latchkey {

class Workspace;

/// Enters a tenant: name, address, kind of environment.
class AddTenantDialog final : public EditorDialog
{
    Q_OBJECT

public:
    /// `workspace` must outlive the dialog.
    AddTenantDialog(Workspace &workspace, QWidget *parent = nullptr);

signals:
    void added(const latchkey::Tenant &tenant);

private:
    void makeFields();
    void describeAddress();
    void submit();

    Workspace &m_workspace;
    QLineEdit *m_address = nullptr;
    FormField *m_addressField = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_type = nullptr;
};

} // namespace latchkey
