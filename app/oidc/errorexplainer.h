// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QStringList>

#include <vector>

namespace latchkey {

/// A likely cause and what to try next.
struct Cause
{
    QString title{};
    QString text{};
    QString next{};   ///< words of the next test, for example "Try POST client authentication"
    QString action{}; ///< its stable name, `look_up_user`, where the window has a button that does it
    bool onlyWithToken = false; ///< it can be the cause only where the request bore a token
};

/// Where to read on or to act: a page of the tenant's portal, by its key, or a section of a documentation,
/// by its name. Never an address: those change, and differ from tenant to tenant.
struct ExplanationLink
{
    enum class Kind { None, Portal, Documentation };

    Kind kind = Kind::None;
    QString name{};

    /// "API Credentials in the portal", "Client Credentials Grant in OneLogin's documentation". Translated.
    QString text() const;
};

/// What an error means, in plain words.
struct Explanation
{
    QString id{}; ///< stable; empty where nothing is known
    QString title{};
    QString whatHappened{};
    std::vector<Cause> causes{}; ///< the likeliest first
    ExplanationLink link{};
    bool known = true; ///< false: nothing but the raw text is known
};

/// The sentence to begin with: the provider's own words, else ours, else the title.
QString headlineOf(const Error &error, const Explanation &explanation);

/// Explains what comes back from a login or the API, keyed on status, code and description, and what fails on
/// this side, keyed on the reason or the kind of the Error. The texts are data:
/// resources/explanations/explanations.json, whose schema stands beside it.
class ErrorExplainer
{
public:
    /// Reads the compiled-in texts.
    ErrorExplainer();
    ~ErrorExplainer();
    /// The one of this process; the texts are read once.
    static const ErrorExplainer &shared();

    /// The code may be the reason of an Error too.
    Explanation explain(int status, const QString &code, const QString &description) const;
    Explanation explain(const Error &error) const;
    /// A check of a token that failed, by its name: "expires", "issuer" …
    Explanation explainCheck(const QString &name) const;
    std::vector<Explanation> all() const; ///< in the order in which they are tried

private:
    struct Rule;
    Explanation explain(const Error &error, const QString &kind) const;
    std::vector<Rule> m_rules;
};

} // namespace latchkey
