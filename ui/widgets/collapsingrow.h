// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHBoxLayout>

namespace latchkey {

/// A row whose margins take no room while all it holds is hidden.
class CollapsingRow final : public QHBoxLayout
{
public:
    using QHBoxLayout::QHBoxLayout;

    QSize sizeHint() const override { return isEmpty() ? QSize(0, 0) : QHBoxLayout::sizeHint(); }
    QSize minimumSize() const override { return isEmpty() ? QSize(0, 0) : QHBoxLayout::minimumSize(); }
};

} // namespace latchkey
