// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"
#include "paneltools.h"

#include <QObject>

#include <memory>

namespace latchkey {

class Busy;
class CredentialWatches;
class Panel;
enum class RefusalStep;

/// What can be done with a pair that changes nothing at the tenant but its token: asks where it must, acts,
/// and says in the panel's banner what came of it.
class CredentialActions final : public QObject
{
    Q_OBJECT

public:
    CredentialActions(Session &session, const PanelTools &tools, Panel &panel, CredentialWatches &watches);
    ~CredentialActions() override;

    void edit(const ApiCredential &credential);
    void pasteSecret(const ApiCredential &credential);
    /// A token at hand will do.
    void getToken(const ApiCredential &credential);
    /// Asks the tenant even if a token is at hand.
    void test(const ApiCredential &credential);
    void revoke(const ApiCredential &credential);
    /// The level is noted, nothing is asked of the tenant.
    void recordLevel(ApiCredential credential, ScopeLevel level);
    /// Plans a rotation or goes on with the one the pair takes part in.
    void rotate(const ApiCredential &credential);
    void showError(const Error &error);
    /// What the tenant said when it was asked for a token of the pair.
    void showTokenError(const ApiCredential &credential, const Error &error);
    /// Why the pair gets no token, and what may help.
    void explain(const ApiCredential &credential, const Error &error);

    bool isBusy() const { return m_busy != nullptr; }

signals:
    void busyChanged();
    /// What the rows and the detail say may be another.
    void changed();
    void enableAsked(const latchkey::ApiCredential &credential);
    /// The address of the tenant may be wrong.
    void addressAsked();
    /// What was sent and answered.
    void activityAsked();
    /// A pair to show: just edited.
    void touched(latchkey::CredentialId id);

private:
    void takeStep(const ApiCredential &credential, RefusalStep step);
    Busy *begin(const QString &what);
    void end();
    void receiveToken(const ApiCredential &credential, const Result<ManagementToken> &token, bool say);

    Session &m_session;
    PanelTools m_tools;
    Panel &m_panel;
    CredentialWatches &m_watches;
    std::unique_ptr<Busy> m_busy;
};

} // namespace latchkey
