// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/authserverrules.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QStringList kServerFields{u"name"_s, u"resource_identifier"_s, u"audiences"_s};

AuthServer server(qint64 id, const QString &name, const QString &resource)
{
    return {.id = {id}, .name = name, .resourceIdentifier = resource, .audiences = {resource}};
}

QStringList fieldsOf(const std::vector<FieldError> &problems)
{
    QStringList fields;
    for (const FieldError &problem : problems)
        fields.append(problem.field);
    return fields;
}

} // namespace

class TestAuthServerRules : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void looksAtAServerBeforeItIsSent_data()
    {
        QTest::addColumn<AuthServer>("written");
        QTest::addColumn<QStringList>("fields");
        AuthServer good = server(0, u"Orders API"_s, u"https://api.example.com/orders"_s);
        good.accessTokenLifetime = 10min;
        QTest::newRow("sound") << good << QStringList();
        QTest::newRow("nothing") << AuthServer{}
                                 << QStringList{u"name"_s, u"resource_identifier"_s, u"audiences"_s};
        AuthServer blank = good;
        blank.name = u"  "_s;
        blank.resourceIdentifier = u"\t"_s;
        blank.audiences = {u" "_s};
        QTest::newRow("blanks") << blank << QStringList{u"name"_s, u"resource_identifier"_s, u"audiences"_s};
        AuthServer twin = good;
        twin.name = u"Contacts API"_s;
        QTest::newRow("name of another") << twin << QStringList{u"name"_s};
        twin = good;
        twin.resourceIdentifier = u"https://api.example.com/contacts"_s;
        QTest::newRow("resource of another") << twin << QStringList{u"resource_identifier"_s};
        AuthServer twice = good;
        twice.audiences += twice.audiences;
        QTest::newRow("audience twice") << twice << QStringList{u"audiences"_s};
        AuthServer never = good;
        never.accessTokenLifetime = 0min;
        never.refreshTokenLifetime = -5min;
        QTest::newRow("lifetimes") << never
                                   << QStringList{u"access_token_expiration_minutes"_s,
                                                  u"refresh_token_expiration_minutes"_s};
        // What it was before is its own.
        QTest::newRow("unchanged") << server(1, u"Contacts API"_s, u"https://api.example.com/contacts"_s)
                                   << QStringList();
        QTest::newRow("a twin since ever")
            << server(3, u"Contacts API"_s, u"https://api.example.com/other"_s) << QStringList();
    }
    void looksAtAServerBeforeItIsSent()
    {
        QFETCH(AuthServer, written);
        QFETCH(QStringList, fields);
        const std::vector<AuthServer> all{server(1, u"Contacts API"_s, u"https://api.example.com/contacts"_s),
                                          server(3, u"Contacts API"_s, u"https://api.example.com/other"_s)};
        QCOMPARE(fieldsOf(problemsOf(written, all)), fields);
    }

    void looksAtAScope_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("sound");
        QTest::newRow("sound") << u"read:orders"_s << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("space") << u"read orders"_s << false;
        QTest::newRow("tab at the end") << u"read:orders\t"_s << false;
        QTest::newRow("no-break space") << u"read\u00a0orders"_s << false;
        QTest::newRow("zero width") << u"read\u200borders"_s << false;
        QTest::newRow("taken") << u"read:contacts"_s << false;
        QTest::newRow("another case") << u"READ:contacts"_s << true;
    }
    void looksAtAScope()
    {
        QFETCH(QString, value);
        QFETCH(bool, sound);
        const std::vector<Scope> all{{.id = {7}, .value = u"read:contacts"_s}};
        QCOMPARE(problemsOf(Scope{.value = value}, all).empty(), sound);
    }

    void aScopeMayKeepItsOwnValue()
    {
        const std::vector<Scope> all{{.id = {7}, .value = u"a"_s}, {.id = {8}, .value = u"b"_s}};
        QVERIFY(problemsOf(Scope{.id = {7}, .value = u"a"_s, .description = u"new"_s}, all).empty());
        QCOMPARE(fieldsOf(problemsOf(Scope{.id = {7}, .value = u"b"_s}, all)), QStringList{u"value"_s});
    }

    void looksAtAClaim()
    {
        const std::vector<Claim> all{{.id = {7}, .name = u"groups"_s}};
        QVERIFY(problemsOf(Claim{.name = u"teams"_s, .mapping = u"roles"_s}, all).empty());
        QCOMPARE(fieldsOf(problemsOf(Claim{}, all)), QStringList{u"name"_s});
        QCOMPARE(fieldsOf(problemsOf(Claim{.name = u"groups"_s}, all)), QStringList{u"name"_s});
        QCOMPARE(fieldsOf(problemsOf(Claim{.name = u"x"_s, .mapping = u"_macro_"_s}, all)),
                 QStringList{u"user_attribute_macros"_s});
    }

    void putsRefusalsOnTheirFields_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::addColumn<QStringList>("fields");
        QTest::addColumn<QStringList>("messages");
        const QStringList none;
        QTest::newRow("two sentences")
            << u"Validation failed: Resource identifier can't be blank, Audiences can't be blank"_s
            << QString() << QStringList{u"resource_identifier"_s, u"audiences"_s}
            << QStringList{u"Resource identifier can't be blank"_s, u"Audiences can't be blank"_s};
        QTest::newRow("a comma inside")
            << u"Validation failed: Name is too long, at most 64, Audiences can't be blank"_s << QString()
            << QStringList{u"name"_s, u"audiences"_s}
            << QStringList{u"Name is too long, at most 64"_s, u"Audiences can't be blank"_s};
        QTest::newRow("named by the tenant")
            << u"Missing required field"_s << u"name"_s << QStringList{u"name"_s}
            << QStringList{u"Missing required field"_s};
        QTest::newRow("named with its parent")
            << u"Missing required field"_s << u"configuration.audiences"_s << QStringList{u"audiences"_s}
            << QStringList{u"Missing required field"_s};
        QTest::newRow("within the text")
            << u"Missing required field: name"_s << QString() << QStringList{u"name"_s}
            << QStringList{u"Missing required field: name"_s};
        QTest::newRow("quoted") << u"invalid value in \"audiences\""_s << QString()
                                << QStringList{u"audiences"_s}
                                << QStringList{u"invalid value in \"audiences\""_s};
        QTest::newRow("of none") << u"Validation failed: Something else"_s << QString() << none << none;
        QTest::newRow("a longer word") << u"Namespace is taken"_s << QString() << none << none;
        QTest::newRow("nothing") << QString() << QString() << none << none;
    }
    void putsRefusalsOnTheirFields()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        QFETCH(QStringList, fields);
        QFETCH(QStringList, messages);
        Error error{.kind = ErrorKind::Invalid, .message = u"refused"_s, .vendorText = text};
        if (!named.isEmpty())
            error.fieldErrors.push_back({.field = named, .message = text});
        const Error placed = placedOn(error, kServerFields);
        QCOMPARE(fieldsOf(placed.fieldErrors), fields);
        for (qsizetype i = 0; i < messages.size(); ++i)
            QCOMPARE(placed.fieldErrors[static_cast<size_t>(i)].message, messages.at(i));
        QCOMPARE(placed.vendorText, text);
        QCOMPARE(placed.message, u"refused"_s);
    }

    void leavesOtherErrorsAlone()
    {
        const Error error{.kind = ErrorKind::ServerFailure, .vendorText = u"Name can't be blank"_s};
        QVERIFY(placedOn(error, kServerFields).fieldErrors.empty());
    }

    void comparesWhatWasSent()
    {
        AuthServer wanted = server(1, u"A"_s, u"https://a.example"_s);
        AuthServer found = wanted;
        found.accessTokenLifetime = 10min; // it was not sent
        QVERIFY(differences(wanted, found).empty());
        wanted.accessTokenLifetime = 20min;
        found.description = u"x"_s;
        const std::vector<FieldDifference> left = differences(wanted, found);
        QCOMPARE(left.size(), size_t{2});
        QCOMPARE(left[1], (FieldDifference{u"access_token_expiration_minutes"_s, u"20"_s, u"10"_s}));
        QCOMPARE(changedText({left.front()}), u"Description: it was nothing, now it is “x”."_s);
        QCOMPARE(differenceText(left), u"Description: nothing was wanted, “x” is there. "
                                       "Access token lifetime: “20” was wanted, “10” is there."_s);
        QCOMPARE(differences(Claim{.name = u"a"_s}, Claim{.name = u"a"_s, .label = u"b"_s}).size(),
                 size_t{0});
    }

    void readsMinutes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("minutes");
        QTest::newRow("one") << u"1"_s << qint64{1};
        QTest::newRow("spaces") << u" 20 "_s << qint64{20};
        QTest::newRow("a hundred years") << u"52704000"_s << qint64{52704000};
        for (const char *wrong : {"", "0", "-1", "1.5", "ten", "1e3", "52704001", "99999999999999999999"})
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << qint64{0};
    }
    void readsMinutes()
    {
        QFETCH(QString, text);
        QFETCH(qint64, minutes);
        const auto read = minutesFrom(text);
        QCOMPARE(read ? qint64{read->count()} : 0, minutes);
    }

    void readsAListOfScopes()
    {
        const std::vector<Scope> scopes =
            scopesFromText(u"read:a\tRead every a\r\n\n  write:a \n\t\nvoid:a  Void,  once \n"_s);
        QCOMPARE(scopes.size(), size_t{3});
        QCOMPARE(scopes[0].value, u"read:a"_s);
        QCOMPARE(scopes[0].description, u"Read every a"_s);
        QCOMPARE(scopes[1].value, u"write:a"_s);
        QCOMPARE(scopes[1].description, QString());
        QCOMPARE(scopes[2].description, u"Void,  once"_s);
        QVERIFY(scopesFromText(u" \n\r\n"_s).empty());
    }

    void aDashBeforeADescriptionIsNoPartOfIt()
    {
        const std::vector<Scope> scopes =
            scopesFromText(u"read:a \u2014 Read every a\nwrite:a - Write\nvoid:a -1 is void\nend:a -"_s);
        QCOMPARE(scopes.size(), size_t{4});
        QCOMPARE(scopes[0].description, u"Read every a"_s);
        QCOMPARE(scopes[1].description, u"Write"_s);
        QCOMPARE(scopes[2].description, u"-1 is void"_s);
        QCOMPARE(scopes[3].value, u"end:a"_s);
    }
};

Q_DECLARE_METATYPE(latchkey::AuthServer)
QTEST_GUILESS_MAIN(TestAuthServerRules)
#include "tst_authserverrules.moc"
