// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialpaste.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestCredentialPaste : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void findsThePair_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("swapped");
        QTest::newRow("two lines") << u"fakeid-0001\nfakesecret-0001"_s << false;
        QTest::newRow("two lines, CRLF and blank ones")
            << u"\r\nfakeid-0001\r\n\r\nfakesecret-0001\r\n"_s << false;
        QTest::newRow("a tab between") << u"fakeid-0001\tfakesecret-0001"_s << false;
        QTest::newRow("one line") << u"fakeid-0001 fakesecret-0001"_s << false;
        QTest::newRow("a colon between") << u"fakeid-0001:fakesecret-0001"_s << false;
        QTest::newRow("comma between quoted values") << u"'fakeid-0001', 'fakesecret-0001'"_s << false;
        QTest::newRow("labels") << u"Client ID: fakeid-0001\nClient Secret: fakesecret-0001"_s << false;
        QTest::newRow("labels, secret first")
            << u"Client Secret: fakesecret-0001\nClient ID: fakeid-0001"_s << true;
        QTest::newRow("labels on one line")
            << u"Client ID: fakeid-0001 Client Secret: fakesecret-0001"_s << false;
        QTest::newRow("labels on lines of their own, as the portal's page is copied")
            << u"Client ID\nfakeid-0001\nClient Secret\nfakesecret-0001\n"_s << false;
        QTest::newRow("labels and a table row")
            << u"Client ID\tfakeid-0001\tClient Secret\tfakesecret-0001"_s << false;
        QTest::newRow("the literal header")
            << u"Authorization: client_id:fakeid-0001, client_secret:fakesecret-0001"_s << false;
        QTest::newRow(".env") << u"# API\nexport ONELOGIN_CLIENT_ID=fakeid-0001 # reader\n"
                                 "export ONELOGIN_CLIENT_SECRET=\"fakesecret-0001\"\n"_s
                              << false;
        QTest::newRow(".env on one line")
            << u"ONELOGIN_CLIENT_ID=fakeid-0001,ONELOGIN_CLIENT_SECRET=fakesecret-0001"_s << false;
        QTest::newRow("properties") << u"onelogin.sdk.client_id=fakeid-0001\n"
                                       "onelogin.sdk.client_secret=fakesecret-0001\n"_s
                                    << false;
        QTest::newRow("JSON") << u"{\"client_id\": \"fakeid-0001\", \"client_secret\": \"fakesecret-0001\"}"_s
                              << false;
        QTest::newRow("JSON in JSON")
            << u"{\"prod\": {\"clientId\": \"fakeid-0001\", \"clientSecret\": \"fakesecret-0001\"}}"_s
            << false;
        QTest::newRow("JSON of Postman")
            << u"{\"values\": [{\"key\": \"client_id\", \"value\": \"fakeid-0001\"},"
               " {\"key\": \"client_secret\", \"value\": \"fakesecret-0001\"}]}"_s
            << false;
        QTest::newRow("members without braces")
            << u"\"client_id\": \"fakeid-0001\",\n\"client_secret\": \"fakesecret-0001\","_s << false;
        QTest::newRow("no-break spaces, quotes, invisible ones")
            << u"\ufeffClient ID:\u00a0\u201cfakeid-0001\u201d\u200b\nClient Secret:\u202ffakesecret-0001\u00a0"_s
            << false;
        QTest::newRow("only the ID is labelled") << u"Client ID: fakeid-0001\nfakesecret-0001"_s << false;
        QTest::newRow("only the second is labelled, as the ID")
            << u"fakesecret-0001\nClient ID: fakeid-0001"_s << true;
        QTest::newRow("only the first is labelled, as the secret")
            << u"client_secret=fakesecret-0001\nfakeid-0001"_s << true;
        QTest::newRow("only the second is labelled, as the secret")
            << u"fakeid-0001\nclient_secret=fakesecret-0001"_s << false;
        QTest::newRow("the same pair twice") << u"Client ID: fakeid-0001\nClient Secret: fakesecret-0001\n"
                                                "Client ID: fakeid-0001\nClient Secret: fakesecret-0001"_s
                                             << false;
    }
    void findsThePair()
    {
        QFETCH(QString, text);
        const std::optional<PastedCredential> found = recogniseCredential(text);
        QVERIFY(found.has_value());
        QVERIFY(found->isPair());
        QCOMPARE(found->clientId, u"fakeid-0001"_s);
        QCOMPARE(found->clientSecret.revealed(), u"fakesecret-0001"_s);
        QTEST(found->isSwapped, "swapped");
    }

    void takesALoneLabelledValue()
    {
        const std::optional<PastedCredential> secret =
            recogniseCredential(u"Client Secret: fakesecret-0001"_s);
        QVERIFY(secret.has_value());
        QVERIFY(!secret->isPair());
        QVERIFY(secret->clientId.isEmpty());
        QCOMPARE(secret->clientSecret.revealed(), u"fakesecret-0001"_s);
        QVERIFY(!secret->isSwapped);
        const std::optional<PastedCredential> id = recogniseCredential(u"client_id=fakeid-0001"_s);
        QVERIFY(id.has_value());
        QCOMPARE(id->clientId, u"fakeid-0001"_s);
        QVERIFY(id->clientSecret.isEmpty());
    }

    void keepsASecretWithMarksInQuotes()
    {
        const std::optional<PastedCredential> found =
            recogniseCredential(u"client_id=\"fake id;1\"\nclient_secret=\"a b,=:/+%;\""_s);
        QVERIFY(found.has_value());
        QCOMPARE(found->clientId, u"fake id;1"_s);
        QCOMPARE(found->clientSecret.revealed(), u"a b,=:/+%;"_s);
    }

    void findsNothingInOtherText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("blank") << u" \n\t\u00a0"_s;
        QTest::newRow("one value") << u"fakeid-0001"_s;
        QTest::newRow("three lines") << u"fakeid-0001\nfakesecret-0001\nfakeother-0001"_s;
        QTest::newRow("short words") << u"hello world"_s;
        QTest::newRow("an address") << u"https://acme.example:8443"_s;
        QTest::newRow("labels without values") << u"Client ID\nClient Secret"_s;
        QTest::newRow("two pairs") << u"client_id=fakeid-0001\nclient_secret=fakesecret-0001\n"
                                      "client_id=fakeid-0002\nclient_secret=fakesecret-0002"_s;
        QTest::newRow("not ASCII") << u"fäkeid-0001\nfäkesecret-0001"_s;
        QTest::newRow("JSON without a pair") << u"{\"name\": \"acme\"}"_s;
        QTest::newRow("far too long")
            << u"client_id=fakeid-0001\nclient_secret=fakesecret-0001\n"_s + QString(100'000, u' ');
    }
    void findsNothingInOtherText()
    {
        QFETCH(QString, text);
        QVERIFY(!recogniseCredential(text).has_value());
    }

    void bearsEveryPrefixOfAPaste()
    {
        const QString whole =
            u"\ufeff{\"client_id\": \"fakeid-0001\", \"client_secret\": \"fakesecret-0001\"}"_s;
        for (qsizetype length = 0; length < whole.size(); ++length) {
            const std::optional<PastedCredential> found = recogniseCredential(whole.first(length));
            if (found && !found->clientId.isEmpty())
                QVERIFY(u"fakeid-0001"_s.startsWith(found->clientId));
        }
    }
};

QTEST_GUILESS_MAIN(TestCredentialPaste)
#include "tst_credentialpaste.moc"
