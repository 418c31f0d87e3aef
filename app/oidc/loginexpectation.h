// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "oidc/loginoutcome.h"
#include "oidc/loginrequest.h"

#include <QCoreApplication>

namespace latchkey {

/// What a test login shall end with.
struct LoginExpectation
{
    Q_DECLARE_TR_FUNCTIONS(LoginExpectation)

public:
    enum class Kind { None, Success, Error };

    Kind kind = Kind::None;
    QString error{};       ///< of Error: the very code; empty: any
    QString description{}; ///< of Error: what occurs in the description, whatever its case; empty: anything

    /// `success`, or `ERROR[:TEXT]` where one of the two may be empty. InvalidInput if both are.
    static Result<LoginExpectation> parse(const QString &text);
    /// What parse() reads; empty for None.
    QString text() const;
    /// None: nothing is expected. What is no answer of the provider meets nothing.
    std::optional<bool> isMetBy(const Result<LoginOutcome> &result) const;

    friend bool operator==(const LoginExpectation &, const LoginExpectation &) = default;
};

} // namespace latchkey
