// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tabledelegate.h"

namespace latchkey {

/// A table whose last column is a button in each row, painted: thousands of rows have no widgets.
class StepDelegate final : public TableDelegate
{
    Q_OBJECT

public:
    StepDelegate(int column, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    /// Where the button of a cell is.
    static QRect buttonRect(const QRect &cell, const QString &text, Qt::LayoutDirection direction);

private:
    int m_column;
};

} // namespace latchkey
