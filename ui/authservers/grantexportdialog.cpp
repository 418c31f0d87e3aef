// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantexportdialog.h"

#include "authservers/tenantadvice.h"
#include "grants/grantdocument.h"
#include "interchange/accessreport.h"
#include "onelogin/session.h"
#include "widgets/formfield.h"

#include <QComboBox>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

GrantExportDialog::GrantExportDialog(Session &session, AuthServer server, const QString &folder,
                                     QWidget *parent)
    : FileWriteDialog(tr("Export grants"),
                      {{tr("Grants file, YAML"), u".yaml"_s},
                       {tr("Grants file, JSON"), u".json"_s},
                       {tr("Access report, CSV table"), u".csv"_s},
                       {tr("Access report, HTML page"), u".html"_s}},
                      parent)
    , m_session(session)
    , m_server(std::move(server))
{
    setObjectName(u"grantExportDialog"_s);
    setSubtitle(session.tenant().name);
    makeFields(folder);
    describeForm();
    followTenant(*this, session);
    connect(this, &EditorDialog::submitted, this, &GrantExportDialog::submit);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        if (isBusy() && m_reader)
            submit(); // what was on its way is gone with its credential
    });
}

void GrantExportDialog::makeFields(const QString &folder)
{
    m_formField = addForms();
    m_extent = new QComboBox;
    m_extent->addItem(m_server.name);
    m_extent->addItem(tr("All authorization servers"));
    m_extentField = addField(u"extent"_s, tr("Authorization server"), m_extent);
    addFile(folder, m_server.name);
    connect(this, &FileWriteDialog::formChanged, this, &GrantExportDialog::describeForm);
}

GrantExportDialog::Kind GrantExportDialog::kind() const
{
    return static_cast<Kind>(form());
}

bool GrantExportDialog::isReport() const
{
    return kind() == Kind::Csv || kind() == Kind::Html;
}

QString GrantExportDialog::savedText() const
{
    return isReport() ? tr("The access report is written.") : tr("The grants are exported.");
}

void GrantExportDialog::describeForm()
{
    const QString title = isReport() ? tr("Export access report") : tr("Export grants");
    setTitle(title);
    applyButton()->setText(title);
    m_formField->setHelp(isReport() ? tr("Who may get which scopes, for people without an account here.")
                                    : tr("For version control, another tenant, and Plan from a file. What is "
                                         "staged is not in it."));
    m_extentField->setEnabled(isReport());
    if (!isReport())
        m_extent->setCurrentIndex(0);
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
            take(std::make_shared<TenantGrants>(std::move(*grants)));
        else
            showError(grants.error());
    });
    const GrantsReader::Apps apps = isReport() ? GrantsReader::Apps::Leave : GrantsReader::Apps::Read;
    if (m_extent->currentIndex() == 0)
        m_reader->start({m_server}, apps, received);
    else
        m_reader->startAll(apps, received);
}

/// Of thousands of client apps a file takes longer than a frame.
void GrantExportDialog::take(const std::shared_ptr<TenantGrants> &grants)
{
    m_reader.release()->deleteLater(); // it is what calls this
    write([as = kind(), tenant = m_session.tenant(), now = m_session.clock().now(),
           grants]() -> Result<QByteArray> {
        if (as == Kind::Yaml || as == Kind::Json)
            return grantDocumentText(grants->servers.front(), grants->apps,
                                     as == Kind::Yaml ? GrantFormat::Yaml : GrantFormat::Json);
        const AccessReport report{.tenant = tenant, .readAt = now, .servers = std::move(grants->servers)};
        return as == Kind::Csv ? accessReportCsv(report) : accessReportHtml(report);
    });
}

} // namespace latchkey
