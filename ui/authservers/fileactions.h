// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantchange.h"

#include <QObject>

#include <functional>

class QAction;

namespace latchkey {

class Panel;
class ServerBook;
class Session;

/// Grants as files: writes them, and plans from one. Its buttons stand in the head of the panel.
class FileActions final : public QObject
{
    Q_OBJECT

public:
    /// `pending` says how many changes are staged for a server.
    FileActions(Session &session, ServerBook &book, Panel &panel, std::function<int(AuthServerId)> pending);

    void addButtons();
    /// The grants of `server` are exported; it is compared where a file names none of the tenant's. `why` no
    /// changes may be planned.
    void follow(AuthServerId server, bool mayPlan, const QString &why);

signals:
    /// To be staged instead of what is.
    void planned(latchkey::AuthServerId server, const std::vector<latchkey::GrantChange> &changes);

private:
    void exportGrants();
    void plan();

    Session &m_session;
    ServerBook &m_book;
    Panel &m_panel;
    std::function<int(AuthServerId)> m_pending;
    AuthServerId m_server{};
    QAction *m_export = nullptr;
    QAction *m_plan = nullptr;
};

} // namespace latchkey
