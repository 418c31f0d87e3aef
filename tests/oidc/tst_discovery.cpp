// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/discovery.h"

#include "core/clock.h"
#include "net/httpclient.h"
#include "oidc/scriptedserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {
constexpr char kPath[] = "/oidc/2/.well-known/openid-configuration";
}

class TestDiscovery : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void readsEveryEndpoint();
    void bearsWithMissingOptionalEndpoints();
    void dropsASlashBeforeThePath();
    void refusesIssuers_data();
    void refusesIssuers();
    void refusesDocuments_data();
    void refusesDocuments();
    void refusesAWebPage();
    void refusesEveryPrefixOfTheDocument();

private:
    QJsonObject document(const QString &issuerPath = u"/oidc/2"_s) const
    {
        return {{u"issuer"_s, m_server.url(issuerPath).toString()},
                {u"token_endpoint"_s, m_server.url(u"/oidc/2/token"_s).toString()},
                {u"jwks_uri"_s, m_server.url(u"/oidc/2/certs"_s).toString()},
                {u"scopes_supported"_s, QJsonArray{u"openid"_s, u"profile"_s}}};
    }
    Result<ProviderMetadata> read(const QUrl &issuer)
    {
        return waitFor<ProviderMetadata>([&](auto k) { discover(m_http, issuer, k); });
    }
    Result<ProviderMetadata> read(const QJsonObject &document)
    {
        m_server.answer(kPath, {.body = QJsonDocument(document).toJson()});
        return read(m_server.url(u"/oidc/2"_s));
    }

    ScriptedServer m_server;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http{m_network, m_clock};
};

void TestDiscovery::readsEveryEndpoint()
{
    QJsonObject full = document();
    full.insert(u"authorization_endpoint"_s, m_server.url(u"/oidc/2/auth"_s).toString());
    full.insert(u"userinfo_endpoint"_s, m_server.url(u"/oidc/2/me"_s).toString());
    full.insert(u"introspection_endpoint"_s, m_server.url(u"/oidc/2/token/introspection"_s).toString());
    full.insert(u"revocation_endpoint"_s, m_server.url(u"/oidc/2/token/revocation"_s).toString());
    full.insert(u"end_session_endpoint"_s, m_server.url(u"/oidc/2/logout"_s).toString());
    const Result<ProviderMetadata> provider = read(full);
    QVERIFY_OK(provider);
    QCOMPARE(provider->tokenEndpoint, m_server.url(u"/oidc/2/token"_s));
    QCOMPARE(provider->authorizationEndpoint, m_server.url(u"/oidc/2/auth"_s));
    QCOMPARE(provider->userinfoEndpoint, m_server.url(u"/oidc/2/me"_s));
    QCOMPARE(provider->introspectionEndpoint, m_server.url(u"/oidc/2/token/introspection"_s));
    QCOMPARE(provider->revocationEndpoint, m_server.url(u"/oidc/2/token/revocation"_s));
    QCOMPARE(provider->endSessionEndpoint, m_server.url(u"/oidc/2/logout"_s));
    QCOMPARE(provider->jwksUri, m_server.url(u"/oidc/2/certs"_s));
    QCOMPARE(provider->scopesSupported, (QStringList{u"openid"_s, u"profile"_s}));
}

void TestDiscovery::bearsWithMissingOptionalEndpoints()
{
    const Result<ProviderMetadata> provider = read(document());
    QVERIFY_OK(provider);
    QVERIFY(provider->userinfoEndpoint.isEmpty());
    QVERIFY(provider->revocationEndpoint.isEmpty());
}

void TestDiscovery::dropsASlashBeforeThePath()
{
    m_server.answer(kPath, {.body = QJsonDocument(document(u"/oidc/2/"_s)).toJson()});
    QVERIFY_OK(read(m_server.url(u"/oidc/2/"_s)));
}

void TestDiscovery::refusesIssuers_data()
{
    QTest::addColumn<QUrl>("issuer");
    QTest::newRow("empty") << QUrl();
    QTest::newRow("http elsewhere") << QUrl(u"http://acme.example.com/oidc/2"_s);
    QTest::newRow("file") << QUrl(u"file:///etc/passwd"_s);
    QTest::newRow("user info") << QUrl(u"https://me:secret@acme.example.com/oidc/2"_s);
    QTest::newRow("query") << QUrl(u"https://acme.example.com/oidc/2?a=b"_s);
    QTest::newRow("fragment") << QUrl(u"https://acme.example.com/oidc/2#a"_s);
}

void TestDiscovery::refusesIssuers()
{
    QFETCH(QUrl, issuer);
    const Result<ProviderMetadata> provider = read(issuer);
    QVERIFY(!provider);
    QCOMPARE(provider.error().kind, ErrorKind::InvalidInput);
}

void TestDiscovery::refusesDocuments_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    const QString here = m_server.url().toString();
    QTest::newRow("issuer with a slash") << u"issuer"_s << QJsonValue(here + "/oidc/2/"_L1);
    QTest::newRow("issuer in capitals") << u"issuer"_s << QJsonValue(here + "/OIDC/2"_L1);
    QTest::newRow("other issuer") << u"issuer"_s << QJsonValue(u"https://acme.example.com/oidc/2"_s);
    QTest::newRow("no issuer") << u"issuer"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("no token endpoint") << u"token_endpoint"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("empty token endpoint") << u"token_endpoint"_s << QJsonValue(QString());
    QTest::newRow("token endpoint of another host")
        << u"token_endpoint"_s << QJsonValue(u"https://example.com/token"_s);
    QTest::newRow("token endpoint of another port")
        << u"token_endpoint"_s << QJsonValue(u"http://127.0.0.1:1/token"_s);
    QTest::newRow("plain http") << u"userinfo_endpoint"_s << QJsonValue(u"http://example.com/me"_s);
    QTest::newRow("relative") << u"jwks_uri"_s << QJsonValue(u"/oidc/2/certs"_s);
    QTest::newRow("a number") << u"revocation_endpoint"_s << QJsonValue(7);
    QTest::newRow("scopes are no list") << u"scopes_supported"_s << QJsonValue(7);
}

void TestDiscovery::refusesDocuments()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject wrong = document();
    wrong.insert(member, value);
    const Result<ProviderMetadata> provider = read(wrong);
    QVERIFY(!provider);
    QCOMPARE(provider.error().kind, ErrorKind::NotUnderstood);
    QVERIFY2(provider.error().detail.startsWith(member), describe(provider.error()).constData());
    const bool isOther = member == "issuer"_L1 && value.isString();
    QCOMPARE(provider.error().reason, isOther ? u"issuer_mismatch"_s : u"discovery_unusable"_s);
}

void TestDiscovery::refusesAWebPage()
{
    for (int status : {200, 404, 502}) {
        m_server.answer(
            kPath, {.status = status, .contentType = "text/html", .body = "<html><h1>Welcome</h1></html>"});
        const Result<ProviderMetadata> provider = read(m_server.url(u"/oidc/2"_s));
        QVERIFY(!provider);
        QVERIFY(isTransport(provider.error().kind) || status == 502);
        QVERIFY(!provider.error().detail.contains(u'<'));
    }
}

void TestDiscovery::refusesEveryPrefixOfTheDocument()
{
    const QByteArray whole = QJsonDocument(document()).toJson(QJsonDocument::Compact);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        m_server.answer(kPath, {.body = whole.first(size)});
        const Result<ProviderMetadata> provider = read(m_server.url(u"/oidc/2"_s));
        QVERIFY(!provider);
        QCOMPARE(provider.error().kind, ErrorKind::NotUnderstood);
    }
}

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
