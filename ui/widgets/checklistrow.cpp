// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/checklistrow.h"

#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace latchkey {

namespace {

struct Look
{
    Icon icon = Icon::Skip;
    Tone glyph = Tone::Muted;
    Tone word = Tone::Muted;
    QString text{};
};

Look lookOf(ChecklistRow::Outcome outcome)
{
    switch (outcome) {
    case ChecklistRow::Outcome::Pass:
        return {Icon::Success, Tone::Ok, Tone::Normal, ChecklistRow::tr("Pass")};
    case ChecklistRow::Outcome::Fail:
        return {Icon::Error, Tone::Danger, Tone::Danger, ChecklistRow::tr("Fail")};
    case ChecklistRow::Outcome::NotChecked:
        return {Icon::Skip, Tone::Muted, Tone::Muted, ChecklistRow::tr("Not checked")};
    case ChecklistRow::Outcome::Checking:
        break;
    }
    return {Icon::Clock, Tone::Muted, Tone::Muted, ChecklistRow::tr("Checking")};
}

} // namespace

ChecklistRow::ChecklistRow(const QString &what, Outcome outcome, const QString &why, QWidget *parent)
    : QWidget(parent)
{
    m_glyph = new Glyph(Icon::Skip, Tone::Muted, metrics::iconButton, this);
    m_what = new Label(what, TextStyle::Body, Tone::Normal, this);
    m_what->setMinimumWidth(std::max(metrics::labelColumn - 24, m_what->sizeHint().width()));
    m_why = new Label({}, TextStyle::Caption, Tone::Muted, this);
    m_why->setElide(Label::Elide::End);
    m_word = new Label({}, TextStyle::Caption, Tone::Normal, this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 1);
    row->setSpacing(9);
    row->addWidget(m_glyph);
    row->addWidget(m_what);
    row->addWidget(m_why);
    row->addStretch(1);
    row->addWidget(m_word);
    setMinimumHeight(metrics::heightFor(26, fontMetrics()));
    setOutcome(outcome, why);
}

void ChecklistRow::setWhat(const QString &what)
{
    m_what->setText(what);
}

void ChecklistRow::setWhatWidth(int width)
{
    m_what->setMinimumWidth(width);
}

void ChecklistRow::setOutcome(Outcome outcome, const QString &why)
{
    const Look look = lookOf(outcome);
    m_glyph->setIcon(look.icon);
    m_glyph->setTone(look.glyph);
    m_why->setText(why);
    m_word->setText(look.text);
    m_word->setTone(look.word);
    m_what->setTone(outcome == Outcome::NotChecked ? Tone::Muted : Tone::Normal);
    setAccessibleName(tr("%1: %2. %3").arg(m_what->text(), look.text, why));
}

void ChecklistRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeFor(palette()).line);
}

} // namespace latchkey
