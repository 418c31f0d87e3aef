// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QToolButton;

namespace latchkey {

class StripTabs;

/// Tabs of pages. Those that have no room stand in a menu behind the others; the current one is always in
/// sight.
class TabStrip final : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the object name of the tabs, `what` what assistive technology calls them.
    TabStrip(const QString &name, const QString &what, QWidget *parent = nullptr);

    int addTab(const QString &text);
    void removeTab(int index);
    void setTabText(int index, const QString &text);
    QString tabText(int index) const;
    int count() const;
    int currentIndex() const;
    void setCurrentIndex(int index);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void currentChanged(int index);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    std::vector<int> widths() const;
    std::vector<bool> fitting(const std::vector<int> &widths) const;
    void distribute();
    void fillMenu();

    StripTabs *m_tabs = nullptr;
    QToolButton *m_more = nullptr;
    QMenu *m_menu = nullptr;
};

} // namespace latchkey
