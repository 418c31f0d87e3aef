// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/formcolumn.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace latchkey {

class Clipboard;
class Fold;
class FormField;
struct LoginRequest;

/// What a login with the browser needs: the redirect URI that the app must have registered, and what the
/// sign-in page is told.
class BrowserFields final : public FormColumn
{
    Q_OBJECT

public:
    explicit BrowserFields(Clipboard &clipboard, QWidget *parent = nullptr);

    void fill(LoginRequest &request) const;
    void set(const LoginRequest &request);
    /// Both unfold the options that they are among.
    QComboBox *promptBox() const;
    QSpinBox *portBox() const;

signals:
    void edited();

private:
    QWidget *makeRedirect(Clipboard &clipboard);
    void makeOptions();
    void update();

    QLineEdit *m_redirect = nullptr;
    Fold *m_options = nullptr;
    QLineEdit *m_loginHint = nullptr;
    QComboBox *m_prompt = nullptr;
    QLineEdit *m_acrValues = nullptr;
    QSpinBox *m_port = nullptr;
};

} // namespace latchkey
