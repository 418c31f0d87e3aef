// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/proofdialog.h"

#include "oidc/errorexplainer.h"
#include "oidc/profileregister.h"
#include "onelogin/appsapi.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/card.h"
#include "widgets/explainpane.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/passwordfield.h"
#include "widgets/scopecomparison.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kRunAgain = u"run_again"_s;
const QString kPasteSecret = u"paste_secret_again"_s;

} // namespace

ProofDialog::ProofDialog(Session &session, ProfileRegister *profiles, const SandboxHints &hints,
                         ProofQuestion question, QWidget *parent)
    : DialogFrame(ProofDialog::tr("Prove with a login"), parent)
    , m_session(session)
    , m_profiles(profiles)
    , m_hints(hints)
    , m_question(std::move(question))
{
    setObjectName(u"proofDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    //: "billing-service at Invoices API"
    setSubtitle(tr("%1 at %2").arg(m_question.appName, m_question.server.name));
    setMinimumWidth(std::min(560, parent ? parent->window()->width() - 2 * metrics::space24 : 560));
    makeBody();
    m_close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    m_close->setObjectName(u"proofClose"_s);
    m_run = addButton(tr("Log in"), QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_run->setObjectName(u"proofRun"_s);
    m_run->setDefault(true);
    m_run->setEnabled(false);
    connect(m_run, &QPushButton::clicked, this, &ProofDialog::run);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        if (isBusy() && !m_flow)
            readApp(); // what was on its way is gone with its credential
    });
    readApp();
}

ProofDialog::~ProofDialog() = default;

void ProofDialog::makeBody()
{
    body()->setSpacing(metrics::space12);
    auto *facts = new FactList;
    facts->addFact(tr("Resource"),
                   makeParagraph(breakable(m_question.server.resourceIdentifier), TextStyle::Fixed));
    auto *scopes =
        makeParagraph(m_question.scopes.isEmpty() ? tr("None") : breakable(m_question.scopes.join(u' ')),
                      m_question.scopes.isEmpty() ? TextStyle::Body : TextStyle::Fixed);
    scopes->setObjectName(u"proofScopes"_s);
    facts->addFact(tr("Scopes asked for"), scopes);
    body()->addWidget(facts);
    body()->addWidget(makeParagraph(tr("A client-credentials login asks for what the tenant grants now; what "
                                       "is pending is not part of it. Nothing is changed."),
                                    TextStyle::Caption));
    m_secret = new PasswordField(tr("client secret"));
    m_secret->setObjectName(u"proofSecret"_s);
    m_secretField = new FormField(tr("Client secret"), m_secret);
    body()->addWidget(m_secretField);
    connect(m_secret, &QLineEdit::textChanged, this, &ProofDialog::updateRun);
}

void ProofDialog::updateRun()
{
    const bool hasSecret = !m_known.isEmpty() || !m_secret->text().isEmpty();
    m_run->setEnabled(!m_flow && !m_app.clientId.isEmpty() && m_app.auth != ClientAuth::None && hasSecret);
}

void ProofDialog::readApp()
{
    if (!m_session.api())
        return failReading({.kind = ErrorKind::InvalidInput, .message = tr("No API credential is enabled.")});
    setBusy(true, tr("Reading the app"));
    m_reading = std::make_unique<QObject>();
    AppsApi(*m_session.api()).get(m_question.app, then(m_reading.get(), [this](const Result<OidcApp> &app) {
                                      if (!app)
                                          return failReading(app.error());
                                      setBusy(false);
                                      takeApp(*app);
                                      refit();
                                  }));
}

void ProofDialog::failReading(const Error &error)
{
    showError(error);
    updateRun();
    QPushButton *again = banner()->addButton(tr("Try again"));
    again->setObjectName(u"proofAgain"_s);
    connect(again, &QPushButton::clicked, this, &ProofDialog::readApp, Qt::QueuedConnection);
    refit();
}

void ProofDialog::takeApp(const OidcApp &app)
{
    banner()->clear();
    m_app = app;
    updateRun();
    if (app.auth == ClientAuth::None) {
        m_secretField->hide();
        banner()->showMessage(MessageBanner::Kind::Warn,
                              tr("%1 is a public client: it has no secret.").arg(m_question.appName),
                              tr("Only an app with a secret can log in with client credentials."));
        m_close->setFocus(); // there is nothing else to do
        return;
    }
    findSecret();
}

// The sandbox tells its own; else a login profile may keep it.
void ProofDialog::findSecret()
{
    m_secret->setFocus();
    if (const auto known = m_hints.clientSecrets.constFind(m_app.clientId);
        known != m_hints.clientSecrets.cend())
        return takeSecret(*known, tr("The sandbox told it."));
    const Result<std::vector<LoginProfile>> profiles =
        m_profiles ? m_profiles->workspace().logins().profiles(m_session.tenant().id)
                   : Result<std::vector<LoginProfile>>();
    if (!profiles)
        return;
    const auto profile = std::ranges::find_if(*profiles, [this](const LoginProfile &each) {
        return each.keepsSecret && each.request.clientId == m_app.clientId &&
               each.request.issuer == m_session.tenant().issuer();
    });
    if (profile == profiles->end())
        return;
    m_reading = std::make_unique<QObject>();
    m_profiles->request(
        *profile, then(m_reading.get(), [this, name = profile->name](const Result<LoginRequest> &request) {
            if (request)
                takeSecret(request->clientSecret, tr("Taken from the login profile %1.").arg(name));
            else
                m_secretField->setHelp(request.error().message, Tone::Warn);
            refit();
        }));
}

void ProofDialog::takeSecret(const Secret &secret, const QString &from)
{
    if (!m_secret->text().isEmpty())
        return; // typed meanwhile
    m_known = secret;
    m_secret->setPlaceholderText(tr("Known"));
    m_secretField->setHelp(from);
    refit();
    updateRun();
    m_run->setFocus();
}

void ProofDialog::run()
{
    if (m_flow || !m_run->isEnabled())
        return;
    LoginRequest request{.grant = Grant::ClientCredentials,
                         .issuer = m_session.tenant().issuer(),
                         .clientId = m_app.clientId,
                         .clientSecret =
                             m_secret->text().isEmpty() ? m_known : Secret::fromText(m_secret->text()),
                         .auth = m_app.auth,
                         .scopes = m_question.scopes,
                         .resource = m_question.server.resourceIdentifier};
    banner()->clear();
    setBusy(true, tr("Asking for a token"));
    m_flow = std::make_unique<LoginFlow>(m_session.http(), m_session.clock(), std::move(request));
    connect(m_flow.get(), &LoginFlow::finished, this, &ProofDialog::finish, Qt::QueuedConnection);
    m_flow->start();
}

void ProofDialog::finish(const Result<LoginOutcome> &result)
{
    m_flow.reset();
    setBusy(false);
    updateRun();
    m_run->setText(tr("Log in again"));
    if (!result || !result->ok)
        return explain(refusalOf(result));
    const std::vector<ScopeFate> fates = scopeFates(*result);
    const bool holds = std::ranges::all_of(fates, [](const ScopeFate &fate) {
        return fate.requested && fate.granted.value_or(true) && fate.inToken.value_or(true);
    });
    const bool isRead = result->accessToken && result->accessToken->decoded;
    if (m_question.scopes.isEmpty() && fates.empty())
        return showNone(isRead);
    if (holds && isRead)
        banner()->showMessage(MessageBanner::Kind::Ok, tr("The token carries exactly what is granted."));
    else if (holds)
        banner()->showMessage(MessageBanner::Kind::Info, tr("The tenant granted what was asked for."),
                              tr("The token itself cannot be read: it is opaque."));
    else
        banner()->showMessage(MessageBanner::Kind::Warn, tr("The token does not carry what is granted."),
                              tr("Tokens show a change of grants only once they are issued anew."));
    showResult(new ScopeComparison(*result, m_question.appName, false));
}

/// Nothing was asked for and nothing came: a table of scopes would have no row.
void ProofDialog::showNone(bool isRead)
{
    delete std::exchange(m_result, nullptr);
    refit();
    if (isRead)
        banner()->showMessage(MessageBanner::Kind::Ok,
                              tr("No scope is granted, and the token carries none."));
    else
        banner()->showMessage(MessageBanner::Kind::Info, tr("No scope is granted, and none was given."),
                              tr("The token itself cannot be read: it is opaque."));
}

void ProofDialog::explain(const Error &error)
{
    const Explanation explanation = ErrorExplainer::shared().explain(error);
    banner()->showMessage(MessageBanner::Kind::Danger, headlineOf(error, explanation),
                          tr("No token was issued. Nothing is retried on its own."));
    auto *pane = new ExplainPane(explanation, [](const QString &action) {
        return action == kRunAgain || action == kPasteSecret ? std::optional(QString()) : std::nullopt;
    });
    if (auto *first = pane->findChild<QPushButton *>())
        setButtonRole(first, ButtonRole::Plain); // the main one is in the foot
    connect(pane, &ExplainPane::actionRequested, this, &ProofDialog::takeStep, Qt::QueuedConnection);
    showResult(pane);
}

void ProofDialog::takeStep(const QString &action)
{
    if (action == kRunAgain)
        return run();
    m_known = {}; // it was refused
    m_secret->setPlaceholderText({});
    m_secretField->setHelp({});
    m_secret->selectAll();
    m_secret->setFocus(Qt::OtherFocusReason);
    updateRun();
}

void ProofDialog::showResult(QWidget *result)
{
    delete m_result;
    m_result = result;
    m_result->setObjectName(u"proofResult"_s);
    body()->addWidget(m_result);
    refit();
}

} // namespace latchkey
