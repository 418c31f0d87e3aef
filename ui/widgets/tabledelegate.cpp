// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tabledelegate.h"

#include "models/itemroles.h"
#include "style/buttonrole.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QListView>
#include <QTableView>
#include <QToolTip>

namespace latchkey {

namespace {

constexpr int cellMargin = metrics::space8;
constexpr int glyphGap = 5;

bool viewHasFocus(const QStyleOptionViewItem &option)
{
    return option.widget && option.widget->hasFocus();
}

// The tint of a selected row depends on the focus of its view, not on the active window.
QStyleOptionViewItem rowOption(const QStyleOptionViewItem &option)
{
    QStyleOptionViewItem row = option;
    row.state.setFlag(QStyle::State_Active, viewHasFocus(option));
    return row;
}

Tone toneAt(const QModelIndex &index, int role, Tone fallback)
{
    const QVariant tone = index.data(role);
    return tone.isValid() ? static_cast<Tone>(tone.toInt()) : fallback;
}

bool isFirst(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    return table ? table->horizontalHeader()->visualIndex(index.column()) == 0 : index.column() == 0;
}

bool isLast(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    return table &&
           table->horizontalHeader()->visualIndex(index.column()) == index.model()->columnCount() - 1;
}

QRect mirrored(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

void paintCellFocus(QPainter *painter, const QStyleOptionViewItem &option, const Theme &theme)
{
    const bool keyboard =
        option.state.testFlag(QStyle::State_KeyboardFocusChange) ||
        (option.widget && option.widget->window()->testAttribute(Qt::WA_KeyboardFocusChange));
    if (option.state.testFlag(QStyle::State_HasFocus) && keyboard)
        paintInnerFocus(painter, option.rect.adjusted(0, 0, 0, -1), theme);
}

void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &room, const QString &text,
               const QFont &font, const QColor &color, Qt::Alignment horizontal, Qt::TextElideMode elide)
{
    painter->setFont(font);
    painter->setPen(color);
    const QFontMetrics metrics(font);
    const Qt::Alignment side =
        QStyle::visualAlignment(option.direction, horizontal & Qt::AlignHorizontal_Mask);
    if (text.contains(u'\n')) {
        QStringList lines = text.split(u'\n');
        for (QString &line : lines)
            line = metrics.elidedText(line, elide, room.width());
        painter->drawText(mirrored(option, room), static_cast<int>(side | Qt::AlignVCenter),
                          lines.join(u'\n'));
        return;
    }
    painter->drawText(mirrored(option, room), static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                      metrics.elidedText(text, elide, room.width()));
}

void paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                const Theme &theme)
{
    painter->fillRect(option.rect, theme.base);
    if (!isFirst(option, index))
        return;
    const QRect room = option.rect.adjusted(metrics::panelMargin, 4, -cellMargin, -1);
    const QRect chevron(room.x(), room.y(), metrics::iconBadge, room.height());
    paintIcon(painter, mirrored(option, chevron), Icon::ChevronDown, metrics::iconBadge, theme.muted);
    const QFont strong = fontFor(TextStyle::CaptionStrong);
    const QString text = index.data().toString();
    const QRect words = room.adjusted(18, 0, 600, 0);
    paintText(painter, option, words, text, strong, theme.text, Qt::AlignLeading, Qt::ElideRight);
    const QVariant count = index.data(CountRole);
    if (!count.isValid())
        return;
    const int x = 18 + QFontMetrics(strong).horizontalAdvance(text) + metrics::space8;
    paintText(painter, option, room.adjusted(x, 0, 600, 0), option.locale.toString(count.toInt()),
              fontFor(TextStyle::Caption), theme.muted, Qt::AlignLeading, Qt::ElideRight);
}

struct CellFonts
{
    QFont text{};
    QFont subtitle{};
};

CellFonts fontsOf(const QModelIndex &index)
{
    return {fontFor(index.data(FixedFontRole).toBool() ? TextStyle::Fixed : TextStyle::Body),
            fontFor(index.data(FixedSubtitleRole).toBool() ? TextStyle::FixedSmall : TextStyle::Caption)};
}

/// The text and, right behind it, what marks the row.
void paintMarkedText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &line,
                     const QModelIndex &index, const QFont &font, const QColor &color, Qt::Alignment side)
{
    const QVariant mark = index.data(MarkRole);
    const QString text = index.data().toString();
    if (!mark.isValid())
        return paintText(painter, option, line, text, font, color, side, Qt::ElideRight);
    const int room = line.width() - glyphGap - metrics::iconBadge;
    paintText(painter, option, QRect(line.topLeft(), QSize(room, line.height())), text, font, color,
              Qt::AlignLeading, Qt::ElideRight);
    const int words = std::min(room, QFontMetrics(font).horizontalAdvance(text));
    const QRect box(line.x() + words + glyphGap, line.y(), metrics::iconBadge, line.height());
    paintIcon(painter, mirrored(option, box), static_cast<Icon>(mark.toInt()), metrics::iconBadge,
              themeFor(option.palette).ok);
}

QString hiddenText(const QRect &content, const QModelIndex &index)
{
    const QString text = index.data().toString();
    const QString subtitle = index.data(SubtitleRole).toString();
    const int glyph = index.data(GlyphRole).isValid() ? metrics::iconButton + glyphGap : 0;
    const int room = content.width() - glyph;
    const CellFonts fonts = fontsOf(index);
    if (QFontMetrics(fonts.text).size(0, text).width() <= room &&
        QFontMetrics(fonts.subtitle).horizontalAdvance(subtitle) <= room)
        return {};
    return subtitle.isEmpty() ? text : text + u'\n' + subtitle;
}

} // namespace

QRect TableDelegate::contentRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int start = isFirst(option, index) ? m_leading : cellMargin;
    const int end = isLast(option, index) ? m_trailing : cellMargin;
    return option.rect.adjusted(start, 0, -end, -1);
}

QString TableDelegate::textFor(const QModelIndex &index, const QFontMetrics &, int) const
{
    return index.data().toString();
}

void TableDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = themeFor(option.palette);
    painter->save();
    if (index.data(GroupRole).toBool()) {
        paintGroup(painter, option, index, theme);
    } else {
        paintRowBackground(painter, rowOption(option), isFirst(option, index));
        QRect room = contentRect(option, index);
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        const QVariant glyph = index.data(GlyphRole);
        if (glyph.isValid()) {
            const QRect box(room.x(), room.y(), metrics::iconButton, room.height());
            const QColor color = enabled ? ink(theme, toneAt(index, ToneRole, Tone::Muted)) : theme.disabled;
            paintIcon(painter, mirrored(option, box), static_cast<Icon>(glyph.toInt()), metrics::iconButton,
                      color);
            room.setLeft(room.left() + metrics::iconButton + glyphGap);
        }
        const CellFonts fonts = fontsOf(index);
        const QColor color = enabled ? ink(theme, toneAt(index, TextToneRole, Tone::Normal)) : theme.disabled;
        const QVariant alignment = index.data(Qt::TextAlignmentRole);
        const Qt::Alignment side = alignment.isValid() ? Qt::Alignment(alignment.toInt()) : Qt::AlignLeading;
        const auto elide = static_cast<Qt::TextElideMode>(
            index.data(ElideRole).isValid() ? index.data(ElideRole).toInt() : Qt::ElideRight);
        const QString subtitle = m_compact ? QString() : index.data(SubtitleRole).toString();
        if (subtitle.isEmpty()) {
            paintText(painter, option, room, textFor(index, QFontMetrics(fonts.text), room.width()),
                      fonts.text, color, side, elide);
        } else {
            const int step = lineHeight(TextStyle::Caption) + 1;
            QRect line(room.x(), room.center().y() - step, room.width(), step);
            paintMarkedText(painter, option, line, index, fonts.text, color, side);
            line.translate(0, step);
            paintText(painter, option, line, subtitle, fonts.subtitle, theme.muted, side,
                      index.data(FixedSubtitleRole).toBool() ? Qt::ElideMiddle : elide);
        }
    }
    painter->restore();
    painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    paintCellFocus(painter, option, theme);
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString subtitle = m_compact ? QString() : index.data(SubtitleRole).toString();
    const int row = subtitle.isEmpty() ? metrics::row : metrics::twoLineRow;
    if (m_isHeightOnly)
        return QSize(0, metrics::heightFor(row, option.fontMetrics));
    const CellFonts fonts = fontsOf(index);
    const int height = metrics::heightFor(row, QFontMetrics(fonts.text));
    int width = QFontMetrics(fonts.text).size(0, index.data().toString()).width();
    if (!subtitle.isEmpty())
        width = std::max(width, QFontMetrics(fonts.subtitle).horizontalAdvance(subtitle));
    if (index.data(GlyphRole).isValid())
        width += metrics::iconButton + glyphGap;
    const QRect content = contentRect(option, index);
    const int margins = option.rect.width() - content.width();
    return QSize(width + std::max(margins, 2 * cellMargin) + 1, height);
}

bool TableDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() == QEvent::ToolTip && index.isValid() && !index.data(Qt::ToolTipRole).isValid()) {
        QToolTip::showText(event->globalPos(), hiddenText(contentRect(option, index), index), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

void TwoLineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = themeFor(option.palette);
    painter->save();
    paintRowBackground(painter, rowOption(option), true);
    QRect room = option.rect.adjusted(metrics::panelMargin, 0, -metrics::cardMargin, -1);
    const QVariant glyph = index.data(GlyphRole);
    if (glyph.isValid()) {
        room.setLeft(option.rect.x() + 17);
        const QRect box(room.x(), room.y(), metrics::iconButton, room.height());
        paintIcon(painter, mirrored(option, box), static_cast<Icon>(glyph.toInt()), metrics::iconButton,
                  ink(theme, toneAt(index, ToneRole, Tone::Muted)));
        room.setLeft(room.left() + metrics::iconButton + 11);
    }
    const QString subtitle = index.data(SubtitleRole).toString();
    const QString third = index.data(ThirdLineRole).toString();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const int first = lineHeight(TextStyle::Body);
    const int step = lineHeight(TextStyle::Caption);
    const int total = first + (subtitle.isEmpty() ? 0 : step) + (third.isEmpty() ? 0 : step);
    QRect line(room.x(), room.y() + (room.height() - total) / 2, room.width(), first);
    const QVariant count = index.data(CountRole);
    const QString trailing = index.data(TrailingRole).toString();
    QRect name = line;
    if (count.isValid() && count.toInt() > 0) {
        const QString number = option.locale.toString(count.toInt());
        const int width = countTagWidth(number);
        const QRect box(line.right() - width + 1, line.y(), width, 18);
        paintCountTag(painter, mirrored(option, box), number, theme);
        name.setRight(box.left() - metrics::space8);
    } else if (!trailing.isEmpty()) {
        const QFont font = fontFor(TextStyle::Caption);
        const int width = QFontMetrics(font).horizontalAdvance(trailing);
        const QRect box(room.right() - width + 1, room.y(), width, room.height());
        paintText(painter, option, box, trailing, font, theme.muted, Qt::AlignLeading, Qt::ElideNone);
        room.setRight(box.left() - metrics::space8);
        line.setRight(room.right());
        name.setRight(room.right());
    }
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QColor color = enabled ? ink(theme, toneAt(index, TextToneRole, Tone::Normal)) : theme.disabled;
    paintText(painter, option, name, index.data().toString(),
              fontFor(selected ? TextStyle::BodyStrong : TextStyle::Body), color, Qt::AlignLeading,
              Qt::ElideRight);
    line.translate(0, first);
    line.setHeight(step);
    const QFont quiet =
        fontFor(index.data(FixedSubtitleRole).toBool() ? TextStyle::FixedSmall : TextStyle::Caption);
    const auto elide = static_cast<Qt::TextElideMode>(
        index.data(ElideRole).isValid() ? index.data(ElideRole).toInt() : Qt::ElideRight);
    paintText(painter, option, line, subtitle, quiet, theme.muted, Qt::AlignLeading, elide);
    line.translate(0, step);
    paintText(painter, option, line, third, fontFor(TextStyle::Caption), theme.muted, Qt::AlignLeading,
              Qt::ElideRight);
    painter->restore();
    painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    paintCellFocus(painter, option, theme);
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    int height = lineHeight(TextStyle::Body) + 14;
    if (!index.data(SubtitleRole).toString().isEmpty())
        height += lineHeight(TextStyle::Caption);
    if (!index.data(ThirdLineRole).toString().isEmpty())
        height += lineHeight(TextStyle::Caption) + 4;
    return QSize(120, height);
}

void setEdgeMargins(QTableView *view, int leading, int trailing)
{
    static_cast<TableDelegate *>(view->itemDelegate())->setEdgeMargins(leading, trailing);
    setHeadMargin(view->horizontalHeader(), leading);
}

void prepareTable(QTableView *view, int rowHeight)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTabKeyNavigation(false);
    view->setMouseTracking(true);
    view->setCornerButtonEnabled(false);
    view->setWordWrap(false);
    view->setItemDelegate(new TableDelegate(view));
    const QFontMetrics font(fontFor(TextStyle::Body));
    QHeaderView *rows = view->verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(20);
    rows->setDefaultSectionSize(metrics::heightFor(rowHeight, font));
    QHeaderView *head = view->horizontalHeader();
    head->setHighlightSections(false);
    head->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    head->setFixedHeight(metrics::heightFor(metrics::tableHead, font));
    head->setMinimumSectionSize(48);
}

void prepareList(QAbstractItemView *view)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setTabKeyNavigation(false);
    view->setMouseTracking(true);
    view->setItemDelegate(new TwoLineDelegate(view));
}

} // namespace latchkey
