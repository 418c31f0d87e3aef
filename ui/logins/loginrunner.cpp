// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginrunner.h"

#include "oidc/loginprofile.h"
#include "onelogin/session.h"

namespace latchkey {

namespace {

/// Below the issuer, or an endpoint that was given instead of its own.
bool isOfIssuer(const QUrl &url, const LoginRequest &request)
{
    const ProviderMetadata &own = request.endpoints;
    return request.issuer.isParentOf(url) || url == own.tokenEndpoint || url == own.authorizationEndpoint;
}

} // namespace

LoginRunner::LoginRunner(Session &session, UrlOpener openUrl, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_openUrl(std::move(openUrl))
{
}

LoginRunner::~LoginRunner() = default;

void LoginRunner::start(const LoginRequest &request, Finished finished)
{
    m_exchanges.clear();
    m_startedAt = m_session.clock().monotonic();
    m_flow = std::make_unique<LoginFlow>(m_session.http(), m_session.clock(), request, m_openUrl);
    m_flow->setBrowserTimeout(kBrowserTimeout);
    connect(m_flow.get(), &LoginFlow::stepChanged, this, &LoginRunner::stepChanged);
    connect(m_flow.get(), &LoginFlow::browserNeeded, this,
            [this, port = request.redirectPort](const QUrl &address) { tellBrowser(address, port); });
    // Others may ask the tenant's API meanwhile; what goes to the issuer is the login's.
    connect(&m_session.http(), &HttpClient::exchanged, m_flow.get(),
            [this, asked = withoutSecrets(request)](const Exchange &exchange) {
                if (isOfIssuer(exchange.url, asked))
                    m_exchanges.push_back(exchange);
            });
    connect(m_flow.get(), &LoginFlow::finished, this,
            [this, finished = std::move(finished)](const Result<LoginOutcome> &result) {
                m_flow.release()->deleteLater();
                finished(result);
            });
    emit begun();
    m_flow->start();
}

std::chrono::milliseconds LoginRunner::cancel()
{
    m_flow.reset();
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_session.clock().monotonic() - m_startedAt);
}

void LoginRunner::tellBrowser(const QUrl &address, quint16 port)
{
    emit browserNeeded({.address = address,
                        .redirect = redirectUri(port),
                        .expiry = {m_session.clock().monotonic() + kBrowserTimeout, kBrowserTimeout}});
}

} // namespace latchkey
