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
    QString action{}; ///< its stable name for the window: `try_auth_post`, `look_up_user`, …
};

/// What an error means, in plain words.
struct Explanation
{
    QString title{};
    QString whatHappened{};
    std::vector<Cause> causes{}; ///< the likeliest first
    bool known = true;           ///< false: nothing but the raw text is known
};

/// Explains what comes back from a login or the API, keyed on status, code and description. The
/// texts are data: resources/explanations/explanations.json.
class ErrorExplainer
{
public:
    /// Reads the compiled-in texts.
    ErrorExplainer();
    ~ErrorExplainer();

    Explanation explain(int status, const QString &code, const QString &description) const;
    Explanation explain(const Error &error) const;

private:
    struct Rule;
    Explanation explain(const Error &error, const QString &kind) const;
    std::vector<Rule> m_rules;
};

} // namespace latchkey
