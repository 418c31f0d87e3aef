// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialrepair.h"
#include "paneltools.h"
#include "widgets/dialogframe.h"

namespace latchkey {

/// Looks where keychain, register and tenant disagree, and offers what mends each.
class RepairDialog final : public DialogFrame
{
    Q_OBJECT

public:
    RepairDialog(Session &session, const PanelTools &tools, QWidget *parent);
    ~RepairDialog() override;

    void look();
    void done(int result) override;

signals:
    /// Closed while something was under way, which ends with it.
    void interrupted();

private:
    void receive(const Result<RepairReport> &report);
    void showTrouble(const Error &error);
    void showReport(const RepairReport &report);
    QWidget *makeMissing(const ApiCredential &credential);
    QWidget *makeLeftovers(const QStringList &keys);
    QWidget *makeYoung(const YoungLeftovers &young);
    QWidget *makeUnfinished(const Operation &operation);
    void paste(const ApiCredential &credential);
    void removeRow(const ApiCredential &credential);
    void removeLeftovers();
    void apply(const Operation &operation, Remedy remedy);
    void lookAfter(const Result<> &result);

    Session &m_session;
    PanelTools m_tools;
    std::unique_ptr<UnfinishedWork> m_work; ///< what is under way
    std::unique_ptr<CredentialRepair> m_repair;
    QWidget *m_content = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace latchkey
