// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QElapsedTimer>
#include <QTcpSocket>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestSandboxFaults : public QObject
{
    Q_OBJECT

private:
    const QString m_servers = u"/api/2/api_authorizations"_s;

    /// Writes without a look at what comes back.
    static std::unique_ptr<QTcpSocket> ask(const SandboxProcess &sandbox, const QByteArray &request)
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(sandbox.url().host(), static_cast<quint16>(sandbox.url().port()));
        if (!socket->waitForConnected(10'000) || socket->write(request) != request.size() ||
            !socket->waitForBytesWritten(10'000))
            return {};
        return socket;
    }

private slots:
    void answersLater()
    {
        SandboxProcess sandbox({u"--fault"_s, u"delay=150"_s, u"--fault"_s, u"delay=150,method=GET"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const QByteArray token = http.tokenOf(u"grants-admin");
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(http.get(m_servers, token).status, 200);
        QVERIFY(timer.elapsed() >= 300);
    }

    void answersOthersMeanwhile()
    {
        SandboxProcess sandbox({u"--fault"_s, u"delay=3600000,path=/api/2/apps"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        const auto waiting = ask(sandbox, "GET /api/2/apps HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(waiting);
        PlainHttp http(sandbox);
        QCOMPARE(http.get(m_servers, http.tokenOf(u"grants-admin")).status, 200);
        QCOMPARE(waiting->bytesAvailable(), 0);
        QCOMPARE(sandbox.stop(), 0);
    }

    void survivesClientsThatLeaveBeforeTheAnswer()
    {
        SandboxProcess sandbox(
            {u"--fault"_s, u"delay=200,path=/api/2/apps"_s, u"--fault"_s, u"silence,path=/api/2/users"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        for (const QByteArray path : {"/api/2/apps", "/api/2/users"}) {
            const auto leaving = ask(sandbox, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            QVERIFY(leaving);
            leaving->abort();
        }
        QTest::qWait(400);
        PlainHttp http(sandbox);
        QCOMPARE(http.get(m_servers, http.tokenOf(u"grants-admin")).status, 200);
        QCOMPARE(sandbox.stop(), 0);
    }

    void answersWithAnErrorAsOftenAsTold()
    {
        SandboxProcess sandbox({u"--fault"_s, u"status=503,path=/api/2/api_auth,times=2"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const QByteArray token = http.tokenOf(u"grants-admin");
        const Answer first = http.get(m_servers, token);
        QCOMPARE(first.status, 503);
        QCOMPARE(first.json().value("name"_L1).toString(), u"InternalServerError"_s);
        QCOMPARE(http.get(m_servers, token).status, 503);
        QCOMPARE(http.get(m_servers, token).status, 200);
    }

    void speaksTheDialectOfWhatWasAsked()
    {
        SandboxProcess sandbox({u"--fault"_s, u"status=500"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const Answer oidc = http.send("GET", u"/oidc/2/certs"_s);
        QCOMPARE(oidc.status, 500);
        QCOMPARE(oidc.json().value("error"_L1).toString(), u"server_error"_s);
        const Answer token = http.send("POST", u"/auth/oauth2/v2/token"_s);
        QCOMPARE(token.json().value("status"_L1).toObject().value("code"_L1).toInt(), 500);
    }

    void sendsAWebPage()
    {
        SandboxProcess sandbox({u"--fault"_s, u"html,method=get"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const Answer answer = http.get(m_servers, http.tokenOf(u"grants-admin"));
        QCOMPARE(answer.status, 502);
        QVERIFY(answer.headers.value("content-type").startsWith("text/html"));
    }

    // What is asked for is done all the same.
    void cutsItsAnswer()
    {
        SandboxProcess sandbox(
            {u"--fault"_s, u"cut,method=DELETE"_s, u"--fault"_s, u"cut,method=GET,path=/api/2/apps"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const QByteArray token = http.tokenOf(u"grants-admin");
        const QByteArray cut = http.get(u"/api/2/apps"_s, token).body;
        QVERIFY(cut.startsWith("[{") && !cut.endsWith(']'));
        const qsizetype before = http.get(m_servers, token).list().size();
        const QString first = u"%1/%2"_s.arg(m_servers).arg(sandbox.server(u"Reports API").id);
        http.send("DELETE", first, {{"Authorization", "bearer " + token}});
        QCOMPARE(http.get(m_servers, token).list().size(), before - 1);
    }

    void saysNothing()
    {
        SandboxProcess sandbox({u"--fault"_s, u"silence,method=DELETE,times=1"_s});
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        PlainHttp http(sandbox);
        const QByteArray token = http.tokenOf(u"grants-admin");
        const qsizetype before = http.get(m_servers, token).list().size();
        const auto waiting =
            ask(sandbox, "DELETE " + m_servers.toUtf8() + "/" +
                             QByteArray::number(sandbox.server(u"Reports API").id) +
                             " HTTP/1.1\r\nHost: x\r\nAuthorization: bearer " + token + "\r\n\r\n");
        QVERIFY(waiting);
        QTRY_COMPARE(http.get(m_servers, token).list().size(), before - 1);
        QVERIFY(!waiting->waitForReadyRead(200));
        QCOMPARE(waiting->state(), QAbstractSocket::ConnectedState);
    }

    void refusesWhatIsNoFault_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QByteArray>("reason");
        const QByteArray kinds = "a fault begins with delay=MS, status=CODE, html, cut or silence, not with ";
        const QByteArray conditions = "method=M, path=/START and times=N say when a fault is played, not ";
        QTest::newRow("nothing") << u""_s << kinds + "''";
        QTest::newRow("unknown") << u"slow"_s << kinds + "'slow'";
        QTest::newRow("delay without number")
            << u"delay"_s << QByteArray("delay: a number from 0 to 3600000");
        QTest::newRow("negative delay") << u"delay=-1"_s << QByteArray("delay: a number from 0 to 3600000");
        QTest::newRow("no error") << u"status=200"_s << QByteArray("status: a number from 400 to 599");
        QTest::newRow("value for none") << u"cut=3"_s << QByteArray("cut takes no value");
        QTest::newRow("never") << u"cut,times=0"_s << QByteArray("times: a number from 1 is needed");
        QTest::newRow("relative path") << u"cut,path=api"_s << conditions + "'path'";
        QTest::newRow("unknown condition") << u"cut,host=x"_s << conditions + "'host'";
    }

    void refusesWhatIsNoFault()
    {
        QFETCH(QString, fault);
        QFETCH(QByteArray, reason);
        QProcess process;
        process.start(SandboxProcess::program(), {u"--fault"_s, fault});
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 2);
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.contains("--fault " + fault.toUtf8() + ": " + reason), errors.constData());
    }
};

QTEST_GUILESS_MAIN(TestSandboxFaults)
#include "tst_sandboxfaults.moc"
