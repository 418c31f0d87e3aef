// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QDateTime>
#include <QHostAddress>
#include <QLocale>
#include <QNetworkInterface>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestSandboxProgram : public QObject
{
    Q_OBJECT

private:
    struct Run
    {
        int exitCode = -1;
        QByteArray output{};
        QByteArray errors{};
    };

    static Run run(const QStringList &arguments)
    {
        QProcess process;
        process.start(SandboxProcess::program(), arguments);
        if (!process.waitForFinished(30000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    // The line is longer than a pipe hands over at once.
    static QUrl printedUrl(QProcess &process)
    {
        while (!process.canReadLine() && process.waitForReadyRead(30000)) {
        }
        return QUrl(QJsonDocument::fromJson(process.readLine()).object().value("url"_L1).toString());
    }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void printsOneLineThatSaysHowToGetIn()
    {
        SandboxProcess sandbox;
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        const QJsonObject line = sandbox.line();
        QCOMPARE(line.keys(),
                 QStringList({u"apps"_s, u"credentials"_s, u"issuer"_s, u"servers"_s, u"url"_s, u"users"_s}));
        QCOMPARE(sandbox.url().host(), u"127.0.0.1"_s);
        QCOMPARE(sandbox.issuer().toString(), sandbox.url().toString() + "/oidc/2"_L1);
        QVERIFY(line.value("apps"_L1).toArray().size() >= 40);
        QCOMPARE(line.value("servers"_L1).toArray().size(), 5);

        const auto pair = sandbox.credential(u"grants-admin");
        QCOMPARE(pair.scopeLevel, u"Manage All"_s);
        QCOMPARE(pair.state, u"enabled"_s);
        QVERIFY(QRegularExpression(u"^[0-9a-f]{64}$"_s).match(pair.clientId).hasMatch());
        QCOMPARE(sandbox.credential(u"hr-import").state, u"disabled"_s);
        QCOMPARE(sandbox.credential(u"legacy-migration").state, u"owner_deleted"_s);
        QCOMPARE(sandbox.user(u"jdoe.test").state, u"mfa"_s);
        QCOMPARE(sandbox.app(u"billing-service").auth, u"basic"_s);
        QCOMPARE(sandbox.app(u"invoice-worker").auth, u"post"_s);
        QCOMPARE(sandbox.app(u"mobile-app").auth, u"none"_s);
        QVERIFY(sandbox.app(u"mobile-app").clientSecret.isEmpty());
        QCOMPARE(sandbox.server(u"Contacts API").resourceIdentifier, u"https://api.example.com/contacts"_s);
        QCOMPARE(sandbox.stop(), 0);
    }

    void servesHttpsWithTheCertificateItPrints()
    {
        SandboxProcess sandbox({u"--tls"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        QCOMPARE(sandbox.url().scheme(), u"https"_s);
        QCOMPARE(sandbox.issuer().toString(), sandbox.url().toString() + "/oidc/2"_L1);
        QVERIFY(!sandbox.certificate().contains("PRIVATE"));

        for (const bool isTrusted : {false, true}) {
            QNetworkAccessManager network;
            QNetworkRequest request(QUrl(sandbox.url().toString() + "/.well-known/nothing"_L1));
            QSslConfiguration tls = request.sslConfiguration();
            if (isTrusted)
                tls.addCaCertificates(QSslCertificate::fromData(sandbox.certificate()));
            request.setSslConfiguration(tls);
            const std::unique_ptr<QNetworkReply> reply(network.get(request));
            QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 30000);
            QCOMPARE(reply->error(), isTrusted ? QNetworkReply::ContentNotFoundError
                                               : QNetworkReply::SslHandshakeFailedError);
        }
        SandboxProcess other({u"--tls"_s});
        QVERIFY2(other.start(), qPrintable(other.problem()));
        QVERIFY(other.certificate() != sandbox.certificate());
        QCOMPARE(sandbox.stop(), 0);
    }

    void handshakesThatNeverEndHinderNobody()
    {
        SandboxProcess sandbox({u"--tls"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        std::vector<std::unique_ptr<QTcpSocket>> silent;
        for (int i = 0; i < 60; ++i) {
            silent.push_back(std::make_unique<QTcpSocket>());
            silent.back()->connectToHost(QHostAddress::LocalHost, static_cast<quint16>(sandbox.url().port()));
            QVERIFY(silent.back()->waitForConnected());
        }
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, static_cast<quint16>(sandbox.url().port()));
        QVERIFY2(socket.waitForEncrypted(), qPrintable(socket.errorString()));
    }

    void listsAtMostFiftyOfEach()
    {
        SandboxProcess sandbox({u"--apps"_s, u"60"_s, u"--servers"_s, u"60"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        QCOMPARE(sandbox.line().value("apps"_L1).toArray().size(), 50);
        QCOMPARE(sandbox.line().value("servers"_L1).toArray().size(), 50);
    }

    void isTheSameAgainWithASeedNumberAndAnotherWithout()
    {
        const auto records = [](const QStringList &arguments) {
            SandboxProcess sandbox(arguments);
            return sandbox.start() ? sandbox.line().value("credentials"_L1).toArray() : QJsonArray();
        };
        const QJsonArray seeded = records({u"--seed-number"_s, u"7"_s});
        QVERIFY(!seeded.isEmpty());
        QCOMPARE(records({u"--seed-number"_s, u"7"_s}), seeded);
        QVERIFY(records({u"--seed-number"_s, u"8"_s}) != seeded);
        QVERIFY(records({}) != records({}));
    }

    void endsCleanlyOnATerminationSignal()
    {
        QProcess process;
        process.start(SandboxProcess::program(), {u"--port"_s, u"0"_s, u"--quiet"_s});
        QVERIFY(process.waitForReadyRead(30000));
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGTERM), 0);
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void outlivesItsInputUnlessToldOtherwise()
    {
        QProcess process;
        process.start(SandboxProcess::program(), {u"--port"_s, u"0"_s, u"--quiet"_s});
        const QUrl url = printedUrl(process);
        process.closeWriteChannel();
        QTcpSocket socket;
        for (int i = 0; i < 3; ++i) {
            socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
            QVERIFY(socket.waitForConnected(10000));
            socket.abort();
        }
        QCOMPARE(process.state(), QProcess::Running);
        process.terminate();
        QVERIFY(process.waitForFinished(30000));
    }

    void listensOnTheLoopbackAddressAlone()
    {
        SandboxProcess sandbox;
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        const auto port = static_cast<quint16>(sandbox.url().port());
        QList<QHostAddress> elsewhere{QHostAddress(u"127.0.0.2"_s)};
        for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
            if (!address.isLoopback() && address.protocol() == QAbstractSocket::IPv4Protocol)
                elsewhere.append(address);
        }
        for (const QHostAddress &address : elsewhere) {
            QTcpSocket socket;
            socket.connectToHost(address, port);
            QVERIFY2(!socket.waitForConnected(2000), qPrintable(address.toString()));
        }
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        QVERIFY(socket.waitForConnected(10000));
    }

    void saysThatThePortIsInUse()
    {
        QTcpServer occupant;
        QVERIFY(occupant.listen(QHostAddress::LocalHost));
        const Run result = run({u"--port"_s, QString::number(occupant.serverPort())});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.output, QByteArray());
        QCOMPARE(result.errors,
                 "latchkey-sandbox: cannot listen on 127.0.0.1:" + QByteArray::number(occupant.serverPort()) +
                     ": The bound address is already in use\n");
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown option") << QStringList{u"--tsl"_s};
        QTest::newRow("stray argument") << QStringList{u"serve"_s};
        QTest::newRow("no number") << QStringList{u"--port"_s, u"http"_s};
        QTest::newRow("number too large") << QStringList{u"--port"_s, u"65536"_s};
        QTest::newRow("negative number") << QStringList{u"--apps"_s, u"-1"_s};
        QTest::newRow("value missing") << QStringList{u"--port"_s};
    }

    void refusesWhatItDoesNotKnow()
    {
        QFETCH(QStringList, arguments);
        const Run result = run(arguments);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.output, QByteArray());
        QVERIFY(result.errors.startsWith("latchkey-sandbox: "));
        QVERIFY(result.errors.endsWith("Try 'latchkey-sandbox --help' for more information.\n"));
    }

    void tellsItsHelpAndVersion()
    {
        const Run help = run({u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.output.contains("--clock-offset"));
        const Run version = run({u"--version"_s});
        QCOMPARE(version.exitCode, 0);
        QCOMPARE(version.output, QByteArray("latchkey-sandbox " LATCHKEY_VERSION "\n"));
    }

    void logsRequestsWithoutTheirQueryUnlessQuiet()
    {
        QProcess process;
        process.start(SandboxProcess::program(), {u"--port"_s, u"0"_s});
        const QUrl url = printedUrl(process);
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected(10000));
        socket.write("GET /api/2/apps?name=secret HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(socket.waitForReadyRead(30000));
        process.terminate();
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.readAllStandardError(), QByteArray("GET /api/2/apps 401\n"));
    }

    void putsItsClockForward()
    {
        SandboxProcess sandbox({u"--clock-offset"_s, u"7200"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const Answer answer = http.requestToken(sandbox.credential(u"grants-admin"));
        const auto createdAt =
            QDateTime::fromString(answer.json().value("created_at"_L1).toString(), Qt::ISODateWithMs);
        const qint64 ahead = QDateTime::currentDateTimeUtc().secsTo(createdAt);
        QVERIFY2(ahead > 7100 && ahead <= 7200, qPrintable(QString::number(ahead)));
        QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(answer.headers.value("date")),
                                                 u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        date.setTimeSpec(Qt::UTC);
        QVERIFY(qAbs(date.secsTo(createdAt)) <= 1);
    }

    void isStrictWhenTold()
    {
        SandboxProcess sandbox({u"--strict"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const QString servers = u"/api/2/api_authorizations"_s;
        QCOMPARE(http.get(servers, http.tokenOf(u"ci-pipeline")).status, 401);
        const QByteArray token = http.tokenOf(u"grants-admin");
        QCOMPARE(http.get(servers, token).status, 200);
        const Answer answer =
            http.write("POST", u"%1/%2/clients"_s.arg(servers).arg(sandbox.server(u"Reports API").id), token,
                       {{u"app_id"_s, sandbox.app(u"portal-web").id}, {u"scopes"_s, QJsonArray()}});
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json().value("message"_L1).toString(), u"Validation failed: Scopes can't be blank"_s);
    }

    void refusesCallsBeyondTheLimit()
    {
        SandboxProcess sandbox({u"--rate-limit"_s, u"2"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const QByteArray token = http.tokenOf(u"grants-admin");
        QCOMPARE(http.get(u"/api/2/apps?limit=1"_s, token).status, 200);
        QCOMPARE(http.get(u"/api/2/apps?limit=1"_s, token).status, 200);
        QCOMPARE(http.get(u"/api/2/apps?limit=1"_s, token).status, 429);
        const Answer limit = http.send("GET", u"/auth/rate_limit"_s, {{"Authorization", "bearer:" + token}});
        QCOMPARE(limit.json().value("data"_L1).toObject().value("X-RateLimit-Remaining"_L1).toInt(-1), 0);
    }
};

QTEST_GUILESS_MAIN(TestSandboxProgram)
#include "tst_sandboxprogram.moc"
