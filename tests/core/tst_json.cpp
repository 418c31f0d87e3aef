// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void namesThePathOfTheFirstThingWrong();
    void takesNumericStringsAndLargeNumbers();
    void refusesWrongTypes_data();
    void refusesWrongTypes();
    void optionalMembersFallBack();
    void aLoneStringIsAListOfOne();
    void ignoresUnknownMembers();
    void everyPrefixOfAnAnswerIsAnError();
    void toleratesAByteOrderMark();
    void survivesDeepNesting();
};

struct Thing
{
    qint64 id = 0;
    static Thing read(JsonReader &reader) { return {reader.integer("id"_L1)}; }
};

void TestJson::namesThePathOfTheFirstThingWrong()
{
    const auto value = parseJson(R"({"apps":[{"id":1},{"id":true},{"id":[]}]})");
    QVERIFY(value.has_value());
    JsonReader reader(*value);
    const auto things = reader.list("apps"_L1, &Thing::read);
    const auto result = reader.finish(things);
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().kind, ErrorKind::NotUnderstood);
    QCOMPARE(result.error().detail, u"apps[1].id: expected a whole number, got a boolean"_s);
}

void TestJson::takesNumericStringsAndLargeNumbers()
{
    const auto value = parseJson(R"({"a":"9007199254740993","b":9007199254740993,"c":-1})");
    JsonReader reader(*value);
    QCOMPARE(reader.integer("a"_L1), Q_INT64_C(9007199254740993));
    QCOMPARE(reader.integer("b"_L1), Q_INT64_C(9007199254740993));
    QCOMPARE(reader.integer("c"_L1), -1);
    QVERIFY(reader.finish(0).has_value());
}

void TestJson::refusesWrongTypes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("missing") << QByteArray(R"({})");
    QTest::newRow("null") << QByteArray(R"({"id":null})");
    QTest::newRow("fraction") << QByteArray(R"({"id":1.5})");
    QTest::newRow("too large") << QByteArray(R"({"id":1e30})");
    QTest::newRow("text") << QByteArray(R"({"id":"one"})");
    QTest::newRow("object") << QByteArray(R"({"id":{}})");
    QTest::newRow("not an object at all") << QByteArray(R"([1])");
}

void TestJson::refusesWrongTypes()
{
    QFETCH(QByteArray, json);
    const auto value = parseJson(json);
    QVERIFY(value.has_value());
    QVERIFY(!readJsonObject<Thing>(*value, &Thing::read).has_value());
}

void TestJson::optionalMembersFallBack()
{
    const auto value = parseJson(R"({"name":null,"on":false})");
    JsonReader reader(*value);
    QCOMPARE(reader.string("name"_L1, u"none"_s), u"none"_s);
    QCOMPARE(reader.integer("count"_L1, 7), 7);
    QCOMPARE(reader.boolean("on"_L1, true), false);
    QVERIFY(reader.finish(0).has_value());
    reader.string("on"_L1, {});
    QCOMPARE(reader.finish(0).error().detail, u"on: expected a string, got a boolean"_s);
}

void TestJson::aLoneStringIsAListOfOne()
{
    const auto value = parseJson(R"({"audiences":"https://api.example.com","scopes":["a",1]})");
    JsonReader reader(*value);
    QCOMPARE(reader.strings("audiences"_L1), QStringList{u"https://api.example.com"_s});
    QVERIFY(reader.finish(0).has_value());
    reader.strings("scopes"_L1);
    QCOMPARE(reader.finish(0).error().detail, u"scopes[1]: expected a string, got a number"_s);
}

void TestJson::ignoresUnknownMembers()
{
    const auto value = parseJson(R"({"id":5,"later":{"deep":[null]}})");
    QCOMPARE(readJsonObject<Thing>(*value, &Thing::read)->id, 5);
}

void TestJson::everyPrefixOfAnAnswerIsAnError()
{
    const QByteArray whole = R"([{"id":31,"value":"custom:scope","description":"A custom scope"}])";
    QVERIFY(parseJson(whole).has_value());
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY2(!parseJson(whole.first(length)).has_value(), QByteArray::number(length).constData());
}

void TestJson::toleratesAByteOrderMark()
{
    QVERIFY(parseJson("\xEF\xBB\xBF{\"id\":1}").has_value());
}

void TestJson::survivesDeepNesting()
{
    const QByteArray deep = QByteArray(20'000, '[') + QByteArray(20'000, ']');
    const auto value = parseJson(deep);
    QVERIFY(!value.has_value());
    QCOMPARE(value.error().kind, ErrorKind::NotUnderstood);
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
