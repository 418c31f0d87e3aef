// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/reportexport.h"

#include "interchange/junitreport.h"
#include "interchange/privatefile.h"
#include "widgets/messagebanner.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QStandardPaths>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ReportExport", text);
}

void write(const QString &path, const QByteArray &report, MessageBanner &banner)
{
    if (const Result<void> written = writePrivateFile(path, report); !written)
        return banner.showError(written.error());
    banner.showMessage(MessageBanner::Kind::Ok, tr("The report was written to %1.").arg(path));
}

} // namespace

void exportReport(const QString &tenant, const std::vector<SuiteRun> &runs, MessageBanner &banner,
                  QWidget *parent)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(parent, tr("Export as JUnit XML"), folder, tr("JUnit XML (*.xml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"xml"_s);
    QObject::connect(dialog, &QFileDialog::fileSelected, &banner,
                     [report = junitReport({{tenant, runs}}), &banner](const QString &path) {
                         write(path, report, banner);
                     });
    dialog->open();
}

} // namespace latchkey
