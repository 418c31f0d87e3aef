// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/filterfield.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"

#include <QKeyEvent>
#include <QToolButton>

namespace latchkey {

FilterField::FilterField(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    m_clear = makeToolButton(Icon::Close, tr("Clear the filter"), this);
    m_clear->setObjectName(QStringLiteral("clearFilter"));
    m_clear->setIconSize(QSize(metrics::iconBadge, metrics::iconBadge));
    m_clear->setFocusPolicy(Qt::NoFocus);
    m_clear->setCursor(Qt::ArrowCursor);
    m_clear->hide();
    connect(m_clear, &QToolButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_clear->setVisible(!text.isEmpty());
        update();
    });
    setTextMargins(26, 0, 26, 0);
}

void FilterField::setKeyHint(const QKeySequence &keys)
{
    m_keys = keyHintText(keys);
    setTextMargins(26, 0, std::max(26, keyHintWidth(m_keys) + 4), 0);
    update();
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    const auto place = [this](const QRect &area) {
        return QStyle::visualRect(layoutDirection(), rect(), area);
    };
    paintIcon(&painter, place(QRect(10, 0, metrics::iconButton, height())), Icon::Search, metrics::iconButton,
              isEnabled() ? theme.muted : theme.disabled);
    if (m_keys.isEmpty() || !text().isEmpty())
        return;
    const int hint = keyHintWidth(m_keys);
    paintKeyHint(&painter, place(QRect(width() - hint - 8, 0, hint, height())), m_keys, theme.muted,
                 theme.line, theme.sunken);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    const int side = height() - 4;
    m_clear->setGeometry(
        QStyle::visualRect(layoutDirection(), rect(), QRect(width() - side - 2, 2, side, side)));
}

} // namespace latchkey
