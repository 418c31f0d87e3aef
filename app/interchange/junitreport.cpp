// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/junitreport.h"

#include "oidc/errorexplainer.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using State = SuiteRun::State;
using Milliseconds = std::chrono::milliseconds;

// https://www.w3.org/TR/xml/#charsets
bool isOfXml(char32_t character)
{
    return character == 0x9 || character == 0xA || character == 0xD ||
           (character >= 0x20 && character <= 0xD7FF) || (character >= 0xE000 && character <= 0xFFFD) ||
           (character >= 0x10000 && character <= 0x10FFFF);
}

QString xmlText(const QString &text)
{
    QList<uint> characters = text.toUcs4();
    for (uint &character : characters) {
        if (!isOfXml(character))
            character = QChar::ReplacementCharacter;
    }
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), characters.size());
}

QString seconds(Milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000, 'f', 3);
}

QString timestamp(const std::vector<SuiteRun> &runs)
{
    QDateTime first;
    for (const SuiteRun &run : runs) {
        if (run.at.isValid())
            first = first.isValid() ? std::min(first, run.at) : run.at;
    }
    return first.isValid() ? first.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s) : QString();
}

void writeCounts(QXmlStreamWriter &xml, const std::vector<SuiteRun> &runs)
{
    const auto count = [&runs](State state) {
        return QString::number(std::count_if(runs.begin(), runs.end(),
                                             [state](const SuiteRun &run) { return run.state == state; }));
    };
    const Milliseconds time =
        std::accumulate(runs.begin(), runs.end(), Milliseconds(0),
                        [](Milliseconds sum, const SuiteRun &run) { return sum + run.duration; });
    xml.writeAttribute(u"tests"_s, QString::number(runs.size()));
    xml.writeAttribute(u"failures"_s, count(State::Failed));
    xml.writeAttribute(u"errors"_s, count(State::Error));
    xml.writeAttribute(u"skipped"_s, count(State::Skipped));
    xml.writeAttribute(u"time"_s, seconds(time));
    if (const QString at = timestamp(runs); !at.isEmpty())
        xml.writeAttribute(u"timestamp"_s, at);
}

/// The stable word for what came back.
QString typeOf(const SuiteRun &run)
{
    if (run.result && run.result->ok)
        return u"success"_s;
    const Error refusal = refusalOf(run.result);
    return refusal.code.isEmpty() ? kindName(refusal.kind) : refusal.code;
}

QString details(const SuiteRun &run, const ErrorExplainer &explainer)
{
    QStringList lines{run.reason};
    const Error refusal = refusalOf(run.result);
    if (!run.result || !run.result->ok) {
        const Explanation explanation = explainer.explain(refusal);
        if (explanation.known)
            lines.append(explanation.title + u". "_s + explanation.whatHappened);
    }
    if (!refusal.detail.isEmpty())
        lines.append(refusal.detail);
    if (!refusal.requestId.isEmpty())
        lines.append(LoginSuite::tr("Request id %1").arg(refusal.requestId));
    return lines.join(u'\n');
}

void writeProblem(QXmlStreamWriter &xml, const QString &element, const SuiteRun &run,
                  const ErrorExplainer &explainer)
{
    xml.writeStartElement(element);
    xml.writeAttribute(u"message"_s, xmlText(run.reason));
    xml.writeAttribute(u"type"_s, xmlText(typeOf(run)));
    xml.writeCharacters(xmlText(details(run, explainer)));
    xml.writeEndElement();
}

/// The checklist of the ID token.
void writeChecks(QXmlStreamWriter &xml, const SuiteRun &run)
{
    if (!run.wasRun() || !run.result || !run.result->idTokenVerdict)
        return;
    QStringList lines{LoginSuite::tr("Checks of the ID token:")};
    for (const Check &check : run.result->idTokenVerdict->checks)
        lines.append(u"%1: %2. %3"_s.arg(check.name, checkResultKey(check.result), check.reason));
    xml.writeTextElement(u"system-out"_s, xmlText(lines.join(u'\n')));
}

void writeCase(QXmlStreamWriter &xml, const QString &suite, const SuiteRun &run,
               const ErrorExplainer &explainer)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"name"_s, xmlText(run.profile.name));
    xml.writeAttribute(u"classname"_s, xmlText(suite));
    xml.writeAttribute(u"time"_s, seconds(run.duration));
    if (run.state == State::Failed)
        writeProblem(xml, u"failure"_s, run, explainer);
    if (run.state == State::Error)
        writeProblem(xml, u"error"_s, run, explainer);
    if (run.state == State::Skipped) {
        xml.writeEmptyElement(u"skipped"_s);
        xml.writeAttribute(u"message"_s, xmlText(run.reason));
    }
    writeChecks(xml, run);
    xml.writeEndElement();
}

} // namespace

QByteArray junitReport(const std::vector<JUnitSuite> &suites)
{
    std::vector<SuiteRun> all;
    for (const JUnitSuite &suite : suites)
        all.insert(all.end(), suite.runs.begin(), suite.runs.end());

    const ErrorExplainer explainer;
    QByteArray report;
    QXmlStreamWriter xml(&report);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeAttribute(u"name"_s, u"latchkey login run"_s);
    writeCounts(xml, all);
    for (const JUnitSuite &suite : suites) {
        xml.writeStartElement(u"testsuite"_s);
        xml.writeAttribute(u"name"_s, xmlText(suite.name));
        writeCounts(xml, suite.runs);
        for (const SuiteRun &run : suite.runs)
            writeCase(xml, suite.name, run, explainer);
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    return report;
}

} // namespace latchkey
