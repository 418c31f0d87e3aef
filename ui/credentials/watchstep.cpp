// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/watchstep.h"

#include "onelogin/portalpath.h"
#include "onelogin/sandboxportal.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/label.h"
#include "widgets/ticker.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

WatchStep::WatchStep(const Session &session, const PanelTools &tools, CredentialRotation &rotation,
                     WatchPace pace, QWidget *parent)
    : QWidget(parent)
    , m_rotation(rotation)
    , m_pace(std::move(pace))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::space8);
    column->addWidget(makeParagraph(SandboxPortal::isFor(session.tenant())
                                        ? tr("A tenant takes a while until it refuses a disabled pair.")
                                        : tr("Disable %1 in the portal, under %2. The tenant then takes a "
                                             "few minutes until it refuses the pair.")
                                              .arg(rotation.oldPair()->name, portalPath()),
                                    TextStyle::Body, Tone::Muted));
    m_text = makeParagraph({});
    m_text->setObjectName(u"rotation.watching"_s);
    column->addWidget(m_text);
    QPushButton *now = makeButton(tr("Ask now"));
    now->setObjectName(u"rotation.watch"_s);
    now->setAutoDefault(false);
    column->addWidget(now, 0, Qt::AlignLeading);
    connect(now, &QPushButton::clicked, this, &WatchStep::start);
    connect(&tools.ticker, &Ticker::ticked, this, &WatchStep::tick);
    tick();
}

void WatchStep::start()
{
    emit begun();
    m_rotation.watch(m_pace, then(this, [this](const Result<WatchVerdict> &verdict) {
                         tick();
                         if (!verdict)
                             emit failed(verdict.error());
                         else if (*verdict == WatchVerdict::StillAccepted)
                             emit stillAccepted();
                     }));
    tick();
}

void WatchStep::tick()
{
    const DisableWatch *watch = m_rotation.watching();
    const auto left =
        watch ? std::chrono::ceil<std::chrono::seconds>(watch->untilNext()) : std::chrono::seconds(0);
    m_text->setText(!watch              ? tr("Nobody asks at the moment.")
                    : left.count() == 0 ? tr("Asking the tenant")
                                        : tr("Not refused yet; asks again in %1 s.").arg(left.count()));
}

} // namespace latchkey
