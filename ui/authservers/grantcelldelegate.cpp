// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantcelldelegate.h"

#include "authservers/grantgridview.h"
#include "models/grantgridmodel.h"
#include "style/icons.h"
#include "style/theme.h"
#include "style/typography.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <QPainter>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTile = 22;

/// A rounded tile in the middle of the cell with a glyph and perhaps a word.
struct Tile
{
    Icon icon = Icon::Check;
    QString word{};
    QColor ink{};
    QColor tint{};
};

void paintTile(QPainter *painter, const QRect &cell, const QFont &font, const Tile &tile)
{
    const int wordWidth = tile.word.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(tile.word);
    const int width = wordWidth == 0 ? kTile : 4 + 14 + 2 + wordWidth + 7;
    QRect box(0, 0, std::min(width, cell.width() - 2), kTile);
    box.moveCenter(cell.center());
    painter->setPen(Qt::NoPen);
    painter->setBrush(tile.tint);
    painter->drawRoundedRect(box, 5, 5);
    const int size = wordWidth == 0 ? 16 : 14;
    QRect glyph(0, 0, size, size);
    glyph.moveCenter(box.center());
    if (wordWidth != 0)
        glyph.moveLeft(box.left() + 4);
    paintIcon(painter, glyph, tile.icon, size, tile.ink);
    if (wordWidth == 0)
        return;
    painter->setPen(tile.ink);
    painter->setFont(font);
    painter->drawText(box.adjusted(4 + 14 + 2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, tile.word);
}

void paintDot(QPainter *painter, const QRect &cell, const QColor &color)
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawEllipse(QRectF(cell).center() + QPointF(0.5, 0.5), 2, 2);
}

QColor background(const QStyleOptionViewItem &option, const QModelIndex &cell, const Theme &theme)
{
    const auto *view = qobject_cast<const GrantGridView *>(option.widget);
    if (option.state & QStyle::State_Selected && view && view->hasWideSelection())
        return theme.hover;
    return view && view->currentIndex().row() == cell.row() ? theme.sunken : theme.base;
}

} // namespace

void GrantCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &cell) const
{
    const Theme &theme = themeFor(option.palette);
    const QRect rect = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(rect, background(option, cell, theme));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);
    painter->setRenderHint(QPainter::Antialiasing, true);

    QFont font = fontFor(TextStyle::Caption, option.font);
    font.setWeight(QFont::Medium);
    const auto mark = static_cast<CellMark>(cell.data(GrantGridModel::CellMarkRole).toInt());
    const auto state = static_cast<GrantState>(cell.data(GrantGridModel::StateRole).toInt());
    if (mark == CellMark::Sending)
        paintTile(painter, rect, font, {Icon::Clock, {}, theme.muted, theme.hover});
    else if (mark == CellMark::NotStored)
        paintTile(painter, rect, font, {Icon::Error, {}, theme.danger, theme.dangerTint});
    else if (state == GrantState::Granted)
        paintTile(painter, rect, font, {Icon::Check, {}, theme.accentInk, theme.accentTint});
    else if (state == GrantState::PendingAdd)
        paintTile(painter, rect, font, {Icon::Plus, tr("Add"), theme.ok, theme.okTint});
    else if (state == GrantState::PendingRemove)
        paintTile(painter, rect, font, {Icon::Minus, tr("Remove"), theme.danger, theme.dangerTint});
    else
        paintDot(painter, rect, theme.lineStrong);

    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (view && view->currentIndex() == cell) {
        const bool focused = view->hasFocus();
        painter->setPen(QPen(focused ? theme.accent : theme.lineStrong, focused ? 2 : 1));
        painter->setBrush(Qt::NoBrush);
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->drawRect(focused ? rect.adjusted(1, 1, -1, -1) : rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize GrantCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    QFont font = fontFor(TextStyle::Caption, option.font);
    font.setWeight(QFont::Medium);
    const QFontMetrics metrics(font);
    const int word = std::max(metrics.horizontalAdvance(tr("Add")), metrics.horizontalAdvance(tr("Remove")));
    return {std::max(kMinimumWidth, word + 4 + 14 + 2 + 7 + 2), std::max(kRowHeight, metrics.height() + 12)};
}

bool GrantCellDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                    const QStyleOptionViewItem &option, const QModelIndex &cell)
{
    if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonRelease)
        return false; // the view toggles by key, so that a whole selection goes at once
    const auto *mouse = static_cast<QMouseEvent *>(event);
    QRect mark(0, 0, 30, kTile + 8);
    mark.moveCenter(option.rect.center());
    if (mouse->button() != Qt::LeftButton || mouse->modifiers() != Qt::NoModifier ||
        !mark.contains(mouse->pos()))
        return false;
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = cell;
        return false; // the view still makes the cell the current one
    }
    if (std::exchange(m_pressed, {}) != cell || !(cell.flags() & Qt::ItemIsUserCheckable))
        return false;
    const bool checked = cell.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(cell, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace latchkey
