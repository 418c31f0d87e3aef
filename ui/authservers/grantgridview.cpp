// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantgridview.h"

#include "authservers/grantcelldelegate.h"
#include "authservers/grantheaders.h"
#include "models/grantgridmodel.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QScrollBar>

#include <map>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidestStretched = 132;

/// Sorted numbers as stretches without a gap, first and last.
std::vector<std::pair<int, int>> stretches(const std::set<int> &numbers)
{
    std::vector<std::pair<int, int>> found;
    for (int number : numbers) {
        if (!found.empty() && found.back().second + 1 == number)
            found.back().second = number;
        else
            found.emplace_back(number, number);
    }
    return found;
}

/// Where the ids that are still shown are now.
template<typename Id>
std::set<int> placesOf(const std::vector<Id> &ids, const std::map<Id, int> &places)
{
    std::set<int> found;
    for (Id id : ids) {
        if (const auto place = places.find(id); place != places.end())
            found.insert(place->second);
    }
    return found;
}

} // namespace

GrantGridView::GrantGridView(GrantGridModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_columns(new GrantColumnHeader(this))
    , m_corner(new GrantCorner(this))
{
    setObjectName(u"grantsGrid"_s);
    setAccessibleName(tr("Grants: client apps by scopes"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setItemDelegate(new GrantCellDelegate(this));
    setVerticalHeader(new GrantRowHeader(this));
    setHorizontalHeader(m_columns);
    setModel(&model);
    verticalHeader()->setDefaultSectionSize(itemDelegate()->sizeHint({}, {}).height());

    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &GrantGridView::remember);
    connect(&model, &QAbstractItemModel::modelReset, this, &GrantGridView::restore);
    connect(&model, &QAbstractItemModel::headerDataChanged, this, &GrantGridView::layOutColumns);
    connect(verticalHeader(), &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        const int row = verticalHeader()->logicalIndexAt(position);
        if (row >= 0)
            emit rowMenuRequested(row, verticalHeader()->mapToGlobal(position));
    });
    connect(m_columns, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        const int column = m_columns->logicalIndexAt(position);
        if (column >= 0)
            emit columnMenuRequested(column, m_columns->mapToGlobal(position));
    });
}

QModelIndexList GrantGridView::affected() const
{
    const QModelIndexList selected = selectionModel()->selectedIndexes();
    if (!selected.isEmpty())
        return selected;
    return currentIndex().isValid() ? QModelIndexList{currentIndex()} : QModelIndexList{};
}

std::vector<AppId> GrantGridView::affectedApps() const
{
    std::set<int> rows;
    for (const QModelIndex &cell : affected())
        rows.insert(cell.row());
    std::vector<AppId> apps;
    apps.reserve(rows.size());
    for (int row : rows)
        apps.push_back(m_model.appAt(row).id);
    return apps;
}

void GrantGridView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex cell = currentIndex();
    if (event->key() == Qt::Key_Space && cell.isValid()) {
        if (event->modifiers() & Qt::ShiftModifier)
            selectRow(cell.row());
        else if (event->modifiers() & Qt::ControlModifier)
            selectColumn(cell.column());
        else
            m_model.toggle(affected());
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Backspace) {
        m_model.dropPending(affected());
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Menu ||
        (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier)) {
        if (cell.isValid())
            emit rowMenuRequested(cell.row(), viewport()->mapToGlobal(visualRect(cell).center()));
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void GrantGridView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

void GrantGridView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex cell = indexAt(event->pos());
    if (cell.isValid())
        emit rowMenuRequested(cell.row(), event->globalPos());
}

void GrantGridView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update(); // the whole current row has a ground of its own
    verticalHeader()->viewport()->update();
    m_columns->viewport()->update();
    emit currentCellChanged();
}

void GrantGridView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    const QItemSelection ranges = selectionModel()->selection();
    m_hasWideSelection =
        ranges.size() > 1 || (ranges.size() == 1 && (ranges[0].width() > 1 || ranges[0].height() > 1));
    viewport()->update(); // the cells that stay selected look otherwise beside others
}

void GrantGridView::updateGeometries()
{
    QTableView::updateGeometries();
    const QRect rows = verticalHeader()->geometry();
    m_corner->setGeometry(rows.left(), m_columns->geometry().top(), rows.width(), m_columns->height());
    m_corner->raise();
}

void GrantGridView::layOutColumns()
{
    const int count = m_model.columnCount();
    if (count == 0)
        return;
    const int needed = std::max(m_columns->neededSectionWidth(), itemDelegate()->sizeHint({}, {}).width());
    const int available = viewport()->width();
    const int width = std::clamp(available / count, needed, std::max(needed, kWidestStretched));
    int left = width == available / count ? available - width * count : 0;
    for (int column = 0; column < count; ++column, --left)
        m_columns->resizeSection(column, left > 0 ? width + 1 : width);
}

void GrantGridView::remember()
{
    m_current.reset();
    m_selected.clear();
    if (const QModelIndex cell = currentIndex(); cell.isValid())
        m_current = {m_model.appAt(cell.row()).id, m_model.scopeAt(cell.column()).id};
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        Block block;
        for (int row = range.top(); row <= range.bottom(); ++row)
            block.apps.push_back(m_model.appAt(row).id);
        for (int column = range.left(); column <= range.right(); ++column)
            block.scopes.push_back(m_model.scopeAt(column).id);
        m_selected.push_back(std::move(block));
    }
    m_scroll = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
}

void GrantGridView::restore()
{
    layOutColumns();
    if (m_current) {
        const int row = m_model.rowOf(m_current->app);
        const int column = m_model.columnOf(m_current->scope);
        if (row >= 0 && column >= 0)
            selectionModel()->setCurrentIndex(m_model.index(row, column), QItemSelectionModel::NoUpdate);
    }
    QItemSelection selection;
    if (!m_selected.empty()) {
        std::map<AppId, int> rows;
        std::map<ScopeId, int> columns;
        for (int row = 0; row < m_model.rowCount(); ++row)
            rows[m_model.appAt(row).id] = row;
        for (int column = 0; column < m_model.columnCount(); ++column)
            columns[m_model.scopeAt(column).id] = column;
        for (const Block &block : m_selected) {
            const auto across = stretches(placesOf(block.scopes, columns));
            for (const auto &[top, bottom] : stretches(placesOf(block.apps, rows))) {
                for (const auto &[left, right] : across)
                    selection.select(m_model.index(top, left), m_model.index(bottom, right));
            }
        }
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    horizontalScrollBar()->setValue(m_scroll.first);
    verticalScrollBar()->setValue(m_scroll.second);
    emit currentCellChanged();
}

} // namespace latchkey
