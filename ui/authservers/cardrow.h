// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QWidget>

#include <optional>

namespace latchkey {

/// A row of a card with a line above it, on a tint where something failed.
class CardRow final : public QWidget
{
    Q_OBJECT

public:
    explicit CardRow(std::optional<Tone> tone = {}, bool lined = true);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Tone> m_tone;
    bool m_lined;
};

/// A row in the danger tint: its sign, a title, and below it what is to be said.
CardRow *makeDangerRow(const QString &title, QWidget *text);

} // namespace latchkey
