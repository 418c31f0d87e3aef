// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"

#include <QWidget>

#include <memory>

namespace latchkey {

class MessageBanner;
class Session;
struct Error;

/// Says what an apply that was cut off has sent, what of it is proven and what is not known, and
/// settles it by reading the tenant when asked to. Not there while nothing is open.
class InterruptedChanges final : public QWidget
{
    Q_OBJECT

public:
    explicit InterruptedChanges(Session &session, QWidget *parent = nullptr);

    /// Looks at the journal; while the tenant is being read, once that is done.
    void look();
    /// Reads the tenant once for each server that has something open.
    void check();

signals:
    void showAsked(latchkey::JournalEntryId entry);
    /// What is stored is known now.
    void settled();

private:
    bool readOpen();
    void tell(const JournalEntry &entry);
    void checkNext();
    void receive(const JournalEntry &entry);
    void fail(const Error &error);

    Session &m_session;
    MessageBanner *m_banner = nullptr;
    std::vector<JournalEntry> m_open;
    std::unique_ptr<QObject> m_check; ///< of what is being read
};

} // namespace latchkey
