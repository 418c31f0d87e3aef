// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/focusring.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusFrame>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace latchkey {

namespace {

// Rows, cells and tabs draw their focus inside themselves; so does what says so.
bool hasOuterRing(const QWidget *widget)
{
    if (widget->property("latchkeyInnerFocus").toBool())
        return false;
    if (widget->property("latchkeyOuterFocus").toBool())
        return true;
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
           qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget) ||
           qobject_cast<const QPlainTextEdit *>(widget);
}

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { follow(now); });
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::KeyPress;
    if (!key && event->type() != QEvent::MouseButtonPress)
        return QObject::eventFilter(watched, event);
    const bool keyboard = key || (m_keyboard && !watched->isWidgetType());
    if (keyboard != m_keyboard) {
        m_keyboard = keyboard;
        follow(QApplication::focusWidget());
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::follow(QWidget *focused)
{
    if (!focused) {
        delete m_frame;
        return;
    }
    focused->window()->setAttribute(Qt::WA_KeyboardFocusChange, m_keyboard);
    focused->update();
    QWidget *target = focused->focusProxy() ? focused->focusProxy() : focused;
    if (m_keyboard && hasOuterRing(target)) {
        if (!m_frame)
            m_frame = new QFocusFrame(target);
        m_frame->setWidget(target);
    } else {
        delete m_frame;
    }
}

} // namespace latchkey
