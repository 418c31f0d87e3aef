// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace latchkey {

/// Puts the focus frame around the control that the keyboard reached, and takes it away at the
/// first press of the mouse.
class FocusRing final : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow(QWidget *focused);

    QPointer<QFocusFrame> m_frame;
    bool m_keyboard = false;
};

} // namespace latchkey
