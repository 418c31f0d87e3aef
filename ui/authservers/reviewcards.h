// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/reviewcard.h"

class QPushButton;
class QVBoxLayout;

namespace latchkey {

/// One card per change, a page of them at first and more when asked for; what failed or conflicts has
/// its card at once.
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
    /// Made when it is first asked for.
    ReviewCard *card(size_t row);
    void showProgress(size_t row, const AppliedChange &applied);
    /// Where they are seen at once, in this order.
    void putFirst(const std::vector<size_t> &rows);
    void setSettled();
    /// Line by line, as it is to be done.
    QString text() const;

signals:
    void cardMade(size_t row, latchkey::ReviewCard *card);
    void fitWanted();

private:
    void showMore();

    std::vector<GrantChange> m_changes;
    std::vector<Scope> m_scopes;
    std::vector<std::vector<ReviewLine>> m_lines;
    std::vector<ReviewCard *> m_cards; ///< null: not made yet
    std::map<size_t, AppliedChange> m_applied;
    size_t m_shown = 0; ///< of those before it every one has a card
    bool m_past = false;
    QVBoxLayout *m_column = nullptr;
    QPushButton *m_more = nullptr;
};

} // namespace latchkey
