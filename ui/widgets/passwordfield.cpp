// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/passwordfield.h"

#include "style/icons.h"

#include <QAction>
#include <QEvent>
#include <QPainter>
#include <QStyleOption>

namespace latchkey {

using namespace std::chrono_literals;

namespace {

constexpr int kDots = 10;

} // namespace

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
    connect(this, &QLineEdit::textChanged, this, [this] { m_isFilled = false; });
    setRevealed(false);
}

void PasswordField::fill(const QString &secret)
{
    setText(secret);
    m_isFilled = !secret.isEmpty();
    update();
}

void PasswordField::paintEvent(QPaintEvent *event)
{
    if (!m_isFilled || echoMode() != QLineEdit::Password)
        return QLineEdit::paintEvent(event);
    QStyleOptionFrame panel;
    initStyleOption(&panel);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &panel, &painter, this);
    constexpr int margin = 2; // as QLineEdit has it
    const QRect room =
        style()->subElementRect(QStyle::SE_LineEditContents, &panel, this).adjusted(margin, 0, 0, 0);
    const QChar dot(
        static_cast<char16_t>(style()->styleHint(QStyle::SH_LineEdit_PasswordCharacter, &panel, this)));
    const QString dots(kDots, dot);
    const bool isChosen = hasFocus() && hasSelectedText();
    if (isChosen) {
        QRect mark(room.topLeft(), QSize(fontMetrics().horizontalAdvance(dots), fontMetrics().height()));
        mark.moveTop(room.center().y() - mark.height() / 2);
        painter.fillRect(QStyle::visualRect(layoutDirection(), room, mark), palette().highlight());
    }
    style()->drawItemText(&painter, room, Qt::AlignLeading | Qt::AlignVCenter, palette(), isEnabled(), dots,
                          isChosen ? QPalette::HighlightedText : QPalette::Text);
}

/// Where nothing of it is seen, it is replaced as a whole.
void PasswordField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (m_isFilled)
        selectAll();
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
