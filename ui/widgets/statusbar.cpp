// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statusbar.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QToolTip>

namespace latchkey {

namespace {

constexpr int sideMargin = 10;
constexpr int gap = 6;

QFont strongFont()
{
    return fontFor(TextStyle::TableHead);
}

} // namespace

StatusSegment::StatusSegment(QWidget *parent)
    : QAbstractButton(parent)
{
    setProperty("latchkeyInnerFocus", true);
    setTextStyle(this, TextStyle::Caption);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Expanding);
    hide();
}

void StatusSegment::setContent(std::optional<Icon> icon, Tone tone, const QString &text,
                               const QString &strong)
{
    m_icon = icon;
    m_tone = tone;
    m_strong = strong;
    setText(text);
    setAccessibleName(strong.isEmpty() ? text : text + u' ' + strong);
    setVisible(!text.isEmpty() || !strong.isEmpty());
    updateGeometry();
    update();
}

QSize StatusSegment::sizeHint() const
{
    int width = 2 * sideMargin + fontMetrics().horizontalAdvance(text());
    if (m_icon)
        width += metrics::iconBadge + gap;
    if (!m_strong.isEmpty())
        width += gap + QFontMetrics(strongFont()).horizontalAdvance(m_strong);
    return QSize(width + 1, metrics::heightFor(metrics::statusBar - 1, fontMetrics(), 17));
}

QSize StatusSegment::minimumSizeHint() const
{
    return QSize(std::min(60, sizeHint().width()), sizeHint().height());
}

/// What is elided can be read.
bool StatusSegment::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || width() >= sizeHint().width())
        return QAbstractButton::event(event);
    QStringList texts{accessibleName()};
    if (!toolTip().isEmpty())
        texts.append(toolTip());
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), texts.join(u'\n'), this);
    return true;
}

void StatusSegment::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    const auto place = [this](const QRect &area) {
        return QStyle::visualRect(layoutDirection(), rect(), area);
    };
    if ((underMouse() || isDown()) && isEnabled())
        paintRounded(&painter, rect().adjusted(2, 3, -2, -3), metrics::tagRadius, theme.hover);
    int x = sideMargin;
    if (m_icon) {
        paintIcon(&painter, place(QRect(x, 0, metrics::iconBadge, height())), *m_icon, metrics::iconBadge,
                  ink(theme, m_tone));
        x += metrics::iconBadge + gap;
    }
    const bool colored = !m_icon && m_tone != Tone::Normal;
    painter.setPen(colored || m_tone == Tone::Warn || m_tone == Tone::Danger ? ink(theme, m_tone)
                                                                             : theme.muted);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width() - x - sideMargin + 1);
    painter.drawText(place(QRect(x, 0, width() - x, height())), Qt::AlignVCenter | Qt::AlignLeading, shown);
    if (!m_strong.isEmpty()) {
        x += fontMetrics().horizontalAdvance(shown) + gap;
        painter.setFont(strongFont());
        painter.setPen(theme.text);
        const QString name =
            QFontMetrics(strongFont()).elidedText(m_strong, Qt::ElideRight, width() - x - sideMargin + 1);
        painter.drawText(place(QRect(x, 0, width() - x, height())), Qt::AlignVCenter | Qt::AlignLeading,
                         name);
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paintRounded(&painter, rect().adjusted(2, 2, -2, -2), metrics::tagRadius, {}, theme.accent,
                     metrics::focusWidth);
}

StatusBar::StatusBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("statusBar"));
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(6, 1, 6, 0);
    m_row->setSpacing(1);
    m_row->addStretch(1);
    setFixedHeight(metrics::heightFor(metrics::statusBar, fontMetrics()));
}

StatusSegment *StatusBar::addLeft(const QString &objectName)
{
    return add(m_leftCount++, objectName);
}

StatusSegment *StatusBar::addRight(const QString &objectName)
{
    return add(m_row->count(), objectName);
}

StatusSegment *StatusBar::add(int position, const QString &objectName)
{
    auto *segment = new StatusSegment(this);
    segment->setObjectName(objectName);
    m_row->insertWidget(position, segment);
    return segment;
}

// The lines between the segments are the bar's own: they move when a segment comes, goes or grows.
bool StatusBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        update();
    return QWidget::event(event);
}

void StatusBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    const QWidget *before = nullptr;
    for (int index = 0; index < m_row->count(); ++index) {
        const QWidget *segment = m_row->itemAt(index)->widget();
        if (segment && segment->isHidden())
            continue;
        if (before && segment) {
            const int x = std::max(before->x(), segment->x()) - 1;
            painter.fillRect(QRect(x, (height() - 15) / 2, 1, 16), theme.line);
        }
        before = segment;
    }
}

} // namespace latchkey
