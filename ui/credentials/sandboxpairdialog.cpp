// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/sandboxpairdialog.h"

#include "credentials/clientidfield.h"
#include "credentials/credentialfields.h"
#include "credentials/remedies.h"
#include "widgets/card.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/secretfield.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

SandboxPairDialog::SandboxPairDialog(Session &session, const PanelTools &tools, QWidget *parent)
    : EditorDialog(tr("New credential"), tr("Create credential"), parent)
    , m_session(session)
    , m_tools(tools)
{
    setObjectName(u"sandboxPairDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    m_cancel = findChild<QPushButton *>(u"cancel"_s);
    m_description = new DescriptionFields(*this, session, {}, DescriptionFields::Level::Needed);
    m_description->nameField()->setHelp(tr("The sandbox and the list here call it so."));
    m_place = new PlaceField(*this, session.tenant(), tools.keychain,
                             session.tenant().isBuiltIn ? SecretPlace::Session : SecretPlace::Keychain);
    m_description->nameField()->field()->setFocus();
    connect(this, &EditorDialog::submitted, this, &SandboxPairDialog::create);
}

void SandboxPairDialog::create()
{
    if (m_isShown)
        return accept();
    setBusy(true, tr("The sandbox makes the pair"));
    m_creation = std::make_unique<CredentialCreation>(m_session);
    m_creation->start({.name = m_description->name(),
                       .level = m_description->level(),
                       .note = m_description->note(),
                       .place = m_place->place()},
                      then(this, [this](const Result<ApiCredential> &made) { receive(made); }));
}

void SandboxPairDialog::receive(const Result<ApiCredential> &made)
{
    setBusy(false);
    if (made) {
        setStranded(false);
        return showPair(*made);
    }
    showError(made.error());
    const bool isGone = m_isStranded && made.error().kind == ErrorKind::NotFound;
    setStranded(!isGone &&
                (m_isStranded || m_creation->isMade() || made.error().kind == ErrorKind::OutcomeUnknown));
    if (m_isStranded)
        offerRemedies();
    else
        m_place->offerSession(made.error());
}

/// A second pair must not be made before the first one is settled.
void SandboxPairDialog::setStranded(bool stranded)
{
    m_isStranded = stranded;
    applyButton()->setEnabled(!stranded);
    for (FormField *field : {m_description->nameField(), m_description->levelField(),
                             m_description->noteField(), m_place->field()})
        field->setEnabled(!stranded);
}

void SandboxPairDialog::offerRemedies()
{
    const Operation &operation = m_creation->operation();
    for (const Remedy remedy : UnfinishedWork::remedies(operation)) {
        QPushButton *button = banner()->addButton(remedyText(operation, remedy));
        button->setObjectName(remedyName(remedy));
        connect(
            button, &QPushButton::clicked, this,
            [this, remedy] {
                if (!isBusy()) // pressed twice
                    remedy == Remedy::Keep ? keep() : discard();
            },
            Qt::QueuedConnection);
    }
}

void SandboxPairDialog::keep()
{
    banner()->clear();
    setBusy(true, tr("Storing the pair"));
    m_work = std::make_unique<UnfinishedWork>(m_session);
    m_work->keep(m_creation->operation(), m_description->name(),
                 then(m_work.get(), [this](const Result<ApiCredential> &kept) {
                     m_work.release()->deleteLater(); // it is what calls
                     receive(kept);
                 }));
}

void SandboxPairDialog::discard()
{
    banner()->clear();
    setBusy(true, tr("The sandbox deletes the pair"));
    m_work = std::make_unique<UnfinishedWork>(m_session);
    m_work->deleteAtTenant(m_creation->operation(), then(m_work.get(), [this](const Result<> &deleted) {
                               m_work.release()->deleteLater(); // it is what calls
                               setBusy(false);
                               setStranded(!deleted);
                               if (deleted) {
                                   banner()->showMessage(
                                       MessageBanner::Kind::Info,
                                       tr("The pair is deleted again. Nothing is left of it."));
                                   return;
                               }
                               showError(deleted.error());
                               setStranded(true);
                               offerRemedies();
                           }));
}

void SandboxPairDialog::showPair(const ApiCredential &credential)
{
    m_isShown = true;
    emit stored(credential.id);
    banner()->clear();
    setTitle(tr("%1 is made").arg(credential.name));
    for (FormField *field : {m_description->nameField(), m_description->levelField(),
                             m_description->noteField(), m_place->field()})
        field->hide();
    auto *secret =
        new SecretField(tr("client secret of %1").arg(credential.name), m_tools.ticker, m_tools.clipboard);
    secret->setObjectName(u"credential.made.secret"_s);
    secret->setState(credential.place == SecretPlace::Session ? SecretField::State::Session
                                                              : SecretField::State::Keychain);
    secret->setProvider([this, credential](Continuation<Secret> continuation) {
        m_session.credentials().secret(credential, std::move(continuation));
    });
    connect(secret, &SecretField::failed, this, &SandboxPairDialog::showError);
    auto *facts = new FactList;
    facts->addFact(tr("Scope level"), scopeLevelName(*m_description->level()));
    auto *clientId = new ClientIdField(m_tools.clipboard);
    clientId->setClientId(credential.clientId);
    facts->addFact(tr("Client ID"), clientId);
    facts->addFact(tr("Client secret"), secret);
    body()->addWidget(facts);
    body()->addWidget(
        makeParagraph(credential.place == SecretPlace::Session
                          ? tr("The secret is kept for this session only: copy it before Latchkey is closed.")
                          : tr("Both can be copied here at any time later."),
                      TextStyle::Caption, Tone::Muted));
    m_cancel->hide();
    applyButton()->setText(tr("Done"));
    applyButton()->setFocus(Qt::OtherFocusReason);
    refit();
}

void SandboxPairDialog::done(int result)
{
    const bool isOpen = m_isStranded || (m_creation && isBusy());
    m_creation.reset();
    m_work.reset();
    EditorDialog::done(result);
    if (isOpen)
        emit interrupted();
}

} // namespace latchkey
