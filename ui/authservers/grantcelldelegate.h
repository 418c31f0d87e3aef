// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace latchkey {

/// Paints one cell of the grants grid, and toggles it when its mark is clicked.
class GrantCellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int kRowHeight = 34;
    static constexpr int kMinimumWidth = 76;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &cell) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &cell) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &cell) override;

private:
    QPersistentModelIndex m_pressed;
};

} // namespace latchkey
