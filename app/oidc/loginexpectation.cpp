// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginexpectation.h"

namespace latchkey {

using namespace Qt::StringLiterals;

Result<LoginExpectation> LoginExpectation::parse(const QString &text)
{
    if (text == "success"_L1)
        return LoginExpectation{.kind = Kind::Success};
    const qsizetype colon = text.indexOf(u':');
    const LoginExpectation expectation{.kind = Kind::Error,
                                       .error = text.first(colon < 0 ? text.size() : colon).trimmed(),
                                       .description =
                                           colon < 0 ? QString() : text.sliced(colon + 1).trimmed()};
    if (expectation.error.isEmpty() && expectation.description.isEmpty())
        return fail(ErrorKind::InvalidInput,
                    tr("An expectation is success, or an error code, a part of its description behind a "
                       "colon, or both."));
    return expectation;
}

QString LoginExpectation::text() const
{
    switch (kind) {
    case Kind::None:
        return {};
    case Kind::Success:
        return u"success"_s;
    case Kind::Error:
        return description.isEmpty() ? error : error + u':' + description;
    }
    return {};
}

std::optional<bool> LoginExpectation::isMetBy(const Result<LoginOutcome> &result) const
{
    if (kind == Kind::None)
        return std::nullopt;
    if (kind == Kind::Success)
        return result && result->ok;
    if (result && result->ok)
        return false;
    // What answers in another dialect of the vendor has a code and a text too.
    const Error refusal = refusalOf(result);
    return (error.isEmpty() || refusal.code == error) &&
           refusal.vendorText.contains(description, Qt::CaseInsensitive);
}

} // namespace latchkey
