// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/fileactions.h"

#include "authservers/fileplandialog.h"
#include "authservers/grantexportdialog.h"
#include "authservers/panelaction.h"
#include "grants/serverbook.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QDir>
#include <QFileDialog>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

FileActions::FileActions(Session &session, ServerBook &book, Panel &panel,
                         std::function<int(AuthServerId)> pending)
    : m_session(session)
    , m_book(book)
    , m_panel(panel)
    , m_pending(std::move(pending))
{
}

void FileActions::addButtons()
{
    m_export =
        makePanelAction(m_panel, Icon::Export, tr("Export grants or report…"), u"exportGrantsAction"_s);
    m_export->setToolTip(tr("A grants file of this server, or an access report: who may get which scopes"));
    m_plan = makePanelAction(m_panel, Icon::Compare, tr("Plan from a file…"), u"planGrantsAction"_s);
    connect(m_export, &QAction::triggered, this, &FileActions::exportGrants);
    connect(m_plan, &QAction::triggered, this, &FileActions::plan);
    for (QAction *action : {m_export, m_plan}) {
        QPushButton *button = makeButton(action->text());
        button->setIcon(action->icon());
        button->setObjectName(action == m_export ? u"exportGrants"_s : u"planGrants"_s);
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [action, button] {
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->toolTip());
        });
        m_panel.addAction(button);
        m_panel.addAction(action); // of the main menu
    }
}

void FileActions::follow(AuthServerId server, bool mayPlan, const QString &why)
{
    m_server = server;
    const bool mayRead = m_book.server(server) != nullptr && m_session.api();
    m_export->setEnabled(mayRead);
    m_plan->setEnabled(mayRead && mayPlan);
    m_plan->setToolTip(why.isEmpty() ? m_plan->text() : why);
}

void FileActions::exportGrants()
{
    const AuthServer *known = m_book.server(m_server);
    if (!known)
        return;
    auto *dialog = new GrantExportDialog(m_session, *known, QDir::homePath(), &m_panel);
    connect(dialog, &FileWriteDialog::saved, this, [this, dialog](const QString &path) {
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok, dialog->savedText(), path);
    });
    dialog->open();
}

void FileActions::plan()
{
    auto *files = new QFileDialog(&m_panel, tr("Plan from a grants file"), QDir::homePath(),
                                  tr("Grants files (*.yaml *.yml *.json);;All files (*)"));
    files->setObjectName(u"grantFiles"_s);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, [this, selected = m_server](const QString &path) {
        if (m_book.servers().empty())
            return;
        auto *dialog = new FilePlanDialog(m_session, m_book.servers(), m_pending, &m_panel);
        connect(dialog, &FilePlanDialog::planned, this, &FileActions::planned);
        dialog->open();
        dialog->load(path, selected);
    });
    files->open();
}

} // namespace latchkey
