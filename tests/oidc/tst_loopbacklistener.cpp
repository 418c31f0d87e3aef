// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loopbacklistener.h"

#include "support/qtest_result.h"

#include <QNetworkInterface>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr char kState[] = "state-of-this-login";

} // namespace

class TestLoopbackListener : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesTheAnswer();
    void takesARefusal();
    void decodesTheQuery();
    void readsARequestInPieces();
    void showsAPageThatKeepsToItself();
    void turnsAwayWhatIsNotTheAnswer_data();
    void turnsAwayWhatIsNotTheAnswer();
    void takesOneAnswerOnly();
    void cutsOffTheSlow();
    void isNotBlockedByManyConnections();
    void listensOnTheLoopbackAddressOnly();
    void namesAPortInUse();
    void mayBeDestroyedByWhoGetsTheAnswer();

private:
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_port); }
    QByteArray get(const QByteArray &target) const
    {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nAccept: text/html\r\n\r\n";
    }
    /// All that came back until the connection was closed.
    QByteArray send(const QByteArray &request)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        socket.write(request);
        if (!QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; },
                             20'000))
            return "not closed";
        return socket.readAll();
    }
    AuthorizationAnswer answer() { return m_spy->at(0).at(0).value<AuthorizationAnswer>(); }
    static QByteArray page(const QByteArray &code) { return "/callback?code=" + code + "&state=" + kState; }

    std::unique_ptr<LoopbackListener> m_listener;
    std::unique_ptr<QSignalSpy> m_spy;
    quint16 m_port = 0;
};

void TestLoopbackListener::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_listener = std::make_unique<LoopbackListener>(Secret::copyOf(kState));
    m_spy = std::make_unique<QSignalSpy>(m_listener.get(), &LoopbackListener::answered);
    const Result<quint16> port = m_listener->listen(0);
    QVERIFY_OK(port);
    m_port = *port;
}

void TestLoopbackListener::takesTheAnswer()
{
    const QByteArray reply =
        send(get(page("c-1") + "&iss=https%3A%2F%2Facme.example%2Foidc%2F2&session_state=x"));
    QVERIFY2(reply.startsWith("HTTP/1.1 200 "), reply.constData());
    QCOMPARE(m_spy->size(), 1);
    QCOMPARE(answer().code.revealed(), u"c-1"_s);
    QCOMPARE(answer().issuer, u"https://acme.example/oidc/2"_s);
    QVERIFY(answer().error.isEmpty());
    QVERIFY(!m_listener->isListening());
    QCOMPARE(m_listener->turnedAway(), 0);
}

void TestLoopbackListener::takesARefusal()
{
    send(get("/callback?error=access_denied&error_description=Not%20you&state=" + QByteArray(kState)));
    QCOMPARE(m_spy->size(), 1);
    QCOMPARE(answer().error, u"access_denied"_s);
    QCOMPARE(answer().errorDescription, u"Not you"_s);
    QVERIFY(answer().code.isEmpty());
    QVERIFY(!answer().issuer);
}

void TestLoopbackListener::decodesTheQuery()
{
    send(get(page("a%2Bb+c%25%C3%A4%3D==")));
    QCOMPARE(m_spy->size(), 1);
    QCOMPARE(answer().code.revealed(), u"a+b c%ä==="_s);
}

void TestLoopbackListener::readsARequestInPieces()
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    for (const char byte : get(page("c-1"))) {
        socket.write(&byte, 1);
        socket.flush();
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_spy->size(), 1);
    QCOMPARE(answer().code.revealed(), u"c-1"_s);
}

void TestLoopbackListener::showsAPageThatKeepsToItself()
{
    const QByteArray reply = send(get(page("the-code")));
    const QByteArray head = reply.left(reply.indexOf("\r\n\r\n")).toLower();
    for (const char *header :
         {"cache-control: no-store", "referrer-policy: no-referrer",
          "content-security-policy: default-src 'none'", "x-content-type-options: nosniff",
          "connection: close", "content-type: text/html; charset=utf-8"})
        QVERIFY2(head.contains(header), header);
    QVERIFY(reply.contains("Return to Latchkey"));
    QVERIFY(!reply.contains("the-code"));
    QVERIFY(!reply.contains(kState));
    QVERIFY(!reply.contains("<script"));
}

void TestLoopbackListener::turnsAwayWhatIsNotTheAnswer_data()
{
    QTest::addColumn<QByteArray>("request"); // HOST stands for the right one
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("counted");
    const QByteArray headers = " HTTP/1.1\r\nHost: HOST\r\n\r\n";
    const QByteArray good = "/callback?code=c&state=" + QByteArray(kState);
    const auto row = [](const char *name, const QByteArray &request, int status, int counted = 0) {
        QTest::newRow(name) << request << status << counted;
    };
    row("favicon", "GET /favicon.ico" + headers, 404);
    row("root", "GET /" + headers, 404);
    row("longer path", "GET /callback/" + good.sliced(9) + headers, 404);
    row("path with a dot", "GET /./callback" + good.sliced(9) + headers, 404);
    row("other case", "GET /Callback" + good.sliced(9) + headers, 404);
    row("absolute form", "GET http://HOST" + good + headers, 404);
    row("no query", "GET /callback" + headers, 400, 1);
    row("no state", "GET /callback?code=c" + headers, 400, 1);
    row("empty state", "GET /callback?code=c&state=" + headers, 400, 1);
    row("wrong state", "GET /callback?code=c&state=other" + headers, 400, 1);
    row("state cut short", "GET " + good.chopped(1) + headers, 400, 1);
    row("longer state", "GET " + good + "x" + headers, 400, 1);
    row("state twice", "GET " + good + "&state=" + kState + headers, 400, 1);
    row("code twice", "GET " + good + "&code=d" + headers, 400, 1);
    row("state in the fragment", "GET /callback#" + good.sliced(10) + headers, 404);
    row("POST", "POST " + good + headers, 405);
    row("HEAD", "HEAD " + good + headers, 405);
    row("OPTIONS", "OPTIONS " + good + headers, 405);
    row("no Host", "GET " + good + " HTTP/1.1\r\n\r\n", 400);
    row("another Host", "GET " + good + " HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400);
    row("localhost", "GET " + good + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("Host twice", "GET " + good + " HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n", 400);
    row("no version", "GET " + good + "\r\nHost: HOST\r\n\r\n", 400);
    row("another protocol", "GET " + good + " SPDY/3\r\nHost: HOST\r\n\r\n", 400);
    row("garbage", "\x16\x03\x01\x02\r\n\r\n", 400);
    row("nothing", "\r\n\r\n", 400);
    row("too large", "GET " + good + " HTTP/1.1\r\nHost: HOST\r\nCookie: " + QByteArray(70'000, 'x'), 431);
}

void TestLoopbackListener::turnsAwayWhatIsNotTheAnswer()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(int, counted);
    const QByteArray reply = send(request.replace("HOST", host()));
    QVERIFY2(reply.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '), reply.left(80).constData());
    QVERIFY(reply.contains("Content-Security-Policy"));
    QCOMPARE(m_spy->size(), 0);
    QVERIFY(m_listener->isListening());
    QCOMPARE(m_listener->turnedAway(), counted);
    QVERIFY(send(get(page("c-1"))).startsWith("HTTP/1.1 200 "));
    QCOMPARE(m_spy->size(), 1);
}

void TestLoopbackListener::takesOneAnswerOnly()
{
    QTcpSocket first;
    QTcpSocket second;
    for (QTcpSocket *socket : {&first, &second}) {
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    }
    first.write(get(page("first")));
    QTRY_COMPARE(first.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(first.readAll().startsWith("HTTP/1.1 200 "));
    QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_spy->size(), 1);
    QCOMPARE(answer().code.revealed(), u"first"_s);
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, m_port);
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

void TestLoopbackListener::cutsOffTheSlow()
{
    m_listener->setPatience(std::chrono::milliseconds(50));
    QVERIFY(send("GET /callback?code=c&state=").isEmpty());
    QVERIFY(send({}).isEmpty());
    QVERIFY(m_listener->isListening());
    m_listener->setPatience(std::chrono::seconds(20));
    QVERIFY(send(get(page("c-1"))).startsWith("HTTP/1.1 200 "));
}

void TestLoopbackListener::isNotBlockedByManyConnections()
{
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int i = 0; i < 64; ++i) {
        idle.push_back(std::make_unique<QTcpSocket>());
        idle.back()->connectToHost(QHostAddress::LocalHost, m_port);
    }
    QTRY_COMPARE(idle.front()->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(send(get(page("c-1"))).startsWith("HTTP/1.1 200 "));
}

void TestLoopbackListener::listensOnTheLoopbackAddressOnly()
{
    const QList<QHostAddress> all = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : all) {
        if (address == QHostAddress(QHostAddress::LocalHost))
            continue;
        QTcpSocket socket;
        socket.connectToHost(address, m_port);
        QVERIFY2(QTest::qWaitFor([&socket] { return socket.error() != QAbstractSocket::UnknownSocketError; }),
                 qPrintable(address.toString()));
    }
    QVERIFY(m_listener->isListening());
}

void TestLoopbackListener::namesAPortInUse()
{
    LoopbackListener other(Secret::copyOf("x"));
    const Result<quint16> port = other.listen(m_port);
    QVERIFY(!port);
    QCOMPARE(port.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(port.error().reason, u"port_in_use"_s);
    QVERIFY(port.error().message.contains(QString::number(m_port)));
}

void TestLoopbackListener::mayBeDestroyedByWhoGetsTheAnswer()
{
    connect(m_listener.get(), &LoopbackListener::answered, this, [this] { m_listener.reset(); });
    const QByteArray reply = send(get(page("c-1")));
    QVERIFY(reply.endsWith("</html>\n"));
    QTRY_VERIFY(!m_listener);
}

QTEST_GUILESS_MAIN(TestLoopbackListener)
#include "tst_loopbacklistener.moc"
