// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/stylecontrols.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace latchkey::controls {

namespace {

constexpr int iconGap = 6;
constexpr int hintGap = 8;
constexpr int arrowWidth = 18;

struct ButtonColors
{
    QColor fill{};
    QColor border{};
    QColor text{};
    QColor icon{};
};

struct Press
{
    bool enabled = true;
    bool hovered = false;
    bool down = false;
    bool checked = false;
};

Press pressOf(const QStyleOption &option)
{
    return {option.state.testFlag(QStyle::State_Enabled), option.state.testFlag(QStyle::State_MouseOver),
            option.state.testFlag(QStyle::State_Sunken), option.state.testFlag(QStyle::State_On)};
}

ButtonColors filled(const Theme &t, const Press &press, const QColor &fill, const QColor &text)
{
    if (!press.enabled)
        return {t.hover, t.line, t.disabled, t.disabled};
    return {fill, fill, text, text};
}

ButtonColors flat(const Theme &t, const Press &press, const QColor &text)
{
    if (!press.enabled)
        return {{}, {}, t.disabled, t.disabled};
    if (press.checked)
        return {t.accentTint, {}, t.accentInk, t.accentInk};
    const QColor fill = press.down ? t.line : press.hovered ? t.hover : QColor();
    return {fill, {}, text, press.hovered || press.down ? t.text : t.muted};
}

ButtonColors framed(const Theme &t, const Press &press, const QColor &text, const QColor &icon)
{
    if (!press.enabled)
        return {t.base, t.line, t.disabled, t.disabled};
    if (press.checked)
        return {t.accentTint, t.lineMid, t.accentInk, t.accentInk};
    return {press.down ? t.line : press.hovered ? t.hover : t.base, t.lineMid, text, icon};
}

ButtonColors colorsOf(ButtonRole role, const Theme &t, const Press &press)
{
    switch (role) {
    case ButtonRole::Main:
        return filled(t, press,
                      press.down      ? t.accentDown
                      : press.hovered ? t.accentHover
                                      : t.accent,
                      t.onAccent);
    case ButtonRole::DangerFill: {
        const QColor down = t.danger.lightness() < 128 ? t.danger.darker(115) : t.danger.lighter(106);
        return filled(t, press, press.down || press.hovered ? down : t.danger, t.onDanger);
    }
    case ButtonRole::Danger:
        return framed(t, press, t.danger, t.danger);
    case ButtonRole::Tool:
        return flat(t, press, t.text);
    case ButtonRole::Link: {
        const QColor text = !press.enabled ? t.disabled : press.hovered ? t.accentHover : t.accent;
        return {{}, {}, text, text};
    }
    case ButtonRole::Plain:
        break;
    }
    return framed(t, press, t.text, t.muted);
}

// Our icons are one colour, so a button may give them its own.
void paintButtonIcon(QPainter *painter, const QRect &rect, const QIcon &icon, const QColor &color)
{
    QPixmap pixmap = icon.pixmap(rect.size(), painter->device()->devicePixelRatioF());
    if (pixmap.isNull())
        return; // no room for it, or the button has none
    QPainter tint(&pixmap);
    tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
    tint.fillRect(QRect(QPoint(), rect.size()), color);
    tint.end();
    painter->drawPixmap(rect.topLeft(), pixmap);
}

int contentWidth(const QString &text, bool hasIcon, bool hasMenu, const QString &keys,
                 const QFontMetrics &metrics)
{
    int width = text.isEmpty() ? 0 : metrics.size(Qt::TextShowMnemonic, text).width();
    if (hasIcon)
        width += metrics::iconButton + (text.isEmpty() ? 0 : iconGap);
    if (!keys.isEmpty())
        width += hintGap + keyHintWidth(keys);
    if (hasMenu)
        width += arrowWidth;
    return width;
}

struct ButtonContent
{
    QString text{};
    QIcon icon{};
    bool hasMenu = false;
    QString keys{};
};

void paintContent(const QStyleOption &option, QPainter *painter, const ButtonContent &content,
                  const ButtonColors &colors)
{
    const QFontMetrics &font = option.fontMetrics;
    const int width = contentWidth(content.text, !content.icon.isNull(), content.hasMenu, content.keys, font);
    QRect room(0, option.rect.y(), std::min(width, option.rect.width()), option.rect.height());
    room.moveLeft(option.rect.x() + (option.rect.width() - room.width()) / 2);
    const auto place = [&option, &room](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    int x = room.x();
    if (!content.icon.isNull()) {
        constexpr int side = metrics::iconButton;
        const QRect box(x, room.y() + (room.height() - side) / 2, side, side);
        paintButtonIcon(painter, place(box), content.icon, colors.icon);
        x += side + iconGap;
    }
    int end = room.right() + 1;
    if (content.hasMenu) {
        const QRect box(end - arrowWidth + 4, room.y(), arrowWidth - 4, room.height());
        paintIcon(painter, place(box), Icon::ChevronDown, metrics::iconBadge, colors.icon);
        end -= arrowWidth;
    }
    if (!content.keys.isEmpty()) {
        end -= keyHintWidth(content.keys);
        const QRect box(end, room.y(), keyHintWidth(content.keys), room.height());
        paintKeyHint(painter, place(box), content.keys, colors.text, colors.text, {});
        end -= hintGap;
    }
    painter->setPen(colors.text);
    const QRect textRect(x, room.y(), end - x, room.height());
    painter->drawText(place(textRect),
                      Qt::AlignVCenter | Qt::AlignHCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      content.text);
}

ButtonContent contentOf(const QStyleOptionButton &option, const QWidget *widget)
{
    return {option.text, option.icon, option.features.testFlag(QStyleOptionButton::HasMenu), keyHint(widget)};
}

ButtonRole roleOf(const QStyleOptionButton &option, const QWidget *widget)
{
    const ButtonRole role = buttonRole(widget);
    return role == ButtonRole::Plain && option.features.testFlag(QStyleOptionButton::Flat) ? ButtonRole::Tool
                                                                                           : role;
}

bool showsText(const QStyleOptionToolButton &option)
{
    return option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
}

} // namespace

void drawPushButton(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget)
{
    const ButtonColors colors = colorsOf(roleOf(option, widget), themeFor(option.palette), pressOf(option));
    if (colors.fill.isValid() || colors.border.isValid())
        paintRounded(painter, option.rect, metrics::controlRadius, colors.fill, colors.border);
    paintContent(option, painter, contentOf(option, widget), colors);
}

QSize pushButtonSize(const QStyleOptionButton &option, const QWidget *widget)
{
    const bool small = isSmall(widget);
    const ButtonContent content = contentOf(option, widget);
    const int width =
        contentWidth(content.text, !content.icon.isNull(), content.hasMenu, content.keys, option.fontMetrics);
    const int height = small ? metrics::heightFor(metrics::smallControl, option.fontMetrics, 17)
                             : metrics::heightFor(metrics::control, option.fontMetrics);
    const int padding = buttonRole(widget) == ButtonRole::Link ? 2 : small ? 9 : 12;
    if (content.text.isEmpty())
        return QSize(height, height);
    return QSize(width + 2 * padding + 2, height);
}

void drawToolButton(const QStyleOptionToolButton &option, QPainter *painter, const QWidget *widget)
{
    const Theme &theme = themeFor(option.palette);
    const ButtonRole role =
        option.state.testFlag(QStyle::State_AutoRaise) ? ButtonRole::Tool : buttonRole(widget);
    const ButtonColors colors = colorsOf(role, theme, pressOf(option));
    if (colors.fill.isValid() || colors.border.isValid())
        paintRounded(painter, option.rect, metrics::controlRadius, colors.fill, colors.border);
    const bool hasMenu = option.features.testFlag(QStyleOptionToolButton::HasMenu);
    if (showsText(option)) {
        paintContent(option, painter, {option.text, option.icon, hasMenu, {}}, colors);
        return;
    }
    const QSize size = option.iconSize.boundedTo(option.rect.size());
    QRect box(QPoint(), size);
    box.moveCenter(option.rect.center());
    box.moveLeft(option.rect.x() + (option.rect.width() - size.width()) / 2);
    box.moveTop(option.rect.y() + (option.rect.height() - size.height()) / 2);
    painter->save();
    if (option.arrowType == Qt::LeftArrow) { // a way back: the chevron turned round
        const QPointF center = QRectF(option.rect).center();
        painter->translate(center);
        painter->rotate(180);
        painter->translate(-center);
    }
    paintButtonIcon(painter, box, option.icon, colors.icon);
    painter->restore();
}

QSize toolButtonSize(const QStyleOptionToolButton &option, const QWidget *widget)
{
    const int height = isSmall(widget) ? metrics::heightFor(metrics::smallControl, option.fontMetrics, 17)
                                       : metrics::heightFor(metrics::control, option.fontMetrics);
    if (!showsText(option))
        return QSize(height, height);
    const bool hasMenu = option.features.testFlag(QStyleOptionToolButton::HasMenu);
    // A fold begins where the fields below it do.
    const int padding = widget && widget->property("latchkeyFlush").toBool() ? 1 : 10;
    return QSize(contentWidth(option.text, !option.icon.isNull(), hasMenu, {}, option.fontMetrics) +
                     2 * padding,
                 height);
}

void drawField(const QStyleOption &option, bool readOnly, QPainter *painter, const QWidget *widget)
{
    const Theme &theme = themeFor(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus) &&
                         !option.state.testFlag(QStyle::State_KeyboardFocusChange);
    QColor border = theme.lineStrong;
    if (hasFieldError(widget))
        border = theme.danger;
    else if (readOnly || !enabled)
        border = theme.line;
    else if (focused)
        border = theme.accent;
    paintRounded(painter, option.rect, metrics::controlRadius,
                 readOnly || !enabled ? theme.sunken : theme.base, border);
}

void drawComboBox(const QStyleOptionComboBox &option, QPainter *painter, const QWidget *widget)
{
    const Theme &theme = themeFor(option.palette);
    drawField(option, false, painter, widget);
    QRect arrow = option.rect;
    arrow.setLeft(arrow.right() - 30);
    const QColor color = option.state.testFlag(QStyle::State_Enabled) ? theme.muted : theme.disabled;
    paintIcon(painter, QStyle::visualRect(option.direction, option.rect, arrow), Icon::ChevronDown,
              metrics::iconButton, color);
}

void drawComboBoxLabel(const QStyleOptionComboBox &option, const QRect &room, QPainter *painter)
{
    if (option.editable)
        return;
    const Theme &theme = themeFor(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QRect rect = room;
    if (!option.currentIcon.isNull()) {
        QRect box = rect;
        box.setWidth(metrics::iconButton);
        const int inset = (box.height() - metrics::iconButton) / 2;
        box.adjust(0, inset, 0, 0);
        box.setHeight(metrics::iconButton);
        paintButtonIcon(painter, QStyle::visualRect(option.direction, rect, box), option.currentIcon,
                        theme.muted);
        rect.adjust(metrics::iconButton + iconGap, 0, 0, 0);
    }
    painter->setPen(enabled ? theme.text : theme.disabled);
    const QString text = option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, rect.width());
    painter->drawText(QStyle::visualRect(option.direction, room, rect), Qt::AlignVCenter | Qt::AlignLeading,
                      text);
}

void drawSpinBox(const QStyleOptionSpinBox &option, const QRect &up, const QRect &down, QPainter *painter,
                 const QWidget *widget)
{
    const Theme &theme = themeFor(option.palette);
    drawField(option, false, painter, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto colorOf = [&](QAbstractSpinBox::StepEnabledFlag step) {
        return option.stepEnabled.testFlag(step) ? theme.muted : theme.disabled;
    };
    paintIcon(painter, down, Icon::ChevronDown, 12, colorOf(QAbstractSpinBox::StepDownEnabled));
    painter->save();
    painter->translate(QRectF(up).center());
    painter->rotate(180);
    paintIcon(painter, QRect(-6, -6, 12, 12), Icon::ChevronDown, 12,
              colorOf(QAbstractSpinBox::StepUpEnabled));
    painter->restore();
}

void drawCheckIndicator(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const bool on = option.state.testFlag(QStyle::State_On) || partly;
    QRect box(0, 0, 16, 16);
    box.moveCenter(option.rect.center());
    if (!on) {
        const QColor fill =
            option.state.testFlag(QStyle::State_MouseOver) && enabled ? theme.hover : theme.base;
        paintRounded(painter, box, metrics::tagRadius, fill, enabled ? theme.lineStrong : theme.lineMid);
        return;
    }
    paintRounded(painter, box, metrics::tagRadius, enabled ? theme.accent : theme.lineMid);
    paintIcon(painter, box, partly ? Icon::Minus : Icon::Check, 14, theme.onAccent);
}

void drawRadioIndicator(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = themeFor(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QRect box(0, 0, 16, 16);
    box.moveCenter(option.rect.center());
    if (option.state.testFlag(QStyle::State_On)) {
        paintRounded(painter, box, 8, enabled ? theme.accent : theme.lineMid);
        paintRounded(painter, box.adjusted(5, 5, -5, -5), 3, theme.onAccent);
    } else {
        paintRounded(painter, box, 8, theme.base, enabled ? theme.lineStrong : theme.lineMid);
    }
}

} // namespace latchkey::controls
