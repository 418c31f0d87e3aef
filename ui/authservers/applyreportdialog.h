// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/journalentry.h"
#include "widgets/editordialog.h"

#include <atomic>
#include <memory>

class QComboBox;

namespace latchkey {

class NewFileField;
class Session;

/// Writes what the journal has of one apply to a file.
class ApplyReportDialog final : public EditorDialog
{
    Q_OBJECT

public:
    /// `folder` is where the file lies unless the person says otherwise.
    ApplyReportDialog(Session &session, const QString &server, JournalEntryId entry, const QString &folder,
                      QWidget *parent);

    void reject() override;

signals:
    void saved(const QString &path);

private:
    void submit();

    Session &m_session;
    JournalEntryId m_entry;
    QComboBox *m_form = nullptr;
    NewFileField *m_file = nullptr;
    std::shared_ptr<std::atomic_bool> m_isCancelled = std::make_shared<std::atomic_bool>(false);
};

} // namespace latchkey
