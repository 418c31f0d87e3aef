// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/writedialog.h"

namespace latchkey {

/// Adds a claim to an authorization server, or edits one.
class ClaimDialog final : public WriteDialog
{
    Q_OBJECT

public:
    /// A `known` without an id is a new one; `all` are the claims of the server as last read.
    ClaimDialog(Session &session, const AuthServer &server, std::vector<Claim> all, const Claim &known,
                QWidget *parent);

signals:
    void seen(const std::vector<latchkey::Claim> &claims);
    void stored(const latchkey::Claim &claim);

private:
    void makeFields();
    void followMapping();
    Claim entered() const;
    void submit();
    void receive(const Result<Written<Claim>> &written);

    const AuthServer m_server;
    std::vector<Claim> m_all;
    Claim m_loaded;
};

} // namespace latchkey
