// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/applyreportdialog.h"

#include "grants/grantjournal.h"
#include "interchange/applyreport.h"
#include "onelogin/session.h"
#include "store/workspace.h"

namespace latchkey {

using namespace Qt::StringLiterals;

ApplyReportDialog::ApplyReportDialog(Session &session, const QString &server, JournalEntryId entry,
                                     const QString &folder, QWidget *parent)
    : FileWriteDialog(tr("Save report"), {{tr("HTML page"), u".html"_s}, {tr("CSV table"), u".csv"_s}},
                      parent)
    , m_session(session)
    , m_entry(entry)
{
    setObjectName(u"applyReportDialog"_s);
    //: "Invoices API in acme"
    setSubtitle(tr("%1 in %2").arg(server, session.tenant().name));
    addForms(tr("Each change, when it was applied, what became of it, and the request ID of a refusal."));
    addFile(folder, tr("%1 entry %2").arg(server, entry.toString()));
    connect(this, &EditorDialog::submitted, this, &ApplyReportDialog::submit);
}

/// Of thousands of changes a report takes longer than a frame.
void ApplyReportDialog::submit()
{
    const Tenant &tenant = m_session.tenant();
    Result<JournalEntry> entry = m_session.credentials().workspace().grantJournal().entry(tenant.id, m_entry);
    if (!entry)
        return showError(entry.error());
    write([isPage = form() == 0, report = ApplyReport{.tenant = tenant, .entry = std::move(*entry)}] {
        return Result<QByteArray>(isPage ? applyReportHtml(report) : applyReportCsv(report));
    });
}

} // namespace latchkey
