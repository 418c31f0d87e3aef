// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace latchkey {

/// A prepared list that shows whole rows only, asks for the room of its content up to a few rows, and gives
/// way to `fewest` of them, in a low window to one.
class RowList final : public QListView
{
    Q_OBJECT

public:
    explicit RowList(int fewest, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int heightOf(int mostRows) const;
    void showWholeRows();
    void followContent();

    int m_fewest;
    bool m_isLow = false; ///< the window
};

} // namespace latchkey
