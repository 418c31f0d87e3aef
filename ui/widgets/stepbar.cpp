// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stepbar.h"

#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>

namespace latchkey {

StepBar::StepBar(const QStringList &steps, QWidget *parent)
    : QWidget(parent)
    , m_names(steps)
{
    setObjectName(QStringLiteral("stepBar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, metrics::space4);
    row->setSpacing(metrics::space8);
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (i > 0)
            row->addWidget(new Glyph(Icon::ChevronRight, Tone::Muted, metrics::iconBadge, this));
        Step step;
        step.done = new Glyph(Icon::Check, Tone::Ok, metrics::iconBadge, this);
        step.text =
            new Label(tr("%1. %2").arg(i + 1).arg(steps.at(i)), TextStyle::Caption, Tone::Muted, this);
        step.text->setElide(Label::Elide::End);
        row->addWidget(step.done);
        row->addWidget(step.text);
        m_steps.push_back(step);
    }
    row->addStretch(1);
    setCurrent(0);
}

void StepBar::setCurrent(int step)
{
    m_current = step;
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        const Step &each = m_steps.at(static_cast<size_t>(i));
        each.done->setVisible(i < step);
        setTextStyle(each.text, i == step ? TextStyle::CaptionStrong : TextStyle::Caption);
        each.text->setTone(i == step ? Tone::Normal : Tone::Muted);
    }
    setAccessibleName(tr("Step %1 of %2: %3").arg(step + 1).arg(m_names.size()).arg(m_names.value(step)));
}

} // namespace latchkey
