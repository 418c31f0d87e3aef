// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantspage.h"

#include "authservers/addclientappdialog.h"
#include "authservers/cellstrip.h"
#include "authservers/grantchecklist.h"
#include "authservers/grantgridview.h"
#include "authservers/grantmenus.h"
#include "authservers/pendingbar.h"
#include "authservers/proofdialog.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/collapsingrow.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostColumns = 30; ///< more are a checklist

} // namespace

GrantsPage::GrantsPage(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"grantsPage"_s);
    m_strip = new CellStrip;
    m_bar = new PendingBar;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeTools());
    m_readOnly = new MessageBanner;
    m_readOnly->setObjectName(u"grantsReadOnly"_s);
    auto *bannerRow = new CollapsingRow;
    bannerRow->setContentsMargins(metrics::space16, 0, metrics::space16, metrics::space12);
    bannerRow->addWidget(m_readOnly);
    column->addLayout(bannerRow);
    column->addWidget(makeGrid(), 1);
    setFocusProxy(m_grid);
    column->addWidget(m_strip);
    column->addWidget(m_bar);
    makeActions();
    connectParts();
    refresh();
}

QWidget *GrantsPage::makeTools()
{
    m_appFilter = new FilterField(tr("Filter apps"));
    m_appFilter->setObjectName(u"filterGrantApps"_s);
    m_appFilter->setAccessibleName(tr("Filter client apps"));
    m_scopeFilter = new FilterField(tr("Filter scopes"));
    m_scopeFilter->setObjectName(u"filterGrantScopes"_s);
    m_scopeFilter->setAccessibleName(tr("Filter scopes"));
    m_show = new SegmentedControl(tr("Which client apps and scopes to show"));
    m_show->setObjectName(u"showGrants"_s);
    m_show->addSegment(tr("All"));
    m_show->addSegment(tr("Differences"));
    m_show->addSegment(tr("Pending"));
    m_add = makeButton(Icon::Plus, tr("Add client app…"));
    m_add->setObjectName(u"addClientApp"_s);

    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(metrics::space16, 9, metrics::space16, 9);
    row->setSpacing(metrics::space8);
    m_appFilter->setMaximumWidth(196);
    m_scopeFilter->setMaximumWidth(156);
    row->addWidget(m_appFilter, 196);
    row->addWidget(m_scopeFilter, 156);
    row->addWidget(m_show);
    m_form = makeButton({}, ButtonRole::Tool);
    m_form->setObjectName(u"grantsForm"_s);
    setSmall(m_form);
    row->addWidget(m_form);
    row->addStretch(1);
    row->addWidget(m_add);
    return tools;
}

QWidget *GrantsPage::makeGrid()
{
    m_grid = new GrantGridView(m_model);
    m_nothing = new EmptyState(Icon::Scope, {}, {});
    m_nothingButton = m_nothing->setMainButton(tr("Clear filter"));
    m_nothingButton->setObjectName(u"clearGrantFilter"_s);
    auto *holder = new QWidget;
    m_stack = new QStackedLayout(holder);
    m_stack->addWidget(m_grid);
    m_checklist = new GrantChecklist(m_model);
    m_stack->addWidget(m_checklist);
    m_stack->addWidget(m_nothing);
    return holder;
}

void GrantsPage::makeActions()
{
    const auto make = [this](const QString &name, const QString &text, const QList<QKeySequence> &keys) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        return action;
    };
    m_undo = make(u"undoGrantsAction"_s, tr("Undo staged change"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    m_redo = make(u"redoGrantsAction"_s, tr("Redo staged change"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_review = make(u"reviewGrantsAction"_s, tr("Review changes"),
                    {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_addApp = make(u"addClientAppAction"_s, tr("Add client app…"), {QKeySequence(QKeySequence::New)});
    connect(m_addApp, &QAction::triggered, this, [this] {
        if (isVisible()) // its key is heard outside, too
            addApps();
    });
    connect(m_undo, &QAction::triggered, &m_model, &GrantGridModel::undo);
    connect(m_redo, &QAction::triggered, &m_model, &GrantGridModel::redo);
    connect(m_review, &QAction::triggered, this, &GrantsPage::reviewRequested);
}

void GrantsPage::connectParts()
{
    connect(m_appFilter, &QLineEdit::textChanged, &m_model, &GrantGridModel::setAppFilter);
    connect(m_scopeFilter, &QLineEdit::textChanged, &m_model, &GrantGridModel::setScopeFilter);
    connect(m_show, &SegmentedControl::currentChanged, &m_model,
            [this](int index) { m_model.setShow(static_cast<GrantGridModel::Show>(index)); });
    connect(&m_model, &GrantGridModel::changed, this, &GrantsPage::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &GrantsPage::refresh);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &GrantsPage::followCurrent); // marks
    connectGrid();
    connectChecklist();
    connect(m_add, &QPushButton::clicked, this, &GrantsPage::addApps);
    connect(m_nothingButton, &QPushButton::clicked, this, [this] {
        if (!m_model.plan())
            return emit readingAsked();
        if (m_model.plan() && m_model.plan()->appCount() == 0)
            addApps();
        else
            clearFilters();
    });
    connect(m_bar, &PendingBar::undoRequested, m_undo, &QAction::trigger);
    connect(m_bar, &PendingBar::redoRequested, m_redo, &QAction::trigger);
    connect(m_bar, &PendingBar::discardRequested, this, &GrantsPage::askDiscard);
    connect(m_bar, &PendingBar::reviewRequested, this, &GrantsPage::reviewRequested);
}

void GrantsPage::connectGrid()
{
    m_menus = new GrantMenus(m_model, this);
    connect(m_grid, &GrantGridView::currentCellChanged, this, &GrantsPage::followCurrent);
    connect(m_grid, &GrantGridView::rowMenuRequested, this, [this](int row, const QPoint &position) {
        m_menus->show(m_model.idAt(row), m_grid->affectedApps(), {}, position);
    });
    connect(
        m_grid, &GrantGridView::cellMenuRequested, this, [this](int row, int column, const QPoint &position) {
            m_menus->show(m_model.idAt(row), m_grid->affectedApps(), m_model.scopeAt(column).id, position);
        });
    connect(m_grid, &GrantGridView::columnMenuRequested, this, [this](int column, const QPoint &position) {
        m_menus->showForScope(m_model.scopeAt(column).id, m_grid->affectedApps(), position);
    });
    connect(m_grid, &GrantGridView::removalRequested, this,
            [this] { m_menus->toggleRemoval(affectedApps()); });
    connect(m_menus, &GrantMenus::proofAsked, this, &GrantsPage::prove);
    connect(m_strip, &CellStrip::keepRequested, this, [this] {
        m_model.dropPending(QItemSelection(currentCell(), currentCell()));
        focusGrants();
    });
    connect(m_strip, &CellStrip::proofRequested, this, [this] { prove(m_model.idAt(currentCell().row())); });
}

void GrantsPage::connectChecklist()
{
    connect(m_checklist, &GrantChecklist::currentCellChanged, this, &GrantsPage::followCurrent);
    connect(m_checklist, &GrantChecklist::menuRequested, this,
            [this](AppId app, std::optional<ScopeId> scope, const QPoint &position) {
                m_menus->show(app, m_checklist->affectedApps(), scope, position);
            });
    connect(m_checklist, &GrantChecklist::removalRequested, this,
            [this] { m_menus->toggleRemoval(affectedApps()); });
    connect(m_form, &QPushButton::clicked, this, [this] {
        const QModelIndex cell = currentCell();
        showAsGrid(isChecklist());
        if (cell.isValid() && isChecklist())
            m_checklist->setCurrentCell(cell);
        else if (cell.isValid())
            m_grid->setCurrentIndex(cell);
        focusGrants();
    });
}

void GrantsPage::showAsGrid(bool asGrid)
{
    m_asGrid = asGrid;
    refresh();
}

bool GrantsPage::isChecklist() const
{
    return !m_asGrid && m_model.scopes().size() > kMostColumns;
}

QModelIndex GrantsPage::currentCell() const
{
    return isChecklist() ? m_checklist->currentCell() : m_grid->currentIndex();
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
    const bool noApps = plan && plan->appCount() == 0;
    const bool noScopes = plan && m_model.scopes().empty();
    const bool nothing = plan ? m_model.rowCount() == 0 || m_model.columnCount() == 0 : !m_failure.isEmpty();
    if (nothing)
        showNothing(noApps, noScopes);
    m_stack->setCurrentWidget(nothing         ? static_cast<QWidget *>(m_nothing)
                              : isChecklist() ? static_cast<QWidget *>(m_checklist)
                                              : m_grid);
    m_checklist->setActive(!nothing && isChecklist());
    m_form->setVisible(m_model.scopes().size() > kMostColumns);
    m_form->setText(isChecklist() ? tr("As a grid") : tr("As a checklist"));
    m_strip->setVisible(!nothing);
    m_strip->showCell(m_model, nothing ? QModelIndex() : currentCell());
    m_bar->follow(m_model);
    m_show->setCount(2, m_model.changeCount() > 0 ? m_model.changeCount() : -1);
    m_undo->setEnabled(plan && plan->canUndo());
    m_redo->setEnabled(plan && plan->canRedo());
    m_review->setEnabled(m_model.changeCount() > 0);
    m_add->setEnabled(plan && m_readOnlyReason.isEmpty() && m_session.api());
    m_addApp->setEnabled(m_add->isEnabled());
    m_add->setToolTip(m_readOnlyReason);
}

void GrantsPage::showNothing(bool noApps, bool noScopes)
{
    m_nothingButton->setVisible(!noScopes || noApps);
    if (!m_model.plan()) {
        m_nothing->setTexts(tr("The grants could not be read"), m_failure);
        m_nothingButton->setText(tr("Try again"));
        m_nothingButton->setEnabled(true);
    } else if (noApps) {
        m_nothing->setTexts(tr("No client apps yet"),
                            tr("%1 gives its scopes to client apps.").arg(m_server.name));
        m_nothingButton->setText(tr("Add client app…"));
        m_nothingButton->setEnabled(m_readOnlyReason.isEmpty());
    } else if (noScopes) {
        m_nothing->setTexts(tr("No scopes yet"),
                            tr("Client apps can be granted scopes once %1 has one.").arg(m_server.name));
    } else {
        m_nothing->setTexts(tr("Nothing matches"), tr("No client app or scope passes the filter."));
        m_nothingButton->setText(tr("Clear filter"));
        m_nothingButton->setEnabled(true);
    }
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
