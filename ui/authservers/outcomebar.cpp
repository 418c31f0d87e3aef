// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/outcomebar.h"

#include "authservers/reviewcards.h"
#include "style/paint.h"

#include <QPainter>

#include <algorithm>

namespace latchkey {

namespace {

constexpr size_t kMostParts = 60; ///< more lines are shown as shares
constexpr int kHeight = 4;
constexpr int kGap = 3;

std::optional<Tone> toneOf(const ReviewLine &line, const AppliedChange &change)
{
    if (change.state < ApplyState::Verified)
        return std::nullopt;
    if (isStored(line, change))
        return Tone::Ok;
    if (change.state == ApplyState::Conflict || isUnknown(change))
        return Tone::Warn;
    return change.state == ApplyState::NotStored ? Tone::Danger : Tone::Muted;
}

} // namespace

OutcomeBar::OutcomeBar(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(kHeight);
}

void OutcomeBar::follow(const ReviewCards &cards, const std::vector<AppliedChange> &applied)
{
    m_parts.clear();
    for (size_t row = 0; row < applied.size(); ++row) {
        for (const ReviewLine &line : cards.lines(row))
            m_parts.emplace_back(toneOf(line, applied[row]), 1);
    }
    if (m_parts.size() > kMostParts)
        gather();
    QWidget::update();
}

/// Parts of one tone become one.
void OutcomeBar::gather()
{
    std::vector<Part> gathered{
        {Tone::Ok, 0}, {Tone::Danger, 0}, {Tone::Warn, 0}, {Tone::Muted, 0}, {std::nullopt, 0}};
    for (const auto &[tone, weight] : m_parts) {
        for (auto &each : gathered)
            each.second += each.first == tone ? weight : 0;
    }
    std::erase_if(gathered, [](const Part &each) { return each.second == 0; });
    m_parts = std::move(gathered);
}

void OutcomeBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    size_t whole = 0;
    for (const auto &[tone, weight] : m_parts)
        whole += weight;
    const qreal unit = (QWidget::width() + qreal(kGap)) / std::max<qreal>(1.0, static_cast<qreal>(whole));
    qreal left = 0;
    for (const auto &[tone, weight] : m_parts) {
        const qreal width = static_cast<qreal>(weight) * unit;
        paintRounded(&painter, QRectF(left, 0, width - kGap, kHeight), 2,
                     tone ? ink(theme, *tone) : theme.line);
        left += width;
    }
}

} // namespace latchkey
