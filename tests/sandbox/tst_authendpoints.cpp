// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/plainhttp.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kLogin = u"/api/1/login/auth"_s;
const QString kLoginFactor = u"/api/1/login/verify_factor"_s;
const QString kSaml = u"/api/2/saml_assertion"_s;
const QString kSamlFactor = u"/api/2/saml_assertion/verify_factor"_s;

/// What an error of either version says.
QString messageOf(const Answer &answer)
{
    const QJsonObject body = answer.json();
    return body.contains("status"_L1) ? body.value("status"_L1)["message"_L1].toString()
                                      : body.value("message"_L1).toString();
}

QString elementText(const QByteArray &document, QLatin1StringView name)
{
    QXmlStreamReader xml(document);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == name)
            return xml.readElementText();
    }
    return {};
}

} // namespace

class TestAuthEndpoints : public QObject
{
    Q_OBJECT

private:
    SandboxProcess m_sandbox{};
    PlainHttp m_http{m_sandbox};
    QByteArray m_token{};
    qint64 m_samlApp = 0;

    /// The body for either first step.
    QJsonObject loginOf(QStringView username) const
    {
        const auto user = m_sandbox.user(username);
        return {{u"username_or_email"_s, user.username},
                {u"password"_s, user.password},
                {u"subdomain"_s, u"sandbox"_s},
                {u"app_id"_s, m_samlApp}};
    }
    Answer post(const QString &path, const QJsonObject &body)
    {
        return m_http.write("POST", path, m_token, body);
    }
    /// Asks for a session or an assertion of the user with a second factor.
    QJsonObject asked(const QString &path)
    {
        const QJsonObject body = post(path, loginOf(u"jdoe.test")).json();
        return path == kLogin ? body.value("data"_L1)[0].toObject() : body;
    }
    QJsonObject proofFor(const QJsonObject &asked) const
    {
        return {{u"app_id"_s, QString::number(m_samlApp)},
                {u"device_id"_s, QString::number(asked.value("devices"_L1)[0]["device_id"_L1].toInteger())},
                {u"state_token"_s, asked.value("state_token"_L1)},
                {u"otp_token"_s, m_sandbox.user(u"jdoe.test").otp}};
    }

    static void addSteps()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::newRow("session") << kLogin << kLoginFactor;
        QTest::newRow("assertion") << kSaml << kSamlFactor;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
        m_token = m_http.tokenOf(u"helpdesk-portal");
        m_samlApp = m_http.get(u"/api/2/apps?auth_method=2"_s, m_http.tokenOf(u"ci-pipeline"))
                        .list()
                        .at(0)["id"_L1]
                        .toInteger();
        QVERIFY(m_samlApp > 0);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { QCOMPARE(m_sandbox.stop(), 0); }

    void openASessionOfTwoMinutes()
    {
        const Answer answer = post(kLogin, loginOf(u"app.smoke.test"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("status"_L1).toObject(), QJsonObject({{u"error"_s, false},
                                                                           {u"code"_s, 200},
                                                                           {u"type"_s, u"success"_s},
                                                                           {u"message"_s, u"Success"_s}}));
        const QJsonObject data = answer.json().value("data"_L1)[0].toObject();
        QCOMPARE(data.value("status"_L1).toString(), u"Authenticated"_s);
        QVERIFY(data.value("session_token"_L1).toString().size() >= 40);
        QCOMPARE(data.value("user"_L1)["username"_L1].toString(), u"app.smoke.test"_s);
        QDateTime expires =
            QDateTime::fromString(data.value("expires_at"_L1).toString(), u"yyyy/MM/dd hh:mm:ss '+0000'"_s);
        expires.setTimeSpec(Qt::UTC);
        const qint64 left = QDateTime::currentDateTimeUtc().secsTo(expires);
        QVERIFY2(left > 100 && left <= 120, qPrintable(QString::number(left)));
    }

    void knowAUserByItsAddressToo()
    {
        QJsonObject body = loginOf(u"app.smoke.test");
        body.insert(u"username_or_email"_s, u"App.Smoke.Test@example.com"_s);
        QCOMPARE(post(kLogin, body).status, 200);
    }

    void giveASamlResponse()
    {
        const Answer answer = post(kSaml, loginOf(u"app.smoke.test"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("message"_L1).toString(), u"Success"_s);
        const auto document = QByteArray::fromBase64Encoding(
            answer.json().value("data"_L1).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        QVERIFY(document);
        QXmlStreamReader xml(*document);
        QVERIFY(xml.readNextStartElement());
        QCOMPARE(xml.qualifiedName().toString(), u"samlp:Response"_s);
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(elementText(*document, "NameID"_L1), u"app.smoke.test@example.com"_s);
        QCOMPARE(elementText(*document, "Issuer"_L1),
                 u"%1/saml/metadata/%2"_s.arg(m_sandbox.url().toString()).arg(m_samlApp));
    }

    void askForTheSecondFactor_data() { addSteps(); }
    void askForTheSecondFactor()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        const Answer answer = post(first, loginOf(u"jdoe.test"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(messageOf(answer), u"MFA is required for this user"_s);
        const QJsonObject ask =
            first == kLogin ? answer.json().value("data"_L1)[0].toObject() : answer.json();
        QVERIFY(!ask.contains("session_token"_L1));
        QCOMPARE(ask.value("callback_url"_L1).toString(), m_sandbox.url().toString() + second);
        QCOMPARE(ask.value("devices"_L1)[0]["device_type"_L1].toString(), u"Google Authenticator"_s);
        QCOMPARE(ask.value("user"_L1)["username"_L1].toString(), u"jdoe.test"_s);

        const QJsonObject proof = proofFor(ask);
        const Answer verified = post(second, proof);
        QCOMPARE(verified.status, 200);
        const QJsonValue got = verified.json().value("data"_L1);
        QVERIFY(first == kLogin ? got[0]["session_token"_L1].isString() : got.isString());
        // A state token is good for one login.
        QCOMPARE(post(second, proof).status, 401);
    }

    void refuseTheWrongFactor_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("message");
        const QString failed = u"Failed authentication with this factor"_s;
        const QString state = u"The state token is invalid or has expired"_s;
        QTest::newRow("session, one-time password") << kLogin << kLoginFactor << u"otp_token"_s << failed;
        QTest::newRow("session, device") << kLogin << kLoginFactor << u"device_id"_s << failed;
        QTest::newRow("session, state") << kLogin << kLoginFactor << u"state_token"_s << state;
        QTest::newRow("assertion, one-time password") << kSaml << kSamlFactor << u"otp_token"_s << failed;
        QTest::newRow("assertion, state") << kSaml << kSamlFactor << u"state_token"_s << state;
    }

    void refuseTheWrongFactor()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, member);
        QFETCH(QString, message);
        const QJsonObject right = proofFor(asked(first));
        QJsonObject wrong = right;
        wrong.insert(member, u"000000"_s);
        const Answer answer = post(second, wrong);
        QCOMPARE(answer.status, 401);
        QCOMPARE(messageOf(answer), message);
        QCOMPARE(post(second, right).status, 200);
    }

    void keepStateTokensToTheirPurpose()
    {
        QCOMPARE(post(kSamlFactor, proofFor(asked(kLogin))).status, 401);
        QCOMPARE(post(kLoginFactor, proofFor(asked(kSaml))).status, 401);
    }

    void refuseUsersByTheirState_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("samlMessage");
        const auto row = [](const QString &username, const QString &message) {
            QTest::newRow(qPrintable(username)) << username << message << message;
        };
        row(u"locked.user.test"_s, u"User is locked. Access is unauthorized"_s);
        row(u"suspended.user.test"_s, u"User is suspended. Access is unauthorized"_s);
        row(u"expired.pw.test"_s, u"Password expired"_s);
        QTest::newRow("unassigned.user.test")
            << u"unassigned.user.test"_s << QString() << u"Access is unauthorized"_s;
    }

    void refuseUsersByTheirState()
    {
        QFETCH(QString, username);
        QFETCH(QString, message);
        QFETCH(QString, samlMessage);
        const Answer session = post(kLogin, loginOf(username));
        QCOMPARE(session.status, message.isEmpty() ? 200 : 401);
        if (!message.isEmpty())
            QCOMPARE(messageOf(session), message);
        const Answer saml = post(kSaml, loginOf(username));
        QCOMPARE(saml.status, 401);
        QCOMPARE(messageOf(saml), samlMessage);
        QCOMPARE(saml.json().value("name"_L1).toString(), u"UnauthorizedError"_s);
    }

    void refuseWrongCredentials_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<QString>("message");
        const QString wrong = u"Authentication Failed: Invalid user credentials"_s;
        QTest::newRow("wrong password") << u"app.smoke.test"_s << wrong;
        QTest::newRow("unknown user") << u"nobody.test"_s << wrong;
        QTest::newRow("no password") << u"nopassword.user.test"_s << u"Authentication Failed"_s;
        // Not whether the password is right or the user is suspended.
        QTest::newRow("suspended") << u"suspended.user.test"_s << wrong;
    }

    void refuseWrongCredentials()
    {
        QFETCH(QString, username);
        QFETCH(QString, message);
        QJsonObject body = loginOf(u"app.smoke.test");
        body.insert(u"username_or_email"_s, username);
        body.insert(u"password"_s, u"wrong"_s);
        for (const QString &path : {kLogin, kSaml}) {
            const Answer answer = post(path, body);
            QCOMPARE(answer.status, 401);
            QCOMPARE(messageOf(answer), message);
        }
    }

    void refuseIncompleteBodies_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("member");
        const auto rows = [](const QString &path, const QStringList &members) {
            for (const QString &member : members)
                QTest::addRow("%s %s", qPrintable(path), qPrintable(member)) << path << member;
        };
        rows(kLogin, {u"username_or_email"_s, u"password"_s, u"subdomain"_s});
        rows(kSaml, {u"username_or_email"_s, u"password"_s, u"subdomain"_s, u"app_id"_s});
        rows(kLoginFactor, {u"device_id"_s, u"state_token"_s, u"otp_token"_s});
        rows(kSamlFactor, {u"app_id"_s, u"device_id"_s, u"state_token"_s, u"otp_token"_s});
    }

    void refuseIncompleteBodies()
    {
        QFETCH(QString, path);
        QFETCH(QString, member);
        QJsonObject body = loginOf(u"app.smoke.test");
        for (const QString &name : {u"device_id"_s, u"state_token"_s, u"otp_token"_s})
            body.insert(name, u"1"_s);
        body.remove(member);
        const Answer answer = post(path, body);
        QCOMPARE(answer.status, 400);
        QCOMPARE(messageOf(answer), u"Missing required field: %1"_s.arg(member));
    }

    void refuseMalformedBodies_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("mediaType");
        QTest::addColumn<QByteArray>("body");
        for (const QString &path : {kLogin, kLoginFactor, kSaml, kSamlFactor}) {
            QTest::addRow("%s cut off", qPrintable(path))
                << path << QByteArray("application/json") << QByteArray("{\"password\":");
            QTest::addRow("%s form", qPrintable(path))
                << path << QByteArray("application/x-www-form-urlencoded") << QByteArray("password=x");
            QTest::addRow("%s array of members", qPrintable(path))
                << path << QByteArray("application/json") << QByteArray("[\"password\"]");
        }
    }

    void refuseMalformedBodies()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, mediaType);
        QFETCH(QByteArray, body);
        const Answer answer = m_http.send(
            "POST", path, {{"Authorization", "bearer " + m_token}, {"Content-Type", mediaType}}, body);
        QCOMPARE(answer.status, 400);
        QVERIFY(!messageOf(answer).isEmpty());
    }

    void refuseAppsThatAreNotSaml_data()
    {
        QTest::addColumn<qint64>("app");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown") << qint64(1) << 404;
        QTest::newRow("OIDC") << m_sandbox.app(u"portal-web").id << 400;
    }

    void refuseAppsThatAreNotSaml()
    {
        QFETCH(qint64, app);
        QFETCH(int, status);
        QJsonObject body = loginOf(u"app.smoke.test");
        body.insert(u"app_id"_s, app);
        QCOMPARE(post(kSaml, body).status, status);
        QJsonObject proof = proofFor(asked(kSaml));
        proof.insert(u"app_id"_s, QString::number(app));
        QCOMPARE(post(kSamlFactor, proof).status, status);
    }

    void logAUserOutOfEverything()
    {
        const auto app = m_sandbox.app(u"portal-web");
        const auto user = m_sandbox.user(u"app.smoke.test");
        const Answer login =
            m_http.send("POST", u"/oidc/2/token"_s,
                        {{"Authorization", PlainHttp::basic(app.clientId, app.clientSecret)},
                         {"Content-Type", "application/x-www-form-urlencoded"}},
                        "grant_type=password&scope=openid&username=" + user.username.toLatin1() +
                            "&password=" + user.password.toLatin1().toPercentEncoding());
        QCOMPARE(login.status, 200);
        const QByteArray access = login.json().value("access_token"_L1).toString().toLatin1();
        QCOMPARE(m_http.get(u"/oidc/2/me"_s, access).status, 200);
        const QJsonObject session = post(kLogin, loginOf(user.username)).json();
        const qint64 id = session.value("data"_L1)[0]["user"_L1]["id"_L1].toInteger();
        const Answer out = m_http.write("PUT", u"/api/1/users/%1/logout"_s.arg(id), m_token);
        QCOMPARE(out.status, 200);
        QCOMPARE(out.json().value("status"_L1)["type"_L1].toString(), u"success"_s);
        QCOMPARE(m_http.get(u"/oidc/2/me"_s, access).status, 401);
    }

    void dropTheStateTokensOfWhoIsLoggedOut()
    {
        const QJsonObject ask = asked(kLogin);
        const qint64 id = ask.value("user"_L1)["id"_L1].toInteger();
        QCOMPARE(m_http.write("PUT", u"/api/1/users/%1/logout"_s.arg(id), m_token).status, 200);
        QCOMPARE(post(kLoginFactor, proofFor(ask)).status, 401);
        const Answer unknown = m_http.write("PUT", u"/api/1/users/1/logout"_s, m_token);
        QCOMPARE(unknown.status, 404);
        QCOMPARE(unknown.json().value("status"_L1)["type"_L1].toString(), u"not found"_s);
    }

    // The last of all: it locks the user.
    void lockWhoGuessesTheFactor()
    {
        const QJsonObject right = proofFor(asked(kLogin));
        QJsonObject wrong = right;
        wrong.insert(u"otp_token"_s, u"000000"_s);
        for (int attempt = 0; attempt < 5; ++attempt)
            QCOMPARE(messageOf(post(kLoginFactor, wrong)), u"Failed authentication with this factor"_s);
        QCOMPARE(messageOf(post(kLoginFactor, right)), u"User is locked. Access is unauthorized"_s);
    }
};

QTEST_GUILESS_MAIN(TestAuthEndpoints)
#include "tst_authendpoints.moc"
