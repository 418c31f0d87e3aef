// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/cardrow.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace latchkey {

CardRow::CardRow(std::optional<Tone> tone, bool lined)
    : m_tone(tone)
    , m_lined(lined)
{
}

void CardRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    if (m_tone)
        painter.fillRect(rect(), tint(theme, *m_tone));
    if (m_lined)
        painter.fillRect(QRect(0, 0, width(), 1), m_tone ? outline(theme, *m_tone) : theme.line);
}

CardRow *makeDangerRow(const QString &title, QWidget *text)
{
    auto *danger = new CardRow(Tone::Danger, false);
    auto *row = new QHBoxLayout(danger);
    row->setContentsMargins(metrics::cardMargin, 10, metrics::cardMargin, 10);
    row->setSpacing(10);
    row->addWidget(new Glyph(Icon::Error, Tone::Danger, metrics::iconTool), 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(makeParagraph(title, TextStyle::BodyStrong));
    texts->addWidget(text);
    row->addLayout(texts, 1);
    return danger;
}

} // namespace latchkey
