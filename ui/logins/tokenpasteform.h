// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"
#include "oidc/tokenjudgement.h"

#include <QWidget>

#include <optional>

class QLineEdit;

namespace latchkey {

class FormField;
class PasswordField;

/// A token from elsewhere, and what it is held against.
struct PastedToken
{
    IssuedToken token{};
    ClaimExpectations expected{};
    Secret clientSecret{};
};

/// Takes a token, bare or as an `Authorization` header, and what is expected of it. The token is
/// masked like a secret, and forgotten with the form.
class TokenPasteForm final : public QWidget
{
    Q_OBJECT

public:
    /// `clock` must outlive the form.
    TokenPasteForm(const QUrl &issuer, const Clock &clock, QWidget *parent = nullptr);

    QWidget *firstField() const;
    /// None while there is no token.
    std::optional<PastedToken> pasted() const;
    QUrl issuer() const;
    /// Whether a next step of an explanation has its effect in this form, for that token.
    static bool canPerform(const QString &action, const PastedToken &pasted);
    /// Puts the cursor into the field that the step is about.
    void perform(const QString &action);

signals:
    void changed();

private:
    void readToken();
    void updateSecret();

    const Clock &m_clock;
    IssuedToken m_token{};
    PasswordField *m_text = nullptr;
    FormField *m_textField = nullptr;
    QLineEdit *m_issuer = nullptr;
    QLineEdit *m_audience = nullptr;
    QLineEdit *m_nonce = nullptr;
    PasswordField *m_secret = nullptr;
    FormField *m_secretField = nullptr;
};

} // namespace latchkey
