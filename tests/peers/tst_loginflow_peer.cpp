// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginflow.h"

#include "oidc/errorexplainer.h"
#include "peers/peerprocess.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QNetworkAccessManager>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Both direct grants against a certified OpenID provider, the npm package oidc-provider.
class TestLoginFlowPeer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase();
    void logsInWithClientCredentials_data();
    void logsInWithClientCredentials();
    void logsInWithAPassword_data();
    void logsInWithAPassword();
    void getsAJwtForAResource();
    void getsAnOpaqueTokenWithScopes();
    void showsThatAnUnknownScopeWasLeftOut();
    void readsRefusals_data();
    void readsRefusals();

private:
    QJsonObject client(const QString &name) const { return m_peer["clients"_L1][name].toObject(); }
    LoginRequest request(const QString &name) const
    {
        const QJsonObject details = client(name);
        const QString method = details["token_endpoint_auth_method"_L1].toString();
        return {.issuer = QUrl(m_peer["issuer"_L1].toString()),
                .clientId = details["client_id"_L1].toString(),
                .clientSecret = Secret::fromText(details["client_secret"_L1].toString()),
                .auth = method == "none"_L1                 ? ClientAuth::None
                        : method == "client_secret_post"_L1 ? ClientAuth::Post
                                                            : ClientAuth::Basic};
    }
    LoginRequest password(const QString &name) const
    {
        LoginRequest login = request(name);
        login.grant = Grant::Password;
        login.username = m_peer["user"_L1]["username"_L1].toString();
        login.password = Secret::fromText(m_peer["user"_L1]["password"_L1].toString());
        login.scopes = {u"openid"_s};
        return login;
    }
    Result<LoginOutcome> run(LoginRequest login)
    {
        return waitFor<LoginOutcome>([&](Continuation<LoginOutcome> k) {
            auto *flow = new LoginFlow(m_http, m_clock, std::move(login), {}, k.context());
            connect(flow, &LoginFlow::finished, flow, [k](const Result<LoginOutcome> &result) { k(result); });
            flow->start();
        });
    }

    PeerProcess m_process;
    QJsonObject m_peer;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
    ErrorExplainer m_explainer;
};

void TestLoginFlowPeer::initTestCase()
{
    QVERIFY2(m_process.start(u"server.mjs"_s), qPrintable(m_process.problem()));
    m_peer = m_process.line();
}

void TestLoginFlowPeer::cleanupTestCase()
{
    QVERIFY(m_process.stop());
}

void TestLoginFlowPeer::logsInWithClientCredentials_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"basic", "post", "odd"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLoginFlowPeer::logsInWithClientCredentials()
{
    QFETCH(QString, name);
    const Result<LoginOutcome> outcome = run(request(name));
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QCOMPARE(outcome->accessToken->expiresIn, std::chrono::seconds(600));
    QVERIFY2(outcome->notes.isEmpty(), qPrintable(outcome->notes.join(u' ')));
}

void TestLoginFlowPeer::logsInWithAPassword_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"basic", "post", "none", "odd"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLoginFlowPeer::logsInWithAPassword()
{
    QFETCH(QString, name);
    const Result<LoginOutcome> outcome = run(password(name));
    QVERIFY_OK(outcome);
    QVERIFY2(outcome->ok, qPrintable(outcome->error + u' ' + outcome->errorDescription));
    QCOMPARE(outcome->accessToken->kind, TokenKind::Opaque);
    QCOMPARE(*outcome->grantedScopes, QStringList{u"openid"_s});
}

void TestLoginFlowPeer::getsAJwtForAResource()
{
    LoginRequest login = request(u"basic"_s);
    login.resource = m_peer["apiResource"_L1].toString();
    login.scopes = {u"read:invoices"_s};
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->accessToken->kind, TokenKind::Jwt);
    QCOMPARE(outcome->accessToken->decoded->payload["aud"_L1].toString(), login.resource);
    QCOMPARE(outcome->scopesInToken, QStringList{u"read:invoices"_s});
}

void TestLoginFlowPeer::getsAnOpaqueTokenWithScopes()
{
    LoginRequest login = request(u"post"_s);
    login.resource = m_peer["opaqueResource"_L1].toString();
    login.scopes = {u"read:invoices"_s, u"write:invoices"_s};
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QCOMPARE(outcome->accessToken->kind, TokenKind::Opaque);
    QVERIFY(outcome->scopesInToken.isEmpty());
    QCOMPARE(*outcome->grantedScopes, (QStringList{u"read:invoices"_s, u"write:invoices"_s}));
}

// This provider issues a token without the scope, and says nothing.
void TestLoginFlowPeer::showsThatAnUnknownScopeWasLeftOut()
{
    LoginRequest login = request(u"basic"_s);
    login.resource = m_peer["apiResource"_L1].toString();
    login.scopes = {u"unheard:of"_s};
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QVERIFY(outcome->ok);
    QCOMPARE(outcome->requestedScopes, QStringList{u"unheard:of"_s});
    QVERIFY(outcome->grantedScopes.value_or(QStringList()).isEmpty());
    QVERIFY(outcome->scopesInToken.isEmpty());
}

void TestLoginFlowPeer::readsRefusals_data()
{
    QTest::addColumn<LoginRequest>("login");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("title");
    const QString refused = u"The app's client id or secret was refused"_s;

    LoginRequest login = request(u"basic"_s);
    login.clientSecret = Secret::copyOf("wrong");
    QTest::newRow("wrong secret") << login << u"invalid_client"_s << refused;
    login = request(u"odd"_s);
    login.clientSecret = Secret::copyOf("a b %41&=:/?");
    QTest::newRow("wrong odd secret") << login << u"invalid_client"_s << refused;
    login = password(u"basic"_s);
    login.auth = ClientAuth::None;
    QTest::newRow("wrong method") << login << u"invalid_client"_s << refused;
    login = request(u"basic"_s);
    login.clientId = u"nobody"_s;
    QTest::newRow("unknown client") << login << u"invalid_client"_s << refused;
    login = request(u"basic"_s);
    login.resource = m_peer["apiResource"_L1].toString();
    login.scopes = {u"admin:all"_s};
    QTest::newRow("refused scope") << login << u"invalid_scope"_s << u"A requested scope was refused"_s;
    login.resource = u"https://api.example.com/other"_s;
    QTest::newRow("unknown resource") << login << u"invalid_target"_s << u"The resource was refused"_s;
    QTest::newRow("grant not allowed")
        << request(u"passwordOnly"_s) << u"invalid_request"_s << u"This app may not use this kind of login"_s;
    login = password(u"basic"_s);
    login.password = Secret::copyOf("wrong");
    QTest::newRow("wrong password") << login << u"invalid_request"_s
                                    << u"The user name or the password is wrong"_s;
}

void TestLoginFlowPeer::readsRefusals()
{
    QFETCH(LoginRequest, login);
    QFETCH(QString, error);
    QFETCH(QString, title);
    const Result<LoginOutcome> outcome = run(login);
    QVERIFY_OK(outcome);
    QVERIFY(!outcome->ok);
    QCOMPARE(outcome->error, error);
    QCOMPARE(m_explainer.explain(outcome->httpStatus, outcome->error, outcome->errorDescription).title,
             title);
}

QTEST_GUILESS_MAIN(TestLoginFlowPeer)
#include "tst_loginflow_peer.moc"
