// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"
#include "models/tablemodel.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QStackedLayout;
class QTableView;

namespace latchkey {

class ChangeDetail;
class EmptyState;
class GrantGridModel;
class GrantJournal;
class ListDetailPanes;
class SegmentedControl;
class Session;
struct UndoPlan;

/// The Changes tab: what was applied from here, the newest first, what became of it, and the way to
/// take it back, which stages and sends nothing.
class ChangesPage final : public QWidget
{
    Q_OBJECT

public:
    /// `grants` is where changes are staged, of the server that is shown; it outlives the page's use.
    ChangesPage(Session &session, GrantGridModel &grants, QWidget *parent = nullptr);

    /// Null: none is selected.
    void showServer(const AuthServer *server);
    /// An empty reason: changes may be staged.
    void setReadOnlyReason(const QString &reason);
    void showEntry(JournalEntryId id);
    /// Shows it and asks whether to stage the way back, of the server that is shown.
    void undo(JournalEntryId id);

signals:
    /// Something is staged now: it is to be looked at in Grants.
    void staged();
    void serverRequested(latchkey::AuthServerId id);
    /// The tenant was read, and may have something else than is shown in Grants.
    void settled();

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum class Direction { Undo, Redo };

    QWidget *makeList();
    void connectParts();
    GrantJournal &journal() const;
    void refresh();
    void showCurrent();
    bool isShown(const JournalSummary &summary) const;
    void updateReason();
    void check();
    void stage(Direction direction);
    void confirm(Direction direction, const UndoPlan &plan);
    void putIntoPlan(const UndoPlan &plan);

    Session &m_session;
    GrantGridModel &m_grants;
    TableModel<JournalSummary> m_entries;
    AuthServerId m_server{};
    QString m_serverName;
    QString m_readOnlyReason;
    std::optional<JournalEntry> m_current;
    std::map<JournalState, int> m_currentCounts; ///< as its rows are shown
    std::vector<Scope> m_currentScopes;          ///< that describe them
    QTimer m_refreshDelay;
    std::unique_ptr<QObject> m_check;

    SegmentedControl *m_which = nullptr;
    QStackedLayout *m_stack = nullptr;
    QTableView *m_list = nullptr;
    EmptyState *m_nothing = nullptr;
    ListDetailPanes *m_panes = nullptr;
    ChangeDetail *m_detail = nullptr;
};

} // namespace latchkey
