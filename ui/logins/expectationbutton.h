// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginexpectation.h"

#include <QPushButton>

namespace latchkey {

/// What the login shall end with: "Expect: success", to be chosen from a menu.
class ExpectationButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit ExpectationButton(QWidget *parent = nullptr);

    const LoginExpectation &expectation() const { return m_expectation; }
    void setExpectation(const LoginExpectation &expectation);
    /// How the run that is shown ended, to be expected from now on; None: nothing to take over.
    void setLastEnd(const LoginExpectation &end) { m_lastEnd = end; }

signals:
    /// The person chose another one.
    void chosen();

private:
    void fillMenu();
    void choose(const LoginExpectation &expectation);
    void askForError();

    LoginExpectation m_expectation{};
    LoginExpectation m_lastEnd{};
};

} // namespace latchkey
