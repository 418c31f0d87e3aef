// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantdocument.h"

#include "core/plaintext.h"
#include "grants/yamltext.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The grants file: written the same for the same grants, read strictly, with the line of what is wrong.
class TestGrantDocument : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void writesTheSameBytesWhateverTheOrder();
    void writesTheIdWhereTheNameIsNotEnough();
    void refusesToWriteAScopeThatIsNotListed();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void refusesEveryCutOfAFile();
    void readsAByteOrderMarkAndOtherLineEnds();
    void quotesWhatYamlWouldTakeForSomethingElse_data();
    void quotesWhatYamlWouldTakeForSomethingElse();
};

namespace {

ServerGrants sample()
{
    return {.server = {.id = {5},
                       .name = u"Invoices API"_s,
                       .resourceIdentifier = u"https://api.example.com/i"_s},
            .scopes = {{.id = {31}, .value = u"write:invoices"_s}, {.id = {32}, .value = u"read:invoices"_s}},
            .clientApps = {{.id = {8}, .name = u"portal-web"_s, .scopes = {{31}, {32}}},
                           {.id = {9}, .name = u"ci: #1 \"smoke\"\n\u202e"_s},
                           {.id = {7}, .name = u"true"_s, .scopes = {{32}}}}};
}

const QByteArray kFile = "schema: 1\n"
                         "server:\n"
                         "  name: Invoices API\n"
                         "apps:\n"
                         "  - app: portal-web\n"
                         "    scopes:\n"
                         "      - read:invoices\n"
                         "  - app: ci-smoke-tests\n"
                         "    scopes: []\n";

QByteArray members(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += "    k" + QByteArray::number(i) + ": x\n";
    return text;
}

} // namespace

void TestGrantDocument::readsWhatItWrites_data()
{
    QTest::addColumn<GrantFormat>("format");
    QTest::newRow("yaml") << GrantFormat::Yaml;
    QTest::newRow("json") << GrantFormat::Json;
}

void TestGrantDocument::readsWhatItWrites()
{
    QFETCH(GrantFormat, format);
    const Result<QByteArray> text = grantDocumentText(sample(), {}, format);
    QVERIFY(text.has_value());
    QVERIFY(!hasControls(QString::fromUtf8(*text).remove(u'\n')));
    const Result<GrantDocument> read = readGrantDocument(*text);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->server, u"Invoices API"_s);
    QCOMPARE(read->resourceIdentifier, u"https://api.example.com/i"_s);
    QCOMPARE(read->apps.size(), size_t{3});
    QCOMPARE(read->apps[0].name, sample().clientApps[1].name);
    QCOMPARE(read->apps[0].scopes, QStringList());
    QCOMPARE(read->apps[1].name, u"portal-web"_s);
    QCOMPARE(read->apps[1].scopes, (QStringList{u"read:invoices"_s, u"write:invoices"_s}));
    QCOMPARE(read->apps[2].name, u"true"_s);
    for (const GrantDocument::App &app : read->apps)
        QVERIFY(!app.id.isValid());
}

void TestGrantDocument::writesTheSameBytesWhateverTheOrder()
{
    ServerGrants other = sample();
    std::reverse(other.clientApps.begin(), other.clientApps.end());
    std::reverse(other.scopes.begin(), other.scopes.end());
    for (GrantFormat format : {GrantFormat::Yaml, GrantFormat::Json})
        QCOMPARE(*grantDocumentText(other, {}, format), *grantDocumentText(sample(), {}, format));
}

void TestGrantDocument::writesTheIdWhereTheNameIsNotEnough()
{
    const std::vector<OidcApp> apps{{.id = {8}, .name = u"portal-web"_s},
                                    {.id = {80}, .name = u"portal-web"_s}};
    for (GrantFormat format : {GrantFormat::Yaml, GrantFormat::Json}) {
        const Result<GrantDocument> read = readGrantDocument(*grantDocumentText(sample(), apps, format));
        QVERIFY(read.has_value());
        QCOMPARE(read->apps[1].id, AppId{8});
        QVERIFY(!read->apps[2].id.isValid());
    }
}

void TestGrantDocument::refusesToWriteAScopeThatIsNotListed()
{
    ServerGrants grants = sample();
    grants.clientApps[0].scopes.insert({77});
    const Result<QByteArray> text = grantDocumentText(grants, {}, GrantFormat::Yaml);
    QVERIFY(!text);
    QVERIFY(text.error().message.contains(u"77"_s) && text.error().message.contains(u"portal-web"_s));
}

void TestGrantDocument::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const QByteArray &from, const QByteArray &to,
                        const QStringList &words) { QTest::newRow(name) << from << to << words; };
    row("another schema", "schema: 1", "schema: 2", {u"Line 1"_s, u"schema"_s});
    row("a misspelt member", "    scopes: []", "    scope: []", {u"Line 9"_s, u"apps[1].scope"_s});
    row("a member too much", "  name: I", "  label: x\n  name: I", {u"Line 3"_s, u"server.label"_s});
    row("scopes left out", "    scopes: []\n", "", {u"Line 8"_s, u"apps[1].scopes"_s});
    row("scopes without a value", "scopes: []", "scopes:", {u"Line 9"_s, u"apps[1].scopes"_s});
    row("a scope that is a mapping", "- read:invoices", "- read: invoices",
        {u"Line 7"_s, u"apps[0].scopes[0]"_s});
    row("a scope twice", "      - read:invoices\n", "      - read:invoices\n      - read:invoices\n",
        {u"Line 6"_s, u"read:invoices"_s, u"twice"_s});
    row("far too many members", "    scopes: []", "    scopes: []\n" + members(99).chopped(1),
        {u"Line 108"_s, u"more than 100 members"_s});
    row("an app twice", "ci-smoke-tests", "portal-web", {u"Line 4"_s, u"portal-web"_s, u"twice"_s});
    row("a key twice", "    scopes: []", "    scopes: []\n    scopes: []", {u"Line 10"_s, u"twice"_s});
    row("an app without a name", "- app: ci-smoke-tests", "- app: ''", {u"Line 8"_s, u"name"_s});
    row("an app that is null", "- app: ci-smoke-tests", "- app: ~", {u"Line 8"_s, u"a string"_s});
    row("an id that is none", "    scopes: []", "    app_id: -3\n    scopes: []", {u"Line 9"_s, u"no id"_s});
    row("an id in words", "    scopes: []", "    app_id: seven\n    scopes: []", {u"Line 9"_s, u"number"_s});
    row("an anchor", "app: portal-web", "app: &a portal-web", {u"Line 5"_s, u"anchors"_s});
    row("an alias", "scopes: []", "scopes: *a", {u"Line 9"_s});
    row("a tag", "schema: 1", "schema: !!int 1", {u"Line 1"_s, u"tags"_s});
    row("nested deep", "scopes: []", "scopes: [[[[[[[[[x]]]]]]]]]", {u"Line 9"_s, u"deep"_s});
    row("nested as deep as it goes", "scopes: []", "scopes: " + QByteArray(20'000, '['), {u"Line 9"_s});
    row("a list as a key", "schema: 1", "? [1]\n: 2\nschema: 1", {u"Line 1"_s, u"key"_s});
    row("a second document", "    scopes: []\n", "    scopes: []\n---\nschema: 1\n", {u"more than one"_s});
    row("a list at the top", kFile, "- a\n", {u"schema"_s});
    row("nothing", kFile, "", {u"nothing"_s});
    row("a wrong indentation", "    scopes: []", "  scopes: []", {u"Line"_s});
    row("json cut off", kFile, R"({"schema":1,"server":{"name":"a"},"apps":[)", {u"JSON"_s});
    row("json with a name twice", kFile, R"({"schema":1,"schema":1})", {u"twice"_s});
    row("json without apps", kFile, R"({"schema":1,"server":{"name":"a"}})", {u"apps"_s});
    row("no text", kFile, QByteArray("\x80\x81\xff\xfe", 4), {u"text"_s});
}

void TestGrantDocument::saysWhatIsWrongAndWhere()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QStringList, words);
    QVERIFY(kFile.contains(from));
    QVERIFY(readGrantDocument(kFile).has_value());
    const Result<GrantDocument> read = readGrantDocument(QByteArray(kFile).replace(from, to));
    QVERIFY(!read);
    for (const QString &word : words)
        QVERIFY2(read.error().message.contains(word), qPrintable(read.error().message));
}

/// None of them may be taken for a file that grants less.
void TestGrantDocument::refusesEveryCutOfAFile()
{
    const GrantDocument whole = *readGrantDocument(kFile);
    for (qsizetype length = 0; length < kFile.size(); ++length) {
        const Result<GrantDocument> read = readGrantDocument(kFile.first(length));
        if (!read)
            continue;
        // YAML cannot tell a file that ends after a whole entry, but half an app is none.
        for (const GrantDocument::App &app : read->apps)
            QVERIFY(app.name == whole.apps[0].name || app.name == whole.apps[1].name ||
                    whole.apps[1].name.startsWith(app.name));
    }
    const QByteArray json = *grantDocumentText(sample(), {}, GrantFormat::Json);
    for (qsizetype length = 0; length < json.size() - 2; ++length)
        QVERIFY(!readGrantDocument(json.first(length)));
}

void TestGrantDocument::readsAByteOrderMarkAndOtherLineEnds()
{
    QCOMPARE(readGrantDocument("\xEF\xBB\xBF" + QByteArray(kFile).replace("\n", "\r\n"))->apps.size(),
             size_t{2});
}

void TestGrantDocument::quotesWhatYamlWouldTakeForSomethingElse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isPlain");
    for (const QString &text : {u"read:invoices"_s, u"billing-service"_s, u"https://api.example.com/a"_s,
                                u"Invoices API"_s, u"nobody"_s, u"a"_s})
        QTest::newRow(qPrintable(text)) << text << true;
    for (const QString &text : {u""_s,           u"true"_s,       u"No"_s,       u"null"_s,
                                u"~"_s,          u"1"_s,          u"1:20"_s,     u"0x1F"_s,
                                u"a: b"_s,       u"a:"_s,         u"a #b"_s,     u" a"_s,
                                u"a "_s,         u"-"_s,          u"- a"_s,      u"*a"_s,
                                u"&a"_s,         u"!a"_s,         u"[a]"_s,      u"{a}"_s,
                                u"a\nb"_s,       u"a\tb"_s,       u"\"a\""_s,    u"'a'"_s,
                                u"\\n"_s,        u"müller"_s,     u"a\u202eb"_s, u"a\u009bb\u2028"_s,
                                u"\U000E0041"_s, u"\U0001F600"_s, u"y"_s,        u"off"_s})
        QTest::newRow(qPrintable(u"quoted "_s + text)) << text << false;
}

void TestGrantDocument::quotesWhatYamlWouldTakeForSomethingElse()
{
    QFETCH(QString, text);
    QFETCH(bool, isPlain);
    const QByteArray scalar = yamlScalar(text);
    QCOMPARE(!scalar.startsWith('"'), isPlain);
    QVERIFY(!scalar.contains('\n'));
    QCOMPARE(withVisibleControls(QString::fromUtf8(scalar)), QString::fromUtf8(scalar));
    const Result<YamlText> read = parseYaml(u"a: "_s + QString::fromUtf8(scalar) + u"  # id 1\n"_s);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->value["a"_L1].toString(), text);
}

QTEST_GUILESS_MAIN(TestGrantDocument)
#include "tst_grantdocument.moc"
