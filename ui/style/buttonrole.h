// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QKeySequence>

class QAbstractButton;
class QPushButton;
class QToolButton;
class QWidget;

namespace latchkey {

/// How much a button asks for. Main is filled with the accent: one in sight per pane. Danger has red
/// text; DangerFill is for confirmations only. Tool is flat.
enum class ButtonRole { Plain, Main, Danger, DangerFill, Tool, Link };

void setButtonRole(QAbstractButton *button, ButtonRole role);
ButtonRole buttonRole(const QWidget *button);
/// 26 instead of 30 high, in the caption font.
void setSmall(QAbstractButton *button);
/// Shows the shortcut in a small box inside the button; it does not set the shortcut.
void setKeyHint(QAbstractButton *button, const QKeySequence &keys);
/// "Ctrl K", as it stands in the box.
QString keyHintText(const QKeySequence &keys);
/// Marks a line edit or combo box as refused: its border is danger.
void setFieldError(QWidget *field, bool error);

/// The room before the first section of a table's head; the panel's margin where none was set.
void setHeadMargin(QWidget *head, int margin);

int headMargin(const QWidget *head);
bool isSmall(const QWidget *button);
QString keyHint(const QWidget *button);
bool hasFieldError(const QWidget *field);

QPushButton *makeButton(const QString &text, ButtonRole role = ButtonRole::Plain, QWidget *parent = nullptr);
QPushButton *makeButton(Icon icon, const QString &text, ButtonRole role = ButtonRole::Plain,
                        QWidget *parent = nullptr);
/// A flat button with an icon alone; `name` is its tooltip and accessible name.
QToolButton *makeToolButton(Icon icon, const QString &name, QWidget *parent = nullptr);

/// A tab's text with a count beside it; the style draws the count quietly.
QString textWithCount(const QString &text, int count);

} // namespace latchkey
