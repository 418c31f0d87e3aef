// SPDX-License-Identifier: GPL-3.0-or-later
#include "topbar.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "tenantswitcher.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

TopBar::TopBar(TenantSwitcher *switcher, QMenu *menu, QWidget *parent)
    : QWidget(parent)
{
    auto *menuButton = makeToolButton(Icon::Menu, tr("Main menu"));
    menuButton->setObjectName(u"menuButton"_s);
    menuButton->setMenu(menu);
    menuButton->setPopupMode(QToolButton::InstantPopup);
    menuButton->setShortcut(Qt::Key_F10);
    auto *helpButton = makeToolButton(Icon::Book, tr("Help on this panel"));
    helpButton->setObjectName(u"helpButton"_s);
    connect(helpButton, &QToolButton::clicked, this, &TopBar::helpAsked);
    setFixedHeight(metrics::heightFor(metrics::topBar, fontMetrics()));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 2, 12, 3);
    row->addWidget(switcher);
    row->addStretch();
    row->addWidget(helpButton);
    row->addWidget(menuButton);
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeFor(palette());
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

} // namespace latchkey
