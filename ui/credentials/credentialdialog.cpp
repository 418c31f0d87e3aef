// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialdialog.h"

#include "core/credentialtext.h"
#include "keychainstate.h"
#include "style/typography.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

CredentialDialog *CredentialDialog::add(Session &session, const PanelTools &tools, QWidget *parent)
{
    return new CredentialDialog(Purpose::Add, session, tools, {}, parent);
}

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
    : EditorDialog(titleFor(purpose, credential), applyTextFor(purpose), parent)
    , m_purpose(purpose)
    , m_session(session)
    , m_tools(tools)
    , m_credential(credential)
{
    setObjectName(u"credentialDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    if (purpose != Purpose::PasteSecret)
        makeDescription();
    if (purpose != Purpose::Edit)
        makePair();
    if (purpose != Purpose::Edit)
        makePlace();
    (m_name ? m_name : m_secret)->setFocus();
    connect(this, &EditorDialog::submitted, this, &CredentialDialog::submit);
}

QString CredentialDialog::titleFor(Purpose purpose, const ApiCredential &credential)
{
    switch (purpose) {
    case Purpose::Add:
        return tr("New credential");
    case Purpose::Edit:
        return tr("Edit %1").arg(credential.name);
    case Purpose::PasteSecret:
        return tr("Paste the secret of %1").arg(credential.name);
    }
    return {};
}

QString CredentialDialog::applyTextFor(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Add:
        return tr("Add credential");
    case Purpose::Edit:
        return tr("Save changes");
    case Purpose::PasteSecret:
        return tr("Save secret");
    }
    return {};
}

void CredentialDialog::makeDescription()
{
    m_name = new QLineEdit(m_credential.name);
    FormField *name =
        addField(u"name"_s, tr("Name"), m_name, tr("As in the portal; it is how the pair is found again."));
    m_name->setObjectName(u"credential.form.name"_s);
    setCheck(name,
             [this] { return m_name->text().trimmed().isEmpty() ? tr("A name is needed.") : QString(); });

    m_level = new QComboBox;
    m_level->addItem(tr("Not recorded"), -1);
    for (ScopeLevel level : kScopeLevels)
        m_level->addItem(scopeLevelName(level), static_cast<int>(level));
    if (m_credential.level)
        m_level->setCurrentIndex(m_level->findData(static_cast<int>(*m_credential.level)));
    m_levelField = addField(u"level"_s, tr("Scope level"), m_level);
    m_level->setObjectName(u"credential.form.level"_s);
    connect(m_level, &QComboBox::currentIndexChanged, this, &CredentialDialog::describeLevel);
    describeLevel();

    m_note = new QLineEdit(m_credential.note);
    addField(u"note"_s, tr("Owner note"), m_note, tr("Who uses it and for what. Optional."));
    m_note->setObjectName(u"credential.form.note"_s);
}

void CredentialDialog::makePair()
{
    if (m_purpose == Purpose::Add) {
        m_clientId = new QLineEdit;
        m_clientId->setFont(fontFor(TextStyle::Fixed));
        FormField *id = addField(u"client_id"_s, tr("Client ID"), m_clientId);
        m_clientId->setObjectName(u"credential.form.clientId"_s);
        setCheck(id, [this] {
            const QString text = m_clientId->text().trimmed();
            return text.isEmpty() ? tr("A client ID is needed.") : credentialTextProblem(text);
        });
    }
    m_secret = new QLineEdit;
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
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

bool CredentialDialog::mustUseSession() const
{
    return m_session.tenant().isBuiltIn;
}

void CredentialDialog::makePlace()
{
    m_place = new QComboBox;
    if (!mustUseSession())
        m_place->addItem(tr("Keychain"), static_cast<int>(SecretPlace::Keychain));
    m_place->addItem(tr("This session only"), static_cast<int>(SecretPlace::Session));
    const bool session = m_tools.keychain.isSessionOnly() || m_credential.place == SecretPlace::Session;
    if (session)
        m_place->setCurrentIndex(m_place->findData(static_cast<int>(SecretPlace::Session)));
    m_placeField = addField(u"place"_s, tr("Keep the secret in"), m_place);
    m_place->setObjectName(u"credential.form.place"_s);
    connect(m_place, &QComboBox::currentIndexChanged, this, &CredentialDialog::describePlace);
    connect(&m_tools.keychain, &KeychainState::changed, this, &CredentialDialog::describePlace);
    describePlace();
}

void CredentialDialog::describeLevel()
{
    const int level = m_level->currentData().toInt();
    m_levelField->setHelp(level < 0 ? tr("The tenant does not tell it; the portal shows it.")
                                    : scopeLevelMeaning(static_cast<ScopeLevel>(level)));
}

void CredentialDialog::describePlace()
{
    if (mustUseSession()) {
        m_placeField->setHelp(
            tr("A sandbox forgets its pairs when it ends, so nothing goes to the keychain."));
    } else if (m_place->currentData().toInt() == static_cast<int>(SecretPlace::Session)) {
        m_placeField->setHelp(tr("In memory; gone when Latchkey quits."));
    } else if (m_tools.keychain.isReady()) {
        m_placeField->setHelp(tr("Goes to %1 and is read back.").arg(m_tools.keychain.name()));
    } else {
        m_placeField->setHelp(m_tools.keychain.sentence(), Tone::Warn);
    }
}

CredentialDraft CredentialDialog::draft() const
{
    CredentialDraft draft{.tenant = m_session.tenant().id,
                          .name = m_name->text().trimmed(),
                          .clientId = m_clientId->text().trimmed(),
                          .note = m_note->text().trimmed(),
                          .place = static_cast<SecretPlace>(m_place->currentData().toInt())};
    if (const int level = m_level->currentData().toInt(); level >= 0)
        draft.level = static_cast<ScopeLevel>(level);
    return draft;
}

Secret CredentialDialog::enteredSecret() const
{
    QString text = m_secret->text().trimmed();
    Secret secret = Secret::fromText(text);
    wipe(text);
    return secret;
}

void CredentialDialog::submit()
{
    switch (m_purpose) {
    case Purpose::Add:
        setBusy(true, tr("Storing the secret"));
        m_session.credentials().add(draft(), enteredSecret(),
                                    then(this, [this](const Result<ApiCredential> &added) {
                                        if (added)
                                            m_credential = *added;
                                        receiveStore(added ? Result<>() : fail(added.error()));
                                    }));
        break;
    case Purpose::Edit:
        submitEdit();
        break;
    case Purpose::PasteSecret:
        submitSecret();
        break;
    }
}

void CredentialDialog::submitEdit()
{
    ApiCredential changed = m_credential;
    changed.name = m_name->text().trimmed();
    changed.note = m_note->text().trimmed();
    const int level = m_level->currentData().toInt();
    changed.level = level < 0 ? std::nullopt : std::optional(static_cast<ScopeLevel>(level));
    receiveStore(m_session.credentials().update(changed));
}

void CredentialDialog::submitSecret()
{
    setBusy(true, tr("Storing the secret"));
    const auto place = static_cast<SecretPlace>(m_place->currentData().toInt());
    m_session.credentials().replaceSecret(
        m_credential, enteredSecret(), place,
        then(this, [this](const Result<> &result) { receiveStore(result); }));
}

void CredentialDialog::receiveStore(const Result<> &result)
{
    setBusy(false);
    if (result) {
        emit stored(m_credential.id);
        accept();
        return;
    }
    showError(result.error());
    if (!isKeychain(result.error().kind) || !m_place)
        return;
    QPushButton *session = banner()->addButton(tr("Use for this session"));
    session->setObjectName(u"credential.form.useSession"_s);
    connect(
        session, &QPushButton::clicked, this,
        [this] {
            banner()->clear();
            m_place->setCurrentIndex(m_place->findData(static_cast<int>(SecretPlace::Session)));
        },
        Qt::QueuedConnection);
}

void CredentialDialog::test()
{
    if (!validate())
        return;
    const Secret secret = enteredSecret();
    const QString clientId = m_clientId ? m_clientId->text().trimmed() : m_credential.clientId;
    const QString name = m_name ? m_name->text().trimmed() : m_credential.name;
    m_testSource = std::make_unique<TokenSource>(
        m_session.http(), m_session.clock(), m_session.tenant().baseUrl, clientId, tr("%1, test").arg(name),
        [secret](const Continuation<Secret> &continuation) { finishLater<Secret>(continuation, secret); });
    setBusy(true, tr("Asking the tenant for a token"));
    m_testSource->fetch(then(this, [this](const Result<ManagementToken> &token) {
        setBusy(false);
        if (token)
            banner()->showMessage(MessageBanner::Kind::Ok, tr("The pair gets a token."),
                                  tr("Nothing is saved yet."));
        else
            showError(token.error());
    }));
}

} // namespace latchkey
