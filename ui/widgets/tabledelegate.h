// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;
class QTableView;

namespace latchkey {

/// Cells of a table: glyph, text, a second line where there is one, group heads. Reads ItemRole.
class TableDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// One line a row and lower rows.
    void setCompact(bool compact) { m_compact = compact; }
    /// For views that never size a column by its content: no text is measured for a size hint.
    void setHeightOnly(bool heightOnly) { m_isHeightOnly = heightOnly; }
    /// Room before the first and behind the last column: the margins of the pane.
    void setEdgeMargins(int leading, int trailing)
    {
        m_leading = leading;
        m_trailing = trailing;
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    /// The text of a cell of one line, to be elided by the delegate where it is still too wide.
    virtual QString textFor(const QModelIndex &index, const QFontMetrics &metrics, int width) const;

private:
    QRect contentRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;

    bool m_compact = false;
    bool m_isHeightOnly = false;
    int m_leading = 20;
    int m_trailing = 16;
};

/// Rows of a list: glyph, name, one or two muted lines, a trailing text or count. Reads ItemRole.
class TwoLineDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Whole rows, no grid, no frame, heads of 30, rows of `rowHeight`; installs a TableDelegate.
void prepareTable(QTableView *view, int rowHeight);
/// Room before the first and behind the last column of a prepared table, its head included.
void setEdgeMargins(QTableView *view, int leading, int trailing);
/// The same for a list; installs a TwoLineDelegate.
void prepareList(QAbstractItemView *view);

} // namespace latchkey
