// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"
#include "support/formbrowser.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;

inline const QString kUser = u"app.smoke.test"_s;

/// What tests of the code flow share: a sandbox, and somebody with a browser.
class BrowserLogins : public QObject
{
protected:
    using Visit = std::function<void(const QUrl &)>;

    void startSandbox() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void stopSandbox() { QCOMPARE(m_sandbox.stop(), 0); }
    void startAnew()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_browser = std::make_unique<FormBrowser>();
        m_http.setTimeouts({});
        m_opened.clear();
        m_page = {};
    }

    LoginRequest request(QStringView app = u"finance-desktop") const
    {
        const SandboxProcess::App found = m_sandbox.app(app);
        return {.grant = Grant::AuthorizationCode,
                .issuer = m_sandbox.issuer(),
                .clientId = found.clientId,
                .clientSecret = Secret::fromText(found.clientSecret),
                .auth = found.auth == "none"_L1   ? ClientAuth::None
                        : found.auth == "post"_L1 ? ClientAuth::Post
                                                  : ClientAuth::Basic,
                .scopes = {u"openid"_s, u"profile"_s},
                .redirectPort = 0};
    }
    /// Runs the flow; `visit` is what the person does with the address, once the flow waits.
    Result<LoginOutcome> run(LoginRequest login, const Visit &visit,
                             std::chrono::milliseconds patience = std::chrono::seconds(20))
    {
        return waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            const auto opener = [this, visit, context = k.context()](const QUrl &url) {
                m_opened = url;
                QTimer::singleShot(0, context, [visit, url] { visit(url); });
                return true;
            };
            auto *flow = new LoginFlow(m_http, m_clock, std::move(login), opener, k.context());
            flow->setBrowserTimeout(patience);
            connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
            flow->start();
        });
    }
    Visit loggingIn(const QString &username)
    {
        return [this, username](const QUrl &url) {
            const SandboxProcess::User user = m_sandbox.user(username);
            m_back = m_browser->logIn(url, username, user.password, user.otp);
            m_page = m_browser->get(m_back);
        };
    }
    /// Comes back by itself, without the provider.
    Visit comingBackWith(const QString &query)
    {
        return [this, query](const QUrl &url) {
            QString filled = query;
            filled.replace("STATE"_L1, parameterOf(url, u"state"_s))
                .replace("ISSUER"_L1,
                         QString::fromLatin1(QUrl::toPercentEncoding(m_sandbox.issuer().toString())));
            m_page = m_browser->get(QUrl(parameterOf(url, u"redirect_uri"_s) + u'?' + filled));
        };
    }

    SandboxProcess m_sandbox{};
    SystemClock m_clock{};
    QNetworkAccessManager m_network{};
    HttpClient m_http{m_network, m_clock};
    std::unique_ptr<FormBrowser> m_browser{};
    QUrl m_opened{};            ///< where the browser was sent last
    QUrl m_back{};              ///< where the login page sent it
    FormBrowser::Page m_page{}; ///< what it showed in the end
};

} // namespace latchkey
