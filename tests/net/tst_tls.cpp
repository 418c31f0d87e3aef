// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/certificatenames.h"
#include "net/httpclient.h"
#include "support/faultserver.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// A self-signed certificate and its key, made by the openssl program.
struct Identity
{
    QString path{};
    QSslCertificate certificate{};
    QSslKey key{};
};

Identity makeIdentity(const QTemporaryDir &folder, const QString &name, const QStringList &extra)
{
    Identity identity;
    identity.path = folder.filePath(name + u".pem"_s);
    const QString keyPath = folder.filePath(name + u".key"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s, QStringList{u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s,
                                            u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s, u"-keyout"_s,
                                            keyPath, u"-out"_s, identity.path} +
                                    extra);
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        return identity;
    identity.certificate = QSslCertificate::fromPath(identity.path).value(0);
    QFile keyFile(keyPath);
    if (keyFile.open(QIODevice::ReadOnly))
        identity.key = QSslKey(&keyFile, QSsl::Rsa);
    return identity;
}

} // namespace

class TlsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void acceptsACertificateThatNamesTheHost();
    void aBrokenWriteArrivesOnceOverTlsToo();
    void refusesAnUnknownAuthority();
    void refusesACommonNameWithoutSendingAnything();
    void refusesAFileWithoutCertificates();
    void matchesNamesByLabel_data();
    void matchesNamesByLabel();

private:
    QTemporaryDir m_folder;
    Identity m_good;
    Identity m_commonName;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
};

void TlsTest::initTestCase()
{
    m_good = makeIdentity(
        m_folder, u"good"_s,
        {u"-addext"_s, u"subjectAltName=DNS:localhost,DNS:*.acme.example,IP:127.0.0.1,IP:::1"_s});
    m_commonName = makeIdentity(m_folder, u"cn"_s, {});
    QVERIFY(!m_good.key.isNull());
    QVERIFY(!m_commonName.key.isNull());
}

void TlsTest::acceptsACertificateThatNamesTheHost()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, "{}"); }, m_good.certificate,
                       m_good.key);
    HttpClient client(m_network, m_clock);
    QVERIFY_OK(client.addCaFile(m_good.path));
    const auto result = waitFor<HttpResponse>([&](auto k) { client.send({.url = server.url()}, k); });
    QVERIFY_OK(result);
    QCOMPARE(result->status, 200);
}

void TlsTest::aBrokenWriteArrivesOnceOverTlsToo()
{
    FaultServer server([](const Arrival &) { return FaultReply{.then = FaultReply::Then::Close}; },
                       m_good.certificate, m_good.key);
    HttpClient client(m_network, m_clock);
    QVERIFY_OK(client.addCaFile(m_good.path));
    for (const HttpMethod method : {HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete}) {
        const qsizetype before = server.arrivals();
        const auto result = waitFor<HttpResponse>([&](auto k) {
            client.send({.method = method, .url = server.url(), .body = Secret::fromText(u"{}"_s)}, k);
        });
        QVERIFY(!result);
        QCOMPARE(kindName(result.error().kind), u"outcome_unknown"_s);
        QCOMPARE(server.arrivals(), before + 1);
    }
    const qsizetype before = server.arrivals();
    QVERIFY(!waitFor<HttpResponse>([&](auto k) { client.send({.url = server.url()}, k); }));
    QCOMPARE(server.arrivals(), before + 3);
}

void TlsTest::refusesAnUnknownAuthority()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, "{}"); }, m_good.certificate,
                       m_good.key);
    HttpClient client(m_network, m_clock);
    for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post}) {
        const auto result =
            waitFor<HttpResponse>([&](auto k) { client.send({.method = method, .url = server.url()}, k); });
        QVERIFY(!result);
        QCOMPARE(kindName(result.error().kind), u"tls"_s);
        QVERIFY2(result.error().message.contains("self"_L1), describe(result.error()).constData());
        QCOMPARE(result.error().reason, u"certificate_self_signed"_s);
    }
    QCOMPARE(server.arrivals(), 0);
}

void TlsTest::refusesACommonNameWithoutSendingAnything()
{
    FaultServer server([](const Arrival &) { return FaultServer::answer(200, "{}"); },
                       m_commonName.certificate, m_commonName.key);
    HttpClient client(m_network, m_clock);
    QVERIFY_OK(client.addCaFile(m_commonName.path));
    for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post, HttpMethod::Get}) {
        const auto result =
            waitFor<HttpResponse>([&](auto k) { client.send({.method = method, .url = server.url()}, k); });
        QVERIFY(!result);
        QCOMPARE(kindName(result.error().kind), u"tls"_s);
        QVERIFY(result.error().message.contains("does not name localhost"_L1));
        QCOMPARE(result.error().reason, u"certificate_other_host"_s);
    }
    QCOMPARE(server.arrivals(), 0);
}

void TlsTest::refusesAFileWithoutCertificates()
{
    HttpClient client(m_network, m_clock);
    const QString path = m_folder.filePath(u"empty.pem"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(kindName(client.addCaFile(path).error().kind), u"invalid_input"_s);
    QCOMPARE(kindName(client.addCaFile(path + u".none"_s).error().kind), u"invalid_input"_s);
}

void TlsTest::matchesNamesByLabel_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("matches");
    QTest::newRow("exact") << u"localhost"_s << true;
    QTest::newRow("case") << u"LocalHost"_s << true;
    QTest::newRow("one label") << u"tenant.acme.example"_s << true;
    QTest::newRow("two labels") << u"a.tenant.acme.example"_s << false;
    QTest::newRow("no label") << u"acme.example"_s << false;
    QTest::newRow("address") << u"127.0.0.1"_s << true;
    QTest::newRow("other address") << u"127.0.0.2"_s << false;
    QTest::newRow("IPv6") << u"::1"_s << true;
    QTest::newRow("other host") << u"acme.example.com"_s << false;
}

void TlsTest::matchesNamesByLabel()
{
    QFETCH(QString, host);
    QTEST(certificateNames(m_good.certificate, host), "matches");
    QVERIFY(!certificateNames(m_commonName.certificate, host));
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
