// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantgridview.h"

#include "authservers/grantcelldelegate.h"
#include "authservers/grantheaders.h"
#include "models/grantgridmodel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidestStretched = 132;

/// Sorted numbers as stretches without a gap, first and last.
std::vector<std::pair<int, int>> stretches(const std::vector<int> &numbers)
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

/// The narrow ones alike, as far as there is room; what is left by a pixel each from the first on.
void stretch(std::vector<int> &widths, int available)
{
    const auto total = [&widths](int least) {
        int sum = 0;
        for (int width : widths)
            sum += std::max(width, least);
        return sum;
    };
    int least = *std::ranges::min_element(widths);
    if (total(least) > available)
        return;
    while (least < kWidestStretched && total(least + 1) <= available)
        ++least;
    int left = least < kWidestStretched ? available - total(least) : 0;
    for (int &width : widths) {
        if (width <= least)
            width = least + (left-- > 0 ? 1 : 0);
    }
}

} // namespace

GrantGridView::GrantGridView(GrantGridModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_columns(new GrantColumnHeader(this))
    , m_corner(new GrantCorner(model, this))
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
    connect(verticalHeader(), &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        const int row = verticalHeader()->logicalIndexAt(position);
        if (row < 0)
            return;
        pointAt(m_model.index(row, std::max(0, currentIndex().column())),
                selectionModel()->rowIntersectsSelection(row));
        emit rowMenuRequested(row, verticalHeader()->mapToGlobal(position));
    });
    connect(m_columns, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        const int column = m_columns->logicalIndexAt(position);
        if (column >= 0)
            emit columnMenuRequested(column, m_columns->mapToGlobal(position));
    });
}

QItemSelection GrantGridView::affected() const
{
    const QItemSelection selected = selectionModel()->selection();
    if (!selected.isEmpty() || !currentIndex().isValid())
        return selected;
    return QItemSelection(currentIndex(), currentIndex());
}

std::vector<AppId> GrantGridView::affectedApps() const
{
    std::set<int> rows;
    for (const QItemSelectionRange &range : affected()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.insert(row);
    }
    std::vector<AppId> apps;
    apps.reserve(rows.size());
    for (int row : rows)
        apps.push_back(m_model.idAt(row));
    return apps;
}

void GrantGridView::setCurrentApp(AppId app)
{
    const int row = m_model.rowOf(app);
    if (row >= 0 && m_model.columnCount() > 0)
        setCurrentIndex(m_model.index(row, std::max(0, currentIndex().column())));
}

void GrantGridView::keyPressEvent(QKeyEvent *event)
{
    if (actOn(*event))
        event->accept();
    else
        QTableView::keyPressEvent(event);
}

bool GrantGridView::actOn(const QKeyEvent &event)
{
    const QModelIndex cell = currentIndex();
    if (!cell.isValid())
        return false;
    const int lastRow = m_model.rowCount() - 1;
    const int lastColumn = m_model.columnCount() - 1;
    switch (event.key()) {
    case Qt::Key_Space:
        if (event.modifiers() & Qt::ShiftModifier)
            selectRange(cell.siblingAtColumn(0), cell.siblingAtColumn(lastColumn));
        else if (event.modifiers() & Qt::ControlModifier)
            selectRange(cell.siblingAtRow(0), cell.siblingAtRow(lastRow));
        else
            m_model.toggle(affected());
        return true;
    case Qt::Key_Backspace:
        m_model.dropPending(affected());
        return true;
    case Qt::Key_F10:
        if (event.modifiers() != Qt::ShiftModifier)
            return false;
        [[fallthrough]];
    case Qt::Key_Menu:
        askMenuOfCurrent();
        return true;
    default:
        return false;
    }
}

/// What a menu is about is marked: the selection that it is part of, else the cell alone.
void GrantGridView::pointAt(const QModelIndex &cell, bool isSelected)
{
    if (!isSelected)
        setCurrentIndex(cell);
}

// As in a spreadsheet the current cell stays where it is.
void GrantGridView::selectRange(const QModelIndex &from, const QModelIndex &to)
{
    selectionModel()->select(QItemSelection(from, to), QItemSelectionModel::ClearAndSelect);
}

// To an app by the beginning of its name; the cells have no text to look for.
void GrantGridView::keyboardSearch(const QString &text)
{
    const bool goesOn = m_typedAt.isValid() && !m_typedAt.hasExpired(QApplication::keyboardInputInterval());
    m_typed = goesOn ? m_typed + text : text;
    m_typedAt.start();
    const int from = currentIndex().isValid() ? currentIndex().row() + (goesOn ? 0 : 1) : 0;
    const int row = m_model.rowCount() > 0 ? m_model.findApp(m_typed, from) : -1;
    if (row >= 0)
        setCurrentApp(m_model.idAt(row));
}

void GrantGridView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

/// Below the cell, so that its row stays in sight.
void GrantGridView::askMenuOfCurrent()
{
    const QModelIndex cell = currentIndex();
    emit cellMenuRequested(cell.row(), cell.column(), viewport()->mapToGlobal(visualRect(cell).bottomLeft()));
}

// The Menu key comes as this, too, with a place that does not count the heads.
void GrantGridView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        return askMenuOfCurrent();
    const QModelIndex cell = indexAt(event->pos());
    if (!cell.isValid())
        return;
    pointAt(cell, selectionModel()->isSelected(cell));
    emit cellMenuRequested(cell.row(), cell.column(), event->globalPos());
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
    const int least = itemDelegate()->sizeHint({}, {}).width();
    std::vector<int> widths;
    for (int column = 0; column < count; ++column)
        widths.push_back(std::max(least, m_columns->neededSectionWidth(column)));
    stretch(widths, viewport()->width());
    for (int column = 0; column < count; ++column)
        m_columns->resizeSection(column, widths[static_cast<size_t>(column)]);
}

void GrantGridView::remember()
{
    m_current.reset();
    m_selected.clear();
    if (const QModelIndex cell = currentIndex(); cell.isValid())
        m_current = {m_model.idAt(cell.row()), m_model.scopeAt(cell.column()).id};
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        Block block;
        for (int row = range.top(); row <= range.bottom(); ++row)
            block.apps.push_back(m_model.idAt(row));
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
    for (const Block &block : m_selected) {
        std::vector<int> columns;
        for (ScopeId scope : block.scopes) {
            if (const int column = m_model.columnOf(scope); column >= 0)
                columns.push_back(column);
        }
        std::ranges::sort(columns);
        for (const auto &[top, bottom] : stretches(m_model.rowsOf(block.apps))) {
            for (const auto &[left, right] : stretches(columns))
                selection.select(m_model.index(top, left), m_model.index(bottom, right));
        }
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    horizontalScrollBar()->setValue(m_scroll.first);
    verticalScrollBar()->setValue(m_scroll.second);
    emit currentCellChanged();
}

} // namespace latchkey
