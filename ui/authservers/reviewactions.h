// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantapply.h"
#include "models/grantgridmodel.h"

#include <QPointer>
#include <QTimer>

namespace latchkey {

class Clipboard;
class Panel;
class ReviewDialog;
class ServerBook;
class Session;

/// Opens the review of what is staged for a server, and marks in the grid what becomes of its cells.
class ReviewActions final : public QObject
{
    Q_OBJECT

public:
    ReviewActions(Session &session, Clipboard &clipboard, ServerBook &book, Panel &panel);

    /// `grid` shows the plan of the server.
    void open(AuthServerId server, GrantGridModel &grid);
    /// The review works on a plan that goes. An apply that still runs is given up.
    void close();

signals:
    /// The plan is another one now. Whoever shows it again does so before the cells are marked.
    void applied(latchkey::AuthServerId server);
    /// Its client apps were read again.
    void rebased(latchkey::AuthServerId server);
    void undoAsked(latchkey::JournalEntryId entry);

private:
    void gather(const AppliedChange &change);
    void mark();
    void takeOutcome(const std::vector<AppliedChange> &changes);

    Session &m_session;
    Clipboard &m_clipboard;
    ServerBook &m_book;
    Panel &m_panel;
    QPointer<ReviewDialog> m_review;
    QPointer<GrantGridModel> m_grid;
    AuthServerId m_server{};
    GrantGridModel::Marks m_marks; ///< that the grid does not show yet
    QTimer m_delay;
};

} // namespace latchkey
