// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace latchkey {

/// One scope in the comparison of a login: asked for, granted, and in the token.
struct ScopeFate
{
    QString scope{};
    bool requested = false;
    std::optional<bool> granted{}; ///< none: the answer does not say, so as requested
    std::optional<bool> inToken{}; ///< none: the token cannot be read
};

std::vector<ScopeFate> scopeFates(const LoginOutcome &outcome);

/// Scopes requested, granted and in the token side by side, and what was asked for in vain.
class ScopeComparison final : public QWidget
{
    Q_OBJECT

public:
    /// `name`: of the client app. `isOfServer`: the login asked for an authorization server's resource,
    /// whose grants decide.
    ScopeComparison(const LoginOutcome &outcome, const QString &name, bool isOfServer,
                    QWidget *parent = nullptr);

signals:
    void grantsAsked();
};

} // namespace latchkey
