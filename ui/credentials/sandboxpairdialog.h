// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/unfinishedwork.h"
#include "paneltools.h"
#include "widgets/editordialog.h"

namespace latchkey {

class DescriptionFields;
class PlaceField;

/// Has a sandbox make a pair, and shows it.
class SandboxPairDialog final : public EditorDialog
{
    Q_OBJECT

public:
    SandboxPairDialog(Session &session, const PanelTools &tools, QWidget *parent);

    void done(int result) override;

signals:
    /// The register has it.
    void stored(latchkey::CredentialId id);
    /// Closed while it was not certain what became of the pair.
    void interrupted();

private:
    void create();
    void receive(const Result<ApiCredential> &made);
    void offerRemedies();
    void keep();
    void discard();
    void setStranded(bool stranded);
    void showPair(const ApiCredential &credential);

    Session &m_session;
    PanelTools m_tools;
    DescriptionFields *m_description = nullptr;
    PlaceField *m_place = nullptr;
    std::unique_ptr<CredentialCreation> m_creation;
    std::unique_ptr<UnfinishedWork> m_work; ///< what is done about a pair that is not stored here
    QPushButton *m_cancel = nullptr;
    bool m_isStranded = false; ///< there is, or may be, a pair that is not stored here
    bool m_isShown = false;    ///< the pair
};

} // namespace latchkey
