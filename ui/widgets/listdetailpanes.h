// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace latchkey {

/// A list and the detail of what is chosen in it: side by side, or one at a time where that is too
/// narrow.
class ListDetailPanes final : public QSplitter
{
    Q_OBJECT

public:
    struct Widths
    {
        int listMinimum = 0;
        int detailMinimum = 0;
        int detailFirst = 0;
    };

    ListDetailPanes(QWidget *list, QWidget *detail, Widths widths, QWidget *parent = nullptr);

    /// There is something for the detail to show.
    void setHasDetail(bool has);
    /// Shows the detail in place of the list where only one of them is in sight.
    void openDetail();
    void closeDetail();
    QSize minimumSizeHint() const override;

signals:
    void onePaneChanged(bool onePane);
    void detailOpened();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QWidget *m_list = nullptr;
    QWidget *m_detail = nullptr;
    const Widths m_widths;
    bool m_hasDetail = false;
    bool m_onePane = false;
    bool m_open = false;
};

} // namespace latchkey
