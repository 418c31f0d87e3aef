// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/reviewcard.h"

class QPushButton;
class QVBoxLayout;

namespace latchkey {

/// One card per change, a page of them at first and more when asked for. What fails or conflicts does not
/// wait for that, a page of it: beyond, it is what comes first when more are asked for.
class ReviewCards final : public QWidget
{
    Q_OBJECT

public:
    explicit ReviewCards(QWidget *parent = nullptr);

    /// `past`: of the journal, where nothing is pending.
    void setChanges(std::vector<GrantChange> changes, const std::vector<Scope> &scopes, bool past = false);
    size_t count() const { return m_changes.size(); }
    const std::vector<GrantChange> &changes() const { return m_changes; }
    const GrantChange &change(size_t row) const { return m_changes[row]; }
    const std::vector<ReviewLine> &lines(size_t row) const { return m_lines[row]; }
    int lineCount() const;
    /// Of the lines, those that an apply of these changes stored.
    int storedCount(const std::vector<AppliedChange> &applied) const;
    void showProgress(size_t row, const AppliedChange &applied);
    /// Rows that someone else changed, and the scopes that are there now; none: no client app. They go first,
    /// and their lines are what is left to do on top of that.
    void showConflicts(std::map<size_t, std::optional<ScopeSet>> found);
    void setSettled();
    /// Line by line, as it is to be done.
    QString text() const;

signals:
    void cardMade(size_t row, latchkey::ReviewCard *card);
    void fitWanted();

private:
    bool matters(size_t row) const;
    void makeUrgent(size_t row);
    void makeCard(size_t row);
    void showMore();
    void updateMore();

    std::vector<GrantChange> m_changes;
    std::vector<Scope> m_scopes;
    std::vector<std::vector<ReviewLine>> m_lines;
    std::vector<ReviewCard *> m_cards; ///< null: not made yet
    std::vector<size_t> m_order;       ///< rows, as they stand one below the other
    std::vector<size_t> m_placeOf;     ///< in m_order
    std::map<size_t, AppliedChange> m_applied;
    std::map<size_t, std::optional<ScopeSet>> m_conflicts;
    size_t m_urgent = 0; ///< cards that nobody asked for
    bool m_settled = false;
    bool m_past = false;
    QVBoxLayout *m_column = nullptr;
    QPushButton *m_more = nullptr;
};

} // namespace latchkey
