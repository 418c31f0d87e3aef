// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginform.h"

#include "logins/browserfields.h"
#include "logins/clientfields.h"
#include "logins/issuerfields.h"
#include "logins/parameterrows.h"
#include "logins/scopefields.h"
#include "logins/userfields.h"
#include "onelogin/session.h"
#include "style/metrics.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/scopechips.h"
#include "widgets/scrolled.h"
#include "widgets/segmentedcontrol.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<QWidget *> tabStopsIn(const QWidget *fields)
{
    QList<QWidget *> stops = fields->findChildren<QWidget *>();
    stops.removeIf([fields](const QWidget *each) {
        return !(each->focusPolicy() & Qt::TabFocus) || each->window() != fields->window(); // a popup's
    });
    return stops;
}

} // namespace

LoginForm::LoginForm(Session &session, Clipboard &clipboard, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"loginForm"_s);
    for (const Grant grant : {Grant::Password, Grant::AuthorizationCode})
        m_wishes[grant].scopes = QStringList{u"openid"_s, u"profile"_s};
    makeFields(clipboard);
    connectFields();
    updateFields();
}

void LoginForm::makeFields(Clipboard &clipboard)
{
    m_title = new Label(tr("New login"), TextStyle::Heading);
    m_title->setElide(Label::Elide::End);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_origin = new MessageBanner;
    m_origin->setObjectName(u"formOrigin"_s);
    m_legacy = new MessageBanner;
    m_legacy->setObjectName(u"legacyWarning"_s);
    m_issuer = new IssuerFields(m_session);
    m_client = new ClientFields(m_session);
    m_user = new UserFields;
    m_scopes = new ScopeFields(m_session);
    m_browser = new BrowserFields(clipboard);
    m_parameters = new ParameterRows;
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_user->demoButton());

    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(metrics::paneMargin, metrics::cardMargin, metrics::paneMargin,
                                 metrics::cardMargin);
    m_column->setSpacing(metrics::fieldToField);
    m_column->addLayout(head);
    m_column->addWidget(m_origin);
    m_column->addWidget(m_legacy);
    for (QWidget *fields :
         std::initializer_list<QWidget *>{m_issuer, m_client, m_user, m_scopes, m_browser, m_parameters})
        m_column->addWidget(fields);
    m_column->addStretch(1);
    m_scroll = scrolled(content);
    keepFocusInView(m_scroll);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_scroll);
}

void LoginForm::connectFields()
{
    connect(m_issuer, &IssuerFields::edited, this, &LoginForm::edited);
    connect(m_issuer, &IssuerFields::endpointsRead, this,
            [this] { m_scopes->setIssuerScopes(m_issuer->provider().scopesSupported); });
    connect(m_client, &ClientFields::edited, this, &LoginForm::edited);
    connect(m_user, &UserFields::edited, this, &LoginForm::edited);
    connect(m_scopes, &ScopeFields::edited, this, &LoginForm::edited);
    connect(m_browser, &BrowserFields::edited, this, &LoginForm::edited);
    connect(m_parameters, &ParameterRows::changed, this, &LoginForm::edited);
    connect(this, &LoginForm::edited, this, [this] {
        const QString name = runName();
        m_title->setText(name.isEmpty() ? tr("New login") : name);
    });
    connect(&m_session, &Session::workingCredentialChanged, this, [this] {
        if (!m_loaded)
            return;
        m_client->readApps();
        m_scopes->readServers();
    });
}

QWidget *LoginForm::firstField() const
{
    return m_client->appBox();
}

void LoginForm::load()
{
    if (std::exchange(m_loaded, true))
        return;
    m_issuer->readEndpoints();
    m_client->readApps();
    m_scopes->readServers();
}

void LoginForm::setGrant(Grant grant)
{
    switchTo(grant);
    updateFields();
    emit edited();
}

// What a service asks for is of no use to a user, and the tenant refuses a user without `openid`.
void LoginForm::switchTo(Grant grant)
{
    if (m_grant == grant)
        return;
    m_wishes[m_grant] = {.scopes = m_scopes->scopes(), .resource = m_scopes->resource()};
    m_grant = grant;
    m_scopes->set(m_wishes[grant].scopes, m_wishes[grant].resource);
    startAnew();
    emit grantChanged(grant);
}

void LoginForm::setHints(SandboxHints hints)
{
    m_hasDemoUsers = !hints.users.empty();
    m_user->setDemoUsers(hints.users);
    m_client->setTellableSecrets(std::move(hints.clientSecrets));
    updateFields();
}

LoginRequest LoginForm::request() const
{
    const OidcClient client = m_client->client();
    LoginRequest request{.grant = m_grant,
                         .issuer = m_issuer->issuer(),
                         .clientId = client.clientId,
                         .clientSecret = client.clientSecret,
                         .auth = client.auth,
                         .scopes = m_scopes->scopes(),
                         .resource = m_scopes->resource(),
                         .parameters = m_parameters->parameters(),
                         .endpoints = m_issuer->endpoints()};
    if (m_grant == Grant::Password) {
        request.username = m_user->usernameEdit()->text();
        request.password = Secret::fromText(m_user->passwordEdit()->text());
    }
    if (m_grant == Grant::AuthorizationCode)
        m_browser->fill(request);
    return request;
}

void LoginForm::setRequest(const LoginRequest &request)
{
    switchTo(request.grant);
    m_issuer->set(request.issuer, request.endpoints);
    m_client->setClient(request.clientId, request.auth);
    if (request.username != m_user->usernameEdit()->text())
        forgetPassword(); // it is another user's
    m_user->usernameEdit()->setText(request.username);
    m_scopes->set(request.scopes, request.resource);
    if (request.grant == Grant::AuthorizationCode)
        m_browser->set(request);
    m_parameters->setParameters(request.parameters);
    startAnew();
    updateFields();
}

// What was wrong with another request is not said of this one, whose title is to be seen.
void LoginForm::startAnew()
{
    for (const QLineEdit *edit :
         {m_client->clientIdEdit(), m_client->secretEdit(), m_user->usernameEdit(), m_user->passwordEdit()}) {
        if (auto *field = qobject_cast<FormField *>(edit->parentWidget()))
            field->clearError();
    }
    m_scroll->verticalScrollBar()->setValue(0);
}

void LoginForm::takeSecrets(const LoginRequest &request)
{
    if (!request.clientSecret.isEmpty())
        m_client->setSecret(request.clientSecret);
    if (!request.password.isEmpty())
        m_user->passwordEdit()->setText(request.password.revealed());
    if (m_parameters->parameters() != request.parameters)
        m_parameters->setParameters(request.parameters);
}

void LoginForm::setOrigin(const QString &origin, bool hasDraft)
{
    if (origin.isEmpty())
        return m_origin->clear();
    m_origin->showMessage(MessageBanner::Kind::Info, origin);
    if (!hasDraft)
        return;
    QPushButton *back = m_origin->addButton(tr("Back to your edits"));
    back->setObjectName(u"restoreDraft"_s);
    connect(back, &QPushButton::clicked, this, &LoginForm::draftAsked);
}

Secret LoginForm::knownSecret(const QString &clientId) const
{
    return m_client->knownSecret(clientId);
}

QString LoginForm::runName() const
{
    const QString user = m_user->usernameEdit()->text();
    return m_grant == Grant::Password && !user.isEmpty() ? user : m_client->name();
}

void LoginForm::showMissing()
{
    const std::optional<LoginInput> missing = missingInput(request());
    if (!missing)
        return;
    QLineEdit *edit = fieldToMend();
    if (auto *field = qobject_cast<FormField *>(edit->parentWidget()))
        field->setError(missingText(*missing));
    focusField(edit);
}

void LoginForm::forgetPassword()
{
    m_user->passwordEdit()->clear();
}

const QHash<QString, LoginForm::Step> &LoginForm::steps()
{
    static const QHash<QString, Step> steps{
        {u"try_auth_post"_s, [](LoginForm &form) { form.tryAuth(ClientAuth::Post); }},
        {u"try_auth_basic"_s, [](LoginForm &form) { form.tryAuth(ClientAuth::Basic); }},
        {u"add_scope_openid"_s, [](LoginForm &form) { form.addOpenId(); }},
        {u"run_again"_s, [](LoginForm &form) { form.offerToRun(); }},
        {u"retry"_s, [](LoginForm &form) { form.offerToRun(); }},
        {u"clear_prompt"_s,
         [](LoginForm &form) {
             form.m_browser->promptBox()->setEditText({});
             form.offerToRun(form.m_browser->promptBox());
         }},
        {u"edit_redirect_port"_s, [](LoginForm &form) { form.focusField(form.m_browser->portBox()); }},
        {u"edit_endpoints"_s, [](LoginForm &form) { form.focusField(form.m_issuer->tokenEndpointEdit()); }},
        {u"check_issuer"_s, [](LoginForm &form) { form.focusField(form.m_issuer->issuerEdit()); }},
        {u"run_in_browser"_s,
         [](LoginForm &form) {
             form.setGrant(Grant::AuthorizationCode);
             form.offerToRun(form.m_browser);
         }},
        {u"read_discovery"_s,
         [](LoginForm &form) {
             form.m_issuer->readEndpoints();
             form.focusField(form.m_issuer->issuerEdit());
         }},
        {u"check_parameters"_s,
         [](LoginForm &form) {
             form.m_parameters->unfold();
             form.bringIntoView(form.m_parameters);
         }},
        {u"edit_password"_s, [](LoginForm &form) { form.focusField(form.m_user->passwordEdit()); }},
        {u"paste_secret_again"_s, [](LoginForm &form) { form.focusField(form.m_client->secretEdit()); }},
        {u"check_client_id"_s, [](LoginForm &form) { form.focusField(form.m_client->clientIdEdit()); }},
        {u"choose_app"_s, [](LoginForm &form) { form.focusField(form.m_client->appBox()); }},
        {u"try_other_user"_s, [](LoginForm &form) { form.focusField(form.m_user->usernameEdit()); }},
        {u"remove_scope"_s, [](LoginForm &form) { form.focusField(form.m_scopes->chips()->editor()); }},
        {u"check_resource"_s, [](LoginForm &form) { form.focusField(form.m_scopes->resourceBox()); }},
        {u"edit_fields"_s, [](LoginForm &form) { form.focusField(form.fieldToMend()); }},
        {u"check_address"_s, [](LoginForm &form) { form.focusField(form.m_issuer->issuerEdit()); }},
    };
    return steps;
}

void LoginForm::perform(const QString &action)
{
    if (const Step step = steps().value(action))
        step(*this);
}

/// The first that is empty and must not be.
QLineEdit *LoginForm::fieldToMend() const
{
    switch (missingInput(request()).value_or(LoginInput::ClientId)) {
    case LoginInput::ClientId:
        break;
    case LoginInput::ClientSecret:
        return m_client->secretEdit();
    case LoginInput::Username:
        return m_user->usernameEdit();
    case LoginInput::Password:
        return m_user->passwordEdit();
    }
    return m_client->clientIdEdit();
}

void LoginForm::tryAuth(ClientAuth auth)
{
    m_client->setAuth(auth);
    offerToRun(m_client->authControl());
}

void LoginForm::addOpenId()
{
    const QStringList scopes = m_scopes->scopes();
    if (!scopes.contains(u"openid"_s))
        m_scopes->chips()->setScopes(QStringList{u"openid"_s} + scopes);
    offerToRun(m_scopes->chips());
}

void LoginForm::offerToRun(QWidget *changed)
{
    updateFields();
    if (changed)
        bringIntoView(changed);
    emit edited();
    emit readyToRun();
}

void LoginForm::focusField(QWidget *field)
{
    bringIntoView(field);
    field->setFocus(Qt::OtherFocusReason);
    if (auto *edit = qobject_cast<QLineEdit *>(field))
        edit->selectAll();
}

// Once the layout has taken in what the change shows or hides.
void LoginForm::bringIntoView(QWidget *field)
{
    QTimer::singleShot(0, field, [this, field] { m_scroll->ensureWidgetVisible(field); });
}

void LoginForm::updateFields()
{
    const bool password = m_grant == Grant::Password;
    m_user->setVisible(password);
    m_user->demoButton()->setVisible(password && m_hasDemoUsers);
    m_browser->setVisible(m_grant == Grant::AuthorizationCode);
    m_client->setPublicClientsAllowed(m_grant != Grant::ClientCredentials);
    if (password && !m_legacy->isVisibleTo(this)) {
        m_legacy->showMessage(MessageBanner::Kind::Warn, tr("Legacy flow."),
                              tr("It cannot do MFA, and each failure counts toward the user's lock-out."));
        m_legacy->setClosable(false);
    }
    m_legacy->setVisible(password);
    placeIssuer();
}

// The issuer comes first, but for a user's login, whose password is not to be below the fold.
void LoginForm::placeIssuer()
{
    const bool isLast = m_grant == Grant::Password;
    m_column->removeWidget(m_issuer);
    const QWidget *next = isLast ? static_cast<QWidget *>(m_parameters) : m_client;
    m_column->insertWidget(m_column->indexOf(next), m_issuer);
    QWidget *before = isLast ? tabStopsIn(m_scopes).last() : m_user->demoButton();
    for (QWidget *stop : tabStopsIn(m_issuer)) {
        setTabOrder(before, stop);
        before = stop;
    }
}

} // namespace latchkey
