// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginexpectation.h"

#include <QObject>

class QLineEdit;

namespace latchkey {

class EditorDialog;
class FormField;

/// The fields of a form that say which error a login shall end with.
class ErrorFields final : public QObject
{
    Q_OBJECT

public:
    /// Adds them to the form, which owns this.
    ErrorFields(EditorDialog &form, const LoginExpectation &expected);

    void setVisible(bool visible);
    LoginExpectation expectation() const;

private:
    FormField *m_errorField = nullptr;
    QLineEdit *m_error = nullptr;
    FormField *m_textField = nullptr;
    QLineEdit *m_text = nullptr;
};

} // namespace latchkey
