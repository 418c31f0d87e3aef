// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginprofile.h"
#include "widgets/editordialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace latchkey {

class ErrorFields;
class ProfileRegister;

/// Names a login that is to be kept, what it shall end with, and what is kept of it. Deletes itself.
class ProfileDialog final : public EditorDialog
{
    Q_OBJECT

public:
    /// `profile` comes with the secrets that may be kept; without an id it is a new one. The register must
    /// outlive the dialog.
    ProfileDialog(ProfileRegister &profiles, LoginProfile profile, QWidget *parent);

signals:
    void saved(const latchkey::LoginProfile &profile);

private:
    void makeFields();
    void makeExpectation();
    void fill();
    LoginExpectation::Kind expectedKind() const;
    void save();

    ProfileRegister &m_profiles;
    LoginProfile m_profile;
    QLineEdit *m_name = nullptr;
    QComboBox *m_expected = nullptr;
    ErrorFields *m_error = nullptr;
    QCheckBox *m_keepSecret = nullptr;
    QCheckBox *m_keepPassword = nullptr;
    QCheckBox *m_keepClaims = nullptr;
};

} // namespace latchkey
