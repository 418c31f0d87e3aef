// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/applyreportdialog.h"

#include "grants/grantjournal.h"
#include "interchange/applyreport.h"
#include "interchange/privatefile.h"
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

Result<QByteArray> ApplyReportDialog::text() const
{
    const Tenant &tenant = m_session.tenant();
    Result<JournalEntry> entry = m_session.credentials().workspace().grantJournal().entry(tenant.id, m_entry);
    if (!entry)
        return fail(entry.error());
    const ApplyReport report{.tenant = tenant, .entry = std::move(*entry)};
    return m_form->currentIndex() == 0 ? applyReportHtml(report) : applyReportCsv(report);
}

void ApplyReportDialog::submit()
{
    const Result<QByteArray> report = text();
    const QString path = m_file->path();
    const Result<void> written =
        report ? writePrivateFile(path, *report) : Result<void>(fail(report.error()));
    if (!written)
        return showError(written.error());
    accept();
    emit saved(path);
}

} // namespace latchkey
