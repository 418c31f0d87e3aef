// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantexportdialog.h"

#include "authservers/tenantadvice.h"
#include "authservers/writeunless.h"
#include "grants/grantdocument.h"
#include "interchange/accessreport.h"
#include "interchange/privatefile.h"
#include "net/worker.h"
#include "onelogin/session.h"
#include "widgets/formfield.h"
#include "widgets/newfilefield.h"

#include <QComboBox>
#include <QDir>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QStringList &endings()
{
    static const QStringList all{u".yaml"_s, u".json"_s, u".csv"_s, u".html"_s};
    return all;
}

} // namespace

GrantExportDialog::GrantExportDialog(Session &session, AuthServer server, const QString &folder,
                                     QWidget *parent)
    : EditorDialog(tr("Export grants"), tr("Export grants"), parent)
    , m_session(session)
    , m_server(std::move(server))
{
    setObjectName(u"grantExportDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setSubtitle(session.tenant().name);
    makeFields(folder);
    describeForm();
    m_form->setFocus();
    followTenant(*this, session);
    connect(this, &EditorDialog::submitted, this, &GrantExportDialog::submit);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        if (isBusy() && m_reader)
            submit(); // what was on its way is gone with its credential
    });
}

void GrantExportDialog::makeFields(const QString &folder)
{
    m_form = new QComboBox;
    m_form->addItem(tr("Grants file, YAML"));
    m_form->addItem(tr("Grants file, JSON"));
    m_form->addItem(tr("Access report, CSV table"));
    m_form->addItem(tr("Access report, HTML page"));
    m_formField = addField(u"form"_s, tr("What to write"), m_form);
    m_extent = new QComboBox;
    m_extent->addItem(m_server.name);
    m_extent->addItem(tr("All authorization servers"));
    m_extentField = addField(u"extent"_s, tr("Authorization server"), m_extent);
    m_file = new NewFileField(QDir(folder).filePath(fileNameOf(m_server.name) + endings().front()));
    FormField *field = addField(u"file"_s, tr("File"), m_file,
                                tr("Written for you alone; nothing that exists is replaced."));
    setCheck(field, [this] { return m_file->problem(); });
    connect(m_form, &QComboBox::currentIndexChanged, this, &GrantExportDialog::describeForm);
}

GrantExportDialog::Form GrantExportDialog::form() const
{
    return static_cast<Form>(m_form->currentIndex());
}

bool GrantExportDialog::isReport() const
{
    return form() == Form::Csv || form() == Form::Html;
}

void GrantExportDialog::describeForm()
{
    m_formField->setHelp(isReport() ? tr("Who may get which scopes, for people without an account here.")
                                    : tr("For version control, another tenant, and Plan from a file. What is "
                                         "staged is not in it."));
    m_extentField->setEnabled(isReport());
    if (!isReport())
        m_extent->setCurrentIndex(0);
    m_file->setEnding(endings(), endings().at(m_form->currentIndex()));
}

void GrantExportDialog::submit()
{
    if (!m_session.api())
        return showError({.kind = ErrorKind::InvalidInput, .message = tr("No API credential is enabled.")});
    setBusy(true, tr("Reading what is granted"));
    m_reader = std::make_unique<GrantsReader>(*m_session.api());
    connect(m_reader.get(), &GrantsReader::progressed, this, [this](int read, int all) {
        if (all > 1)
            setBusy(true, tr("%1 of %2 servers read").arg(locale().toString(read), locale().toString(all)));
    });
    const auto received = then(this, [this](Result<TenantGrants> grants) {
        if (grants)
            write(std::make_shared<TenantGrants>(std::move(*grants)));
        else
            showError(grants.error());
    });
    const GrantsReader::Apps apps = isReport() ? GrantsReader::Apps::Leave : GrantsReader::Apps::Read;
    if (m_extent->currentIndex() == 0)
        m_reader->start({m_server}, apps, received);
    else
        m_reader->startAll(apps, received);
}

/// Of thousands of client apps a file takes longer than a frame, so a worker makes and writes it.
void GrantExportDialog::write(const std::shared_ptr<TenantGrants> &grants)
{
    m_reader.release()->deleteLater(); // it is what calls this
    setBusy(true, tr("Writing the file"));
    const QString path = m_file->path();
    const auto makeText = [as = form(), tenant = m_session.tenant(), now = m_session.clock().now(),
                           grants]() -> Result<QByteArray> {
        if (as == Form::Yaml || as == Form::Json)
            return grantDocumentText(grants->servers.front(), grants->apps,
                                     as == Form::Yaml ? GrantFormat::Yaml : GrantFormat::Json);
        const AccessReport report{.tenant = tenant, .readAt = now, .servers = std::move(grants->servers)};
        return as == Form::Csv ? accessReportCsv(report) : accessReportHtml(report);
    };
    inWorker(
        then(this,
             [this, path](const Result<void> &written) {
                 if (!written)
                     return showError(written.error());
                 accept();
                 emit exported(path);
             }),
        [makeText, path, isCancelled = m_isCancelled] { return writeUnless(*isCancelled, makeText, path); });
}

void GrantExportDialog::reject()
{
    *m_isCancelled = true;
    EditorDialog::reject();
}

} // namespace latchkey
