// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/loginkeeping.h"
#include "cli/loginreport.h"
#include "cli/logintarget.h"
#include "cli/verbs.h"
#include "oidc/loginflow.h"

#include <QProcess>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QList<std::pair<QString, QString>>> parametersOf(const QStringList &texts)
{
    QList<std::pair<QString, QString>> parameters;
    for (const QString &text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorKind::InvalidInput, Command::tr("--param takes NAME=VALUE."));
        parameters.append({text.first(equals), text.sliced(equals + 1)});
    }
    return parameters;
}

/// The app's secret, then the user's password: the order of the lines of standard input.
Result<void> readSecrets(Command &command, LoginRequest &request)
{
    const bool isPublic = request.auth == ClientAuth::None;
    const Result<Secret> first = appSecret(command, request.auth);
    if (!first)
        return fail(first.error());
    if (!isPublic)
        request.clientSecret = *first;
    if (request.grant != Grant::Password)
        return {};
    const bool isOneLineEnough = isPublic && command.has(u"secret-stdin"_s) && !first->isEmpty();
    const Result<Secret> second =
        command.secrets().read("LATCHKEY_PASSWORD", Command::tr("The user's password"), !isOneLineEnough);
    if (!second)
        return fail(second.error());
    request.password = second->isEmpty() ? *first : *second;
    return {};
}

Result<LoginRequest> requestOf(Command &command, Grant grant)
{
    LoginRequest request{.grant = grant};
    const Result<QUrl> issuer = issuerOf(command);
    if (!issuer)
        return fail(issuer.error());
    request.issuer = *issuer;
    const Result<OidcClient> client = clientOf(command);
    if (!client)
        return fail(client.error());
    request.clientId = client->clientId;
    request.auth = client->auth;
    if (grant == Grant::ClientCredentials && client->auth == ClientAuth::None)
        return fail(ErrorKind::InvalidInput,
                    Command::tr("This login needs a secret: --auth is basic or post."));
    request.username = command.value(u"username"_s);
    if (grant == Grant::Password && request.username.isEmpty())
        return fail(ErrorKind::InvalidInput, Command::tr("Name the user with --username."));
    for (const QString &scopes : command.values(u"scope"_s))
        request.scopes += scopes.split(u' ', Qt::SkipEmptyParts);
    if (grant != Grant::ClientCredentials && request.scopes.isEmpty())
        request.scopes = {u"openid"_s};
    request.resource = command.value(u"resource"_s);
    const Result<QList<std::pair<QString, QString>>> parameters = parametersOf(command.values(u"param"_s));
    if (!parameters)
        return fail(parameters.error());
    request.parameters = *parameters;
    request.prompt = command.value(u"prompt"_s);
    request.loginHint = command.value(u"login-hint"_s);
    request.acrValues = command.value(u"acr-values"_s);
    const Result<int> port = command.number(u"port"_s, request.redirectPort, 0, 65535);
    if (!port)
        return fail(port.error());
    request.redirectPort = static_cast<quint16>(*port);
    if (const Result<void> secrets = readSecrets(command, request); !secrets)
        return fail(secrets.error());
    return request;
}

/// Without Qt's own, which needs the libraries of a desktop.
bool openWithTheDesktop(const QUrl &url)
{
    // The browser may outlive us by days: it gets neither our secrets nor our output.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        if (name.startsWith("LATCHKEY_"_L1))
            environment.remove(name);
    }
    QProcess browser;
    browser.setProcessEnvironment(environment);
    browser.setStandardOutputFile(QProcess::nullDevice());
    browser.setStandardErrorFile(QProcess::nullDevice());
    browser.setProgram(u"xdg-open"_s);
    browser.setArguments({url.toString(QUrl::FullyEncoded)});
    return browser.startDetached();
}

void sayWhereToGo(Command &command, const QUrl &url)
{
    const QString address = url.toString(QUrl::FullyEncoded);
    if (command.has(u"print-url"_s))
        return printError(Command::tr("Open this address in a browser on this computer:") + u'\n' + address +
                          u'\n');
    printError(Command::tr("Waiting for the browser. If none opens, open this address yourself:") + u'\n' +
               address + u'\n');
}

void send(Command &command, const LoginRequest &request, std::chrono::seconds patience,
          const LoginKeeping &keeping)
{
    const UrlOpener opener = command.has(u"print-url"_s) ? UrlOpener() : UrlOpener(&openWithTheDesktop);
    auto *flow = new LoginFlow(command.http(), command.clock(), request, opener, &command);
    flow->setBrowserTimeout(patience);
    flow->judgeIdTokenWith(command.issuerKeys());
    QObject::connect(flow, &LoginFlow::browserNeeded, &command,
                     [&command](const QUrl &url) { sayWhereToGo(command, url); });
    QObject::connect(flow, &LoginFlow::finished, &command,
                     [&command, keeping](const Result<LoginOutcome> &result) {
                         keeping.remember(command, result);
                         if (result)
                             reportOutcome(command, *result, keeping.isMetBy(result));
                         else
                             command.refuse(result.error());
                     });
    flow->start();
}

void login(Command &command, Grant grant)
{
    const Result<LoginRequest> request = requestOf(command, grant);
    if (!request)
        return command.refuse(request.error());
    const Result<int> patience = command.number(u"browser-timeout"_s, 300, 1, 3600);
    if (!patience)
        return command.refuse(patience.error());
    LoginKeeping::prepare(command, *request, [&command, request, patience](const LoginKeeping &keeping) {
        send(command, *request, std::chrono::seconds(*patience), keeping);
    });
}

} // namespace

void loginClientCredentials(Command &command)
{
    login(command, Grant::ClientCredentials);
}

void loginPassword(Command &command)
{
    login(command, Grant::Password);
}

void loginBrowser(Command &command)
{
    login(command, Grant::AuthorizationCode);
}

} // namespace latchkey::cli
