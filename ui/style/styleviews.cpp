// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/styleviews.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QStyle>

namespace latchkey::views {

namespace {

constexpr int tabGap = 20;
constexpr int tabRing = 4; // around the words, for the focus
constexpr int countGap = 6;
constexpr int menuIconColumn = 30;

// A tab says "Claims<tab>9": see textWithCount().
struct Counted
{
    QString text{};
    QString count{};
};

Counted split(const QString &text)
{
    const qsizetype tab = text.indexOf(QLatin1Char('\t'));
    return tab < 0 ? Counted{text, {}} : Counted{text.left(tab), text.mid(tab + 1)};
}

} // namespace

void drawHeader(const QStyleOptionHeader &option, QPainter *painter, int leading)
{
    const Theme &theme = themeFor(option.palette);
    painter->fillRect(option.rect, theme.sunken);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const bool first = option.position == QStyleOptionHeader::Beginning ||
                       option.position == QStyleOptionHeader::OnlyOneSection;
    const bool last = option.position == QStyleOptionHeader::End;
    const bool atEnd = option.textAlignment & Qt::AlignRight;
    const int trailing = last && atEnd ? metrics::space16 : metrics::space8; // as its cells
    QRect room = option.rect.adjusted(first ? leading : metrics::space8, 0, -trailing, -1);
    const int arrow = sorted ? 18 : 0;
    const QString text = option.fontMetrics.elidedText(option.text, Qt::ElideRight, room.width() - arrow);
    const int width = option.fontMetrics.horizontalAdvance(text);
    QRect textRect(room.x(), room.y(), width, room.height());
    if (atEnd)
        textRect.moveRight(room.right() - arrow);
    painter->setPen(sorted ? theme.text : theme.muted);
    painter->drawText(QStyle::visualRect(option.direction, option.rect, textRect), Qt::AlignCenter, text);
    if (!sorted)
        return;
    const QRect box(textRect.right() + 5, room.y(), 14, room.height());
    const QRect shown = QStyle::visualRect(option.direction, option.rect, box);
    painter->save();
    painter->translate(QRectF(shown).center());
    if (option.sortIndicator == QStyleOptionHeader::SortUp)
        painter->rotate(180);
    paintIcon(painter, QRect(-7, -7, 14, 14), Icon::ChevronDown, metrics::iconBadge, theme.text);
    painter->restore();
}

QSize tabSize(const QStyleOptionTab &option)
{
    const Counted counted = split(option.text);
    int width = QFontMetrics(fontFor(TextStyle::BodyStrong)).horizontalAdvance(counted.text);
    if (!counted.count.isEmpty())
        width += countGap + QFontMetrics(fontFor(TextStyle::Caption)).horizontalAdvance(counted.count);
    return QSize(width + tabGap, metrics::heightFor(metrics::row, option.fontMetrics));
}

void drawTab(const QStyleOptionTab &option, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const Counted counted = split(option.text);
    const QRect room = option.rect.adjusted(tabRing, 0, tabRing - tabGap, 0);
    const QFont font = fontFor(selected ? TextStyle::BodyStrong : TextStyle::Body);
    const auto place = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    painter->save();
    painter->setFont(font);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->setPen(!enabled ? theme.disabled : selected || hovered ? theme.text : theme.muted);
    painter->drawText(place(room), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic, counted.text);
    if (!counted.count.isEmpty()) {
        const int x = room.x() + QFontMetrics(font).horizontalAdvance(counted.text) + countGap;
        painter->setFont(fontFor(TextStyle::Caption));
        painter->setPen(enabled ? theme.muted : theme.disabled);
        painter->drawText(place(QRect(x, room.y(), room.right() - x + 1, room.height())),
                          Qt::AlignVCenter | Qt::AlignLeading, counted.count);
    }
    painter->restore();
    if (selected)
        painter->fillRect(place(QRect(room.x(), room.bottom() - 1, room.width(), 2)), theme.accent);
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange))
        paintInnerFocus(painter, place(room.adjusted(-tabRing, 3, tabRing, -4)), theme);
}

QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return QSize(contents.width(), 9);
    return QSize(contents.width() + menuIconColumn + 28, metrics::heightFor(28, option.fontMetrics));
}

void drawMenuItem(const QStyleOptionMenuItem &option, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    const auto place = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(option.rect.x(), option.rect.center().y(), option.rect.width(), 1),
                          theme.line);
        return;
    }
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.state.testFlag(QStyle::State_Selected) && enabled)
        paintRounded(painter, option.rect.adjusted(4, 0, -4, 0), metrics::tagRadius, theme.hover);
    const QColor text = enabled ? theme.text : theme.disabled;
    const QRect leading(option.rect.x() + 6, option.rect.y(), menuIconColumn - 6, option.rect.height());
    if (option.checked) {
        paintIcon(painter, place(leading), Icon::Check, metrics::iconButton,
                  enabled ? theme.accent : theme.disabled);
    } else if (!option.icon.isNull()) {
        QRect box(0, 0, metrics::iconButton, metrics::iconButton);
        box.moveCenter(place(leading).center());
        option.icon.paint(painter, box, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QStringList parts = option.text.split(QLatin1Char('\t'));
    const QRect room = option.rect.adjusted(menuIconColumn + 4, 0, -14, 0);
    painter->setFont(option.font);
    painter->setPen(text);
    constexpr int flags = Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine;
    painter->drawText(place(room), flags | Qt::AlignLeading, parts.first());
    painter->setPen(enabled ? theme.muted : theme.disabled);
    if (parts.size() > 1)
        painter->drawText(place(room), flags | Qt::AlignTrailing, parts.at(1));
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect box(option.rect.right() - 24, option.rect.y(), 20, option.rect.height());
        paintIcon(painter, place(box), Icon::ChevronRight, metrics::iconBadge, theme.muted);
    }
}

void drawMenuBarItem(const QStyleOptionMenuItem &option, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    painter->fillRect(option.rect, theme.window);
    if (option.state.testFlag(QStyle::State_Selected))
        paintRounded(painter, option.rect.adjusted(0, 2, 0, -2), metrics::tagRadius, theme.hover);
    painter->setPen(option.state.testFlag(QStyle::State_Enabled) ? theme.text : theme.disabled);
    painter->drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}

QRect scrollBarThumb(const QStyleOptionSlider &option, int shortest)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int room = horizontal ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int length = room;
    if (range > 0)
        length = std::clamp(static_cast<int>(qint64(option.pageStep) * room / (range + option.pageStep)),
                            std::min(shortest, room), room);
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      room - length, option.upsideDown);
    return horizontal ? QRect(option.rect.x() + start, option.rect.y(), length, option.rect.height())
                      : QRect(option.rect.x(), option.rect.y() + start, option.rect.width(), length);
}

void drawScrollBar(const QStyleOptionSlider &option, const QRect &thumb, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    painter->fillRect(option.rect, option.palette.color(QPalette::Base));
    if (option.maximum <= option.minimum)
        return;
    const bool active = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider) &&
                        (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken));
    paintRounded(painter, thumb.adjusted(2, 2, -2, -2), 3, active ? theme.lineStrong : theme.lineMid);
}

void drawBranch(const QStyleOption &option, QPainter *painter)
{
    if (!option.state.testFlag(QStyle::State_Children))
        return;
    const Theme &theme = themeFor(option.palette);
    const bool open = option.state.testFlag(QStyle::State_Open);
    painter->save();
    painter->translate(QRectF(option.rect).center());
    if (!open && option.direction == Qt::RightToLeft)
        painter->rotate(180);
    paintIcon(painter, QRect(-7, -7, 14, 14), open ? Icon::ChevronDown : Icon::ChevronRight,
              metrics::iconBadge, theme.muted);
    painter->restore();
}

void drawGroupBox(const QStyleOptionGroupBox &option, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    painter->save();
    painter->setFont(fontFor(TextStyle::Heading));
    painter->setPen(option.state.testFlag(QStyle::State_Enabled) ? theme.text : theme.disabled);
    const QRect head(option.rect.x(), option.rect.y(), option.rect.width(),
                     painter->fontMetrics().height() + 4);
    painter->drawText(head, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic, option.text);
    painter->restore();
    painter->fillRect(QRect(head.x(), head.bottom() + 4, head.width(), 1), theme.line);
}

} // namespace latchkey::views
