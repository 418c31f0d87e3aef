// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tabstrip.h"

#include "style/buttonrole.h"
#include "style/metrics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <numeric>

namespace latchkey {

/// Tabs whose widths are known while they are hidden, too.
class StripTabs final : public QTabBar
{
public:
    using QTabBar::QTabBar;

    int widthOf(int index) const { return tabSizeHint(index).width(); }
};

TabStrip::TabStrip(const QString &name, const QString &what, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new StripTabs)
    , m_more(new QToolButton)
    , m_menu(new QMenu(m_more))
{
    m_tabs->setObjectName(name);
    m_tabs->setAccessibleName(what);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_more->setObjectName(name + QStringLiteral("More"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    setButtonRole(m_more, ButtonRole::Tool);
    setSmall(m_more);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->setSizeConstraint(QLayout::SetNoConstraint);
    row->addWidget(m_tabs);
    row->addWidget(m_more);
    row->addStretch(1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_menu, &QMenu::aboutToShow, this, &TabStrip::fillMenu);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        distribute();
        emit currentChanged(index);
    });
    distribute();
}

int TabStrip::addTab(const QString &text)
{
    const int index = m_tabs->addTab(text);
    distribute();
    return index;
}

void TabStrip::removeTab(int index)
{
    m_tabs->removeTab(index);
    distribute();
}

void TabStrip::setTabText(int index, const QString &text)
{
    m_tabs->setTabText(index, text);
    distribute();
}

QString TabStrip::tabText(int index) const
{
    return m_tabs->tabText(index);
}

int TabStrip::count() const
{
    return m_tabs->count();
}

int TabStrip::currentIndex() const
{
    return m_tabs->currentIndex();
}

void TabStrip::setCurrentIndex(int index)
{
    m_tabs->setTabVisible(index, true);
    m_tabs->setCurrentIndex(index);
}

QSize TabStrip::sizeHint() const
{
    const std::vector<int> each = widths();
    return QSize(std::accumulate(each.begin(), each.end(), 0), m_tabs->sizeHint().height());
}

QSize TabStrip::minimumSizeHint() const
{
    const std::vector<int> each = widths();
    const int widest = each.empty() ? 0 : *std::max_element(each.begin(), each.end());
    return QSize(widest + m_more->sizeHint().width(), m_tabs->sizeHint().height());
}

void TabStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    distribute();
}

void TabStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        distribute();
}

std::vector<int> TabStrip::widths() const
{
    std::vector<int> each;
    for (int i = 0; i < m_tabs->count(); ++i)
        each.push_back(m_tabs->widthOf(i));
    return each;
}

/// Which tabs have room: all of them, or the current one and as many of the first as fit beside the menu.
std::vector<bool> TabStrip::fitting(const std::vector<int> &widths) const
{
    const auto current = static_cast<size_t>(std::max(0, m_tabs->currentIndex()));
    std::vector<bool> shown(widths.size(), true);
    if (widths.empty() || std::accumulate(widths.begin(), widths.end(), 0) <= width())
        return shown;
    int room = width() - m_more->sizeHint().width() - widths[current];
    bool full = false;
    for (size_t i = 0; i < widths.size(); ++i) {
        if (i == current)
            continue;
        full = full || widths[i] > room;
        shown[i] = !full;
        room -= widths[i];
    }
    return shown;
}

void TabStrip::distribute()
{
    const std::vector<int> each = widths();
    const std::vector<bool> shown = fitting(each);
    int taken = 0;
    int hidden = 0;
    for (size_t i = 0; i < shown.size(); ++i) {
        taken += shown[i] ? each[i] : 0;
        hidden += shown[i] ? 0 : 1;
        m_tabs->setTabVisible(static_cast<int>(i), shown[i]);
    }
    m_tabs->setFixedWidth(taken);
    m_more->setText(tr("%n more", nullptr, hidden));
    m_more->setVisible(hidden > 0);
}

void TabStrip::fillMenu()
{
    m_menu->clear();
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (!m_tabs->isTabVisible(i))
            m_menu->addAction(m_tabs->tabText(i).simplified(), this, [this, i] {
                setCurrentIndex(i);
                m_tabs->setFocus(Qt::OtherFocusReason);
            });
    }
}

} // namespace latchkey
