// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/rowlist.h"

#include "widgets/tabledelegate.h"

namespace latchkey {

namespace {

constexpr int kMostRows = 4;    ///< that are asked for
constexpr int kLowWindow = 760; ///< has no room for the fewest rows of three lists

} // namespace

RowList::RowList(int fewest, QWidget *parent)
    : QListView(parent)
    , m_fewest(fewest)
{
    prepareList(this);
    setVerticalScrollMode(ScrollPerItem);
}

void RowList::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &RowList::followContent);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &RowList::followContent);
    connect(model, &QAbstractItemModel::modelReset, this, &RowList::followContent);
}

QSize RowList::sizeHint() const
{
    return {QListView::sizeHint().width(), heightOf(kMostRows)};
}

QSize RowList::minimumSizeHint() const
{
    return {QListView::minimumSizeHint().width(), heightOf(m_isLow ? 1 : m_fewest)};
}

int RowList::heightOf(int mostRows) const
{
    const int rows = model() ? std::min(model()->rowCount(), mostRows) : 0;
    return rows == 0 ? 0 : rows * sizeHintForRow(0);
}

void RowList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    showWholeRows();
    if (const bool isLow = window()->height() < kLowWindow; std::exchange(m_isLow, isLow) != isLow)
        updateGeometry();
}

void RowList::followContent()
{
    showWholeRows();
    updateGeometry();
}

// What is left below the last whole row stays empty.
void RowList::showWholeRows()
{
    const int row = heightOf(1);
    const int rest = row > 0 && height() >= row ? height() % row : 0;
    if (viewportMargins().bottom() != rest)
        setViewportMargins(0, 0, 0, rest);
}

} // namespace latchkey
