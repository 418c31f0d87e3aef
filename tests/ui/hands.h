// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>
#include <QTimer>
#include <QToolButton>

namespace latchkey {

/// Every warning but the off-screen platform's own.
inline void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
}

/// The widget of that name if it is on screen, else null.
template<typename T = QWidget>
T *shown(const QWidget &top, const QString &name)
{
    for (T *widget : top.findChildren<T *>(name)) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

/// Presses a button with the mouse as a person would, once it is there; false if it never is.
inline bool press(const QWidget &top, const QString &name)
{
    const auto find = [&] { return shown<QAbstractButton>(top, name); };
    // Not before it has its place: what was just shown is laid out a moment later.
    if (!QTest::qWaitFor([&] { return find() && find()->isEnabled() && !find()->size().isEmpty(); }))
        return false;
    QTest::mouseClick(find(), Qt::LeftButton);
    return true;
}

/// The menu, then those that it opens.
inline QList<QMenu *> withMenus(QMenu *menu)
{
    QList<QMenu *> all{menu};
    for (const QAction *action : menu->actions()) {
        if (action->menu())
            all.append(action->menu());
    }
    return all;
}

inline QList<QAction *> actionsOf(QMenu *menu)
{
    QList<QAction *> all;
    for (const QMenu *each : withMenus(menu))
        all.append(each->actions());
    return all;
}

/// Opens the menu of a tool button and chooses in it, with the mouse; false if that cannot be chosen.
inline bool pick(const QWidget &top, const QString &button, const QString &action)
{
    auto *owner = shown<QToolButton>(top, button);
    if (!owner || !owner->menu())
        return false;
    QMenu *menu = owner->menu();
    bool isChosen = false;
    QTimer hand; // the menu has an event loop of its own
    hand.callOnTimeout(menu, [&] {
        if (!menu->isVisible())
            return;
        for (QMenu *part : withMenus(menu)) {
            for (QAction *each : part->actions()) {
                if (each->objectName() != action || !each->isEnabled())
                    continue;
                if (!part->isVisible())
                    return menu->setActiveAction(part->menuAction()); // which opens it
                hand.stop();
                isChosen = true;
                QTest::mouseClick(part, Qt::LeftButton, {}, part->actionGeometry(each).center());
                return menu->hide();
            }
        }
        hand.stop();
        menu->close();
    });
    hand.start(10);
    QTest::mouseClick(owner, Qt::LeftButton);
    return isChosen;
}

} // namespace latchkey
