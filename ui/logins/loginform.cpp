// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginform.h"

#include "logins/parameterrows.h"
#include "logins/passwordfield.h"
#include "onelogin/apiuse.h"
#include "onelogin/appsapi.h"
#include "onelogin/authserversapi.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/scopechips.h"
#include "widgets/scrolled.h"
#include "widgets/segmentedcontrol.h"

#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kAuths{ClientAuth::Basic, ClientAuth::Post, ClientAuth::None};

int authIndex(ClientAuth auth)
{
    return static_cast<int>(std::find(kAuths.begin(), kAuths.end(), auth) - kAuths.begin());
}

QComboBox *makeEditableCombo(const QString &name)
{
    auto *combo = new QComboBox;
    combo->setObjectName(name);
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    combo->completer()->setFilterMode(Qt::MatchContains);
    combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    return combo;
}

int endpointCount(const ProviderMetadata &provider)
{
    const std::array endpoints{provider.tokenEndpoint,
                               provider.authorizationEndpoint,
                               provider.userinfoEndpoint,
                               provider.introspectionEndpoint,
                               provider.revocationEndpoint,
                               provider.endSessionEndpoint,
                               provider.jwksUri};
    return static_cast<int>(
        std::count_if(endpoints.begin(), endpoints.end(), [](const QUrl &url) { return url.isValid(); }));
}

QString stateWords(const QString &state)
{
    static const QHash<QString, QString> words{{u"active"_s, LoginForm::tr("active")},
                                               {u"locked"_s, LoginForm::tr("locked")},
                                               {u"suspended"_s, LoginForm::tr("suspended")},
                                               {u"expired"_s, LoginForm::tr("password expired")},
                                               {u"no_password"_s, LoginForm::tr("has no password")},
                                               {u"mfa"_s, LoginForm::tr("needs MFA")},
                                               {u"unassigned"_s, LoginForm::tr("not assigned to the app")}};
    return words.value(state, state);
}

/// Says what choosing the empty entry means.
class ResourceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->text.isEmpty()) {
            option->text = LoginForm::tr("None");
            option->features |= QStyleOptionViewItem::HasDisplay;
        }
    }
};

} // namespace

LoginForm::LoginForm(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"loginForm"_s);
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(metrics::paneMargin, metrics::cardMargin, metrics::paneMargin,
                                 metrics::cardMargin);
    m_column->setSpacing(metrics::fieldToField);
    m_scroll = scrolled(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_scroll);
    makeFields();
    connectFields();
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        m_choosing.reset();
        m_readingScopes.reset();
        m_listing.reset();
        if (m_loaded) {
            readApps();
            readServers();
        }
    });
    updateFields();
}

LoginForm::~LoginForm() = default;

QWidget *LoginForm::firstField() const
{
    return m_app;
}

void LoginForm::makeFields()
{
    m_title = new Label(tr("New login"), TextStyle::Heading);
    m_title->setElide(Label::Elide::End);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_demo = makeButton(tr("Fill in a demo user"));
    m_demo->setObjectName(u"demoUsers"_s);
    setSmall(m_demo);
    m_demoMenu = new QMenu(m_demo);
    m_demoMenu->setObjectName(u"demoUserMenu"_s);
    m_demo->setMenu(m_demoMenu);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_demo);
    m_column->addLayout(head);

    m_legacy = new MessageBanner;
    m_legacy->setObjectName(u"legacyWarning"_s);
    m_column->addWidget(m_legacy);

    m_issuer = new QLineEdit(m_session.tenant().issuer().toString());
    m_issuer->setObjectName(u"loginIssuer"_s);
    setTextStyle(m_issuer, TextStyle::Fixed);
    m_issuerField = addField(tr("Issuer"), m_issuer);
    m_app = makeEditableCombo(u"loginApp"_s);
    m_app->lineEdit()->setPlaceholderText(tr("Choose an app, or type a client ID below"));
    m_appField = addField(tr("Client app"), m_app);
    m_clientId = new QLineEdit;
    m_clientId->setObjectName(u"loginClientId"_s);
    setTextStyle(m_clientId, TextStyle::Fixed);
    m_clientIdField = addField(tr("Client ID"), m_clientId);

    m_auth = new SegmentedControl(tr("Client authentication"));
    m_auth->setObjectName(u"loginAuth"_s);
    for (const QString &text : {tr("Basic"), tr("POST"), tr("None")})
        m_auth->addSegment(text);
    m_auth->setFill(true);
    addField(tr("Client authentication"), m_auth);
    m_secret = new PasswordField(tr("client secret"));
    m_secret->setObjectName(u"loginSecret"_s);
    m_secretField = addField(tr("Client secret"), m_secret, tr("Kept in memory for this session only."));
    m_username = new QLineEdit;
    m_username->setObjectName(u"loginUsername"_s);
    m_usernameField = addField(tr("User name"), m_username);
    m_password = new PasswordField(tr("password"));
    m_password->setObjectName(u"loginPassword"_s);
    m_passwordField =
        addField(tr("Password"), m_password, tr("Forgotten once a login succeeds; never saved."));

    m_scopes = new ScopeChips;
    m_scopes->setObjectName(u"loginScopes"_s);
    addField(tr("Scopes"), m_scopes);
    m_resource = makeEditableCombo(u"loginResource"_s);
    m_resource->lineEdit()->setPlaceholderText(tr("None"));
    setTextStyle(m_resource, TextStyle::Fixed);
    m_resource->setItemDelegate(new ResourceDelegate(m_resource));
    listResources();
    m_resourceField = addField(tr("Resource"), m_resource);
    m_parameters = new ParameterRows;
    m_column->addWidget(m_parameters);
    m_column->addStretch(1);
}

FormField *LoginForm::addField(const QString &label, QWidget *field, const QString &help)
{
    auto *form = new FormField(label, field);
    form->setHelp(help);
    m_column->addWidget(form);
    return form;
}

void LoginForm::connectFields()
{
    connect(m_issuer, &QLineEdit::editingFinished, this, &LoginForm::readDiscovery);
    connect(m_app, &QComboBox::activated, this, &LoginForm::chooseApp);
    connect(m_clientId, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_choosing.reset();
        m_app->setCurrentIndex(-1);
        m_app->setEditText({});
        takeClientId(text, Secrets::KeepTyped);
    });
    connect(m_clientId, &QLineEdit::editingFinished, this, &LoginForm::rememberSecret);
    connect(m_auth, &SegmentedControl::currentChanged, this, &LoginForm::updateFields);
    connect(m_secret, &QLineEdit::textEdited, this, [this] {
        m_secretIsTyped = true;
        rememberSecret();
    });
    connect(m_resource, &QComboBox::currentTextChanged, this, &LoginForm::readScopes);
    for (QLineEdit *edit : {m_issuer, m_clientId, m_username, static_cast<QLineEdit *>(m_secret),
                            static_cast<QLineEdit *>(m_password)})
        connect(edit, &QLineEdit::textChanged, this, &LoginForm::edited);
    connect(m_scopes, &ScopeChips::scopesChanged, this, &LoginForm::edited);
    connect(m_resource, &QComboBox::currentTextChanged, this, &LoginForm::edited);
    connect(m_parameters, &ParameterRows::changed, this, &LoginForm::edited);
    connect(m_auth, &SegmentedControl::currentChanged, this, &LoginForm::edited);
    connect(this, &LoginForm::edited, this, [this] {
        const QString name = runName();
        m_title->setText(name.isEmpty() ? tr("New login") : name);
    });
}

void LoginForm::load()
{
    if (std::exchange(m_loaded, true))
        return;
    readDiscovery();
    readApps();
    readServers();
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
    if (std::exchange(m_grant, grant) == grant)
        return;
    const Wish wish =
        std::exchange(m_otherWish, {.scopes = m_scopes->scopes(), .resource = m_resource->currentText()});
    m_scopes->setScopes(wish.scopes);
    m_resource->setEditText(wish.resource);
}

void LoginForm::setHints(SandboxHints hints)
{
    m_hints = std::move(hints);
    fillMenu();
    updateFields();
    takeClientId(m_clientId->text(), Secrets::KeepTyped);
}

LoginRequest LoginForm::request() const
{
    LoginRequest request{.grant = m_grant,
                         .issuer = QUrl(m_issuer->text().trimmed(), QUrl::StrictMode),
                         .clientId = m_clientId->text().trimmed(),
                         .auth = kAuths[static_cast<size_t>(std::max(0, m_auth->currentIndex()))],
                         .scopes = m_scopes->scopes(),
                         .resource = m_resource->currentText().trimmed(),
                         .parameters = m_parameters->parameters()};
    if (request.auth != ClientAuth::None)
        request.clientSecret = Secret::fromText(m_secret->text());
    if (m_grant == Grant::Password) {
        request.username = m_username->text();
        request.password = Secret::fromText(m_password->text());
    }
    return request;
}

void LoginForm::setRequest(const LoginRequest &request)
{
    switchTo(request.grant);
    m_issuer->setText(request.issuer.toString());
    rememberSecret();
    m_clientId->setText(request.clientId);
    takeClientId(request.clientId, Secrets::Replace);
    const auto app = std::find_if(m_apps.begin(), m_apps.end(), [&](const OidcApp &each) {
        return !request.clientId.isEmpty() && each.clientId == request.clientId;
    });
    m_app->setCurrentIndex(app == m_apps.end() ? -1 : static_cast<int>(app - m_apps.begin()));
    if (app == m_apps.end())
        m_app->setEditText({});
    m_auth->setCurrentIndex(authIndex(request.auth));
    m_username->setText(request.username);
    m_scopes->setScopes(request.scopes);
    m_resource->setEditText(request.resource);
    m_parameters->setParameters(request.parameters);
    updateFields();
}

QString LoginForm::runName() const
{
    if (m_grant == Grant::Password && !m_username->text().isEmpty())
        return m_username->text();
    const QString app = m_app->currentIndex() >= 0 ? m_app->currentText() : QString();
    return app.isEmpty() ? m_clientId->text().trimmed() : app;
}

void LoginForm::forgetPassword()
{
    m_password->clear();
}

const QHash<QString, LoginForm::Step> &LoginForm::steps()
{
    static const QHash<QString, Step> steps{
        {u"try_auth_post"_s, [](LoginForm &form) { form.tryAuth(ClientAuth::Post); }},
        {u"try_auth_basic"_s, [](LoginForm &form) { form.tryAuth(ClientAuth::Basic); }},
        {u"add_scope_openid"_s,
         [](LoginForm &form) {
             if (!form.m_scopes->scopes().contains(u"openid"_s))
                 form.m_scopes->setScopes(QStringList{u"openid"_s} + form.m_scopes->scopes());
             form.offerToRun(form.m_scopes);
         }},
        {u"run_again"_s, [](LoginForm &form) { form.offerToRun(); }},
        {u"read_discovery"_s,
         [](LoginForm &form) {
             form.readDiscovery();
             form.focusField(form.m_issuer);
         }},
        {u"check_parameters"_s,
         [](LoginForm &form) {
             form.m_parameters->unfold();
             form.bringIntoView(form.m_parameters);
         }},
        {u"edit_password"_s, [](LoginForm &form) { form.focusField(form.m_password); }},
        {u"paste_secret_again"_s, [](LoginForm &form) { form.focusField(form.m_secret); }},
        {u"check_client_id"_s, [](LoginForm &form) { form.focusField(form.m_clientId); }},
        {u"choose_app"_s, [](LoginForm &form) { form.focusField(form.m_app); }},
        {u"try_other_user"_s, [](LoginForm &form) { form.focusField(form.m_username); }},
        {u"remove_scope"_s, [](LoginForm &form) { form.focusField(form.m_scopes->editor()); }},
        {u"check_resource"_s, [](LoginForm &form) { form.focusField(form.m_resource); }},
        {u"edit_fields"_s, [](LoginForm &form) { form.focusField(form.m_clientId); }},
        {u"check_address"_s, [](LoginForm &form) { form.focusField(form.m_issuer); }},
    };
    return steps;
}

bool LoginForm::canPerform(const QString &action)
{
    return steps().contains(action);
}

void LoginForm::perform(const QString &action)
{
    if (const Step step = steps().value(action))
        step(*this);
}

void LoginForm::tryAuth(ClientAuth auth)
{
    m_auth->setCurrentIndex(authIndex(auth));
    offerToRun(m_auth);
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

void LoginForm::readDiscovery()
{
    const QUrl issuer(m_issuer->text().trimmed(), QUrl::StrictMode);
    m_metadataScopes.clear();
    m_discovering = std::make_unique<QObject>();
    m_issuerField->clearError();
    m_issuerField->setHelp(tr("Reading the issuer's endpoints"));
    discover(
        m_session.http(), issuer, then(m_discovering.get(), [this](Result<ProviderMetadata> provider) {
            m_discovering.reset();
            if (!provider)
                return m_issuerField->setError(provider.error().message);
            const QString time = QLocale().toString(m_session.clock().now().toLocalTime().time(), u"HH:mm"_s);
            m_issuerField->setHelp(
                tr("Discovered %1, %n endpoint(s)", nullptr, endpointCount(*provider)).arg(time), Tone::Ok);
            m_metadataScopes = provider->scopesSupported;
            updateSuggestions();
        }));
}

void LoginForm::readApps()
{
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
            {},
            [this](const std::vector<OidcApp> &page) {
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
            },
            then(m_listing.get(), [this](Result<std::vector<OidcApp>> apps) {
                if (!apps)
                    m_appField->setHelp(tr("The apps could not be listed. %1").arg(apps.error().message),
                                        Tone::Warn);
            }));
}

void LoginForm::readServers()
{
    m_servers.clear();
    const auto working = m_session.workingCredential();
    if (!m_session.api() || !working || !levelAllows(working->level, ApiUse::ReadAuthServers))
        return;
    AuthServersApi(*m_session.api())
        .list(then(m_listing.get(), [this](Result<std::vector<AuthServer>> servers) {
            if (!servers)
                return;
            m_servers = std::move(*servers);
            listResources();
        }));
}

void LoginForm::listResources()
{
    const QString typed = m_resource->currentText();
    QStringList resources{QString()};
    for (const AuthServer &server : m_servers)
        resources.append(server.resourceIdentifier);
    m_resource->clear();
    m_resource->addItems(resources);
    m_resource->setItemData(0, tr("None"), Qt::AccessibleTextRole);
    for (size_t i = 0; i < m_servers.size(); ++i)
        m_resource->setItemData(static_cast<int>(i) + 1, m_servers[i].name, Qt::ToolTipRole);
    m_resource->setEditText(typed);
}

void LoginForm::readScopes()
{
    m_resourceScopes.clear();
    const QString resource = m_resource->currentText().trimmed();
    const auto server = std::find_if(m_servers.begin(), m_servers.end(), [&](const AuthServer &each) {
        return !resource.isEmpty() && each.resourceIdentifier == resource;
    });
    m_readingScopes.reset();
    if (server == m_servers.end() || !m_session.api()) {
        m_resourceField->setHelp(
            tr("Without one the tenant decides whom the token is for; it may be opaque."));
        return updateSuggestions();
    }
    m_resourceField->setHelp(tr("The token is for %1.").arg(server->name));
    m_readingScopes = std::make_unique<QObject>();
    AuthServersApi(*m_session.api())
        .scopes(server->id, then(m_readingScopes.get(), [this](Result<std::vector<Scope>> scopes) {
                    if (!scopes)
                        return;
                    for (const Scope &scope : *scopes)
                        m_resourceScopes.append(scope.value);
                    updateSuggestions();
                }));
}

void LoginForm::chooseApp(int row)
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
        .get(m_apps[index].id, then(m_choosing.get(), [this, index](Result<OidcApp> app) {
                 if (!app)
                     return m_appField->setHelp(
                         tr("Its client ID could not be read. %1").arg(app.error().message), Tone::Warn);
                 m_apps[index] = *app;
                 m_appField->setHelp({});
                 m_auth->setCurrentIndex(authIndex(app->auth));
                 m_clientId->setText(app->clientId);
                 takeClientId(app->clientId, Secrets::Replace);
             }));
}

void LoginForm::takeClientId(const QString &text, Secrets secrets)
{
    const QString clientId = text.trimmed();
    const Secret known = knownSecret(clientId);
    // A secret may be pasted before its ID is typed: it goes only for one that is known.
    if (!known.isEmpty() || !m_secretIsTyped || secrets == Secrets::Replace) {
        m_secret->setText(known.revealed());
        m_secretIsTyped = false;
    }
    updateFields();
    emit edited();
}

Secret LoginForm::knownSecret(const QString &clientId) const
{
    return m_secrets.value(clientId, m_hints.clientSecrets.value(clientId));
}

void LoginForm::rememberSecret()
{
    const QString clientId = m_clientId->text().trimmed();
    if (!m_secretIsTyped || clientId.isEmpty())
        return;
    if (m_secret->text().isEmpty())
        m_secrets.remove(clientId);
    else
        m_secrets[clientId] = Secret::fromText(m_secret->text());
}

void LoginForm::updateFields()
{
    const bool password = m_grant == Grant::Password;
    m_usernameField->setVisible(password);
    m_passwordField->setVisible(password);
    m_demo->setVisible(password && !m_hints.users.empty());
    m_auth->setSegmentEnabled(2, password, tr("Client credentials need a client that can prove itself."));
    if (!password && m_auth->currentIndex() == 2)
        m_auth->setCurrentIndex(0);
    m_secretField->setVisible(m_auth->currentIndex() != 2);
    const bool known = m_hints.clientSecrets.contains(m_clientId->text().trimmed());
    m_secretField->setHelp(known ? tr("Known: the sandbox tells it.")
                                 : tr("Kept in memory for this session only."));
    if (password && !m_legacy->isVisibleTo(this)) {
        m_legacy->showMessage(MessageBanner::Kind::Warn, tr("Legacy flow."),
                              tr("It cannot do MFA, and each failure counts toward the user's lock-out."));
        m_legacy->setClosable(false);
    }
    m_legacy->setVisible(password);
}

void LoginForm::updateSuggestions()
{
    QStringList suggestions = m_resourceScopes + m_metadataScopes;
    suggestions.removeDuplicates();
    m_scopes->setSuggestions(suggestions);
}

void LoginForm::fillMenu()
{
    m_demoMenu->clear();
    for (const SandboxUser &user : m_hints.users) {
        //: "jdoe.test, locked"
        QAction *action = m_demoMenu->addAction(tr("%1, %2").arg(user.username, stateWords(user.state)));
        connect(action, &QAction::triggered, this, [this, user] {
            m_username->setText(user.username);
            m_password->setText(user.password.revealed());
        });
    }
}

} // namespace latchkey
