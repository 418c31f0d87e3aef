// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantchecklist.h"

#include "style/metrics.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// A click on the state of a scope, mark or words, toggles it; a double click beside it does so, too.
class ScopeRowDelegate final : public TableDelegate
{
public:
    using TableDelegate::TableDelegate;

    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &cell) override
    {
        if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonRelease &&
            event->type() != QEvent::MouseButtonDblClick)
            return false; // keys toggle a whole selection
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const bool isOnMark =
            cell.column() == GrantScopeListModel::State && option.rect.contains(mouse->position().toPoint());
        if (mouse->button() != Qt::LeftButton || mouse->modifiers() != Qt::NoModifier)
            return false;
        if (event->type() == QEvent::MouseButtonPress) {
            m_pressed = isOnMark ? cell : QModelIndex();
            return false; // the view still makes the row the current one
        }
        const bool isClick = std::exchange(m_pressed, {}) == cell && isOnMark;
        if (event->type() == QEvent::MouseButtonDblClick ? isOnMark : !isClick)
            return false;
        const QModelIndex scope = cell.siblingAtColumn(GrantScopeListModel::Scope);
        if (!(scope.flags() & Qt::ItemIsUserCheckable))
            return false;
        const bool checked = scope.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        return model->setData(scope, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }

private:
    QPersistentModelIndex m_pressed;
};

} // namespace

GrantChecklist::GrantChecklist(GrantGridModel &model, QWidget *parent)
    : QSplitter(parent)
    , m_model(model)
    , m_appList(model)
    , m_scopeList(model)
{
    setObjectName(u"grantsChecklist"_s);
    setChildrenCollapsible(false);
    setHandleWidth(1);
    addWidget(makeApps());
    addWidget(makeScopes());
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    setSizes({260, 600});
    setFocusProxy(m_apps);
    connect(m_apps->selectionModel(), &QItemSelectionModel::currentChanged, this, &GrantChecklist::showApp);
    connect(m_scopes->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (const QModelIndex cell = currentCell(); cell.isValid())
            m_scope = m_model.scopeAt(cell.column()).id;
        emit currentCellChanged();
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &GrantChecklist::keepApp);
}

QTableView *GrantChecklist::makeApps()
{
    m_apps = new QTableView;
    m_apps->setObjectName(u"grantApps"_s);
    m_apps->setAccessibleName(tr("Client apps"));
    m_apps->setModel(&m_appList);
    prepareTable(m_apps, 34);
    auto *delegate = new TwoLineDelegate(m_apps);
    m_apps->setItemDelegate(delegate);
    m_apps->horizontalHeader()->hide();
    m_apps->horizontalHeader()->setStretchLastSection(true);
    m_apps->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_apps->setMinimumWidth(170);
    m_apps->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_apps, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        if (m_apps->indexAt(position).isValid())
            askMenu(false, m_apps->viewport()->mapToGlobal(position));
    });
    m_apps->installEventFilter(this);
    return m_apps;
}

QWidget *GrantChecklist::makeScopes()
{
    m_title = new Label({}, TextStyle::Heading);
    m_title->setObjectName(u"grantChecklistApp"_s);
    m_title->setElide(Label::Elide::End);
    m_title->setContentsMargins(metrics::space16, 10, metrics::space16, 10);
    m_scopes = new QTableView;
    m_scopes->setObjectName(u"grantScopes"_s);
    m_scopes->setAccessibleName(tr("Scopes of the client app"));
    m_scopes->setModel(&m_scopeList);
    prepareTable(m_scopes, 34);
    m_scopes->setItemDelegate(new ScopeRowDelegate(m_scopes));
    setEdgeMargins(m_scopes, metrics::space16, metrics::space16);
    m_scopes->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QHeaderView *head = m_scopes->horizontalHeader();
    head->setStretchLastSection(true);
    head->resizeSection(GrantScopeListModel::Scope, 220);
    head->resizeSection(GrantScopeListModel::State, 140);
    m_scopes->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_scopes, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        if (m_scopes->indexAt(position).isValid())
            askMenu(true, m_scopes->viewport()->mapToGlobal(position));
    });
    m_scopes->installEventFilter(this);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_scopes, 1);
    auto *holder = new QWidget;
    m_right = new QStackedLayout(holder);
    m_right->addWidget(pane);
    return holder;
}

void GrantChecklist::setNoScopesHint(QWidget *hint)
{
    m_right->addWidget(hint);
}

void GrantChecklist::addListAction(QAction *action)
{
    m_apps->addAction(action);
    m_scopes->addAction(action);
}

void GrantChecklist::setActive(bool active)
{
    m_appList.setActive(active);
    m_right->setCurrentIndex(m_model.scopes().empty() ? m_right->count() - 1 : 0);
    if (!active)
        m_scopeList.setApp({});
    else if (!m_apps->currentIndex().isValid())
        keepApp();
}

std::optional<AppId> GrantChecklist::currentApp() const
{
    const QModelIndex row = m_apps->currentIndex();
    return row.isValid() ? std::optional(m_model.idAt(row.row())) : std::nullopt;
}

QModelIndex GrantChecklist::currentCell() const
{
    const QModelIndex row = m_scopes->currentIndex();
    return row.isValid() ? m_scopeList.cellOf(row.row()) : QModelIndex();
}

std::vector<AppId> GrantChecklist::affectedApps() const
{
    std::vector<AppId> apps;
    for (const QModelIndex &row : m_apps->selectionModel()->selectedRows())
        apps.push_back(m_model.idAt(row.row()));
    if (apps.empty() && m_scopeList.app() && m_scopeList.rowCount() > 0)
        apps.push_back(*m_scopeList.app());
    return apps;
}

void GrantChecklist::setCurrentApp(AppId app)
{
    const int row = m_model.rowOf(app);
    if (row >= 0 && row < m_appList.rowCount())
        m_apps->setCurrentIndex(m_appList.index(row));
}

void GrantChecklist::setCurrentCell(const QModelIndex &cell)
{
    m_scope = m_model.scopeAt(cell.column()).id;
    setCurrentApp(m_model.idAt(cell.row()));
    m_scopes->setCurrentIndex(m_scopeList.index(cell.column(), 0));
}

void GrantChecklist::showApp()
{
    const QModelIndex row = m_apps->currentIndex();
    if (!row.isValid())
        return; // a reset: the app may come back
    m_app = m_model.idAt(row.row());
    m_scopeList.setApp(m_app);
    m_title->setText(m_model.appAt(row.row()).name);
    if (!m_scopes->currentIndex().isValid() && m_scopeList.rowCount() > 0) {
        const int column = m_scope ? m_model.columnOf(*m_scope) : -1;
        m_scopes->setCurrentIndex(m_scopeList.index(std::max(0, column), 0));
    }
    emit currentCellChanged();
}

// After a filter or another server: the app that was chosen, else the first.
void GrantChecklist::keepApp()
{
    if (m_appList.rowCount() == 0)
        return;
    const int row = m_app ? m_model.rowOf(*m_app) : -1;
    const int column = m_scope ? m_model.columnOf(*m_scope) : -1;
    m_apps->setCurrentIndex(m_appList.index(std::max(0, row)));
    if (m_scopeList.rowCount() > 0)
        m_scopes->setCurrentIndex(m_scopeList.index(std::max(0, column), 0));
}

QItemSelection GrantChecklist::affectedScopes() const
{
    const QItemSelection selected = m_scopes->selectionModel()->selection();
    const QModelIndex current = m_scopes->currentIndex();
    return m_scopeList.cellsOf(selected.isEmpty() && current.isValid() ? QItemSelection(current, current)
                                                                       : selected);
}

void GrantChecklist::askMenu(bool withScope, const QPoint &position)
{
    const QModelIndex cell = currentCell();
    if (!m_scopeList.app())
        return;
    emit menuRequested(*m_scopeList.app(),
                       withScope && cell.isValid() ? std::optional(m_model.scopeAt(cell.column()).id)
                                                   : std::nullopt,
                       position);
}

bool GrantChecklist::eventFilter(QObject *watched, QEvent *event)
{
    const auto askBelow = [this, watched] {
        auto *view = static_cast<QTableView *>(watched);
        askMenu(view == m_scopes,
                view->viewport()->mapToGlobal(view->visualRect(view->currentIndex()).bottomLeft()));
        return true;
    };
    if (event->type() == QEvent::ContextMenu &&
        static_cast<QContextMenuEvent *>(event)->reason() == QContextMenuEvent::Keyboard)
        return askBelow(); // the Menu key comes as this, too
    if (event->type() != QEvent::KeyPress)
        return QSplitter::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (key.key() == Qt::Key_Menu || (key.key() == Qt::Key_F10 && key.modifiers() == Qt::ShiftModifier))
        return askBelow();
    return watched == m_apps ? actOnApps(key) : actOnScopes(key);
}

bool GrantChecklist::actOnApps(const QKeyEvent &key)
{
    if (key.key() != Qt::Key_Right)
        return false;
    m_scopes->setFocus(Qt::TabFocusReason);
    return true;
}

bool GrantChecklist::actOnScopes(const QKeyEvent &key)
{
    switch (key.key()) {
    case Qt::Key_Space:
        m_model.toggle(affectedScopes());
        return true;
    case Qt::Key_Backspace:
        m_model.dropPending(affectedScopes());
        return true;
    case Qt::Key_Left:
        m_apps->setFocus(Qt::TabFocusReason);
        return true;
    default:
        return false;
    }
}

} // namespace latchkey
