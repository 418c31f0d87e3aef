// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantspage.h"

#include "authservers/addclientappdialog.h"
#include "authservers/cellstrip.h"
#include "authservers/grantchecklist.h"
#include "authservers/grantgridview.h"
#include "authservers/pendingbar.h"
#include "authservers/proofdialog.h"
#include "core/plaintext.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QAction>
#include <QPushButton>
#include <QStackedLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostColumns = 30; ///< more are a checklist

} // namespace

void GrantsPage::showAsGrid(bool asGrid)
{
    m_asGrid = asGrid;
    refresh();
}

bool GrantsPage::hasNoScopes() const
{
    return m_model.plan() && m_model.scopes().empty();
}

// Without scopes, too: its list of apps has the keys that a grid without a cell lacks.
bool GrantsPage::isChecklist() const
{
    return hasNoScopes() || (!m_asGrid && m_model.scopes().size() > kMostColumns);
}

QModelIndex GrantsPage::currentCell() const
{
    return isChecklist() ? m_checklist->currentCell() : m_grid->currentIndex();
}

std::optional<AppId> GrantsPage::currentApp() const
{
    if (isChecklist())
        return m_checklist->currentApp();
    const QModelIndex cell = m_grid->currentIndex();
    return cell.isValid() ? std::optional(m_model.idAt(cell.row())) : std::nullopt;
}

std::vector<AppId> GrantsPage::affectedApps() const
{
    return isChecklist() ? m_checklist->affectedApps() : m_grid->affectedApps();
}

void GrantsPage::focusGrants()
{
    (isChecklist() ? static_cast<QWidget *>(m_checklist) : m_grid)->setFocus();
}

void GrantsPage::followCurrent()
{
    m_strip->showCell(m_model, currentCell());
    updateRowActions();
}

void GrantsPage::updateRowActions()
{
    const GrantPlan *plan = m_model.plan();
    const std::optional<AppId> app = plan ? currentApp() : std::nullopt;
    for (QAction *action : {m_copyFrom, m_copyTo})
        action->setEnabled(app && m_model.isWritable() && plan->appCount() > 1);
    m_prove->setEnabled(app && !plan->isAdded(*app));
}

QList<QAction *> GrantsPage::menuActions() const
{
    return {m_undo,   m_redo,     m_review, m_discard, nullptr, m_addApp,
            m_remove, m_copyFrom, m_copyTo, m_prove,   nullptr, m_find};
}

void GrantsPage::showPlan(const AuthServer &server, GrantPlan *plan, std::vector<Scope> scopes)
{
    m_server = server;
    m_failure.clear();
    m_model.setPlan(plan, std::move(scopes));
    if (!m_grid->currentIndex().isValid() && m_model.rowCount() > 0 && m_model.columnCount() > 0)
        m_grid->selectionModel()->setCurrentIndex(m_model.index(0, 0), QItemSelectionModel::NoUpdate);
}

void GrantsPage::setFailed(const QString &sentence)
{
    m_failure = sentence;
    refresh();
}

void GrantsPage::setReadOnlyReason(const QString &reason, const std::optional<ApiCredential> &able)
{
    const std::optional<CredentialId> ableId = able ? std::optional(able->id) : std::nullopt;
    if (reason.isEmpty()) {
        m_readOnly->clear();
    } else if (reason != m_readOnlyReason || ableId != m_able) {
        m_readOnly->showMessage(MessageBanner::Kind::Info, reason);
        m_readOnly->setClosable(false);
        if (able) {
            QPushButton *workAs = m_readOnly->addButton(tr("Work as %1").arg(able->name));
            workAs->setObjectName(u"workAsAble"_s);
            connect(
                workAs, &QPushButton::clicked, this, [this, id = able->id] { m_session.workAs(id); },
                Qt::QueuedConnection);
        }
    }
    m_readOnlyReason = reason;
    m_able = ableId;
    m_model.setWritable(reason.isEmpty());
    refresh();
}

void GrantsPage::refresh()
{
    const GrantPlan *plan = m_model.plan();
    const bool isEmpty = m_model.rowCount() == 0 || (m_model.columnCount() == 0 && !hasNoScopes());
    const bool nothing = plan ? isEmpty : !m_failure.isEmpty();
    if (nothing)
        showNothing();
    m_stack->setCurrentWidget(nothing         ? static_cast<QWidget *>(m_nothing)
                              : isChecklist() ? static_cast<QWidget *>(m_checklist)
                                              : m_grid);
    m_checklist->setActive(!nothing && isChecklist());
    m_form->setVisible(m_model.scopes().size() > kMostColumns);
    m_form->setText(isChecklist() ? tr("As a grid") : tr("As a checklist"));
    m_addScopes->setEnabled(m_readOnlyReason.isEmpty());
    m_strip->setVisible(!nothing && !hasNoScopes());
    m_strip->showCell(m_model, nothing ? QModelIndex() : currentCell());
    followPending();
    m_show->setCount(2, m_model.changeCount() > 0 ? m_model.changeCount() : -1);
    m_undo->setEnabled(plan && plan->canUndo());
    m_redo->setEnabled(plan && plan->canRedo());
    m_review->setEnabled(m_model.changeCount() > 0);
    m_discard->setEnabled(m_model.changeCount() > 0);
    updateRowActions();
    m_add->setEnabled(plan && m_readOnlyReason.isEmpty() && m_session.api());
    m_addApp->setEnabled(m_add->isEnabled());
    m_find->setEnabled(plan);
    m_remove->setEnabled(!nothing && plan && m_model.isWritable());
    m_add->setToolTip(m_readOnlyReason);
}

/// What has the focus in the bar goes with it: Qt would pass the focus on to whatever comes next.
void GrantsPage::followPending()
{
    const bool hadFocus = m_bar->isVisible() && m_bar->isAncestorOf(window()->focusWidget());
    m_bar->follow(m_model);
    if (hadFocus && m_bar->isHidden())
        focusGrants();
}

void GrantsPage::showNothing()
{
    const bool noApps = m_model.plan() && m_model.plan()->appCount() == 0;
    const bool mayWrite = m_readOnlyReason.isEmpty();
    m_nothingAdd->setVisible(noApps && hasNoScopes());
    m_nothingAdd->setEnabled(mayWrite);
    m_nothingButton->setEnabled(!noApps || mayWrite);
    if (!m_model.plan()) {
        m_nothing->setTexts(tr("The grants could not be read"), m_failure);
        m_nothingButton->setText(tr("Try again"));
    } else if (noApps && hasNoScopes()) {
        m_nothing->setTexts(
            tr("No scopes and no client apps yet"),
            tr("Scopes are what %1 can give; client apps are who gets them.").arg(plainLine(m_server.name)));
        m_nothingButton->setText(tr("Add scopes…"));
    } else if (noApps) {
        m_nothing->setTexts(tr("No client apps yet"),
                            tr("%1 gives its scopes to client apps.").arg(m_server.name));
        m_nothingButton->setText(tr("Add client app…"));
    } else {
        m_nothing->setTexts(tr("Nothing matches"), filterSentence());
        m_nothingButton->setText(tr("Clear filter"));
    }
}

void GrantsPage::actOnNothing()
{
    if (!m_model.plan())
        emit readingAsked();
    else if (m_model.plan()->appCount() > 0)
        clearFilters();
    else if (hasNoScopes())
        emit addScopesAsked();
    else
        addApps();
}

/// What of the filters leaves nothing to show.
QString GrantsPage::filterSentence() const
{
    const QString apps = plainLine(m_appFilter->text().trimmed());
    const QString scopes = plainLine(m_scopeFilter->text().trimmed());
    QStringList sentences;
    if (m_model.rowCount() == 0 && !apps.isEmpty())
        sentences.append(tr("No client app matches “%1”.").arg(apps));
    if (m_model.columnCount() == 0 && !scopes.isEmpty())
        sentences.append(tr("No scope matches “%1”.").arg(scopes));
    if (m_show->currentIndex() == 1)
        sentences.append(tr("Only differences between client apps are shown."));
    else if (m_show->currentIndex() == 2)
        sentences.append(tr("Only what is pending is shown."));
    return sentences.join(u' ');
}

void GrantsPage::clearFilters()
{
    m_appFilter->clear();
    m_scopeFilter->clear();
    m_show->setCurrentIndex(0);
    m_model.setShow(GrantGridModel::Show::All);
    focusGrants();
}

void GrantsPage::addApps()
{
    if (!m_session.api() || !m_model.plan())
        return;
    auto *dialog = new AddClientAppDialog(m_session, m_server.name, m_model, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddClientAppDialog::appsChosen, this, [this](const auto &apps, auto like) {
        clearFilters();
        m_model.addApps(apps, like);
        m_grid->setCurrentApp(apps.front().first);
        m_checklist->setCurrentApp(apps.front().first);
    });
    dialog->open();
}

// Of what the tenant grants, not of what is staged.
void GrantsPage::prove(AppId app)
{
    const auto row = m_model.plan()->table().rowOf(app);
    if (!row)
        return;
    const ScopeSet granted = m_model.plan()->granted(app);
    QStringList scopes;
    for (const Scope &scope : m_model.scopes()) {
        if (granted.contains(scope.id))
            scopes.append(scope.value);
    }
    auto *dialog = new ProofDialog(
        m_session, m_profiles, m_hints,
        {.app = app, .appName = m_model.plan()->table().nameAt(*row), .server = m_server, .scopes = scopes},
        this);
    dialog->open();
}

void GrantsPage::setSecrets(ProfileRegister *profiles, SandboxHints hints)
{
    m_profiles = profiles;
    m_hints = std::move(hints);
}

void GrantsPage::askDiscard()
{
    auto *dialog = new ConfirmDialog(tr("Discard %n change(s)", nullptr, m_model.changeCount()),
                                     tr("Discard changes"), this);
    dialog->setObjectName(u"discardDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setEffects({tr("The staged changes of %1 and their undo history are dropped.").arg(m_server.name),
                        tr("Nothing has been sent to the tenant.")});
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        m_model.discard();
        dialog->accept();
        focusGrants();
    });
    dialog->open();
}

} // namespace latchkey
