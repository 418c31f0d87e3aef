// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QWidget>

namespace latchkey {

/// Four pixels that say how much of a lifetime is left. The words beside it say the same.
class ExpiryBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ExpiryBar(QWidget *parent = nullptr);

    /// `left` from 0 to 1.
    void setLeft(double left, Tone tone);
    QSize sizeHint() const override { return QSize(40, 4); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_left = 0;
    Tone m_tone = Tone::Ok;
};

} // namespace latchkey
