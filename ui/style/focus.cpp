// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/focus.h"

#include <QPointer>
#include <QVariant>
#include <QWidget>

namespace latchkey {

namespace {

constexpr const char *kEntry = "latchkeyEntry";

bool takesFocus(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && !widget->focusProxy() &&
           (widget->focusPolicy() & Qt::TabFocus);
}

QWidget *wayInto(const QWidget *pane)
{
    QWidget *entry = pane->property(kEntry).value<QPointer<QWidget>>();
    return entry ? entry : pane->focusProxy();
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

void setEntry(QWidget *pane, QWidget *entry)
{
    pane->setProperty(kEntry, QVariant::fromValue(QPointer<QWidget>(entry)));
}

QWidget *entryOf(const QWidget *pane)
{
    QWidget *entry = wayInto(pane);
    while (entry && wayInto(entry))
        entry = wayInto(entry);
    if (entry && takesFocus(entry))
        return entry;
    QWidget *last = lastFocused(pane);
    return last ? last : firstFocusable(pane);
}

} // namespace latchkey
