// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialactions.h"

#include "busy.h"
#include "confirmation.h"
#include "credentials/credentialdialog.h"
#include "credentials/credentialwatches.h"
#include "credentials/portalpage.h"
#include "credentials/refusaldialog.h"
#include "credentials/rotationdialog.h"
#include "keychainstate.h"
#include "onelogin/apiuse.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

CredentialActions::CredentialActions(Session &session, const PanelTools &tools, Panel &panel,
                                     CredentialWatches &watches)
    : m_session(session)
    , m_tools(tools)
    , m_panel(panel)
    , m_watches(watches)
{
}

CredentialActions::~CredentialActions() = default;

Busy *CredentialActions::begin(const QString &what)
{
    m_busy = std::make_unique<Busy>(m_panel, what, [this] { end(); });
    emit busyChanged();
    return m_busy.get();
}

void CredentialActions::end()
{
    m_busy.reset();
    emit busyChanged();
}

void CredentialActions::showError(const Error &error)
{
    m_panel.banner()->showError(error);
    // The keychain's own banner knows the way out; it follows once the probe has answered.
    if (isKeychain(error.kind) && error.kind != ErrorKind::SecretMissing)
        m_tools.keychain.probe();
}

void CredentialActions::showTokenError(const ApiCredential &credential, const Error &error)
{
    const bool isRefused = error.kind == ErrorKind::Unauthorized;
    if (!isRefused && error.kind != ErrorKind::ServerFailure)
        return showError(error);
    Error named = error;
    named.message = isRefused
                        ? tr("The tenant refused %1. Its secret may have been changed in the portal, or "
                             "it was disabled or deleted there.")
                        : tr("The tenant failed when it was asked for a token of %1. The user who owns "
                             "the pair may have been deleted.");
    named.message = named.message.arg(credential.name);
    MessageBanner *banner = m_panel.banner();
    banner->showError(named);
    if (isRefused) {
        QPushButton *paste = banner->addButton(tr("Paste again…"));
        paste->setObjectName(u"refusal.paste"_s);
        connect(
            paste, &QPushButton::clicked, this, [this, credential] { pasteSecret(credential); },
            Qt::QueuedConnection);
    }
    QPushButton *why = banner->addButton(tr("Explain"));
    why->setObjectName(u"refusal.explain"_s);
    connect(
        why, &QPushButton::clicked, this, [this, credential, error] { explain(credential, error); },
        Qt::QueuedConnection);
}

void CredentialActions::explain(const ApiCredential &credential, const Error &error)
{
    auto *dialog = new RefusalDialog(credential, m_session.tenant(), error, &m_panel);
    connect(dialog, &RefusalDialog::stepAsked, this,
            [this, credential](RefusalStep step) { takeStep(credential, step); });
    dialog->open();
}

void CredentialActions::takeStep(const ApiCredential &credential, RefusalStep step)
{
    switch (step) {
    case RefusalStep::Paste:
        return pasteSecret(credential);
    case RefusalStep::OpenPortal:
        return openPortal(m_session.tenant(), m_tools, *m_panel.banner());
    case RefusalStep::Enable:
        return emit enableAsked(credential);
    case RefusalStep::Test:
        return test(credential);
    case RefusalStep::Rotate:
        return rotate(credential);
    case RefusalStep::CheckAddress:
        return emit addressAsked();
    case RefusalStep::ShowRequests:
        return emit activityAsked();
    }
}

void CredentialActions::edit(const ApiCredential &credential)
{
    CredentialDialog *dialog = CredentialDialog::edit(m_session, m_tools, credential, &m_panel);
    connect(dialog, &CredentialDialog::stored, this, &CredentialActions::touched);
    dialog->open();
}

void CredentialActions::pasteSecret(const ApiCredential &credential)
{
    CredentialDialog *dialog = CredentialDialog::pasteSecret(m_session, m_tools, credential, &m_panel);
    connect(dialog, &CredentialDialog::stored, this, [this](CredentialId id) {
        m_panel.banner()->clear(); // what asked for it is mended
        emit touched(id);
    });
    dialog->open();
}

void CredentialActions::getToken(const ApiCredential &credential)
{
    m_panel.banner()->clear();
    Busy *busy = begin(tr("Waiting for a token for %1.").arg(credential.name));
    m_session.tokenSource(credential)
        .token(then(busy, [this, credential](const Result<ManagementToken> &token) {
            receiveToken(credential, token, false);
        }));
}

void CredentialActions::test(const ApiCredential &credential)
{
    m_panel.banner()->clear();
    Busy *busy = begin(tr("Waiting for a token for %1.").arg(credential.name));
    m_session.tokenSource(credential)
        .fetch(then(busy, [this, credential](const Result<ManagementToken> &token) {
            receiveToken(credential, token, true);
        }));
}

void CredentialActions::receiveToken(const ApiCredential &credential, const Result<ManagementToken> &token,
                                     bool say)
{
    end();
    if (!token)
        return showTokenError(credential, token.error());
    if (say) {
        m_panel.banner()->showMessage(MessageBanner::Kind::Ok, tr("%1 gets a token.").arg(credential.name),
                                      token->sameAsLast ? tr("It is the same one as before.")
                                                        : tr("It is a new one."));
    }
    // How many calls are left is good to know, never a reason to complain; not every level is told.
    if (!levelAllows(credential.level, ApiUse::RateLimit))
        return;
    m_session.tokenSource(credential).rateLimit(then(this, [](const Result<RateLimit> &) {}));
}

void CredentialActions::rotate(const ApiCredential &credential)
{
    const Rotation rotation = CredentialRotation::of(m_session, credential.id)
                                  .value_or(CredentialRotation::planned(m_session, credential));
    auto *dialog = new RotationDialog(m_session, m_tools, rotation, {}, &m_panel);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, id = credential.id] {
        const std::optional<ApiCredential> fresh = dialog->rotation().newPair();
        emit touched(dialog->rotation().isOver() && fresh ? fresh->id : id);
    });
    connect(dialog, &RotationDialog::moved, this, &CredentialActions::changed);
    const CredentialId old = rotation.oldPair;
    connect(dialog, &QObject::destroyed, &m_watches, [this, old] { m_watches.goOn(old); });
    m_watches.pause(old); // the rotation has a watch of its own
    dialog->open();
}

void CredentialActions::recordLevel(ApiCredential credential, ScopeLevel level)
{
    credential.level = level;
    if (const Result<> stored = m_session.credentials().update(credential); !stored) {
        showError(stored.error());
        return;
    }
    m_panel.banner()->showMessage(
        MessageBanner::Kind::Ok,
        tr("%1 is recorded with the level %2.").arg(credential.name, scopeLevelName(level)));
    emit touched(credential.id);
}

void CredentialActions::revoke(const ApiCredential &credential)
{
    ConfirmDialog *dialog =
        openConfirmation({.objectName = u"revokeDialog"_s,
                          .title = tr("Revoke the token of %1").arg(credential.name),
                          .verb = tr("Revoke token"),
                          .effects = {tr("The token ends at once, for everything that uses this pair."),
                                      tr("Programs that share it are refused until they ask for a new one."),
                                      tr("It cannot be undone; a new token can be fetched at any time.")}},
                         m_session.tenant(), &m_panel);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential] {
        dialog->setBusy(true, tr("Revoking"));
        m_session.tokenSource(credential)
            .revoke(then(dialog, [this, dialog, credential](const Result<> &result) {
                dialog->setBusy(false);
                if (!result) {
                    dialog->showError(result.error());
                    return;
                }
                dialog->accept();
                m_panel.banner()->showMessage(MessageBanner::Kind::Ok,
                                              tr("The token of %1 is revoked.").arg(credential.name));
            }));
    });
}

} // namespace latchkey
