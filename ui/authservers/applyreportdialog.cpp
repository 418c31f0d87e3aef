// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/applyreportdialog.h"

#include "authservers/writeunless.h"
#include "grants/grantjournal.h"
#include "interchange/applyreport.h"
#include "interchange/privatefile.h"
#include "net/worker.h"
#include "onelogin/session.h"
#include "store/workspace.h"
#include "widgets/formfield.h"
#include "widgets/newfilefield.h"

#include <QComboBox>
#include <QDir>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QStringList &endings()
{
    static const QStringList all{u".html"_s, u".csv"_s};
    return all;
}

} // namespace

ApplyReportDialog::ApplyReportDialog(Session &session, const QString &server, JournalEntryId entry,
                                     const QString &folder, QWidget *parent)
    : EditorDialog(tr("Save report"), tr("Save report"), parent)
    , m_session(session)
    , m_entry(entry)
{
    setObjectName(u"applyReportDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    //: "Invoices API in acme"
    setSubtitle(tr("%1 in %2").arg(server, session.tenant().name));
    m_form = new QComboBox;
    m_form->addItem(tr("HTML page"));
    m_form->addItem(tr("CSV table"));
    addField(u"form"_s, tr("What to write"), m_form,
             tr("Each change, when it was applied, what became of it, and the request ID of a refusal."));
    m_file = new NewFileField(QDir(folder).filePath(
        fileNameOf(tr("%1 entry %2").arg(server, entry.toString())) + endings().front()));
    FormField *file = addField(u"file"_s, tr("File"), m_file,
                               tr("Written for you alone; nothing that exists is replaced."));
    setCheck(file, [this] { return m_file->problem(); });
    connect(m_form, &QComboBox::currentIndexChanged, this,
            [this](int form) { m_file->setEnding(endings(), endings().at(form)); });
    m_form->setFocus();
    connect(this, &EditorDialog::submitted, this, &ApplyReportDialog::submit);
}

/// Of thousands of changes a report takes longer than a frame, so a worker makes and writes it.
void ApplyReportDialog::submit()
{
    const Tenant &tenant = m_session.tenant();
    Result<JournalEntry> entry = m_session.credentials().workspace().grantJournal().entry(tenant.id, m_entry);
    if (!entry)
        return showError(entry.error());
    setBusy(true, tr("Writing the file"));
    const QString path = m_file->path();
    const auto makeText = [isPage = m_form->currentIndex() == 0,
                           report = ApplyReport{.tenant = tenant, .entry = std::move(*entry)}] {
        return Result<QByteArray>(isPage ? applyReportHtml(report) : applyReportCsv(report));
    };
    inWorker(
        then(this,
             [this, path](const Result<void> &written) {
                 if (!written)
                     return showError(written.error());
                 accept();
                 emit saved(path);
             }),
        [makeText, path, isCancelled = m_isCancelled] { return writeUnless(*isCancelled, makeText, path); });
}

void ApplyReportDialog::reject()
{
    *m_isCancelled = true;
    EditorDialog::reject();
}

} // namespace latchkey
