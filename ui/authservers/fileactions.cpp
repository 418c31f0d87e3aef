// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/fileactions.h"

#include "authservers/fileplandialog.h"
#include "authservers/grantexportdialog.h"
#include "grants/serverbook.h"
#include "onelogin/session.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QDir>
#include <QFileDialog>

namespace latchkey {

using namespace Qt::StringLiterals;

FileActions::FileActions(Session &session, ServerBook &book, Panel &panel)
    : m_session(session)
    , m_book(book)
    , m_panel(panel)
{
}

void FileActions::exportGrants(AuthServerId server)
{
    const AuthServer *known = m_book.server(server);
    if (!known)
        return;
    auto *dialog = new GrantExportDialog(m_session, *known, QDir::homePath(), &m_panel);
    connect(dialog, &GrantExportDialog::exported, this, [this](const QString &path) {
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("The grants are exported."), path);
    });
    dialog->open();
}

void FileActions::plan(AuthServerId selected, const std::function<int(AuthServerId)> &pending)
{
    auto *files = new QFileDialog(&m_panel, tr("Plan from a grants file"), QDir::homePath(),
                                  tr("Grants files (*.yaml *.yml *.json);;All files (*)"));
    files->setObjectName(u"grantFiles"_s);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, [this, selected, pending](const QString &path) {
        if (m_book.servers().empty())
            return;
        auto *dialog = new FilePlanDialog(m_session, m_book.servers(), pending, &m_panel);
        connect(dialog, &FilePlanDialog::planned, this, &FileActions::planned);
        dialog->open();
        dialog->load(path, selected);
    });
    files->open();
}

} // namespace latchkey
