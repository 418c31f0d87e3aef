// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace latchkey {

class NavigationItem;

/// The panels down the left side: 228 wide with words, or a rail of 56 with tooltips.
class NavigationList final : public QWidget
{
    Q_OBJECT

public:
    explicit NavigationList(QWidget *parent = nullptr);

    /// Returns the index. Items at the bottom stand apart.
    int addItem(Icon icon, const QString &text, bool atBottom = false);
    int currentIndex() const;
    void setCurrentIndex(int index);
    /// Zero shows none. An alert is tinted in warn.
    void setCount(int index, int count, bool alert = false, const QString &meaning = {});
    void setItemEnabled(int index, bool enabled, const QString &reason = {});
    void setRail(bool rail);
    bool isRail() const { return m_rail; }

    QSize sizeHint() const override;

signals:
    /// Clicked, or Space or Enter pressed on it: not while the arrow keys pass by.
    void chosen(int index);
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column = nullptr;
    std::vector<NavigationItem *> m_items;
    int m_topCount = 0;
    bool m_rail = false;
};

} // namespace latchkey
