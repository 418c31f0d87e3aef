// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/watchline.h"

#include "credentials/portalpage.h"
#include "onelogin/sandboxportal.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/ticker.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

WatchLine::WatchLine(const CredentialWatches &watches, const Session &session, const PanelTools &tools,
                     QWidget *parent)
    : QFrame(parent)
    , m_watches(watches)
    , m_hasPortal(SandboxPortal::isFor(session.tenant()))
{
    setObjectName(u"watchLine"_s);
    m_sentence = makeParagraph({});
    m_sentence->setObjectName(u"watch.sentence"_s);
    m_trouble = makeParagraph({}, TextStyle::Caption, Tone::Warn);
    m_portal = makeButton(Icon::External, tr("Open the portal"));
    m_portal->setObjectName(u"watch.portal"_s);
    m_watch = makeButton(tr("Watch"));
    m_watch->setObjectName(u"watch.start"_s);
    m_watch->setToolTip(tr("Asks the tenant for a token now and then until it refuses the pair"));
    m_stop = makeButton(tr("Stop"));
    m_stop->setObjectName(u"watch.stop"_s);
    m_stop->setToolTip(tr("Stops watching; the pair stays disabled here"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::space8);
    for (QPushButton *button : {m_portal, m_watch, m_stop}) {
        setSmall(button);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *column = new QVBoxLayout;
    column->setSpacing(metrics::space8);
    column->addWidget(m_sentence);
    column->addWidget(m_trouble);
    column->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::space12, 10, metrics::space12, 10);
    row->setSpacing(metrics::space8);
    row->addWidget(new Glyph(Icon::Clock, Tone::Warn, metrics::iconButton), 0, Qt::AlignTop);
    row->addLayout(column, 1);
    connect(m_portal, &QPushButton::clicked, this, &WatchLine::portalAsked);
    connect(m_watch, &QPushButton::clicked, this, &WatchLine::watchAsked);
    connect(m_stop, &QPushButton::clicked, this, &WatchLine::stopAsked);
    connect(&watches, &CredentialWatches::changed, this, &WatchLine::showNow);
    connect(&tools.ticker, &Ticker::ticked, this, &WatchLine::showNow);
    hide();
}

void WatchLine::setCredential(const ApiCredential &credential)
{
    m_credential = credential;
    showNow();
}

QString WatchLine::waitingText() const
{
    const auto left = m_watches.untilNext(m_credential.id);
    if (!left)
        return tr("Waiting until the tenant refuses the pair, asking now.");
    return tr("Waiting until the tenant refuses the pair, asks again in %1 s.").arg(left->count());
}

void WatchLine::showNow()
{
    const CredentialWatches::State state = m_watches.state(m_credential.id);
    setVisible(state != CredentialWatches::State::None);
    if (state == CredentialWatches::State::None)
        return;
    const bool isGuide = state == CredentialWatches::State::Guide;
    m_sentence->setText(isGuide
                            ? tr("Now disable %1 in the portal, under %2. It takes a few minutes to work; "
                                 "Latchkey watches until it does.")
                                  .arg(m_credential.name, portalPath())
                            : waitingText());
    const auto trouble = m_watches.trouble(m_credential.id);
    m_trouble->setText(trouble ? trouble->message : QString());
    m_trouble->setVisible(trouble.has_value());
    m_portal->setVisible(!m_hasPortal);
    m_watch->setVisible(isGuide);
    m_stop->setVisible(!isGuide);
}

void WatchLine::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    paintRounded(&painter, rect(), metrics::cardRadius, tint(theme, Tone::Warn), outline(theme, Tone::Warn));
}

} // namespace latchkey
