// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/filewritedialog.h"
#include "grants/journalentry.h"

namespace latchkey {

class Session;

/// Writes what the journal has of one apply to a file.
class ApplyReportDialog final : public FileWriteDialog
{
    Q_OBJECT

public:
    /// `folder` is where the file lies unless the person says otherwise.
    ApplyReportDialog(Session &session, const QString &server, JournalEntryId entry, const QString &folder,
                      QWidget *parent);

private:
    void submit();

    Session &m_session;
    JournalEntryId m_entry;
};

} // namespace latchkey
