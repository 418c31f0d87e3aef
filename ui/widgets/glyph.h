// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"
#include "style/theme.h"

#include <QWidget>

namespace latchkey {

/// An icon in a tone, beside a text that says the same: it has no accessible name.
class Glyph final : public QWidget
{
    Q_OBJECT

public:
    Glyph(Icon icon, Tone tone, int size, QWidget *parent = nullptr);

    void setIcon(Icon icon);
    void setTone(Tone tone);
    QSize sizeHint() const override { return QSize(m_size, m_size); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Icon m_icon;
    Tone m_tone;
    int m_size;
};

} // namespace latchkey
