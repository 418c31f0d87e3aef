// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/emptystate.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/label.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

namespace {

/// The icon on its tinted tile.
class Tile final : public QWidget
{
public:
    Tile(Icon icon, QWidget *parent)
        : QWidget(parent)
        , m_icon(icon)
    {
        setFixedSize(40, 40);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        paintRounded(&painter, rect(), metrics::cardRadius, theme.accentTint);
        paintIcon(&painter, rect(), m_icon, metrics::iconNavigation, theme.accentInk);
    }

private:
    Icon m_icon;
};

} // namespace

EmptyState::EmptyState(Icon icon, const QString &heading, const QString &sentence, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("emptyState"));
    m_heading = new Label({}, TextStyle::Heading, Tone::Normal, this);
    m_sentence = makeParagraph({}, TextStyle::Body, Tone::Muted, this);
    m_heading->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setMaximumWidth(std::min(420, fontMetrics().averageCharWidth() * 64));
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(20, 20, 20, 20);
    m_column->setSpacing(0);
    m_column->addStretch();
    m_column->addWidget(new Tile(icon, this), 0, Qt::AlignHCenter);
    m_column->addSpacing(metrics::space12);
    m_column->addWidget(m_heading);
    m_column->addSpacing(2);
    // Not by an alignment: an aligned label gets the height of a width it does not have.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_sentence, 1000);
    row->addStretch(1);
    m_column->addLayout(row);
    m_column->addStretch();
    setTexts(heading, sentence);
}

void EmptyState::setTexts(const QString &heading, const QString &sentence)
{
    m_heading->setText(heading);
    m_sentence->setText(sentence);
    setAccessibleName(heading);
    setAccessibleDescription(sentence);
}

QPushButton *EmptyState::setMainButton(const QString &text)
{
    return place(makeButton(text, ButtonRole::Main, this));
}

QPushButton *EmptyState::setMainButton(Icon icon, const QString &text)
{
    return place(makeButton(icon, text, ButtonRole::Main, this));
}

QPushButton *EmptyState::setOtherButton(const QString &text)
{
    return place(makeButton(text, ButtonRole::Plain, this));
}

QPushButton *EmptyState::place(QPushButton *button)
{
    const int last = m_column->count() - 1;
    m_column->insertSpacing(last, metrics::space12);
    m_column->insertWidget(last + 1, button, 0, Qt::AlignHCenter);
    return button;
}

} // namespace latchkey
