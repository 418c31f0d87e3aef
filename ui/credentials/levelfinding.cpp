// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/levelfinding.h"

#include "credentials/probetext.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

LevelFinding::LevelFinding(Panel &panel)
    : m_panel(panel)
{
}

void LevelFinding::offer(const QString &text, const QString &name, std::function<void()> act)
{
    QPushButton *button = m_panel.banner()->addButton(text);
    button->setObjectName(name);
    // Queued, because it may end the button's own banner.
    connect(
        button, &QPushButton::clicked, this,
        [this, act = std::move(act)] {
            m_panel.banner()->clear();
            act();
        },
        Qt::QueuedConnection);
}

void LevelFinding::receive(const ApiCredential &credential, const ProbeReport &report)
{
    if (m_expected != credential.id)
        return;
    m_expected.reset();
    const ProbeConclusion conclusion = concludeProbe(report, credential.level);
    MessageBanner *banner = m_panel.banner();
    if (conclusion.toRecord.size() == 1) {
        const ScopeLevel level = conclusion.toRecord.front();
        banner->showMessage(MessageBanner::Kind::Info,
                            tr("%1 has another level than is recorded.").arg(credential.name),
                            conclusion.sentence);
        offer(recordLevelText(level), u"level.record"_s,
              [this, credential, level] { emit recordAsked(credential, level); });
        return;
    }
    if (conclusion.match != LevelMatch::Matches && conclusion.match != LevelMatch::MayMatch)
        return banner->showMessage(MessageBanner::Kind::Warn, conclusion.sentence, conclusion.detail);
    banner->showMessage(MessageBanner::Kind::Info,
                        tr("%1 may do everything. Does its work need that?").arg(credential.name),
                        conclusion.sentence);
    offer(tr("Keep it so"), u"level.keep"_s, [this, credential] { emit keepAsked(credential); });
    offer(tr("Rotate…"), u"level.rotate"_s, [this, credential] { emit rotateAsked(credential); });
}

} // namespace latchkey
