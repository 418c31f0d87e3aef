// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialwatches.h"
#include "credentials/interruptedwork.h"
#include "credentials/removalundo.h"
#include "onelogin/credentialremoval.h"
#include "onelogin/credentialswitch.h"

namespace latchkey {

enum class AtTenant;
class Busy;
class ConfirmDialog;
class Panel;
class WatchLine;

/// Creates, disables, enables and deletes pairs at the tenant and here: asks where it must, acts, and says in
/// the panel's banner what came of it.
class CredentialLifecycle final : public QObject
{
    Q_OBJECT

public:
    CredentialLifecycle(Session &session, const PanelTools &tools, Panel &panel);
    ~CredentialLifecycle() override;

    void create();
    /// The panels of the window work as it from now on.
    void workAs(const ApiCredential &credential);
    void disable(const ApiCredential &credential);
    void enable(const ApiCredential &credential);
    void remove(const ApiCredential &credential);
    /// Looks where keychain and register disagree.
    void repair();
    /// Goes on with what an earlier run left, and with the watches that are due.
    void resume();
    /// Does what the line asks for.
    void follow(const WatchLine &line);

    CredentialWatches &watches() { return m_watches; }
    bool isBusy() const { return m_busy != nullptr; }

signals:
    void busyChanged();
    /// A pair to show.
    void touched(latchkey::CredentialId id);

private:
    void connectWatches();
    void begin(const QString &what);
    void end();
    void showError(const Error &error);
    QPushButton *offerPortal();
    void noteWork(const ApiCredential &credential);
    QString workText() const;
    void sayDisabled(const ApiCredential &credential, const QString &sentence,
                     const std::optional<Error> &warning);
    void enableAgain(const ApiCredential &credential);
    void undoRemoval(CredentialId id);
    template<typename Flow>
    Flow *startFlow(const ApiCredential &credential, ConfirmDialog *dialog, const QString &what);
    void receiveDisable(const ApiCredential &credential, const Result<SwitchOutcome> &outcome);
    void receiveEnable(const ApiCredential &credential, const Result<SwitchOutcome> &outcome);
    void confirmRemoval(const ApiCredential &credential, AtTenant at);
    void receiveRemoval(const ApiCredential &credential, ConfirmDialog *dialog,
                        const Result<RemovalOutcome> &outcome);

    Session &m_session;
    PanelTools m_tools;
    Panel &m_panel;
    const bool m_hasPortal; ///< that Latchkey can reach: the sandbox's
    CredentialWatches m_watches;
    RemovalUndo m_undo;
    InterruptedWork m_interrupted;
    std::unique_ptr<QObject> m_flow; ///< what is under way; gone, it is interrupted
    std::unique_ptr<Busy> m_busy;
    std::optional<CredentialId> m_replaced; ///< was at work until it was disabled or deleted here
    bool m_goesBack = false;                ///< to work as it, once it is enabled
};

} // namespace latchkey
