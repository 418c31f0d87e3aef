// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/abilitysection.h"

#include "credentials/credentialtext.h"
#include "credentials/probedialog.h"
#include "credentials/probetext.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMarkColumns = 3;

QPushButton *makeSmall(const QString &text, const QString &name, ButtonRole role = ButtonRole::Plain)
{
    QPushButton *button = makeButton(text, role);
    button->setObjectName(name);
    setSmall(button);
    return button;
}

} // namespace

AbilitySection::AbilitySection(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"abilitySection"_s);
    m_check = makeSmall(tr("Check"), u"ability.check"_s);
    m_check->setToolTip(tr("Asks the tenant for a token and for a few things that change nothing"));
    m_stop = makeSmall(tr("Stop"), u"ability.stop"_s);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    head->addWidget(makeParagraph(tr("What may this pair do?"), TextStyle::BodyStrong), 1);
    head->addWidget(m_check);
    head->addWidget(m_stop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::space8);
    column->addLayout(head);
    column->addWidget(makeMarks());
    column->addWidget(makeConclusion());
    connect(m_check, &QPushButton::clicked, this, &AbilitySection::start);
    connect(m_stop, &QPushButton::clicked, this, &AbilitySection::stop);
    connect(&session.credentials(), &CredentialRegister::changed, this, &AbilitySection::followRegister);
}

QWidget *AbilitySection::makeMarks()
{
    m_marksHolder = new QWidget;
    m_marksHolder->setObjectName(u"ability.marks"_s);
    auto *grid = new QGridLayout(m_marksHolder);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(metrics::space12);
    grid->setVerticalSpacing(metrics::space4);
    for (const ProbeCall call : kProbeCalls) {
        const Mark mark{new Glyph(Icon::Skip, Tone::Muted, metrics::iconBadge),
                        new Label(probeCallName(call), TextStyle::Caption)};
        auto *row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(mark.glyph);
        row->addWidget(mark.name, 1);
        const int at = static_cast<int>(m_marks.size());
        grid->addLayout(row, at / kMarkColumns, at % kMarkColumns);
        grid->setColumnStretch(at % kMarkColumns, 1);
        m_marks.push_back(mark);
    }
    return m_marksHolder;
}

QWidget *AbilitySection::makeConclusion()
{
    m_conclusion = new QWidget;
    m_glyph = new Glyph(Icon::Skip, Tone::Muted, metrics::iconButton);
    m_sentence = makeParagraph({}, TextStyle::Caption);
    m_sentence->setObjectName(u"ability.conclusion"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addWidget(m_sentence, 1);
    m_evidence = makeSmall(tr("Show evidence"), u"ability.evidence"_s);
    m_record = new QHBoxLayout;
    m_record->setSpacing(metrics::space8);
    auto *buttons = new QVBoxLayout; // beside each other they are wider than the narrow pane
    buttons->setSpacing(metrics::space8);
    buttons->addLayout(m_record);
    buttons->addWidget(m_evidence, 0, Qt::AlignLeading);
    auto *column = new QVBoxLayout(m_conclusion);
    column->setContentsMargins({});
    column->setSpacing(metrics::space8);
    column->addLayout(row);
    column->addLayout(buttons);
    connect(m_evidence, &QPushButton::clicked, this, &AbilitySection::openEvidence);
    return m_conclusion;
}

void AbilitySection::setCredential(const ApiCredential &credential)
{
    m_credential = credential;
    refresh();
}

void AbilitySection::check()
{
    if (m_check->isEnabled())
        start();
}

bool AbilitySection::isChecking() const
{
    return m_probe && m_probe->credential() == m_credential.id;
}

/// What was found holds no longer: a disabled pair may do nothing.
bool AbilitySection::isPast() const
{
    return m_credential.state == CredentialState::Disabled;
}

const ProbeReport *AbilitySection::shownReport() const
{
    if (isChecking())
        return &m_probe->report();
    const auto found = m_reports.find(m_credential.id);
    return found == m_reports.end() ? nullptr : &found->second;
}

void AbilitySection::start()
{
    const ApiCredential credential = m_credential;
    m_probe = std::make_unique<CredentialProbe>(m_session, credential);
    connect(m_probe.get(), &CredentialProbe::progressed, this, &AbilitySection::refresh);
    m_probe->run(then(m_probe.get(), [this, credential](const Result<ProbeReport> &report) {
        receive(credential, report);
    }));
    refresh();
    m_stop->setFocus(Qt::OtherFocusReason);
}

void AbilitySection::stop()
{
    m_probe.reset();
    refresh();
    m_check->setFocus(Qt::OtherFocusReason);
}

void AbilitySection::receive(const ApiCredential &credential, const Result<ProbeReport> &report)
{
    const bool hadFocus = m_stop->hasFocus();
    m_probe.release()->deleteLater(); // it is calling us
    if (report)
        m_reports[credential.id] = *report;
    refresh();
    if (hadFocus)
        m_check->setFocus(Qt::OtherFocusReason);
    if (report)
        emit checked(credential, *report);
    else
        emit failed(credential, report.error());
}

void AbilitySection::followRegister()
{
    const auto isGone = [this](CredentialId id) {
        const auto &all = m_session.registered();
        return std::none_of(all.begin(), all.end(),
                            [id](const ApiCredential &each) { return each.id == id; });
    };
    std::erase_if(m_reports, [&](const auto &entry) { return isGone(entry.first); });
    if (m_probe && isGone(m_probe->credential()))
        m_probe.reset();
}

void AbilitySection::refresh()
{
    showMarks();
    showConclusion();
    showButtons();
}

void AbilitySection::showMarks()
{
    const ProbeReport *report = shownReport();
    m_marksHolder->setVisible(report != nullptr);
    if (!report)
        return;
    for (size_t i = 0; i < m_marks.size(); ++i) {
        const bool isKnown = i < report->lines.size();
        const ProbeLook look =
            isKnown ? lookOf(report->lines[i].finding) : ProbeLook{Icon::Clock, Tone::Muted, tr("Waiting")};
        m_marks[i].glyph->setIcon(look.icon);
        const Tone tone = isPast() ? Tone::Muted : look.tone;
        m_marks[i].glyph->setTone(tone);
        m_marks[i].name->setTone(tone == Tone::Ok ? Tone::Normal : tone);
        m_marks[i].name->setAccessibleName(tr("%1: %2").arg(probeCallName(kProbeCalls.at(i)), look.word));
        m_marks[i].name->setToolTip(isKnown ? probeLineText(report->lines[i]) : QString());
    }
}

void AbilitySection::showConclusion()
{
    const ProbeReport *report = shownReport();
    m_conclusion->setVisible(report != nullptr);
    while (QLayoutItem *item = m_record->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    m_evidence->setVisible(report && !isChecking());
    if (!report)
        return;
    if (isChecking()) {
        m_glyph->setIcon(Icon::Clock);
        m_glyph->setTone(Tone::Muted);
        m_sentence->setText(
            tr("Checked %1 of %2").arg(report->lines.size()).arg(static_cast<int>(kProbeCalls.size())));
        return;
    }
    if (isPast()) {
        m_glyph->setIcon(Icon::Pause);
        m_glyph->setTone(Tone::Muted);
        m_sentence->setText(tr("Checked %1, before it was disabled.")
                                .arg(agoText(report->at, m_session.clock().now()).toLower()));
        m_sentence->setToolTip({});
        return;
    }
    const ProbeConclusion conclusion = concludeProbe(*report, m_credential.level);
    const ProbeLook look = lookOf(conclusion.match);
    m_glyph->setIcon(look.icon);
    m_glyph->setTone(look.tone);
    m_sentence->setText(conclusion.sentence);
    m_sentence->setToolTip(conclusion.detail);
    if (conclusion.toRecord.size() != 1)
        return; // which of several it is, the evidence tells
    const ScopeLevel level = conclusion.toRecord.front();
    QPushButton *record = makeSmall(recordLevelText(level), u"ability.record"_s);
    connect(record, &QPushButton::clicked, this, [this, level] { emit recordAsked(level); });
    m_record->addWidget(record, 0, Qt::AlignLeading);
}

void AbilitySection::showButtons()
{
    m_check->setVisible(!isChecking());
    m_stop->setVisible(isChecking());
    m_check->setText(m_reports.contains(m_credential.id) ? tr("Check again") : tr("Check"));
    const bool enabled = m_credential.state == CredentialState::Enabled;
    m_check->setEnabled(enabled && !m_credential.secretMissing && !m_probe);
}

void AbilitySection::openEvidence()
{
    const ProbeReport *report = shownReport();
    if (!report)
        return;
    auto *dialog = new ProbeDialog(m_credential, *report, m_session.clock().now(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProbeDialog::recordAsked, this, &AbilitySection::recordAsked);
    dialog->open();
}

} // namespace latchkey
