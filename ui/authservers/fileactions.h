// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantchange.h"

#include <QObject>

#include <functional>

namespace latchkey {

class Panel;
class ServerBook;
class Session;

/// Grants as files: writes them, and plans from one.
class FileActions final : public QObject
{
    Q_OBJECT

public:
    FileActions(Session &session, ServerBook &book, Panel &panel);

    void exportGrants(AuthServerId server);
    /// `pending` says how many changes are staged for a server. `selected` is compared where the file names
    /// none of the tenant's.
    void plan(AuthServerId selected, const std::function<int(AuthServerId)> &pending);

signals:
    /// To be staged instead of what is.
    void planned(latchkey::AuthServerId server, const std::vector<latchkey::GrantChange> &changes);

private:
    Session &m_session;
    ServerBook &m_book;
    Panel &m_panel;
};

} // namespace latchkey
