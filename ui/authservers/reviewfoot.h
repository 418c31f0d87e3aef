// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"

#include <QWidget>

class QPushButton;

namespace latchkey {

class Clipboard;
class ReviewCards;
class Session;

/// The leading edge of a review's foot: what is to be done can be copied before, and saved and taken back
/// afterwards.
class ReviewFoot final : public QWidget
{
    Q_OBJECT

public:
    /// Session, clipboard and cards must outlive it.
    ReviewFoot(Session &session, Clipboard &clipboard, QString server, const ReviewCards &cards,
               QWidget *parent = nullptr);

    void offerPlan(bool offered);
    /// None: it was not written down. `canUndo`: something of it is stored.
    void offerOutcome(const std::optional<JournalEntryId> &entry, bool canUndo);

signals:
    void undoAsked(latchkey::JournalEntryId entry);
    /// The report.
    void saved(const QString &path);

private:
    void copy() const;
    void save();

    Session &m_session;
    Clipboard &m_clipboard;
    QString m_server;
    const ReviewCards &m_cards;
    std::optional<JournalEntryId> m_entry{};
    QPushButton *m_copy = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_report = nullptr;
};

} // namespace latchkey
