// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace latchkey {

class ReviewCards;
struct AppliedChange;

/// One stretch per line of a review: stored, not stored, changed by others or not known, still to come.
class OutcomeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit OutcomeBar(QWidget *parent = nullptr);

    void follow(const ReviewCards &cards, const std::vector<AppliedChange> &applied);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    using Part = std::pair<std::optional<Tone>, size_t>; ///< none: still to come
    void gather();

    std::vector<Part> m_parts;
};

} // namespace latchkey
