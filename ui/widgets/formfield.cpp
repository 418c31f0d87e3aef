// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/formfield.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMetaProperty>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongLabel = 60;

/// As wide as its form, whatever is in the list.
void fitIntoForm(QWidget *field)
{
    auto *combo = qobject_cast<QComboBox *>(field);
    if (!combo)
        return;
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
}

} // namespace

FormField::FormField(const QString &label, QWidget *field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
{
    m_label = new Label(asLabel(breakable(label)), TextStyle::CaptionStrong, Tone::Muted, this);
    m_label->setWordWrap(label.size() > kLongLabel);
    m_label->setBuddy(field);
    fitIntoForm(field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(label);
    m_below = new QWidget(this);
    m_glyph = new Glyph(Icon::Error, Tone::Danger, metrics::iconBadge, m_below);
    m_sentence = makeParagraph({}, TextStyle::Caption, Tone::Muted, m_below);
    auto *line = new QHBoxLayout(m_below);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::space4);
    line->addWidget(m_glyph, 0, Qt::AlignTop);
    line->addWidget(m_sentence, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::labelToField);
    column->addWidget(m_label);
    column->addWidget(field);
    column->addWidget(m_below);
    updateSentence();
    followEdits();
}

/// Every kind of field has one property that the person edits.
void FormField::followEdits()
{
    const QMetaProperty edited = editor()->metaObject()->userProperty();
    if (edited.hasNotifySignal())
        connect(editor(), edited.notifySignal(), this,
                metaObject()->method(metaObject()->indexOfSlot("clearError()")));
}

/// What has the focus, and so what a screen reader reads.
QWidget *FormField::editor() const
{
    return m_field->focusProxy() ? m_field->focusProxy() : m_field;
}

QString FormField::label() const
{
    return m_label->text().replace("&&"_L1, "&"_L1);
}

void FormField::setHelp(const QString &help, Tone tone)
{
    m_help = help;
    m_helpTone = tone;
    updateSentence();
}

void FormField::setError(const QString &sentence)
{
    if (sentence == m_error)
        return;
    m_error = sentence;
    for (QWidget *each : {m_field, editor()})
        setFieldError(each, !sentence.isEmpty());
    updateSentence();
}

void FormField::updateSentence()
{
    const QString shown = hasError() ? m_error : m_help;
    m_sentence->setText(breakable(shown));
    m_sentence->setTone(hasError() ? Tone::Danger : m_helpTone);
    m_glyph->setVisible(hasError() || m_helpTone == Tone::Ok || m_helpTone == Tone::Warn);
    m_glyph->setIcon(hasError() ? Icon::Error : m_helpTone == Tone::Ok ? Icon::Check : Icon::Warning);
    m_glyph->setTone(hasError() ? Tone::Danger : m_helpTone);
    m_below->setVisible(!shown.isEmpty());
    for (QWidget *each : {m_field, editor()})
        each->setAccessibleDescription(shown);
}

} // namespace latchkey
