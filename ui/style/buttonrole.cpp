// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/buttonrole.h"

#include "style/metrics.h"
#include "style/typography.h"

#include <QActionEvent>
#include <QCoreApplication>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace latchkey {

namespace {

constexpr char roleProperty[] = "latchkeyRole";
constexpr char smallProperty[] = "latchkeySmall";
constexpr char keysProperty[] = "latchkeyKeys";
constexpr char errorProperty[] = "latchkeyError";
constexpr char headMarginProperty[] = "latchkeyHeadMargin";

/// A flat button. Its menu keeps the pointer's leaving from it: it hears of it when the menu closes.
class ToolButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    void actionEvent(QActionEvent *event) override
    {
        QToolButton::actionEvent(event);
        QMenu *menu = event->action()->menu();
        if (event->type() == QEvent::ActionAdded && menu)
            connect(menu, &QMenu::aboutToHide, this, &ToolButton::noticePointer, Qt::QueuedConnection);
    }

private:
    void noticePointer()
    {
        if (!underMouse() || rect().contains(mapFromGlobal(QCursor::pos())))
            return;
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(this, &leave);
    }
};

void refresh(QWidget *widget)
{
    QEvent changed(QEvent::StyleChange); // else a button keeps the size that it has told before
    QCoreApplication::sendEvent(widget, &changed);
    widget->updateGeometry();
    widget->update();
}

} // namespace

void setButtonRole(QAbstractButton *button, ButtonRole role)
{
    button->setProperty(roleProperty, static_cast<int>(role));
    refresh(button);
}

ButtonRole buttonRole(const QWidget *button)
{
    return button ? static_cast<ButtonRole>(button->property(roleProperty).toInt()) : ButtonRole::Plain;
}

void setSmall(QAbstractButton *button)
{
    button->setProperty(smallProperty, true);
    setTextStyle(button, TextStyle::TableHead);
    refresh(button);
}

void setKeyHint(QAbstractButton *button, const QKeySequence &keys)
{
    button->setProperty(keysProperty, keyHintText(keys));
    refresh(button);
}

QString keyHintText(const QKeySequence &keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    text.replace(QLatin1StringView("Return"), QString(QChar(0x21B5)));
    text.replace(QLatin1StringView("Enter"), QString(QChar(0x21B5)));
    text.replace(QLatin1Char('+'), QLatin1Char(' '));
    return text;
}

void setHeadMargin(QWidget *head, int margin)
{
    head->setProperty(headMarginProperty, margin);
}

int headMargin(const QWidget *head)
{
    const QVariant margin = head ? head->property(headMarginProperty) : QVariant();
    return margin.isValid() ? margin.toInt() : metrics::panelMargin;
}

bool isSmall(const QWidget *button)
{
    return button && button->property(smallProperty).toBool();
}

QString keyHint(const QWidget *button)
{
    return button ? button->property(keysProperty).toString() : QString();
}

void setFieldError(QWidget *field, bool error)
{
    field->setProperty(errorProperty, error);
    field->update();
}

bool hasFieldError(const QWidget *field)
{
    return field && field->property(errorProperty).toBool();
}

QPushButton *makeButton(const QString &text, ButtonRole role, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    setButtonRole(button, role);
    return button;
}

QPushButton *makeButton(Icon which, const QString &text, ButtonRole role, QWidget *parent)
{
    QPushButton *button = makeButton(text, role, parent);
    button->setIcon(icon(which));
    return button;
}

QToolButton *makeToolButton(Icon which, const QString &name, QWidget *parent)
{
    auto *button = new ToolButton(parent);
    button->setIcon(icon(which));
    button->setIconSize(QSize(metrics::iconTool, metrics::iconTool));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    return button;
}

QString textWithCount(const QString &text, int count)
{
    return text + QLatin1Char('\t') + QString::number(count);
}

} // namespace latchkey
