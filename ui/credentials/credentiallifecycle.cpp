// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentiallifecycle.h"

#include "busy.h"
#include "confirmation.h"
#include "credentials/lifecycletext.h"
#include "credentials/portalpage.h"
#include "credentials/portalpairdialog.h"
#include "credentials/repairdialog.h"
#include "credentials/sandboxpairdialog.h"
#include "credentials/watchline.h"
#include "keychainstate.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

CredentialLifecycle::CredentialLifecycle(Session &session, const PanelTools &tools, Panel &panel)
    : m_session(session)
    , m_tools(tools)
    , m_panel(panel)
    , m_hasPortal(SandboxPortal::isFor(session.tenant()))
    , m_watches(session)
    , m_undo(session, tools, panel)
    , m_interrupted(session, tools, panel)
{
    connectWatches();
    connect(&m_undo, &RemovalUndo::undone, this, &CredentialLifecycle::undoRemoval);
    connect(&m_interrupted, &InterruptedWork::settled, &m_watches, &CredentialWatches::resumeDue);
    connect(&m_interrupted, &InterruptedWork::repairAsked, this, &CredentialLifecycle::repair);
}

CredentialLifecycle::~CredentialLifecycle() = default;

void CredentialLifecycle::connectWatches()
{
    connect(&m_watches, &CredentialWatches::refused, this, [this](const ApiCredential &credential) {
        sayDisabled(credential, tr("The tenant refuses %1 now.").arg(credential.name), {});
    });
    const auto offerAgain = [this](const ApiCredential &credential) {
        QPushButton *again = m_panel.banner()->addButton(tr("Watch again"));
        again->setObjectName(u"watch.again"_s);
        connect(
            again, &QPushButton::clicked, this,
            [this, credential] {
                m_panel.banner()->clear();
                m_watches.start(credential);
            },
            Qt::QueuedConnection);
    };
    connect(&m_watches, &CredentialWatches::stillAccepted, this,
            [this, offerAgain](const ApiCredential &credential, std::chrono::minutes limit) {
                m_panel.banner()->showMessage(
                    MessageBanner::Kind::Warn,
                    tr("%1 still gets a token after %n minute(s).", nullptr, static_cast<int>(limit.count()))
                        .arg(credential.name),
                    tr("Look in the portal, under %1, whether it is disabled there.").arg(portalPath()));
                offerAgain(credential);
                if (!m_hasPortal)
                    offerPortal();
            });
    connect(&m_watches, &CredentialWatches::failed, this,
            [this, offerAgain](const ApiCredential &credential, const Error &error) {
                m_panel.banner()->showMessage(
                    MessageBanner::Kind::Warn,
                    tr("Whether the tenant refuses %1 could not be seen.").arg(credential.name),
                    error.message);
                offerAgain(credential);
            });
}

void CredentialLifecycle::begin(const QString &what)
{
    m_busy = std::make_unique<Busy>(m_panel, what, [this] {
        end();
        m_flow.reset();
        m_interrupted.showLeft({});
    });
    emit busyChanged();
}

void CredentialLifecycle::end()
{
    m_busy.reset();
    emit busyChanged();
}

void CredentialLifecycle::showError(const Error &error)
{
    m_panel.banner()->showError(error);
    if (isKeychain(error.kind) && error.kind != ErrorKind::SecretMissing)
        m_tools.keychain.probe();
}

QPushButton *CredentialLifecycle::offerPortal()
{
    QPushButton *portal = m_panel.banner()->addButton(tr("Open the portal"));
    portal->setObjectName(u"credentials.openPortal"_s);
    connect(
        portal, &QPushButton::clicked, this,
        [this] { openPortal(m_session.tenant(), m_tools, *m_panel.banner()); }, Qt::QueuedConnection);
    return portal;
}

void CredentialLifecycle::workAs(const ApiCredential &credential)
{
    m_replaced.reset();
    m_session.workAs(credential.id);
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("Working as %1 now.").arg(credential.name),
                                  tr("The panels of this window ask the tenant with this pair."));
}

/// A pair that is disabled or deleted while the panels work as it leaves its place to another.
void CredentialLifecycle::noteWork(const ApiCredential &credential)
{
    const auto working = m_session.workingCredential();
    const bool isAtWork = working && working->id == credential.id;
    m_replaced = isAtWork ? std::optional(credential.id) : std::nullopt;
}

QString CredentialLifecycle::workText() const
{
    const auto working = m_session.workingCredential();
    return working ? tr("Working as %1 now.").arg(working->name) : tr("No credential is left to work with.");
}

/// If it was at work: which pair is now, and the way back.
void CredentialLifecycle::sayDisabled(const ApiCredential &credential, const QString &sentence,
                                      const std::optional<Error> &warning)
{
    const bool wasAtWork = m_replaced == credential.id;
    QStringList details;
    if (warning)
        details.append(warning->message);
    if (wasAtWork)
        details.append(workText());
    const bool isLeft = !wasAtWork || m_session.workingCredential();
    m_panel.banner()->showMessage(warning || !isLeft ? MessageBanner::Kind::Warn : MessageBanner::Kind::Ok,
                                  sentence, details.join(u' '));
    if (!wasAtWork)
        return;
    QPushButton *again = m_panel.banner()->addButton(tr("Enable it again"));
    again->setObjectName(u"credentials.enableAgain"_s);
    connect(
        again, &QPushButton::clicked, this, [this, credential] { enableAgain(credential); },
        Qt::QueuedConnection);
}

void CredentialLifecycle::enableAgain(const ApiCredential &credential)
{
    m_goesBack = true;
    enable(credential);
}

void CredentialLifecycle::undoRemoval(CredentialId id)
{
    if (m_replaced == id)
        m_session.workAs(id);
    m_watches.resumeDue(); // the delete ended it
    emit touched(id);
}

void CredentialLifecycle::follow(const WatchLine &line)
{
    connect(&line, &WatchLine::portalAsked, this, [this, &line] {
        openPortal(m_session.tenant(), m_tools, *m_panel.banner());
        if (m_watches.state(line.credential().id) == CredentialWatches::State::Guide)
            m_watches.start(line.credential());
    });
    connect(&line, &WatchLine::watchAsked, this, [this, &line] { m_watches.start(line.credential()); });
    connect(&line, &WatchLine::stopAsked, this, [this, &line] { m_watches.stop(line.credential()); });
}

void CredentialLifecycle::resume()
{
    m_watches.resumeDue();
    m_interrupted.settle();
}

void CredentialLifecycle::repair()
{
    auto *dialog = new RepairDialog(m_session, m_tools, &m_panel);
    connect(dialog, &RepairDialog::interrupted, this, [this] { m_interrupted.showLeft({}); });
    dialog->open();
}

void CredentialLifecycle::create()
{
    if (!m_hasPortal) {
        auto *dialog = new PortalPairDialog(m_session, m_tools, &m_panel);
        connect(dialog, &PortalPairDialog::stored, this, &CredentialLifecycle::touched);
        dialog->open();
        return;
    }
    auto *dialog = new SandboxPairDialog(m_session, m_tools, &m_panel);
    connect(dialog, &SandboxPairDialog::stored, this, &CredentialLifecycle::touched);
    // Queued: the dialog is at work on it until it is gone.
    connect(dialog, &SandboxPairDialog::interrupted, &m_interrupted, &InterruptedWork::settle,
            Qt::QueuedConnection);
    dialog->open();
}

/// A dialog that is closed while its flow is under way interrupts it.
template<typename Flow>
Flow *CredentialLifecycle::startFlow(const ApiCredential &credential, ConfirmDialog *dialog,
                                     const QString &what)
{
    auto flow = std::make_unique<Flow>(m_session, credential);
    Flow *started = flow.get();
    m_flow = std::move(flow);
    dialog->setBusy(true, what);
    connect(dialog, &QDialog::rejected, started, [this] {
        m_flow.reset();
        m_interrupted.showLeft({});
    });
    return started;
}

void CredentialLifecycle::disable(const ApiCredential &credential)
{
    if (m_flow) // one at a time: it must not be dropped for another
        return;
    const QString title = tr("Disable %1").arg(credential.name);
    ConfirmDialog *dialog = openConfirmation({.objectName = u"disableDialog"_s,
                                              .title = title,
                                              .verb = title,
                                              .effects = disableEffects(m_session, credential)},
                                             m_session.tenant(), &m_panel);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential] {
        noteWork(credential);
        auto *flow = startFlow<CredentialSwitch>(credential, dialog, tr("Disabling"));
        flow->disable(then(flow, [this, dialog, credential](const Result<SwitchOutcome> &outcome) {
            m_flow.release()->deleteLater();
            dialog->accept();
            receiveDisable(credential, outcome);
        }));
    });
}

void CredentialLifecycle::receiveDisable(const ApiCredential &credential,
                                         const Result<SwitchOutcome> &outcome)
{
    if (!outcome)
        return m_interrupted.showLeft(outcome.error());
    sayDisabled(credential,
                outcome->warning
                    ? tr("%1 is disabled here, but its token could not be revoked.").arg(credential.name)
                    : tr("%1 is disabled here.").arg(credential.name),
                outcome->warning);
    if (m_hasPortal)
        m_watches.start(credential);
    else
        m_watches.guide(credential);
    emit touched(credential.id);
}

void CredentialLifecycle::enable(const ApiCredential &credential)
{
    if (m_flow)
        return;
    m_panel.banner()->clear();
    begin(tr("Enabling %1.").arg(credential.name));
    auto flow = std::make_unique<CredentialSwitch>(m_session, credential);
    CredentialSwitch *started = flow.get();
    m_flow = std::move(flow);
    started->enable(then(started, [this, credential](const Result<SwitchOutcome> &outcome) {
        m_flow.release()->deleteLater();
        end();
        receiveEnable(credential, outcome);
    }));
}

void CredentialLifecycle::receiveEnable(const ApiCredential &credential, const Result<SwitchOutcome> &outcome)
{
    const bool goesBack = std::exchange(m_goesBack, false) && outcome && !outcome->warning;
    if (!outcome)
        return outcome.error().kind == ErrorKind::OutcomeUnknown ? m_interrupted.showLeft(outcome.error())
                                                                 : showError(outcome.error());
    emit touched(credential.id);
    MessageBanner *banner = m_panel.banner();
    if (!outcome->warning) {
        if (goesBack)
            m_session.workAs(credential.id);
        banner->showMessage(MessageBanner::Kind::Ok,
                            tr("%1 is enabled: it gets a token.").arg(credential.name),
                            goesBack ? workText() : QString());
        return;
    }
    const bool isRefused = outcome->warning->kind == ErrorKind::Unauthorized;
    if (isRefused && !m_hasPortal) {
        banner->showMessage(MessageBanner::Kind::Warn,
                            tr("%1 is enabled here, but the tenant refuses it.").arg(credential.name),
                            tr("Enable it in the portal as well, under %1, then test it.").arg(portalPath()));
        offerPortal();
        return;
    }
    banner->showMessage(MessageBanner::Kind::Warn,
                        tr("%1 is enabled, but gets no token.").arg(credential.name),
                        outcome->warning->message);
}

/// Where Latchkey can ask, it asks first: what a delete does depends on whether the pair is known there.
void CredentialLifecycle::remove(const ApiCredential &credential)
{
    if (m_flow || m_busy)
        return;
    if (!m_hasPortal)
        return confirmRemoval(credential, AtTenant::NoPortal);
    using Found = Result<std::optional<PortalCredential>>;
    begin(tr("Asking the sandbox about %1.").arg(credential.name));
    SandboxPortal(m_session.http(), m_session.tenant())
        .find(credential.clientId, then(m_busy.get(), [this, credential](const Found &found) {
                  end();
                  const bool hasPortal = found || found.error().kind != ErrorKind::NotFound;
                  confirmRemoval(credential, !hasPortal ? AtTenant::NoPortal
                                             : !found   ? AtTenant::NotAsked
                                             : *found   ? AtTenant::Known
                                                        : AtTenant::Unknown);
              }));
}

void CredentialLifecycle::confirmRemoval(const ApiCredential &credential, AtTenant at)
{
    const bool isProduction = m_session.tenant().type == TenantType::Production;
    const QString title = tr("Delete %1").arg(credential.name);
    ConfirmDialog *dialog = openConfirmation({.objectName = u"deleteDialog"_s,
                                              .title = title,
                                              .verb = title,
                                              .effects = removeEffects(m_session, credential, at),
                                              .typedName = isProduction ? credential.name : QString()},
                                             m_session.tenant(), &m_panel);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential] {
        noteWork(credential);
        auto *flow = startFlow<CredentialRemoval>(credential, dialog, tr("Deleting"));
        flow->start(CredentialRemoval::Undo::Offered,
                    then(flow, [this, dialog, credential](const Result<RemovalOutcome> &outcome) {
                        m_flow.release()->deleteLater();
                        receiveRemoval(credential, dialog, outcome);
                    }));
    });
}

void CredentialLifecycle::receiveRemoval(const ApiCredential &credential, ConfirmDialog *dialog,
                                         const Result<RemovalOutcome> &outcome)
{
    if (!outcome && outcome.error().kind != ErrorKind::OutcomeUnknown) {
        dialog->showError(outcome.error());
        return;
    }
    dialog->accept();
    if (!outcome)
        return m_interrupted.showLeft(outcome.error());
    const QString work = m_replaced == credential.id ? workText() : QString();
    if (outcome->canUndo)
        return m_undo.offer(credential, *outcome, work);
    QStringList details;
    if (outcome->wasUnknown)
        details.append(tr("The sandbox does not know it."));
    if (outcome->warning)
        details.append(outcome->warning->message);
    if (!work.isEmpty())
        details.append(work);
    const bool isGone = outcome->isGoneAtTenant && !outcome->wasUnknown;
    m_panel.banner()->showMessage(outcome->warning ? MessageBanner::Kind::Warn : MessageBanner::Kind::Ok,
                                  isGone ? tr("%1 is deleted.").arg(credential.name)
                                         : tr("%1 is deleted here.").arg(credential.name),
                                  details.join(u' '));
}

} // namespace latchkey
