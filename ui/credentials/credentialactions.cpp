// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialactions.h"

#include "busy.h"
#include "credentials/credentialdialog.h"
#include "credentials/rotationdialog.h"
#include "keychainstate.h"
#include "onelogin/apiuse.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

CredentialActions::CredentialActions(Session &session, const PanelTools &tools, Panel &panel)
    : m_session(session)
    , m_tools(tools)
    , m_panel(panel)
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

bool CredentialActions::hasToken(CredentialId id) const
{
    const TokenSource *source = m_session.existingTokenSource(id);
    return source && source->current();
}

void CredentialActions::showError(const Error &error)
{
    m_panel.banner()->showError(error);
    // The keychain's own banner knows the way out; it follows once the probe has answered.
    if (isKeychain(error.kind) && error.kind != ErrorKind::SecretMissing)
        m_tools.keychain.probe();
}

ConfirmDialog *CredentialActions::confirm(const QString &name, const QString &title, const QString &verb,
                                          const QStringList &effects)
{
    auto *dialog = new ConfirmDialog(title, verb, &m_panel);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setEnvironment(m_session.tenant().type);
    dialog->setEffects(effects);
    dialog->open();
    return dialog;
}

void CredentialActions::add()
{
    CredentialDialog *dialog = CredentialDialog::add(m_session, m_tools, &m_panel);
    connect(dialog, &CredentialDialog::stored, this, &CredentialActions::touched);
    dialog->open();
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
    connect(dialog, &CredentialDialog::stored, this, &CredentialActions::touched);
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
    if (!token) {
        showError(token.error());
        return;
    }
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
    const std::optional<Rotation> begun = CredentialRotation::of(m_session, credential.id);
    const Result<Rotation> rotation =
        begun ? Result<Rotation>(*begun) : CredentialRotation::begin(m_session, credential);
    if (!rotation) {
        showError(rotation.error());
        return;
    }
    auto *dialog = new RotationDialog(m_session, m_tools, *rotation, {}, &m_panel);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, id = credential.id] {
        const std::optional<ApiCredential> fresh = dialog->rotation().newPair();
        emit touched(dialog->rotation().isOver() && fresh ? fresh->id : id);
    });
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

void CredentialActions::revokeThen(const ApiCredential &credential, QObject *context,
                                   std::function<void(const Result<> &)> next)
{
    m_session.tokenSource(credential).revoke(then(context, [next = std::move(next)](const Result<> &result) {
        next(result);
    }));
}

void CredentialActions::revoke(const ApiCredential &credential)
{
    ConfirmDialog *dialog =
        confirm(u"revokeDialog"_s, tr("Revoke the token of %1").arg(credential.name), tr("Revoke token"),
                {tr("The token ends at once, for everything that uses this pair."),
                 tr("Programs that share it are refused until they ask for a new one."),
                 tr("It cannot be undone; a new token can be fetched at any time.")});
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential] {
        dialog->setBusy(true, tr("Revoking"));
        revokeThen(credential, dialog, [this, dialog, credential](const Result<> &result) {
            dialog->setBusy(false);
            if (!result) {
                dialog->showError(result.error());
                return;
            }
            dialog->accept();
            m_panel.banner()->showMessage(MessageBanner::Kind::Ok,
                                          tr("The token of %1 is revoked.").arg(credential.name));
        });
    });
}

void CredentialActions::setState(const ApiCredential &credential, CredentialState state)
{
    const Result<> result = m_session.credentials().setState(credential.id, state);
    if (!result) {
        showError(result.error());
        return;
    }
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok,
                                  state == CredentialState::Enabled
                                      ? tr("%1 is enabled.").arg(credential.name)
                                      : tr("%1 is disabled here.").arg(credential.name));
    emit touched(credential.id);
}

void CredentialActions::enable(const ApiCredential &credential)
{
    setState(credential, CredentialState::Enabled);
}

void CredentialActions::disable(const ApiCredential &credential)
{
    const bool withToken = hasToken(credential.id);
    QStringList effects{tr("The pair is no longer used here and moves to Disabled.")};
    if (withToken)
        effects.append(tr("Its token is revoked at once, for everything that uses this pair."));
    effects.append(m_session.tenant().isBuiltIn
                       ? tr("The sandbox itself keeps accepting the pair.")
                       : tr("On the tenant the pair stays enabled until it is disabled in the portal, under "
                            "Developers, API Credentials."));
    effects.append(tr("It can be enabled again at any time."));
    ConfirmDialog *dialog = confirm(u"disableDialog"_s, tr("Disable %1").arg(credential.name),
                                    tr("Disable %1").arg(credential.name), effects);
    if (!withToken)
        dialog->setVerbRole(ButtonRole::Main);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential, withToken] {
        if (!withToken) {
            dialog->accept();
            setState(credential, CredentialState::Disabled);
            return;
        }
        dialog->setBusy(true, tr("Revoking the token"));
        revokeThen(credential, dialog, [this, dialog, credential](const Result<> &result) {
            dialog->accept();
            setState(credential, CredentialState::Disabled);
            if (!result) {
                m_panel.banner()->showMessage(
                    MessageBanner::Kind::Warn,
                    tr("%1 is disabled here, but its token could not be revoked.").arg(credential.name),
                    result.error().message);
            }
        });
    });
}

void CredentialActions::remove(const ApiCredential &credential)
{
    const bool withToken = hasToken(credential.id);
    QStringList effects{credential.place == SecretPlace::Keychain
                            ? tr("Its row and its secret in the keychain are removed here.")
                            : tr("Its row and its secret in memory are removed here.")};
    if (withToken)
        effects.append(tr("Its token is revoked at once, for everything that uses this pair."));
    effects.append(m_session.tenant().isBuiltIn
                       ? tr("The sandbox itself keeps the pair until it ends.")
                       : tr("On the tenant the pair stays until it is deleted in the portal, under "
                            "Developers, API Credentials."));
    effects.append(tr("It cannot be undone: the secret cannot be read again anywhere."));
    ConfirmDialog *dialog = confirm(u"deleteDialog"_s, tr("Delete %1").arg(credential.name),
                                    tr("Delete %1").arg(credential.name), effects);
    const auto removeNow = [this, dialog, credential](const QString &warning) {
        m_session.credentials().remove(
            credential, then(dialog, [this, dialog, credential, warning](const Result<> &result) {
                dialog->setBusy(false);
                if (!result) {
                    dialog->showError(result.error());
                    return;
                }
                dialog->accept();
                m_panel.banner()->showMessage(warning.isEmpty() ? MessageBanner::Kind::Ok
                                                                : MessageBanner::Kind::Warn,
                                              tr("%1 is deleted here.").arg(credential.name), warning);
            }));
    };
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential, withToken, removeNow] {
        dialog->setBusy(true, tr("Deleting"));
        if (!withToken) {
            removeNow({});
            return;
        }
        revokeThen(credential, dialog, [removeNow](const Result<> &result) {
            removeNow(result ? QString()
                             : tr("Its token could not be revoked. %1").arg(result.error().message));
        });
    });
}

} // namespace latchkey
