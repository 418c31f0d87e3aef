// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"

#include <QWidget>

class QPushButton;
class QToolButton;

namespace latchkey {

class FactList;
class Label;
class MessageBanner;
class ReviewCards;
class StateBadge;

/// One entry of the journal: whose changes, and what became of each.
class ChangeDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeDetail(QWidget *parent = nullptr);

    void showEntry(const JournalEntry &entry, const std::vector<Scope> &known);
    /// Why neither can be done now; empty: both may be.
    void setReason(const QString &reason);
    /// The entry is of this server, which has to be opened first.
    void setOtherServer(const QString &name);
    void setBackShown(bool shown);
    MessageBanner *banner() const { return m_banner; }

signals:
    void undoAsked();
    void redoAsked();
    void checkAsked();
    void serverAsked();
    void backAsked();

private:
    QWidget *makeFoot();
    void showButtons();

    JournalEntry m_entry;
    QString m_reason;
    bool m_otherServer = false;
    QToolButton *m_back = nullptr;
    Label *m_title = nullptr;
    StateBadge *m_outcome = nullptr;
    FactList *m_facts = nullptr;
    MessageBanner *m_banner = nullptr;
    ReviewCards *m_cards = nullptr;
    QPushButton *m_check = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_redo = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace latchkey
