// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/junitreport.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using State = SuiteRun::State;

const QString kCanary = u"canary-5ecret-of-the-test"_s;
const QDateTime kNoon(QDate(2026, 1, 2), QTime(12, 0, 0, 250), Qt::UTC);

/// An element as it was read back.
struct Element
{
    QString name{};
    QMap<QString, QString> attributes{};
    QString text{};
    std::vector<Element> children{};

    QStringList childNames() const
    {
        QStringList names;
        for (const Element &child : children)
            names.append(child.name);
        return names;
    }
};

Element readElement(QXmlStreamReader &xml)
{
    Element element{.name = xml.name().toString()};
    const QXmlStreamAttributes attributes = xml.attributes();
    for (const QXmlStreamAttribute &attribute : attributes)
        element.attributes.insert(attribute.name().toString(), attribute.value().toString());
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement())
            element.children.push_back(readElement(xml));
        else if (xml.isCharacters())
            element.text += xml.text();
        else if (xml.isEndElement())
            return element;
    }
    return element;
}

SuiteRun run(const QString &name, State state, const Result<LoginOutcome> &result = LoginOutcome{.ok = true})
{
    SuiteRun run{.profile = {.name = name}, .state = state, .result = result, .duration = 1234ms};
    if (state != State::Skipped)
        run.at = kNoon;
    if (state != State::Passed)
        run.reason = u"Why of %1"_s.arg(name);
    return run;
}

} // namespace

class TestJUnitReport : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void hasTheStructureThatReadersExpect();
    void tellsWhatCameBack();
    void tellsTheChecksOfTheIdToken();
    void anEmptyReportIsWellFormed();
    void holdsNoCharacterThatXmlForbids();
    void holdsNoSecret();

private:
    Element read(const std::vector<JUnitSuite> &suites)
    {
        m_report = junitReport(suites);
        QXmlStreamReader xml(m_report);
        xml.readNextStartElement();
        Element root = readElement(xml);
        while (!xml.atEnd())
            xml.readNext();
        [&xml] { QVERIFY2(!xml.hasError(), qPrintable(xml.errorString())); }();
        return root;
    }

    QByteArray m_report;
};

void TestJUnitReport::hasTheStructureThatReadersExpect()
{
    const Element root =
        read({{.name = u"acme"_s,
               .runs = {run(u"a"_s, State::Passed), run(u"b"_s, State::Failed),
                        run(u"c"_s, State::Error, fail(ErrorKind::Timeout, u"It took too long."_s)),
                        run(u"d"_s, State::Skipped)}},
              {.name = u"other"_s, .runs = {run(u"e"_s, State::Passed)}}});
    QVERIFY(m_report.startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    QCOMPARE(root.name, u"testsuites"_s);
    QCOMPARE(root.attributes.value(u"tests"_s), u"5"_s);
    QCOMPARE(root.attributes.value(u"failures"_s), u"1"_s);
    QCOMPARE(root.attributes.value(u"errors"_s), u"1"_s);
    QCOMPARE(root.attributes.value(u"skipped"_s), u"1"_s);
    QCOMPARE(root.childNames(), QStringList({u"testsuite"_s, u"testsuite"_s}));

    const Element &suite = root.children.front();
    QCOMPARE(suite.attributes, (QMap<QString, QString>{{u"name"_s, u"acme"_s},
                                                       {u"tests"_s, u"4"_s},
                                                       {u"failures"_s, u"1"_s},
                                                       {u"errors"_s, u"1"_s},
                                                       {u"skipped"_s, u"1"_s},
                                                       {u"time"_s, u"4.936"_s},
                                                       {u"timestamp"_s, u"2026-01-02T12:00:00"_s}}));
    QCOMPARE(suite.childNames(), QStringList(4, u"testcase"_s));
    QCOMPARE(
        suite.children[0].attributes,
        (QMap<QString, QString>{{u"name"_s, u"a"_s}, {u"classname"_s, u"acme"_s}, {u"time"_s, u"1.234"_s}}));
    QVERIFY(suite.children[0].children.empty());
    QCOMPARE(suite.children[1].childNames(), QStringList{u"failure"_s});
    QCOMPARE(suite.children[2].childNames(), QStringList{u"error"_s});
    QCOMPARE(suite.children[3].childNames(), QStringList{u"skipped"_s});
    QCOMPARE(suite.children[3].children[0].attributes,
             (QMap<QString, QString>{{u"message"_s, u"Why of d"_s}}));
    QCOMPARE(root.children[1].attributes.value(u"tests"_s), u"1"_s);
}

void TestJUnitReport::tellsWhatCameBack()
{
    const Error timeout{.kind = ErrorKind::Timeout,
                        .message = u"It took too long."_s,
                        .detail = u"after 60 s"_s,
                        .requestId = u"req-2"_s};
    const LoginOutcome refusal{.httpStatus = 401,
                               .error = u"invalid_request"_s,
                               .errorDescription = u"MFA is required for this user"_s,
                               .requestId = u"req-1"_s};
    const Element root =
        read({{.name = u"acme"_s,
               .runs = {run(u"refused"_s, State::Failed, refusal), run(u"works"_s, State::Failed),
                        run(u"late"_s, State::Error, fail(timeout))}}});
    const std::vector<Element> &cases = root.children.front().children;
    const Element &refused = cases[0].children[0];
    QCOMPARE(refused.attributes.value(u"type"_s), u"invalid_request"_s);
    QCOMPARE(refused.attributes.value(u"message"_s), u"Why of refused"_s);
    QVERIFY(refused.text.startsWith(u"Why of refused\n"_s));
    QVERIFY(refused.text.contains(u"MFA is required for this user. OneLogin stopped"_s)); // explained
    QVERIFY(refused.text.endsWith(u"Request id req-1"_s));
    QCOMPARE(cases[1].children[0].attributes.value(u"type"_s), u"success"_s);
    QCOMPARE(cases[1].children[0].text, u"Why of works"_s);
    QCOMPARE(cases[2].children[0].attributes.value(u"type"_s), u"timeout"_s);
    QVERIFY(cases[2].children[0].text.contains(u"after 60 s"_s));
    QVERIFY(cases[2].children[0].text.contains(u"req-2"_s));
}

void TestJUnitReport::tellsTheChecksOfTheIdToken()
{
    LoginOutcome judged{.ok = false, .error = u"token_audience"_s};
    judged.idTokenVerdict = TokenVerdict{
        .checks = {{.name = u"signature"_s, .result = CheckResult::Pass, .reason = u"It is right."_s},
                   {.name = u"audience"_s, .result = CheckResult::Fail, .reason = u"It is for another."_s}}};
    const Element root = read({{.name = u"acme"_s, .runs = {run(u"judged"_s, State::Failed, judged)}}});
    const Element &testCase = root.children.front().children.front();
    QCOMPARE(testCase.childNames(), QStringList({u"failure"_s, u"system-out"_s}));
    QCOMPARE(testCase.children[0].attributes.value(u"type"_s), u"token_audience"_s);
    QCOMPARE(testCase.children[1].text, u"Checks of the ID token:\nsignature: pass. It is right.\n"
                                        "audience: fail. It is for another."_s);
}

void TestJUnitReport::anEmptyReportIsWellFormed()
{
    const Element root = read({{.name = u"acme"_s}});
    QCOMPARE(root.attributes.value(u"tests"_s), u"0"_s);
    QVERIFY(!root.attributes.contains(u"timestamp"_s));
    QCOMPARE(root.childNames(), QStringList{u"testsuite"_s});
    QCOMPARE(read({}).childNames(), QStringList());
}

void TestJUnitReport::holdsNoCharacterThatXmlForbids()
{
    QString nasty = u"<b>&\"'\n\t]]>"_s;
    nasty += u"\x00\x01\x0b\x1b\x1f\xdc00\xd800\xfffe\xffff"_s; // two of them lone surrogates
    nasty += u"العربية 🔑"_s;
    SuiteRun odd = run(nasty, State::Failed, LoginOutcome{.error = nasty, .errorDescription = nasty});
    odd.reason = nasty;
    const Element root = read({{.name = nasty, .runs = {odd, run(nasty, State::Skipped)}}});
    QString shown = u"<b>&\"'\n\t]]>"_s;
    shown += QString(9, QChar::ReplacementCharacter) + u"العربية 🔑"_s;
    const Element &suite = root.children.front();
    QCOMPARE(suite.attributes.value(u"name"_s), shown);
    QCOMPARE(suite.children[0].attributes.value(u"name"_s), shown);
    QCOMPARE(suite.children[0].children[0].attributes.value(u"message"_s), shown);
    QCOMPARE(suite.children[0].children[0].attributes.value(u"type"_s), shown);
    QVERIFY(suite.children[0].children[0].text.startsWith(shown));
}

void TestJUnitReport::holdsNoSecret()
{
    LoginOutcome works{.ok = true, .httpStatus = 200};
    works.accessToken = IssuedToken{.value = Secret::fromText(kCanary)};
    SuiteRun failed = run(u"a"_s, State::Failed, works);
    failed.profile.request.clientSecret = Secret::fromText(kCanary);
    failed.profile.request.password = Secret::fromText(kCanary);
    (void)read({{.name = u"acme"_s, .runs = {failed}}});
    QVERIFY(m_report.contains("Why of a"));
    QVERIFY(!m_report.contains(kCanary.toUtf8()));
}

QTEST_GUILESS_MAIN(TestJUnitReport)
#include "tst_junitreport.moc"
