// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialdialog.h"

#include "core/credentialtext.h"
#include "credentials/credentialfields.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"
#include "widgets/passwordfield.h"

#include <QLineEdit>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

CredentialDialog *CredentialDialog::edit(Session &session, const PanelTools &tools,
                                         const ApiCredential &credential, QWidget *parent)
{
    return new CredentialDialog(Purpose::Edit, session, tools, credential, parent);
}

CredentialDialog *CredentialDialog::pasteSecret(Session &session, const PanelTools &tools,
                                                const ApiCredential &credential, QWidget *parent)
{
    return new CredentialDialog(Purpose::PasteSecret, session, tools, credential, parent);
}

CredentialDialog::CredentialDialog(Purpose purpose, Session &session, const PanelTools &tools,
                                   const ApiCredential &credential, QWidget *parent)
    : EditorDialog(purpose == Purpose::Edit ? tr("Edit %1").arg(credential.name)
                                            : tr("Paste the secret of %1").arg(credential.name),
                   purpose == Purpose::Edit ? tr("Save changes") : tr("Save secret"), parent)
    , m_session(session)
    , m_pairTest(session)
    , m_tools(tools)
    , m_credential(credential)
{
    setObjectName(u"credentialDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    if (purpose == Purpose::Edit) {
        m_description = new DescriptionFields(*this, session, credential, DescriptionFields::Level::Optional);
        m_description->nameField()->setHelp(tr("As in the portal; it is how the pair is found again."));
        m_description->nameField()->field()->setFocus();
        connect(this, &EditorDialog::submitted, this, &CredentialDialog::submitEdit);
    } else {
        makeSecret();
        m_place = new PlaceField(*this, session.tenant(), tools.keychain, credential.place);
        m_secret->setFocus();
        connect(this, &EditorDialog::submitted, this, &CredentialDialog::submitSecret);
    }
}

void CredentialDialog::makeSecret()
{
    m_secret = new PasswordField(tr("client secret"));
    FormField *secret = addField(u"client_secret"_s, tr("Client secret"), m_secret);
    m_secret->setObjectName(u"credential.form.secret"_s);
    setCheck(secret, [this] {
        const QString text = m_secret->text().trimmed();
        return text.isEmpty() ? tr("A client secret is needed.") : credentialTextProblem(text);
    });
    auto *testButton = new QPushButton(tr("Test"));
    testButton->setObjectName(u"credential.form.test"_s);
    testButton->setAutoDefault(false);
    testButton->setToolTip(tr("Asks the tenant for a token with this pair; nothing is saved"));
    addToFoot(testButton);
    connect(testButton, &QPushButton::clicked, this, &CredentialDialog::test);
}

Secret CredentialDialog::enteredSecret() const
{
    QString text = m_secret->text().trimmed();
    Secret secret = Secret::fromText(text);
    wipe(text);
    return secret;
}

void CredentialDialog::submitEdit()
{
    ApiCredential changed = m_credential;
    changed.name = m_description->name();
    changed.note = m_description->note();
    changed.level = m_description->level();
    receiveStore(m_session.credentials().update(changed));
}

void CredentialDialog::submitSecret()
{
    setBusy(true, tr("Storing the secret"));
    m_session.credentials().replaceSecret(
        m_credential, enteredSecret(), m_place->place(),
        then(this, [this](const Result<> &result) { receiveStore(result); }));
}

void CredentialDialog::receiveStore(const Result<> &result)
{
    setBusy(false);
    if (result) {
        if (m_secret)
            m_pairTest.note(m_credential.id, m_credential.clientId, enteredSecret());
        emit stored(m_credential.id);
        accept();
        return;
    }
    showError(result.error());
    if (m_place)
        m_place->offerSession(result.error());
}

void CredentialDialog::test()
{
    if (!validate())
        return;
    setBusy(true, tr("Asking the tenant for a token"));
    const auto receive = [this](const Result<ManagementToken> &token) {
        setBusy(false);
        if (token)
            banner()->showMessage(MessageBanner::Kind::Ok, tr("The pair gets a token."),
                                  tr("Nothing is saved yet."));
        else
            showError(token.error());
    };
    m_pairTest.run(m_credential.name, m_credential.clientId, enteredSecret(), then(this, receive));
}

} // namespace latchkey
