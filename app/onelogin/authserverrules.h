// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/claim.h"
#include "core/error.h"
#include "core/records.h"

namespace latchkey {

/// The vendor's rules for an authorization server, a scope or a claim that is to be written, looked at
/// before anything is sent. Each problem names the field as the API does; none: it can be sent. `all` are
/// those there already; the one of the same id is what it was before.
std::vector<FieldError> problemsOf(const AuthServer &server, const std::vector<AuthServer> &all);
std::vector<FieldError> problemsOf(const Scope &scope, const std::vector<Scope> &all);
std::vector<FieldError> problemsOf(const Claim &claim, const std::vector<Claim> &all);

/// One field of which the tenant has something else.
struct FieldDifference
{
    QString field{}; ///< as the API names it
    QString wanted{};
    QString found{};
    friend bool operator==(const FieldDifference &, const FieldDifference &) = default;
};

/// Empty: the tenant has what was wanted. A lifetime that is not set was not sent, so it is not compared.
std::vector<FieldDifference> differences(const AuthServer &wanted, const AuthServer &found);
std::vector<FieldDifference> differences(const Scope &wanted, const Scope &found);
std::vector<FieldDifference> differences(const Claim &wanted, const Claim &found);

/// The field in words: "Resource identifier". Translated.
QString fieldName(const QString &field);
/// "Name: “a” was wanted, “b” is there." for each, for a person.
QString differenceText(const std::vector<FieldDifference> &differences);
/// The same where `wanted` is what was loaded and `found` what someone else made of it.
QString changedText(const std::vector<FieldDifference> &since);

/// The error with what the tenant's text says of these fields as its field errors, where the tenant did not
/// name the field itself. `Validation failed: Resource identifier can't be blank, …` speaks of two.
Error placedOn(Error error, const QStringList &fields);

/// An InvalidInput that says what is wrong first and holds all of it.
Error invalidInput(const std::vector<FieldError> &problems);

/// A lifetime as a person types it: a whole number of minutes from 1 on; nothing where it is none.
std::optional<std::chrono::minutes> minutesFrom(const QString &text);

/// `value description` or `value - description` in each line, with a dash of any length, up to the end of the
/// line; empty lines are left out.
std::vector<Scope> scopesFromText(const QString &text);

} // namespace latchkey
