// SPDX-License-Identifier: GPL-3.0-or-later
// How the Grants tab is put together.
#include "authservers/grantspage.h"

#include "authservers/cellstrip.h"
#include "authservers/grantchecklist.h"
#include "authservers/grantgridview.h"
#include "authservers/grantmenus.h"
#include "authservers/pendingbar.h"
#include "style/buttonrole.h"
#include "style/focus.h"
#include "style/metrics.h"
#include "widgets/collapsingrow.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QAction>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

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
    setEntry(this, m_grid);
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
    // Where there is not room for both in full, it is the wider one that gives.
    row->addWidget(m_appFilter, 100);
    row->addWidget(m_scopeFilter, 400);
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
    m_nothingAdd = m_nothing->setOtherButton(tr("Add client app…"));
    m_nothingAdd->setObjectName(u"addFirstClientApp"_s);
    auto *holder = new QWidget;
    m_stack = new QStackedLayout(holder);
    m_stack->addWidget(m_grid);
    m_checklist = new GrantChecklist(m_model);
    m_checklist->setNoScopesHint(makeNoScopesHint());
    m_stack->addWidget(m_checklist);
    m_stack->addWidget(m_nothing);
    return holder;
}

QWidget *GrantsPage::makeNoScopesHint()
{
    auto *hint = new EmptyState(Icon::Scope, tr("No scopes yet"),
                                tr("Client apps can be granted scopes once the server has one."));
    hint->setObjectName(u"noScopesHint"_s);
    m_addScopes = hint->setMainButton(tr("Add scopes…"));
    m_addScopes->setObjectName(u"addFirstScopes"_s);
    connect(m_addScopes, &QPushButton::clicked, this, &GrantsPage::addScopesAsked);
    return hint;
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
    m_find = make(u"filterGrantsAction"_s, tr("Filter client apps"), {QKeySequence(QKeySequence::Find)});
    connect(m_find, &QAction::triggered, this, [this] {
        if (isVisible())
            m_appFilter->setFocus(Qt::ShortcutFocusReason);
    });
    m_remove = make(u"removeClientAppsAction"_s, tr("Remove client app…"), {QKeySequence::Delete});
    m_remove->setShortcutContext(Qt::WidgetShortcut); // in a filter it deletes letters
    removeAction(m_remove);
    m_grid->addAction(m_remove);
    m_checklist->addListAction(m_remove);
    connect(m_remove, &QAction::triggered, this, [this] { m_menus->toggleRemoval(affectedApps()); });
    connect(m_undo, &QAction::triggered, &m_model, &GrantGridModel::undo);
    connect(m_redo, &QAction::triggered, &m_model, &GrantGridModel::redo);
    connect(m_review, &QAction::triggered, this, &GrantsPage::reviewRequested);
    makeMenuActions();
}

/// Those that the main menu has beside the buttons and the menus of the rows.
void GrantsPage::makeMenuActions()
{
    const auto make = [this](const QString &name, const QString &text, auto act) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    m_discard = make(u"discardGrantsAction"_s, tr("Discard changes…"), [this] { askDiscard(); });
    m_copyFrom = make(u"copyGrantsFromAction"_s, tr("Copy grants from…"),
                      [this] { m_menus->copyFrom(affectedApps()); });
    m_copyTo =
        make(u"copyGrantsToAction"_s, tr("Copy grants to…"), [this] { m_menus->copyTo(*currentApp()); });
    m_prove = make(u"proveGrantsAction"_s, tr("Prove with a login…"), [this] { prove(*currentApp()); });
}

void GrantsPage::connectParts()
{
    connect(m_appFilter, &QLineEdit::textChanged, &m_model, &GrantGridModel::setAppFilter);
    connect(m_scopeFilter, &QLineEdit::textChanged, &m_model, &GrantGridModel::setScopeFilter);
    for (FilterField *filter : {m_appFilter, m_scopeFilter})
        connect(filter, &QLineEdit::textChanged, this, &GrantsPage::refresh); // it says what is looked for
    connect(m_show, &SegmentedControl::currentChanged, &m_model,
            [this](int index) { m_model.setShow(static_cast<GrantGridModel::Show>(index)); });
    connect(&m_model, &GrantGridModel::changed, this, &GrantsPage::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &GrantsPage::refresh);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &GrantsPage::followCurrent); // marks
    connectGrid();
    connectChecklist();
    connect(m_add, &QPushButton::clicked, this, &GrantsPage::addApps);
    connect(m_nothingButton, &QPushButton::clicked, this, &GrantsPage::actOnNothing);
    connect(m_nothingAdd, &QPushButton::clicked, this, &GrantsPage::addApps);
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

} // namespace latchkey
