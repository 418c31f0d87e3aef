// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QStyleOption>

class QWidget;

/// How LatchkeyStyle draws what is pressed, ticked and typed into.
namespace latchkey::controls {

void drawPushButton(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget);
QSize pushButtonSize(const QStyleOptionButton &option, const QWidget *widget);
void drawToolButton(const QStyleOptionToolButton &option, QPainter *painter, const QWidget *widget);
QSize toolButtonSize(const QStyleOptionToolButton &option, const QWidget *widget);
void drawField(const QStyleOption &option, bool readOnly, QPainter *painter, const QWidget *widget);
void drawComboBox(const QStyleOptionComboBox &option, QPainter *painter, const QWidget *widget);
void drawComboBoxLabel(const QStyleOptionComboBox &option, const QRect &room, QPainter *painter);
void drawSpinBox(const QStyleOptionSpinBox &option, const QRect &up, const QRect &down, QPainter *painter,
                 const QWidget *widget);
void drawCheckIndicator(const QStyleOption &option, QPainter *painter);
void drawRadioIndicator(const QStyleOption &option, QPainter *painter);

} // namespace latchkey::controls
