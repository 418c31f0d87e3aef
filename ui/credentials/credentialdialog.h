// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"
#include "paneltools.h"
#include "widgets/editordialog.h"

class QComboBox;
class QLineEdit;

namespace latchkey {

/// Enters a pair that exists on the tenant, edits what is noted of one, or takes its secret again.
class CredentialDialog final : public EditorDialog
{
    Q_OBJECT

public:
    enum class Purpose { Add, Edit, PasteSecret };

    static CredentialDialog *add(Session &session, const PanelTools &tools, QWidget *parent);
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
    static QString titleFor(Purpose purpose, const ApiCredential &credential);
    static QString applyTextFor(Purpose purpose);

    void makeDescription();
    void makePair();
    void makePlace();
    void describeLevel();
    void describePlace();
    bool mustUseSession() const;

    CredentialDraft draft() const;
    Secret enteredSecret() const;
    void submit();
    void submitEdit();
    void submitSecret();
    void receiveStore(const Result<> &result);
    void test();

    const Purpose m_purpose;
    Session &m_session;
    PanelTools m_tools;
    ApiCredential m_credential;
    QLineEdit *m_name = nullptr;
    QComboBox *m_level = nullptr;
    FormField *m_levelField = nullptr;
    QLineEdit *m_clientId = nullptr;
    QLineEdit *m_secret = nullptr;
    QLineEdit *m_note = nullptr;
    QComboBox *m_place = nullptr;
    FormField *m_placeField = nullptr;
    std::unique_ptr<TokenSource> m_testSource;
};

} // namespace latchkey
