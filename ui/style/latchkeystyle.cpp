// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/latchkeystyle.h"

#include "style/buttonrole.h"

#include "style/focusring.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/popupshape.h"
#include "style/standardglyphs.h"
#include "style/stylecontrols.h"
#include "style/styleviews.h"
#include "style/typography.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyleFactory>
#include <QTabBar>
#include <QTabWidget>

namespace latchkey {

using namespace Qt::StringLiterals;

LatchkeyStyle::LatchkeyStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

namespace {

constexpr int kPopupMargin = 5; // with the frame

/// What holds the list of a combo box.
bool isComboPopup(const QWidget *widget)
{
    return widget && widget->inherits("QComboBoxPrivateContainer");
}

} // namespace

void LatchkeyStyle::polish(QApplication *application)
{
    QProxyStyle::polish(application);
    if (!findChild<FocusRing *>())
        new FocusRing(this);
}

void LatchkeyStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
        qobject_cast<QTabBar *>(widget) || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QComboBox *>(widget))
        widget->installEventFilter(this);
    if (isComboPopup(widget))
        shapePopup(widget);
    if (qobject_cast<QPushButton *>(widget) && !widget->testAttribute(Qt::WA_SetFont)) {
        QFont font;
        font.setWeight(QFont::Medium);
        widget->setFont(font);
    } else if (auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        tabs->setDocumentMode(true);
    } else if (auto *bar = qobject_cast<QTabBar *>(widget)) {
        bar->setExpanding(false);
        bar->setElideMode(Qt::ElideNone);
    } else if (qobject_cast<QHeaderView *>(widget)) {
        setTextStyle(widget, TextStyle::TableHead);
    } else if (auto *label = qobject_cast<QLabel *>(widget); label && label->inherits("QTipLabel")) {
        label->setTextFormat(Qt::PlainText); // what a server says is no markup
    }
}

// Scrolling a form must not change a choice that passes below the pointer. Qt's own hint for this leaves
// the event accepted, so the form would stand still.
bool LatchkeyStyle::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Wheel)
        return QProxyStyle::eventFilter(watched, event);
    event->ignore();
    return true;
}

void LatchkeyStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    const Theme &theme = themeFor(option->palette);
    switch (element) {
    case PE_PanelLineEdit: {
        const auto *edit = qobject_cast<const QLineEdit *>(widget);
        if (edit && !edit->hasFrame())
            return;
        controls::drawField(*option, option->state.testFlag(State_ReadOnly), painter, widget);
        return;
    }
    case PE_FrameLineEdit:
    case PE_FrameTabWidget:
    case PE_FrameWindow:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameButtonBevel:
    case PE_PanelStatusBar:
    case PE_PanelItemViewRow:
    case PE_FrameDefaultButton:
        return;
    case PE_PanelButtonCommand:
        paintRounded(painter, option->rect, metrics::controlRadius, theme.base, theme.lineMid);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        controls::drawCheckIndicator(*option, painter);
        return;
    case PE_IndicatorRadioButton:
        controls::drawRadioIndicator(*option, painter);
        return;
    case PE_FrameFocusRect:
        if (option->state.testFlag(State_KeyboardFocusChange) &&
            qobject_cast<const QAbstractItemView *>(widget))
            paintInnerFocus(painter, option->rect, theme);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          theme.line);
        return;
    case PE_FrameMenu:
        return;
    case PE_PanelScrollAreaCorner: // between two scroll bars that have no frame either
        painter->fillRect(option->rect, theme.base);
        return;
    case PE_PanelMenu:
        // Square: round corners of a window are black where nothing composites windows.
        painter->fillRect(option->rect, theme.lineMid);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), theme.base);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, theme.lineMid);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), theme.sunken);
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
        if (isComboPopup(widget)) {
            painter->fillRect(option->rect, theme.base);
            paintRounded(painter, option->rect, metrics::controlRadius, theme.base, theme.lineMid);
            return;
        }
        painter->setPen(theme.line);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (item->backgroundBrush.style() != Qt::NoBrush)
                painter->fillRect(item->rect, item->backgroundBrush);
            paintRowBackground(painter, *item, item->index.column() <= 0);
        }
        return;
    case PE_IndicatorBranch:
        views::drawBranch(*option, painter);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void LatchkeyStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const Theme &theme = themeFor(option->palette);
    switch (element) {
    case CE_PushButton:
        controls::drawPushButton(*qstyleoption_cast<const QStyleOptionButton *>(option), painter, widget);
        return;
    case CE_ComboBoxLabel: {
        const auto &box = *qstyleoption_cast<const QStyleOptionComboBox *>(option);
        controls::drawComboBoxLabel(box, subControlRect(CC_ComboBox, &box, SC_ComboBoxEditField, widget),
                                    painter);
        return;
    }
    case CE_TabBarTab:
        views::drawTab(*qstyleoption_cast<const QStyleOptionTab *>(option), painter);
        return;
    case CE_Header:
        views::drawHeader(*qstyleoption_cast<const QStyleOptionHeader *>(option), painter,
                          headMargin(widget));
        return;
    case CE_HeaderEmptyArea:
        if (const auto *header = qobject_cast<const QHeaderView *>(widget);
            header && header->orientation() == Qt::Vertical) {
            painter->fillRect(option->rect, theme.base);
            return;
        }
        [[fallthrough]];
    case CE_HeaderSection:
        painter->fillRect(option->rect, theme.sunken);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          theme.line);
        return;
    case CE_MenuItem:
        views::drawMenuItem(*qstyleoption_cast<const QStyleOptionMenuItem *>(option), painter);
        return;
    case CE_MenuBarItem:
        views::drawMenuBarItem(*qstyleoption_cast<const QStyleOptionMenuItem *>(option), painter);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme.window);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, theme.line);
        return;
    case CE_FocusFrame:
        paintRounded(painter, option->rect, metrics::controlRadius + metrics::focusWidth + metrics::focusGap,
                     {}, theme.accent, metrics::focusWidth);
        return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            const QRect &r = frame->rect;
            if (frame->frameShape == QFrame::HLine) {
                painter->fillRect(QRect(r.x(), r.center().y(), r.width(), 1), theme.line);
                return;
            }
            if (frame->frameShape == QFrame::VLine) {
                painter->fillRect(QRect(r.center().x(), r.y(), 1, r.height()), theme.line);
                return;
            }
        }
        break;
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem quiet(*item);
            quiet.palette.setColor(QPalette::HighlightedText, theme.text);
            QProxyStyle::drawControl(element, &quiet, painter, widget);
            return;
        }
        break;
    case CE_ProgressBarGroove:
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            QRectF rect(bar->rect.x(), bar->rect.center().y() - 1, bar->rect.width(), 4);
            if (element == CE_ProgressBarContents && bar->maximum > bar->minimum)
                rect.setWidth(rect.width() * (bar->progress - bar->minimum) / (bar->maximum - bar->minimum));
            paintRounded(painter, rect, 2, element == CE_ProgressBarGroove ? theme.line : theme.accent);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void LatchkeyStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                       QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        controls::drawToolButton(*qstyleoption_cast<const QStyleOptionToolButton *>(option), painter, widget);
        return;
    case CC_ComboBox:
        controls::drawComboBox(*qstyleoption_cast<const QStyleOptionComboBox *>(option), painter, widget);
        return;
    case CC_SpinBox:
        controls::drawSpinBox(*qstyleoption_cast<const QStyleOptionSpinBox *>(option),
                              subControlRect(control, option, SC_SpinBoxUp, widget),
                              subControlRect(control, option, SC_SpinBoxDown, widget), painter, widget);
        return;
    case CC_ScrollBar:
        views::drawScrollBar(*qstyleoption_cast<const QStyleOptionSlider *>(option),
                             subControlRect(control, option, SC_ScrollBarSlider, widget), painter);
        return;
    case CC_GroupBox: {
        const auto &box = *qstyleoption_cast<const QStyleOptionGroupBox *>(option);
        if (!(box.subControls & SC_GroupBoxCheckBox)) {
            views::drawGroupBox(box, painter);
            return;
        }
        break;
    }
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize LatchkeyStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                      const QWidget *widget) const
{
    const int control = option ? metrics::heightFor(metrics::control, option->fontMetrics) : metrics::control;
    switch (type) {
    case CT_PushButton:
        return controls::pushButtonSize(*qstyleoption_cast<const QStyleOptionButton *>(option), widget);
    case CT_ToolButton:
        return controls::toolButtonSize(*qstyleoption_cast<const QStyleOptionToolButton *>(option), widget);
    case CT_LineEdit:
        return QSize(size.width() + 18, control);
    case CT_ComboBox:
        return QSize(size.width() + 9 + 32, control);
    case CT_SpinBox:
        return QSize(size.width() + 9 + 24, control);
    case CT_TabBarTab:
        return views::tabSize(*qstyleoption_cast<const QStyleOptionTab *>(option));
    case CT_MenuItem:
        return views::menuItemSize(*qstyleoption_cast<const QStyleOptionMenuItem *>(option), size);
    case CT_MenuBarItem:
        return size + QSize(16, 10);
    case CT_HeaderSection: {
        QSize hint = QProxyStyle::sizeFromContents(type, option, size, widget);
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        hint.setHeight(metrics::heightFor(metrics::tableHead, option->fontMetrics, 17));
        hint.rwidth() += header && header->section == 0 ? 30 : 18;
        return hint;
    }
    case CT_ItemViewItem: {
        QSize hint = QProxyStyle::sizeFromContents(type, option, size, widget);
        hint.setHeight(std::max(hint.height(), control - 2));
        return hint;
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect LatchkeyStyle::subElementRect(SubElement element, const QStyleOption *option,
                                    const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const auto *edit = qobject_cast<const QLineEdit *>(widget);
        return edit && !edit->hasFrame() ? option->rect : option->rect.adjusted(7, 1, -7, -1);
    }
    if (element == SE_ShapedFrameContents && isComboPopup(widget))
        return option->rect.adjusted(kPopupMargin, kPopupMargin, -kPopupMargin, -kPopupMargin);
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect LatchkeyStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                    SubControl part, const QWidget *widget) const
{
    const QRect &r = option->rect;
    if (control == CC_ScrollBar) {
        const auto &bar = *qstyleoption_cast<const QStyleOptionSlider *>(option);
        const QRect thumb = views::scrollBarThumb(bar, 32);
        const bool horizontal = bar.orientation == Qt::Horizontal;
        switch (part) {
        case SC_ScrollBarSlider:
            return thumb;
        case SC_ScrollBarGroove:
            return r;
        case SC_ScrollBarSubPage:
            return horizontal ? QRect(r.left(), r.top(), thumb.left() - r.left(), r.height())
                              : QRect(r.left(), r.top(), r.width(), thumb.top() - r.top());
        case SC_ScrollBarAddPage:
            return horizontal ? QRect(thumb.right() + 1, r.top(), r.right() - thumb.right(), r.height())
                              : QRect(r.left(), thumb.bottom() + 1, r.width(), r.bottom() - thumb.bottom());
        default:
            return {};
        }
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, r, r.adjusted(9, 1, -30, -1));
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return visualRect(option->direction, r, QRect(r.right() - 29, r.y(), 30, r.height()));
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return visualRect(option->direction, r, r.adjusted(7, 1, -24, -1));
    if (control == CC_SpinBox && (part == SC_SpinBoxUp || part == SC_SpinBoxDown)) {
        const int half = r.height() / 2;
        const int y = part == SC_SpinBoxUp ? r.y() + 2 : r.y() + half - 1;
        return visualRect(option->direction, r, QRect(r.right() - 24, y, 22, half - 1));
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int LatchkeyStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
        return 1;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return metrics::focusWidth + metrics::focusGap;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_LineEditIconSize:
        return metrics::iconButton;
    case PM_ToolBarIconSize:
        return metrics::iconTool;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return metrics::space8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabHSpace:
    case PM_MenuHMargin:
    case PM_MenuPanelWidth:
        return 0;
    case PM_MenuVMargin:
        return metrics::space4 + 1;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return metrics::space8;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon LatchkeyStyle::standardIcon(StandardPixmap which, const QStyleOption *option,
                                  const QWidget *widget) const
{
    const bool isMirrored = widget ? widget->isRightToLeft() : QGuiApplication::isRightToLeft();
    const QIcon ours = standardGlyph(which, isMirrored);
    return ours.isNull() ? QProxyStyle::standardIcon(which, option, widget) : ours;
}

int LatchkeyStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_Menu_SupportsSections:
    case SH_FocusFrame_AboveWidget: // else its parent clips it
        return 1;
    case SH_FocusFrame_Mask:
        return 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

void installStyle(QApplication &application)
{
    initResources();
    application.setStyle(new LatchkeyStyle);
    application.setWindowIcon(applicationIcon());
}

} // namespace latchkey
