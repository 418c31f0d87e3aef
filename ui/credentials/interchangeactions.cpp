// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/interchangeactions.h"

#include "credentials/exportdialog.h"
#include "interchange/sourcetext.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QFileInfo>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

InterchangeActions::InterchangeActions(Session &session, const PanelTools &tools, Panel &panel)
    : m_session(session)
    , m_tools(tools)
    , m_panel(panel)
    , m_places(SourcePlaces::ofThisProcess())
{
}

void InterchangeActions::importCredentials()
{
    auto *dialog = new ImportDialog(m_session, m_tools, m_places, &m_panel);
    connect(dialog, &ImportDialog::imported, this, &InterchangeActions::sayImported);
    dialog->open();
}

void InterchangeActions::exportCredentials()
{
    auto *dialog = new ExportDialog(m_session, m_places.home, &m_panel);
    connect(dialog, &ExportDialog::exported, this, &InterchangeActions::sayExported);
    dialog->open();
}

void InterchangeActions::sayImported(const ImportOutcome &outcome)
{
    const int count = static_cast<int>(outcome.added.size());
    const QString sentence = tr("%n credential(s) imported.", nullptr, count);
    MessageBanner *banner = m_panel.banner();
    if (outcome.path.isEmpty()) {
        banner->showMessage(MessageBanner::Kind::Ok, sentence,
                            tr("The %n secret(s) are still in the environment variables.", nullptr, count));
    } else {
        banner->showMessage(
            MessageBanner::Kind::Ok, sentence,
            tr("The source of the %n credential(s) is unchanged: %1", nullptr, count).arg(outcome.path));
        QPushButton *remove = banner->addButton(tr("Delete the file…"));
        remove->setObjectName(u"credentials.deleteSource"_s);
        connect(
            remove, &QPushButton::clicked, this, [this, outcome] { offerDeletion(outcome); },
            Qt::QueuedConnection);
    }
    emit imported(outcome.added.front().id);
}

void InterchangeActions::offerDeletion(const ImportOutcome &outcome)
{
    const QString name = QFileInfo(outcome.path).fileName();
    auto *dialog = new ConfirmDialog(tr("Delete %1").arg(name), tr("Delete %1").arg(name), &m_panel);
    dialog->setObjectName(u"deleteSourceDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QStringList effects{tr("The file %1 is deleted for good, with everything else that is in it.")
                            .arg(QFileInfo(outcome.path).canonicalFilePath()),
                        tr("Programs that read their credentials from it stop working.")};
    if (outcome.leftInFile > 0)
        effects.append(
            tr("%n credential(s) in it were not imported and go with it.", nullptr, outcome.leftInFile));
    effects.append(tr("Copies in backups and version control stay. It cannot be undone."));
    dialog->setEffects(effects);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, outcome, name] {
        if (const Result<void> removed = removeSource(outcome.path, outcome.fingerprint); !removed) {
            dialog->showError(removed.error());
            return;
        }
        dialog->accept();
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("%1 is deleted.").arg(name));
    });
    dialog->open();
}

void InterchangeActions::sayExported(const QString &path, int count, int missing)
{
    const QString sentence = tr("%n credential(s) exported.", nullptr, count);
    if (missing > 0)
        m_panel.banner()->showMessage(
            MessageBanner::Kind::Warn, sentence,
            tr("%n of them without a secret, which is missing here. File: %1", nullptr, missing).arg(path));
    else
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok, sentence, path);
}

} // namespace latchkey
