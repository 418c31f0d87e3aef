// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantgridview.h"

#include "authservers/grantcelldelegate.h"
#include "authservers/grantheaders.h"
#include "models/grantgridmodel.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QScrollBar>

#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidestStretched = 132;

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
    const auto placeOf = [this](const QModelIndex &cell) {
        return Place{m_model.appAt(cell.row()).id, m_model.scopeAt(cell.column()).id};
    };
    if (currentIndex().isValid())
        m_current = placeOf(currentIndex());
    for (const QModelIndex &cell : selectionModel()->selectedIndexes())
        m_selected.push_back(placeOf(cell));
    m_scroll = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
}

void GrantGridView::restore()
{
    layOutColumns();
    const auto cellOf = [this](const Place &place) {
        const int row = m_model.rowOf(place.app);
        const int column = m_model.columnOf(place.scope);
        return row < 0 || column < 0 ? QModelIndex() : m_model.index(row, column);
    };
    const QModelIndex current = m_current ? cellOf(*m_current) : QModelIndex();
    if (current.isValid())
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    QItemSelection selection;
    for (const Place &place : m_selected) {
        if (const QModelIndex cell = cellOf(place); cell.isValid())
            selection.select(cell, cell);
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    horizontalScrollBar()->setValue(m_scroll.first);
    verticalScrollBar()->setValue(m_scroll.second);
    emit currentCellChanged();
}

} // namespace latchkey
