// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/segmentedcontrol.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QRadioButton>

namespace latchkey {

/// One part of a segmented control: a radio button that looks like its part of the frame.
class Segment final : public QRadioButton
{
public:
    Segment(const QString &text, int count, const QString &shortText, QWidget *parent)
        : QRadioButton(text, parent)
        , m_short(shortText.isEmpty() ? text : shortText)
    {
        setProperty("latchkeyInnerFocus", true);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        setCount(count);
    }

    void setCount(int count)
    {
        m_count = count < 0 ? QString() : locale().toString(count);
        setAccessibleName(m_count.isEmpty() ? text() : text() + QLatin1String(", ") + m_count);
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        return QSize(needed(text()) + kRoomy, metrics::heightFor(metrics::segment, fontMetrics()));
    }
    QSize minimumSizeHint() const override { return QSize(needed(m_short) + kTight, sizeHint().height()); }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QRadioButton::resizeEvent(event);
        if (isEnabled()) // else it says why
            setToolTip(shownText() == text() ? QString() : text());
    }
    bool hitButton(const QPoint &point) const override { return rect().contains(point); }

    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        if (isChecked())
            paintGround(painter, theme.accentTint);
        else if (underMouse() && isEnabled())
            paintGround(painter, theme.hover);
        const QFont font = fontFor(isChecked() ? TextStyle::BodyStrong : TextStyle::Body);
        const QColor quiet = isEnabled() ? theme.muted : theme.disabled;
        const QColor color = !isEnabled() ? theme.disabled : isChecked() ? theme.accentInk : theme.text;
        const QString shown = shownText();
        const int words = QFontMetrics(font).horizontalAdvance(shown);
        const int number = numberWidth();
        QRect room(std::max(4, (width() - words - number) / 2), 0, words + 1, height());
        const auto place = [this](const QRect &area) {
            return QStyle::visualRect(layoutDirection(), rect(), area);
        };
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(place(room), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine, shown);
        painter.setFont(fontFor(TextStyle::Caption));
        painter.setPen(isChecked() ? color : quiet);
        const QRect end(room.x() + words + 6, 0, number, height());
        painter.drawText(place(end), Qt::AlignVCenter | Qt::AlignLeading, m_count);
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
            paintRounded(&painter, rect(), metrics::controlRadius - 1, {}, theme.accent, metrics::focusWidth);
    }

private:
    static constexpr int kRoomy = 24; ///< beside the texts
    static constexpr int kTight = 12;

    int numberWidth() const
    {
        return m_count.isEmpty() ? 0
                                 : 6 + QFontMetrics(fontFor(TextStyle::Caption)).horizontalAdvance(m_count);
    }
    int needed(const QString &words) const
    {
        return QFontMetrics(fontFor(TextStyle::BodyStrong)).horizontalAdvance(words) + numberWidth();
    }
    /// The text, the short one where that is too long, or as much of it as there is room for.
    QString shownText() const
    {
        if (needed(text()) + kTight <= width())
            return text();
        return QFontMetrics(fontFor(TextStyle::BodyStrong))
            .elidedText(m_short, Qt::ElideRight, width() - numberWidth() - kTight);
    }

    // Round where the frame is round.
    void paintGround(QPainter &painter, const QColor &color) const
    {
        const QRect frame = parentWidget()->rect().adjusted(1, 1, -1, -1).translated(-pos());
        QPainterPath path;
        path.addRoundedRect(frame, metrics::controlRadius - 1, metrics::controlRadius - 1);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipRect(rect());
        painter.fillPath(path, color);
        painter.restore();
    }

    const QString m_short;
    QString m_count;
};

SegmentedControl::SegmentedControl(const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(1, 1, 1, 1);
    m_row->setSpacing(1);
}

int SegmentedControl::addSegment(const QString &text, int count, const QString &shortText)
{
    const int index = segmentCount();
    auto *segment = new Segment(text, count, shortText, this);
    segment->setObjectName(QStringLiteral("segment%1").arg(index));
    m_segments.push_back(segment);
    m_row->addWidget(segment, m_fill ? 1 : 0);
    if (index == 0)
        segment->setChecked(true);
    else
        segment->setFocusPolicy(Qt::ClickFocus);
    connect(segment, &QRadioButton::toggled, this, [this, segment, index](bool on) {
        segment->setFocusPolicy(on ? Qt::StrongFocus : Qt::ClickFocus); // one tab stop: the chosen one
        if (on)
            emit currentChanged(index);
    });
    return index;
}

void SegmentedControl::setCount(int index, int count)
{
    m_segments[static_cast<size_t>(index)]->setCount(count);
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled, const QString &reason)
{
    Segment *segment = m_segments[static_cast<size_t>(index)];
    segment->setEnabled(enabled);
    segment->setToolTip(enabled ? QString() : reason);
}

int SegmentedControl::currentIndex() const
{
    for (size_t index = 0; index < m_segments.size(); ++index) {
        if (m_segments[index]->isChecked())
            return static_cast<int>(index);
    }
    return -1;
}

void SegmentedControl::setCurrentIndex(int index)
{
    m_segments[static_cast<size_t>(index)]->setChecked(true);
}

void SegmentedControl::setFill(bool fill)
{
    m_fill = fill;
    setSizePolicy(fill ? QSizePolicy::Expanding : QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (int index = 0; index < segmentCount(); ++index)
        m_row->setStretch(index, fill ? 1 : 0);
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    paintRounded(&painter, rect(), metrics::controlRadius, theme.base, theme.lineMid);
    for (size_t index = 1; index < m_segments.size(); ++index) {
        const int x = layoutDirection() == Qt::LeftToRight ? m_segments[index]->x() - 1
                                                           : m_segments[index]->geometry().right() + 1;
        painter.fillRect(QRect(x, 1, 1, height() - 2), theme.line);
    }
}

} // namespace latchkey
