// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include "cli/named.h"
#include "core/credentialtext.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> usage(const QString &message)
{
    return fail(ErrorKind::InvalidInput, message);
}

} // namespace

Command::Command(Arguments arguments, QObject *parent)
    : QObject(parent)
    , m_arguments(std::move(arguments))
    , m_http(m_network, m_clock)
    , m_issuerKeys(m_http, m_clock)
    , m_secrets(has(u"secret-stdin"_s), !has(u"no-input"_s))
{
}

Command::~Command() = default;

void Command::run()
{
    if (const Result<void> ready = setUpHttp(); !ready)
        return refuse(ready.error());
    m_arguments.verb->run(*this);
}

Result<int> Command::number(const QString &option, int fallback, int least, int most) const
{
    if (!has(option))
        return fallback;
    bool isNumber = false;
    const int number = value(option).toInt(&isNumber);
    if (!isNumber || number < least || number > most)
        return usage(tr("--%1 takes a number from %2 to %3.").arg(option).arg(least).arg(most));
    return number;
}

Result<void> Command::setUpHttp()
{
    HttpTimeouts timeouts;
    const Result<int> seconds =
        number(u"timeout"_s, static_cast<int>(timeouts.whole / std::chrono::seconds(1)), 1, 3600);
    if (!seconds)
        return fail(seconds.error());
    if (has(u"timeout"_s)) {
        timeouts.whole = std::chrono::seconds(*seconds);
        timeouts.idle = std::min(timeouts.idle, timeouts.whole);
        m_http.setTimeouts(timeouts);
    }
    return has(u"ca-file"_s) ? m_http.addCaFile(value(u"ca-file"_s)) : Result<void>();
}

void Command::succeed(const QJsonObject &json, const QString &text, Exit code)
{
    if (has(u"json"_s))
        printJson(json);
    else
        printOut(text);
    QCoreApplication::exit(static_cast<int>(code));
}

void Command::succeedWith(QByteArrayView bytes)
{
    printBytes(bytes);
    QCoreApplication::exit(static_cast<int>(Exit::Done));
}

void Command::refuse(const Error &error)
{
    refuse(error, exitCode(error));
}

void Command::refuse(const Error &error, Exit code)
{
    if (has(u"json"_s))
        printJson({{u"error"_s, errorJson(error)}});
    printError(errorText(error));
    QCoreApplication::exit(static_cast<int>(code));
}

void Command::refuseUsage(const QString &message)
{
    refuse(Error{.kind = ErrorKind::InvalidInput, .message = message});
}

QString Command::outputProblem(const QString &option) const
{
    if (!has(option))
        return has(u"force"_s) ? tr("--force is for the file of --%1.").arg(option) : QString();
    if (has(u"force"_s) || !QFileInfo(value(option)).isFile())
        return {};
    return tr("%1 exists. Name another file, or replace it with --force.").arg(value(option));
}

Result<Workspace *> Command::workspace()
{
    if (!m_workspace) {
        Result<std::unique_ptr<Workspace>> opened = Workspace::open(workspaceFolder());
        if (!opened)
            return fail(opened.error());
        m_workspace = std::move(*opened);
    }
    return m_workspace.get();
}

QString Command::workspaceFolder() const
{
    return has(u"data-dir"_s) ? value(u"data-dir"_s) : Workspace::defaultFolder();
}

KeychainStore &Command::keychain()
{
    if (!m_keychain)
        m_keychain = std::make_unique<KeychainStore>();
    return *m_keychain;
}

CredentialRegister &Command::credentials()
{
    if (!m_credentials)
        m_credentials = std::make_unique<CredentialRegister>(*m_workspace, keychain(), m_session);
    return *m_credentials;
}

ProfileRegister &Command::profiles()
{
    if (!m_profiles)
        m_profiles = std::make_unique<ProfileRegister>(*m_workspace, keychain(), m_session);
    return *m_profiles;
}

Result<Tenant> Command::tenant()
{
    if (has(u"url"_s) == has(u"tenant"_s))
        return usage(tr("Name a tenant with --tenant, or an address with --url."));
    if (has(u"url"_s)) {
        const Result<QUrl> address = parseTenantAddress(value(u"url"_s));
        if (!address)
            return fail(address.error());
        return Tenant{.name = address->authority(), .baseUrl = *address};
    }
    return tenantNamed(value(u"tenant"_s));
}

Result<Tenant> Command::tenantNamed(const QString &name)
{
    const Result<Workspace *> opened = workspace();
    if (!opened)
        return fail(opened.error());
    const Result<std::vector<Tenant>> tenants = (*opened)->tenants();
    if (!tenants)
        return fail(tenants.error());
    return theOneNamed(*tenants, name, tr("tenants of the workspace"));
}

Session &Command::session(const Tenant &tenant)
{
    if (!m_tenantSession)
        m_tenantSession = std::make_unique<Session>(tenant, m_http, credentials(), m_clock);
    return *m_tenantSession;
}

Result<ApiCredential> Command::credentialNamed(const Tenant &tenant, const QString &name)
{
    const Result<std::vector<ApiCredential>> known = credentials().list(tenant.id);
    if (!known)
        return fail(known.error());
    return theOneNamed(*known, name, tr("API credentials of %1").arg(tenant.name));
}

Result<ApiCredential> Command::credential(const Tenant &tenant)
{
    Result<ApiCredential> credential = credentialNamed(tenant, value(u"credential"_s));
    if (credential && credential->state == CredentialState::Disabled)
        return fail(ErrorKind::Invalid, tr("The API credential %1 is disabled here.").arg(credential->name));
    return credential;
}

void Command::withTokens(const std::function<void(TokenSource &)> &callback)
{
    const Result<Tenant> at = tenant();
    if (!at)
        return refuse(at.error());
    if (has(u"client-id"_s) == has(u"credential"_s))
        return refuseUsage(tr("Name an API credential with --credential or --client-id."));
    if (has(u"credential"_s) && has(u"url"_s))
        return refuseUsage(tr("With --url there is no workspace: use --client-id."));

    QString clientId = value(u"client-id"_s);
    QString label = clientId;
    TokenSource::SecretProvider provider;
    if (has(u"credential"_s)) {
        const Result<ApiCredential> known = credential(*at);
        if (!known)
            return refuse(known.error());
        clientId = known->clientId;
        label = known->name;
        provider = [this, known](Continuation<Secret> k) { credentials().secret(*known, std::move(k)); };
    } else {
        const Result<Secret> secret = m_secrets.read("LATCHKEY_CLIENT_SECRET", tr("The client secret"));
        if (!secret)
            return refuse(secret.error());
        const Result<void> usable =
            checkClientId(clientId).and_then([&secret] { return checkClientSecret(*secret); });
        if (!usable)
            return refuse(usable.error());
        provider = [secret](const Continuation<Secret> &k) { finishLater(k, secret); };
    }
    m_tokens = std::make_unique<TokenSource>(m_http, m_clock, at->baseUrl, clientId, label,
                                             std::move(provider), at->access());
    callback(*m_tokens);
}

void Command::withApi(const std::function<void(ApiClient &)> &callback)
{
    withTokens([this, callback](TokenSource &tokens) {
        const Result<Tenant> at = tenant();
        m_api = std::make_unique<ApiClient>(m_http, tokens, m_clock, at->baseUrl, tr("Command line"),
                                            at->access());
        connect(m_api.get(), &ApiClient::waiting, this, [](std::chrono::seconds left) {
            if (left.count() > 0 && left.count() % 10 == 0)
                printError(tr("The tenant asks to wait, %1 s left.").arg(left.count()) + u'\n');
        });
        callback(*m_api);
    });
}

} // namespace latchkey::cli
