// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace latchkey {

/// A row with a line below it.
class LinedRow final : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace latchkey
