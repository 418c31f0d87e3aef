// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/writedialog.h"
#include "grants/selflockout.h"

namespace latchkey {

/// Creates an authorization server, or edits one that is read again first.
class ServerDialog final : public WriteDialog
{
    Q_OBJECT

public:
    static ServerDialog *create(Session &session, std::vector<AuthServer> all, QWidget *parent);
    /// `known` is as it was loaded; `uses` is what this computer uses of the tenant.
    static ServerDialog *edit(Session &session, std::vector<AuthServer> all, const AuthServer &known,
                              std::vector<OwnUse> uses, QWidget *parent);

signals:
    /// The tenant shows the server like this now, as wanted or not.
    void seen(const latchkey::AuthServer &server);
    void stored(const latchkey::AuthServer &server);

private:
    ServerDialog(Session &session, std::vector<AuthServer> all, const AuthServer &known,
                 std::vector<OwnUse> uses, QWidget *parent);
    void makeFields();
    void readAgain();
    void offerReading(const Error &error);
    void fill(const AuthServer &server);
    AuthServer entered() const;
    std::vector<FieldError> problems() const;
    QString broken() const;
    void submit();
    void receive(const Result<Written<AuthServer>> &written);

    const std::vector<AuthServer> m_all;
    const std::vector<OwnUse> m_uses;
    AuthServer m_loaded;
};

} // namespace latchkey
