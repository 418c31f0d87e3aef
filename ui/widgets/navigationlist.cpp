// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/navigationlist.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QKeyEvent>
#include <QRadioButton>
#include <QVBoxLayout>

#include <functional>

namespace latchkey {

namespace {

constexpr int wide = 228;
constexpr int narrow = 56;

} // namespace

/// One panel in the navigation.
class NavigationItem final : public QRadioButton
{
public:
    NavigationItem(Icon icon, const QString &text, QWidget *parent)
        : QRadioButton(text, parent)
        , m_icon(icon)
    {
        setProperty("latchkeyInnerFocus", true);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        updateTexts();
    }

    void setCount(int count, bool alert, const QString &meaning)
    {
        m_count = count;
        m_alert = alert;
        m_meaning = meaning;
        updateTexts();
        update();
    }
    void setRail(bool rail)
    {
        m_rail = rail;
        updateTexts();
        update();
    }
    void setReason(const QString &reason)
    {
        m_reason = reason;
        updateTexts();
    }
    QSize sizeHint() const override
    {
        return QSize(40, metrics::heightFor(metrics::navigationRow, fontMetrics()));
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

    std::function<void()> chosen;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        QRadioButton::mouseReleaseEvent(event);
        if (event->button() == Qt::LeftButton && hitButton(event->position().toPoint()))
            chosen();
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() != Qt::Key_Space && event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
            return QRadioButton::keyPressEvent(event);
        setChecked(true);
        chosen();
    }

    bool hitButton(const QPoint &point) const override { return rect().contains(point); }

    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        const auto place = [this](const QRect &area) {
            return QStyle::visualRect(layoutDirection(), rect(), area);
        };
        if (isChecked()) {
            paintRounded(&painter, rect(), metrics::controlRadius, theme.accentTint);
            paintRounded(&painter, place(QRect(0, 9, 3, height() - 18)), 1.5, theme.accent);
        } else if (underMouse() && isEnabled()) {
            paintRounded(&painter, rect(), metrics::controlRadius, theme.hover);
        }
        const QColor quiet = !isEnabled() ? theme.disabled : isChecked() ? theme.accentInk : theme.muted;
        const QColor ink = !isEnabled() ? theme.disabled : isChecked() ? theme.accentInk : theme.text;
        const int iconX = m_rail ? (width() - metrics::iconNavigation) / 2 : 10;
        paintIcon(&painter, place(QRect(iconX, 0, metrics::iconNavigation, height())), m_icon,
                  metrics::iconNavigation, quiet);
        const int end = m_rail ? width() : paintCount(painter, theme, place);
        if (!m_rail) {
            const QFont font = fontFor(isChecked() ? TextStyle::BodyStrong : TextStyle::Body);
            painter.setFont(font);
            painter.setPen(ink);
            const QRect room(40, 0, end - 40 - metrics::space8, height());
            painter.drawText(place(room), Qt::AlignVCenter | Qt::AlignLeading,
                             QFontMetrics(font).elidedText(text(), Qt::ElideRight, room.width()));
        } else if (m_count > 0) {
            const QColor dot = m_alert ? theme.warn : theme.accent;
            paintRounded(&painter, place(QRect(iconX + 15, height() / 2 - 11, 7, 7)), 3.5, dot);
        }
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
            paintRounded(&painter, rect(), metrics::controlRadius, {}, theme.accent, metrics::focusWidth);
    }

private:
    template<typename Place>
    int paintCount(QPainter &painter, const Theme &theme, const Place &place) const
    {
        if (m_count <= 0)
            return width();
        const QString number = locale().toString(m_count);
        const QFont font = fontFor(m_alert ? TextStyle::CaptionStrong : TextStyle::Caption);
        const int padding = m_alert ? 6 : 0;
        const int room = QFontMetrics(font).horizontalAdvance(number) + 2 * padding;
        const QRect box(width() - 10 - room, (height() - 18) / 2, room, 18);
        if (m_alert)
            paintRounded(&painter, place(box), metrics::tagRadius, theme.warnTint);
        painter.setFont(font);
        painter.setPen(!isEnabled() ? theme.disabled : m_alert ? theme.warn : theme.muted);
        painter.drawText(place(box), Qt::AlignCenter, number);
        return box.x();
    }

    void updateTexts()
    {
        const QString counted = m_meaning.isEmpty() ? locale().toString(m_count) : m_meaning;
        setAccessibleName(m_count > 0 ? text() + QLatin1String(", ") + counted : text());
        setToolTip(!m_reason.isEmpty() ? m_reason : m_rail ? accessibleName() : m_meaning);
    }

    Icon m_icon;
    int m_count = 0;
    bool m_alert = false;
    bool m_rail = false;
    QString m_meaning;
    QString m_reason;
};

NavigationList::NavigationList(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Panels"));
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(8, 10, 9, 10);
    m_column->setSpacing(2);
    m_column->addStretch(1);
    setFixedWidth(wide);
}

int NavigationList::addItem(Icon icon, const QString &text, bool atBottom)
{
    auto *item = new NavigationItem(icon, text, this);
    const int index = static_cast<int>(m_items.size());
    item->setObjectName(QStringLiteral("navigation%1").arg(index));
    m_items.push_back(item);
    if (atBottom)
        m_column->addWidget(item);
    else
        m_column->insertWidget(m_topCount++, item);
    item->chosen = [this, index] { emit chosen(index); };
    connect(item, &QRadioButton::toggled, this, [this, index](bool on) {
        if (on)
            emit currentChanged(index);
    });
    return index;
}

int NavigationList::currentIndex() const
{
    for (size_t index = 0; index < m_items.size(); ++index) {
        if (m_items[index]->isChecked())
            return static_cast<int>(index);
    }
    return -1;
}

void NavigationList::setCurrentIndex(int index)
{
    m_items[static_cast<size_t>(index)]->setChecked(true);
}

void NavigationList::setCount(int index, int count, bool alert, const QString &meaning)
{
    m_items[static_cast<size_t>(index)]->setCount(count, alert, meaning);
}

void NavigationList::setItemEnabled(int index, bool enabled, const QString &reason)
{
    NavigationItem *item = m_items[static_cast<size_t>(index)];
    item->setEnabled(enabled);
    item->setReason(enabled ? QString() : reason);
}

void NavigationList::setRail(bool rail)
{
    m_rail = rail;
    setFixedWidth(rail ? narrow : wide);
    for (NavigationItem *item : m_items)
        item->setRail(rail);
}

QSize NavigationList::sizeHint() const
{
    return QSize(m_rail ? narrow : wide, 240);
}

void NavigationList::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    const int edge = layoutDirection() == Qt::LeftToRight ? width() - 1 : 0;
    painter.fillRect(QRect(edge, 0, 1, height()), theme.line);
}

} // namespace latchkey
