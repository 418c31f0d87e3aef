// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/errorexplainer.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

// Outside the namespace: rcc declares its functions in the global one. The linker drops the
// resource of a static library unless something calls for it.
static void initExplanations()
{
    Q_INIT_RESOURCE(explanations);
}

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ErrorExplainer", text);
}

/// What an answer must be for a rule to hold; an empty member holds for everything.
struct Pattern
{
    QString status{}; ///< "401", or "5xx" for all of them
    QString code{};
    QString description{}; ///< how the description begins
    QString contains{};    ///< what occurs anywhere in it
    QString kind{};        ///< for errors that are no answer
    QString reason{};      ///< likewise, closer than the kind

    static Pattern read(JsonReader &reader)
    {
        return {.status = reader.string("status"_L1, {}),
                .code = reader.string("code"_L1, {}),
                .description = reader.string("description"_L1, {}),
                .contains = reader.string("contains"_L1, {}),
                .kind = reader.string("kind"_L1, {}),
                .reason = reader.string("reason"_L1, {})};
    }
};

/// What is known of an error.
struct Symptom
{
    int status = 0;
    QString code{};
    QString description{};
    QString kind{};
    QString reason{};

    bool hasStatus(const QString &wanted) const
    {
        const QString number = QString::number(status);
        return wanted == number || (wanted.endsWith("xx"_L1) && number.size() == 3 && number[0] == wanted[0]);
    }
    bool fits(const Pattern &pattern) const
    {
        return (pattern.status.isEmpty() || hasStatus(pattern.status)) &&
               (pattern.code.isEmpty() || pattern.code == code) &&
               (pattern.description.isEmpty() ||
                description.startsWith(pattern.description, Qt::CaseInsensitive)) &&
               (pattern.contains.isEmpty() || description.contains(pattern.contains, Qt::CaseInsensitive)) &&
               (pattern.kind.isEmpty() || pattern.kind == kind) &&
               (pattern.reason.isEmpty() || pattern.reason == reason);
    }
};

ExplanationLink readLink(JsonReader &reader)
{
    JsonReader link = reader.object("link"_L1);
    const QString portal = link.string("portal"_L1, {});
    if (!portal.isEmpty())
        return {.kind = ExplanationLink::Kind::Portal, .name = portal};
    return {.kind = ExplanationLink::Kind::Documentation, .name = link.string("documentation"_L1)};
}

Explanation rawExplanation(const Symptom &symptom, const QString &text)
{
    Explanation raw{.known = false};
    raw.title = !symptom.code.isEmpty() ? symptom.code
                : symptom.status != 0   ? u"HTTP %1"_s.arg(symptom.status)
                                        : tr("Unknown error");
    raw.whatHappened = !text.isEmpty() ? text : tr("Nothing more is known.");
    return raw;
}

QString portalPageName(const QString &key)
{
    if (key == "api_credentials"_L1)
        return tr("API Credentials");
    if (key == "api_authorization"_L1)
        return tr("API Authorization");
    if (key == "apps"_L1)
        return tr("Applications");
    if (key == "policies"_L1)
        return tr("Policies");
    return tr("Users");
}

} // namespace

QString ExplanationLink::text() const
{
    switch (kind) {
    case Kind::None:
        return {};
    case Kind::Portal:
        return tr("%1 in the portal").arg(portalPageName(name));
    case Kind::Documentation:
        return name;
    }
    return {};
}

QString headlineOf(const Error &error, const Explanation &explanation)
{
    if (!error.vendorText.isEmpty())
        return error.vendorText;
    return !error.message.isEmpty() ? error.message : explanation.title;
}

struct ErrorExplainer::Rule
{
    std::vector<Pattern> patterns{};
    Explanation explanation{};

    static Rule read(JsonReader &reader)
    {
        Rule rule;
        rule.patterns = reader.list("match"_L1, &Pattern::read);
        rule.explanation.id = reader.string("id"_L1);
        rule.explanation.title = reader.string("title"_L1);
        rule.explanation.whatHappened = reader.string("what_happened"_L1);
        rule.explanation.causes = reader.list("causes"_L1, [](JsonReader &cause) {
            return Cause{.title = cause.string("title"_L1),
                         .text = cause.string("text"_L1),
                         .next = cause.string("next"_L1),
                         .action = cause.string("action"_L1, {}),
                         .onlyWithToken = cause.boolean("only_with_token"_L1, false)};
        });
        rule.explanation.link = readLink(reader);
        return rule;
    }
};

ErrorExplainer::ErrorExplainer()
{
    initExplanations();
    QFile file(u":/latchkey/explanations.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const Result<QJsonValue> json = parseJson(isOpen ? file.readAll() : QByteArray("{}"));
    Result<std::vector<Rule>> rules = tl::unexpected<Error>(Error{});
    if (json) {
        JsonReader reader(*json);
        std::vector<Rule> read = reader.list("rules"_L1, &Rule::read);
        rules = reader.finish(std::move(read));
    }
    if (rules)
        m_rules = std::move(*rules);
    else
        qFatal("The compiled-in explanations are damaged: %s", qUtf8Printable(rules.error().detail));
}

ErrorExplainer::~ErrorExplainer() = default;

const ErrorExplainer &ErrorExplainer::shared()
{
    static const ErrorExplainer explainer;
    return explainer;
}

Explanation ErrorExplainer::explain(int status, const QString &code, const QString &description) const
{
    return explain(Error{.reason = code, .code = code, .vendorText = description, .httpStatus = status},
                   QString());
}

Explanation ErrorExplainer::explainCheck(const QString &name) const
{
    return explain(0, u"token_"_s + name, {});
}

std::vector<Explanation> ErrorExplainer::all() const
{
    std::vector<Explanation> all;
    for (const Rule &rule : m_rules)
        all.push_back(rule.explanation);
    return all;
}

Explanation ErrorExplainer::explain(const Error &error) const
{
    return explain(error, kindName(error.kind));
}

// The rules stand in the order in which they are tried, the particular before the general.
Explanation ErrorExplainer::explain(const Error &error, const QString &kind) const
{
    const Symptom symptom{.status = error.httpStatus,
                          .code = error.code,
                          .description = error.vendorText,
                          .kind = kind,
                          .reason = error.reason};
    for (const Rule &rule : m_rules) {
        for (const Pattern &pattern : rule.patterns) {
            if (symptom.fits(pattern))
                return rule.explanation;
        }
    }
    return rawExplanation(symptom, error.vendorText.isEmpty() ? error.message : error.vendorText);
}

} // namespace latchkey
