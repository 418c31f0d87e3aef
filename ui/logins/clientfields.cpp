// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/clientfields.h"

#include "onelogin/apiuse.h"
#include "onelogin/appsapi.h"
#include "onelogin/session.h"
#include "style/typography.h"
#include "widgets/editablecombo.h"
#include "widgets/formfield.h"
#include "widgets/passwordfield.h"
#include "widgets/segmentedcontrol.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kAuths{ClientAuth::Basic, ClientAuth::Post, ClientAuth::None};
constexpr int kNone = 2;

int authIndex(ClientAuth auth)
{
    return static_cast<int>(std::find(kAuths.begin(), kAuths.end(), auth) - kAuths.begin());
}

} // namespace

ClientFields::ClientFields(Session &session, QWidget *parent)
    : FormColumn(parent)
    , m_session(session)
{
    makeFields();
    connectFields();
    setPublicClientsAllowed(false);
}

void ClientFields::makeFields()
{
    m_app = makeEditableCombo(u"loginApp"_s);
    m_app->lineEdit()->setPlaceholderText(tr("Choose an app, or type a client ID below"));
    m_appField = addField(tr("Client app"), m_app);
    m_clientId = new QLineEdit;
    m_clientId->setObjectName(u"loginClientId"_s);
    setTextStyle(m_clientId, TextStyle::Fixed);
    addField(tr("Client ID"), m_clientId);
    m_auth = new SegmentedControl(tr("Client authentication"));
    m_auth->setObjectName(u"loginAuth"_s);
    for (const QString &text : {tr("Basic"), tr("POST"), tr("None")})
        m_auth->addSegment(text);
    m_auth->setFill(true);
    addField(tr("Client authentication"), m_auth);
    m_secret = new PasswordField(tr("client secret"));
    m_secret->setObjectName(u"loginSecret"_s);
    m_secretField = addField(tr("Client secret"), m_secret);
}

void ClientFields::connectFields()
{
    connect(m_app, &QComboBox::activated, this, &ClientFields::chooseApp);
    connect(m_clientId, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_choosing.reset();
        m_app->setCurrentIndex(-1);
        m_app->setEditText({});
        takeClientId(text, Secrets::KeepTyped);
    });
    connect(m_clientId, &QLineEdit::editingFinished, this, &ClientFields::rememberSecret);
    connect(m_auth, &SegmentedControl::currentChanged, this, &ClientFields::updateSecretField);
    connect(m_clientId, &QLineEdit::textChanged, m_clientId, &QWidget::setToolTip);
    m_clientId->installEventFilter(this);
    connect(m_secret, &QLineEdit::textChanged, this, &ClientFields::updateSecretField);
    connect(m_secret, &QLineEdit::textEdited, this, [this] {
        m_secretIsTyped = true;
        rememberSecret();
    });
    for (QLineEdit *edit : {m_clientId, static_cast<QLineEdit *>(m_secret)})
        connect(edit, &QLineEdit::textChanged, this, &ClientFields::edited);
    connect(m_auth, &SegmentedControl::currentChanged, this, &ClientFields::edited);
}

// The beginning tells IDs apart.
bool ClientFields::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_clientId && event->type() == QEvent::FocusOut)
        m_clientId->setCursorPosition(0);
    return FormColumn::eventFilter(watched, event);
}

QLineEdit *ClientFields::secretEdit() const
{
    return m_secret;
}

void ClientFields::readApps()
{
    m_choosing.reset();
    m_listing.reset();
    m_apps.clear();
    m_app->clear();
    if (!m_session.api())
        return m_appField->setHelp(
            tr("Apps are listed once an API credential of the level Read All is at work."));
    const auto working = m_session.workingCredential();
    if (const QString reason = working ? levelReason(*working, ApiUse::ReadApps) : QString();
        !reason.isEmpty()) {
        const auto able = ableCredential(m_session.registered(), ApiUse::ReadApps);
        return m_appField->setHelp(able ? tr("%1 Work as %2 to list them.").arg(reason, able->name) : reason);
    }
    m_listing = std::make_unique<QObject>();
    m_appField->setHelp({});
    AppsApi(*m_session.api())
        .list(
            {}, [this](const std::vector<OidcApp> &page) { addApps(page); },
            then(m_listing.get(), [this](const Result<std::vector<OidcApp>> &apps) {
                if (!apps)
                    m_appField->setHelp(tr("The apps could not be listed. %1").arg(apps.error().message),
                                        Tone::Warn);
            }));
}

void ClientFields::addApps(const std::vector<OidcApp> &page)
{
    const int current = m_app->currentIndex();
    const QString typed = m_app->currentText();
    QStringList names;
    for (const OidcApp &app : page) {
        m_apps.push_back(app);
        names.append(app.name);
    }
    m_app->addItems(names);
    m_app->setCurrentIndex(current);
    if (current < 0)
        m_app->setEditText(typed);
}

void ClientFields::chooseApp(int row)
{
    if (row < 0 || row >= static_cast<int>(m_apps.size()) || !m_session.api())
        return;
    const auto index = static_cast<size_t>(row);
    rememberSecret();
    m_clientId->clear();
    m_secret->clear(); // it belongs to the app chosen before
    m_secretIsTyped = false;
    m_appField->setHelp(tr("Reading its client ID"));
    m_choosing = std::make_unique<QObject>();
    AppsApi(*m_session.api())
        .get(m_apps[index].id, then(m_choosing.get(), [this, index](const Result<OidcApp> &app) {
                 if (app)
                     return takeApp(index, *app);
                 m_appField->setHelp(tr("Its client ID could not be read. %1").arg(app.error().message),
                                     Tone::Warn);
             }));
}

void ClientFields::takeApp(size_t index, const OidcApp &app)
{
    m_apps[index] = app;
    m_appField->setHelp({});
    setAuth(app.auth);
    m_clientId->setText(app.clientId);
    m_clientId->setCursorPosition(0);
    takeClientId(app.clientId, Secrets::Replace);
}

OidcClient ClientFields::client() const
{
    const ClientAuth auth = kAuths[static_cast<size_t>(std::max(0, m_auth->currentIndex()))];
    return {.clientId = m_clientId->text().trimmed(),
            .clientSecret = auth == ClientAuth::None ? Secret() : Secret::fromText(m_secret->text()),
            .auth = auth};
}

void ClientFields::setClient(const QString &clientId, ClientAuth auth)
{
    rememberSecret();
    m_clientId->setText(clientId);
    m_clientId->setCursorPosition(0);
    takeClientId(clientId, Secrets::Replace);
    const auto app = std::find_if(m_apps.begin(), m_apps.end(), [&](const OidcApp &each) {
        return !clientId.isEmpty() && each.clientId == clientId;
    });
    m_app->setCurrentIndex(app == m_apps.end() ? -1 : static_cast<int>(app - m_apps.begin()));
    if (app == m_apps.end())
        m_app->setEditText({});
    setAuth(auth);
}

void ClientFields::setAuth(ClientAuth auth)
{
    m_auth->setCurrentIndex(authIndex(auth));
}

void ClientFields::setSecret(const Secret &secret)
{
    m_secret->fill(secret.revealed());
    m_secretIsTyped = true;
    rememberSecret();
}

QString ClientFields::name() const
{
    const QString app = m_app->currentIndex() >= 0 ? m_app->currentText() : QString();
    return app.isEmpty() ? m_clientId->text().trimmed() : app;
}

Secret ClientFields::knownSecret(const QString &clientId) const
{
    return m_secrets.value(clientId, m_tellableSecrets.value(clientId));
}

void ClientFields::setTellableSecrets(QHash<QString, Secret> secrets)
{
    m_tellableSecrets = std::move(secrets);
    takeClientId(m_clientId->text(), Secrets::KeepTyped);
}

void ClientFields::setPublicClientsAllowed(bool allowed)
{
    m_publicClientsAllowed = allowed;
    m_auth->setSegmentEnabled(kNone, allowed, tr("Client credentials need a client that can prove itself."));
    if (!allowed && m_auth->currentIndex() == kNone)
        setAuth(ClientAuth::Basic);
    updateSecretField();
}

void ClientFields::takeClientId(const QString &text, Secrets secrets)
{
    const Secret known = knownSecret(text.trimmed());
    // A secret may be pasted before its ID is typed: it goes only for one that is known.
    if (!known.isEmpty() || !m_secretIsTyped || secrets == Secrets::Replace) {
        m_secret->fill(known.revealed());
        m_secretIsTyped = false;
    }
    updateSecretField();
    emit edited();
}

void ClientFields::rememberSecret()
{
    const QString clientId = m_clientId->text().trimmed();
    if (!m_secretIsTyped || clientId.isEmpty())
        return;
    if (m_secret->text().isEmpty())
        m_secrets.remove(clientId);
    else
        m_secrets[clientId] = Secret::fromText(m_secret->text());
}

void ClientFields::updateSecretField()
{
    m_secretField->setVisible(m_auth->currentIndex() != kNone);
    const Secret told = m_tellableSecrets.value(m_clientId->text().trimmed());
    m_secretField->setHelp(!told.isEmpty() && told == Secret::fromText(m_secret->text())
                               ? tr("Known: the sandbox tells it.")
                               : tr("Kept in memory for this session only."));
}

} // namespace latchkey
