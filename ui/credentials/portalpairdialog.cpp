// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/portalpairdialog.h"

#include "core/credentialtext.h"
#include "credentials/credentialfields.h"
#include "credentials/pastearea.h"
#include "credentials/portalpage.h"
#include "style/buttonrole.h"
#include "style/typography.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/passwordfield.h"
#include "widgets/stepbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

PortalPairDialog::PortalPairDialog(Session &session, const PanelTools &tools, QWidget *parent)
    : EditorDialog(tr("New credential"), tr("Next"), parent)
    , m_session(session)
    , m_pairTest(session)
    , m_tools(tools)
{
    setObjectName(u"portalPairDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(540);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    m_steps = new StepBar({tr("Make it in the portal"), tr("Paste both values"), tr("Test and save")});
    body()->addWidget(m_steps);
    m_guide = makeParagraph({});
    body()->addWidget(m_guide);
    makePair();
    m_description = new DescriptionFields(*this, session, {}, DescriptionFields::Level::Optional);
    makePortalButton();
    m_place = new PlaceField(*this, session.tenant(), tools.keychain, SecretPlace::Keychain);
    makeFoot();
    connect(this, &EditorDialog::submitted, this, &PortalPairDialog::goOn);
    showStep(Make);
}

void PortalPairDialog::makePair()
{
    m_paste = new PasteArea;
    body()->addWidget(m_paste);
    connect(m_paste, &PasteArea::recognised, this, &PortalPairDialog::take);
    makeClientId();
    makeSecret();
    m_swap = makeButton(Icon::Compare, tr("Swap both values"));
    m_swap->setObjectName(u"credential.form.swap"_s);
    setSmall(m_swap);
    body()->addWidget(m_swap, 0, Qt::AlignLeft);
    connect(m_swap, &QPushButton::clicked, this, &PortalPairDialog::swap);
}

void PortalPairDialog::makeClientId()
{
    m_clientId = new QLineEdit;
    m_clientId->setFont(fontFor(TextStyle::Fixed));
    m_clientId->installEventFilter(this);
    m_clientIdField = addField(u"client_id"_s, tr("Client ID"), m_clientId);
    m_clientId->setObjectName(u"credential.form.clientId"_s);
    setCheck(m_clientIdField, [this] { return clientIdProblem(); });
}

void PortalPairDialog::makeSecret()
{
    m_secret = new PasswordField(tr("client secret"));
    m_secret->installEventFilter(this);
    m_secretField = addField(u"client_secret"_s, tr("Client secret"), m_secret);
    m_secret->setObjectName(u"credential.form.secret"_s);
    setCheck(m_secretField, [this] {
        const QString text = m_secret->text().trimmed();
        if (text.isEmpty())
            return tr("A client secret is needed.");
        return text == clientId() ? tr("This is the client ID again.") : credentialTextProblem(text);
    });
}

void PortalPairDialog::makePortalButton()
{
    m_portal = makeButton(Icon::External, tr("Open the portal"));
    m_portal->setObjectName(u"credential.form.portal"_s);
    m_portal->setToolTip(portalPage(m_session.tenant()).toString());
    body()->addWidget(m_portal, 0, Qt::AlignLeft);
    connect(m_portal, &QPushButton::clicked, this,
            [this] { openPortal(m_session.tenant(), m_tools, *banner()); });
}

void PortalPairDialog::makeFoot()
{
    m_back = makeButton(tr("Back"));
    m_back->setObjectName(u"credential.form.back"_s);
    m_test = makeButton(tr("Test"));
    m_test->setObjectName(u"credential.form.test"_s);
    m_test->setToolTip(tr("Asks the tenant for a token with this pair; nothing is saved"));
    for (QPushButton *button : {m_back, m_test}) {
        button->setAutoDefault(false);
        addToFoot(button);
    }
    connect(m_back, &QPushButton::clicked, this, [this] { showStep(m_step == Save ? Paste : Make); });
    connect(m_test, &QPushButton::clicked, this, &PortalPairDialog::test);
}

void PortalPairDialog::showStep(Step step)
{
    m_step = step;
    m_steps->setCurrent(step);
    banner()->clear();
    m_guide->setText(step == Make
                         ? tr("Open %1 in the portal, choose New Credential, and enter this name and level "
                              "there.")
                               .arg(portalPath())
                         : tr("The portal shows both values once the credential is saved there."));
    m_guide->setVisible(step != Save);
    for (QWidget *part : {static_cast<QWidget *>(m_paste), static_cast<QWidget *>(m_clientIdField),
                          static_cast<QWidget *>(m_secretField), static_cast<QWidget *>(m_swap)})
        part->setVisible(step == Paste);
    m_description->nameField()->setVisible(step != Paste);
    m_description->nameField()->setHelp(step == Make ? QString() : tr("As in the portal."));
    m_description->levelField()->setVisible(step != Paste);
    m_description->noteField()->setVisible(step == Save);
    m_portal->setVisible(step == Make);
    m_place->field()->setVisible(step == Save);
    m_back->setVisible(step != Make);
    m_test->setVisible(step == Save);
    applyButton()->setText(step == Save ? tr("Save credential") : tr("Next"));
    QWidget *first = step == Paste  ? static_cast<QWidget *>(m_paste)
                     : step == Save ? m_description->noteField()->field()
                                    : m_description->nameField()->field();
    if (isVisible())
        refit();
    first->setFocus(Qt::OtherFocusReason);
}

void PortalPairDialog::goOn()
{
    if (m_step == Save)
        save();
    else
        showStep(m_step == Make ? Paste : Save);
}

void PortalPairDialog::take(const PastedCredential &found)
{
    m_clientIdField->clearError();
    m_secretField->clearError();
    if (!found.clientId.isEmpty())
        m_clientId->setText(found.clientId);
    if (!found.clientSecret.isEmpty()) {
        QString text = found.clientSecret.revealed();
        m_secret->setText(text);
        wipe(text);
    }
    if (!found.isPair())
        m_paste->showNote(found.clientId.isEmpty() ? tr("The client secret was found, but no client ID.")
                                                   : tr("The client ID was found, but no client secret."),
                          false);
    else if (found.isSwapped)
        m_paste->showNote(tr("The secret stood first; each value was put in its own field by its label."),
                          true);
    else
        m_paste->showNote(tr("Both values were found."), true);
    if (found.isPair())
        applyButton()->setFocus(Qt::OtherFocusReason);
}

void PortalPairDialog::swap()
{
    QString id = m_clientId->text();
    m_clientId->setText(m_secret->text());
    m_secret->setText(id);
    wipe(id);
}

/// A pair that is pasted into one of the two fields fills both.
bool PortalPairDialog::eventFilter(QObject *watched, QEvent *event)
{
    const bool isPaste =
        event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste);
    if ((watched == m_clientId || watched == m_secret) && isPaste) {
        const auto found = recogniseCredential(QGuiApplication::clipboard()->text());
        if (found && found->isPair()) {
            take(*found);
            return true;
        }
    }
    return EditorDialog::eventFilter(watched, event);
}

QString PortalPairDialog::clientId() const
{
    return m_clientId->text().trimmed();
}

QString PortalPairDialog::clientIdProblem() const
{
    const QString id = clientId();
    if (id.isEmpty())
        return tr("A client ID is needed.");
    const std::vector<ApiCredential> &all = m_session.registered();
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&id](const ApiCredential &each) { return each.clientId == id; });
    return same == all.end() ? credentialTextProblem(id)
                             : tr("%1 has this client ID already.").arg(same->name);
}

Secret PortalPairDialog::enteredSecret() const
{
    QString text = m_secret->text().trimmed();
    Secret secret = Secret::fromText(text);
    wipe(text);
    return secret;
}

void PortalPairDialog::test()
{
    banner()->clear();
    setBusy(true, tr("Asking the tenant for a token"));
    m_pairTest.run(m_description->name(), clientId(), enteredSecret(),
                   then(this, [this](const Result<ManagementToken> &token) { receiveTest(token); }));
}

void PortalPairDialog::receiveTest(const Result<ManagementToken> &token)
{
    setBusy(false);
    if (token) {
        banner()->showMessage(MessageBanner::Kind::Ok, tr("The pair gets a token."),
                              tr("Nothing is saved yet."));
        return;
    }
    showError(token.error());
    if (token.error().kind != ErrorKind::Unauthorized)
        return;
    QPushButton *swapped = banner()->addButton(tr("Swap both values and test"));
    swapped->setObjectName(u"credential.form.swapAndTest"_s);
    connect(
        swapped, &QPushButton::clicked, this,
        [this] {
            if (isBusy())
                return; // pressed twice
            swap();
            test();
        },
        Qt::QueuedConnection);
}

void PortalPairDialog::save()
{
    setBusy(true, tr("Storing the secret"));
    m_session.credentials().add(
        {.tenant = m_session.tenant().id,
         .name = m_description->name(),
         .clientId = clientId(),
         .level = m_description->level(),
         .note = m_description->note(),
         .place = m_place->place()},
        enteredSecret(), then(this, [this](const Result<ApiCredential> &added) { receiveStore(added); }));
}

void PortalPairDialog::receiveStore(const Result<ApiCredential> &added)
{
    setBusy(false);
    if (added) {
        m_pairTest.note(added->id, added->clientId, enteredSecret());
        emit stored(added->id);
        accept();
        return;
    }
    showError(added.error());
    m_place->offerSession(added.error());
}

} // namespace latchkey
