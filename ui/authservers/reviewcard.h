// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/conflictpane.h"
#include "grants/grantapply.h"
#include "widgets/card.h"

#include <vector>

class QBoxLayout;
class QPushButton;

namespace latchkey {

class Glyph;
class Label;
class StateBadge;

/// One line of a review: a scope that is added or removed, or the app itself that comes or goes without one.
struct ReviewLine
{
    bool isAdd = true;
    std::optional<Scope> scope{};
};

/// The lines of a change, added scopes first; a scope that is not among `scopes` stands as its id.
std::vector<ReviewLine> reviewLines(const GrantChange &change, const std::vector<Scope> &scopes);
/// True if the reading shows what the line wants.
bool isStored(const ReviewLine &line, const AppliedChange &applied);
bool isStored(ScopeId scope, bool isAdd, const AppliedChange &applied);

/// What is about to happen to one client app, and then what happened.
class ReviewCard final : public Card
{
    Q_OBJECT

public:
    ReviewCard(GrantChange change, std::vector<ReviewLine> lines, QWidget *parent = nullptr);

    /// It happened before: nothing is pending, and nothing can be done about it here. It stands beside a
    /// list, so that descriptions go below their scopes.
    void setPast(bool past);

    const GrantChange &change() const { return m_change; }
    const std::vector<ReviewLine> &lines() const { return m_lines; }
    /// The app is another one now than when it was loaded; none: it is no client app.
    void showConflict(const std::optional<ScopeSet> &now, const std::vector<Scope> &scopes);
    void showProgress(const AppliedChange &applied);
    /// Nothing is under way any more: what failed can be tried again.
    void setSettled();

signals:
    void choiceMade(latchkey::ConflictChoice choice);
    /// The tenant keeps no client app without scopes: the app is to go instead.
    void removalAsked();
    void retryAsked();

private:
    struct Row
    {
        Glyph *glyph = nullptr;
        Label *word = nullptr;
        QBoxLayout *texts = nullptr; ///< scope and description
        QWidget *whole = nullptr;
    };

    void addLine(const ReviewLine &line);
    void showFailure(const AppliedChange &applied);
    QPushButton *addFailureButton(const QString &text, const QString &name);
    void openExplanation(const Error &error);
    /// Without what the sentence above it has said.
    QString failureDetail(const Error &error, const QString &said) const;

    GrantChange m_change;
    std::vector<ReviewLine> m_lines;
    std::vector<Row> m_rows;
    Label *m_counts = nullptr;
    StateBadge *m_removal = nullptr;
    QWidget *m_failure = nullptr;
    QPushButton *m_retry = nullptr;
    bool m_past = false;
};

} // namespace latchkey
