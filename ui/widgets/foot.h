// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace latchkey {

/// The foot of a pane, on sunken ground under a line: it never scrolls.
class Foot final : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace latchkey
