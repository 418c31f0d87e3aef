// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/pairtest.h"
#include "paneltools.h"
#include "widgets/editordialog.h"

class QLineEdit;

namespace latchkey {

class DescriptionFields;
class PlaceField;

/// Edits what is noted of a pair, or takes its secret again.
class CredentialDialog final : public EditorDialog
{
    Q_OBJECT

public:
    enum class Purpose { Edit, PasteSecret };

    static CredentialDialog *edit(Session &session, const PanelTools &tools, const ApiCredential &credential,
                                  QWidget *parent);
    static CredentialDialog *pasteSecret(Session &session, const PanelTools &tools,
                                         const ApiCredential &credential, QWidget *parent);

signals:
    /// The register has it.
    void stored(latchkey::CredentialId id);

private:
    CredentialDialog(Purpose purpose, Session &session, const PanelTools &tools,
                     const ApiCredential &credential, QWidget *parent);

    void makeSecret();
    Secret enteredSecret() const;
    void submitEdit();
    void submitSecret();
    void receiveStore(const Result<> &result);
    void test();

    Session &m_session;
    PairTest m_pairTest;
    PanelTools m_tools;
    ApiCredential m_credential;
    DescriptionFields *m_description = nullptr;
    PlaceField *m_place = nullptr;
    QLineEdit *m_secret = nullptr;
};

} // namespace latchkey
