// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/focus.h"

#include <QWidget>

namespace latchkey {

namespace {

bool takesFocus(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && !widget->focusProxy() &&
           (widget->focusPolicy() & Qt::TabFocus);
}

} // namespace

QWidget *firstFocusable(const QWidget *within)
{
    for (QWidget *widget = within->nextInFocusChain(); widget != within;
         widget = widget->nextInFocusChain()) {
        if (within->isAncestorOf(widget) && takesFocus(widget))
            return widget;
    }
    return nullptr;
}

QWidget *lastFocused(const QWidget *within)
{
    QWidget *last = within->focusWidget();
    return last && last != within && takesFocus(last) ? last : nullptr;
}

QWidget *entryOf(const QWidget *pane)
{
    QWidget *proxy = pane->focusProxy();
    while (proxy && proxy->focusProxy())
        proxy = proxy->focusProxy();
    if (proxy && takesFocus(proxy))
        return proxy;
    QWidget *last = lastFocused(pane);
    return last ? last : firstFocusable(pane);
}

} // namespace latchkey
