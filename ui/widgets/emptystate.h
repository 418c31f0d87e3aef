// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace latchkey {

class Label;

/// Why a place is empty and what to do about it: icon, heading, one sentence, a main button and at most
/// one quiet alternative.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    EmptyState(Icon icon, const QString &heading, const QString &sentence, QWidget *parent = nullptr);

    void setTexts(const QString &heading, const QString &sentence);
    QPushButton *setMainButton(const QString &text);
    QPushButton *setMainButton(Icon icon, const QString &text);
    /// Below the main one.
    QPushButton *setOtherButton(const QString &text);

private:
    QPushButton *place(QPushButton *button);

    Label *m_heading = nullptr;
    Label *m_sentence = nullptr;
    QVBoxLayout *m_column = nullptr;
};

} // namespace latchkey
