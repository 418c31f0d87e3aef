// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/writedialog.h"

namespace latchkey {

/// Edits one scope of an authorization server.
class ScopeDialog final : public WriteDialog
{
    Q_OBJECT

public:
    /// What the scopes belong to, as last read.
    struct Context
    {
        AuthServer server{};
        std::vector<Scope> all{};
        int apps = 0;     ///< client apps that have the scope
        QString broken{}; ///< what of this computer breaks by another value; empty: nothing
    };
    ScopeDialog(Session &session, Context context, const Scope &known, QWidget *parent);

signals:
    void seen(const std::vector<latchkey::Scope> &scopes);
    void stored(const latchkey::Scope &scope);

protected:
    void takeLines(const QString &key, const QString &entered) override;

private:
    Scope entered() const;
    void submit();

    Context m_context;
    Scope m_loaded;
};

} // namespace latchkey
