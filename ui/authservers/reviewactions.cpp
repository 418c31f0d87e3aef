// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewactions.h"

#include "authservers/reviewdialog.h"
#include "authservers/serverstates.h"
#include "grants/serverbook.h"
#include "onelogin/session.h"
#include "widgets/panel.h"

namespace latchkey {

namespace {

constexpr std::chrono::milliseconds kMarkDelay{60}; ///< thousands of rows move at once

CellMark markOf(const AppliedChange &change, ScopeId scope, bool isAdd)
{
    if (change.state == ApplyState::Sending || change.state == ApplyState::ReadingBack)
        return CellMark::Sending;
    return change.state == ApplyState::NotStored && !isUnknown(change) && !isStored(scope, isAdd, change)
               ? CellMark::NotStored
               : CellMark::None;
}

} // namespace

ReviewActions::ReviewActions(Session &session, Clipboard &clipboard, ServerBook &book, Panel &panel)
    : m_session(session)
    , m_clipboard(clipboard)
    , m_book(book)
    , m_panel(panel)
{
    m_delay.setInterval(kMarkDelay);
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &ReviewActions::mark);
}

void ReviewActions::open(AuthServerId server, GrantGridModel &grid)
{
    ServerState *state = m_book.state(server);
    if (!state || state->plan.isEmpty() || !serverWriteProblem(m_session).isEmpty())
        return;
    m_server = server;
    m_grid = &grid;
    auto *dialog = new ReviewDialog(m_session, m_clipboard, *m_book.bestKnown(server), state->scopes,
                                    state->plan, &m_panel);
    m_review = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReviewDialog::scopesRead, this,
            [this](const std::vector<Scope> &scopes) { m_book.setScopes(m_server, scopes); });
    connect(dialog, &ReviewDialog::planRebased, this, [this] { emit rebased(m_server); });
    connect(dialog, &ReviewDialog::progressed, this, &ReviewActions::gather);
    connect(dialog, &ReviewDialog::applied, this, &ReviewActions::takeOutcome);
    connect(dialog, &ReviewDialog::undoAsked, this, &ReviewActions::undoAsked);
    dialog->open();
}

void ReviewActions::close()
{
    const bool wasApplying = m_review && m_review->isApplying();
    delete m_review;
    m_marks.clear();
    if (wasApplying)
        emit applied(m_server);
}

void ReviewActions::gather(const AppliedChange &change)
{
    for (const bool isAdd : {true, false}) {
        for (const ScopeId scope : isAdd ? change.change.added() : change.change.removed())
            m_marks.insert_or_assign({change.change.app, scope}, markOf(change, scope, isAdd));
    }
    if (!m_delay.isActive())
        m_delay.start();
}

void ReviewActions::mark()
{
    m_delay.stop();
    const GrantGridModel::Marks marks = std::exchange(m_marks, {});
    if (m_grid && !marks.empty())
        m_grid->setMarks(marks);
}

void ReviewActions::takeOutcome(const std::vector<AppliedChange> &changes)
{
    emit applied(m_server);
    for (const AppliedChange &change : changes)
        gather(change);
    mark();
}

} // namespace latchkey
