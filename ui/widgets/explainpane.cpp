// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explainpane.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// The rank of a cause in a disc; the likeliest one is tinted with the accent.
class Rank final : public QWidget
{
public:
    explicit Rank(int number)
        : m_number(number)
    {
        setFixedSize(22, 22);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        paintRounded(&painter, rect(), 11, m_number == 1 ? theme.accentTint : theme.hover);
        painter.setFont(fontFor(TextStyle::CaptionStrong));
        painter.setPen(m_number == 1 ? theme.accentInk : theme.muted);
        painter.drawText(rect(), Qt::AlignCenter, locale().toString(m_number));
    }

private:
    int m_number;
};

/// A row with a line above it.
class LinedRow final : public QWidget
{
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(QRect(0, 0, width(), 1), themeFor(palette()).line);
    }
};

} // namespace

ExplainPane::ExplainPane(const Explanation &explanation, const Offer &offer, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"explainPane"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::space8, 0, metrics::space8);
    column->setSpacing(metrics::space4);
    auto *title = makeParagraph(explanation.title, TextStyle::BodyStrong);
    title->setObjectName(u"explainTitle"_s);
    auto *what = makeParagraph(explanation.whatHappened);
    what->setObjectName(u"explainWhat"_s);
    column->addWidget(title);
    column->addWidget(what);
    column->addSpacing(metrics::space4);
    if (!explanation.causes.empty())
        column->addWidget(new Label(tr("Likely causes, most likely first"), TextStyle::BodyStrong));
    column->addSpacing(metrics::space4);
    int number = 0;
    for (const Cause &cause : explanation.causes)
        column->addWidget(makeCause(++number, cause, offer));
    column->addStretch(1);
}

QWidget *ExplainPane::makeCause(int number, const Cause &cause, const Offer &offer)
{
    auto *widget = new LinedRow;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 11, 0, 11);
    row->setSpacing(metrics::space12);
    row->addWidget(new Rank(number), 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(makeParagraph(cause.title, TextStyle::BodyStrong));
    texts->addWidget(makeParagraph(cause.text, TextStyle::Body, Tone::Muted));
    row->addLayout(texts, 1);
    if (cause.next.isEmpty())
        return widget;
    texts->addSpacing(metrics::space4);
    const std::optional<QString> beside = cause.action.isEmpty() ? std::nullopt : offer(cause.action);
    if (beside)
        addStep(texts, cause, *beside);
    else //: What to do about a cause of a failure
        texts->addWidget(makeParagraph(tr("Next: %1").arg(cause.next), TextStyle::Caption));
    return widget;
}

void ExplainPane::addStep(QVBoxLayout *texts, const Cause &cause, const QString &beside)
{
    QPushButton *button = makeButton(cause.next, m_hasMain ? ButtonRole::Plain : ButtonRole::Main);
    button->setObjectName(u"next_"_s + cause.action);
    setSmall(button);
    m_hasMain = true;
    auto *step = new QHBoxLayout;
    step->setSpacing(metrics::space8);
    step->addWidget(button);
    step->addWidget(makeParagraph(beside, TextStyle::Caption, Tone::Muted), 1);
    texts->addLayout(step);
    texts->addSpacing(metrics::space4);
    auto *answer = makeParagraph({}, TextStyle::Body);
    answer->setObjectName(u"answer_"_s + cause.action);
    answer->hide();
    texts->addWidget(answer);
    m_answers.insert(cause.action, answer);
    connect(button, &QPushButton::clicked, this,
            [this, action = cause.action] { emit actionRequested(action); });
}

void ExplainPane::showAnswer(const QString &action, const QString &sentence, Tone tone)
{
    Label *answer = m_answers.value(action);
    if (!answer)
        return;
    answer->setText(sentence);
    answer->setTone(tone);
    answer->show();
}

} // namespace latchkey
