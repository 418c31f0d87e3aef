// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/passwordfield.h"

#include "style/icons.h"

#include <QAction>
#include <QEvent>

namespace latchkey {

using namespace std::chrono_literals;

PasswordField::PasswordField(const QString &what, QWidget *parent)
    : QLineEdit(parent)
    , m_what(what)
    , m_eye(addAction(icon(Icon::Eye), QLineEdit::TrailingPosition))
{
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_hide.setSingleShot(true);
    m_hide.setInterval(15s);
    connect(&m_hide, &QTimer::timeout, this, [this] { setRevealed(false); });
    connect(m_eye, &QAction::triggered, this, [this] { setRevealed(echoMode() == QLineEdit::Password); });
    setRevealed(false);
}

void PasswordField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    setRevealed(false);
}

void PasswordField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && !isActiveWindow())
        setRevealed(false);
}

void PasswordField::setRevealed(bool revealed)
{
    setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setIcon(icon(revealed ? Icon::EyeOff : Icon::Eye));
    m_eye->setText(revealed ? tr("Hide the %1").arg(m_what) : tr("Show the %1").arg(m_what));
    if (revealed)
        m_hide.start();
    else
        m_hide.stop();
}

} // namespace latchkey
