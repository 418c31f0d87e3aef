// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/loginkeeping.h"

#include "oidc/loginrecord.h"
#include "store/loginstore.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<LoginProfile> profileOf(Command &command, const LoginRequest &request)
{
    LoginProfile profile{.name = command.value(u"save-as"_s),
                         .request = request,
                         .keepsSecret = command.has(u"save-secret"_s),
                         .keepsPassword = command.has(u"save-password"_s),
                         .keepsClaims = command.has(u"save-claims"_s)};
    const bool keepsMore = profile.keepsSecret || profile.keepsPassword || profile.keepsClaims;
    if (keepsMore && !command.has(u"save-as"_s))
        return fail(ErrorKind::InvalidInput,
                    Command::tr("Name the profile that keeps the secrets or claims with --save-as."));
    if (command.has(u"save-as"_s) && !command.has(u"tenant"_s))
        return fail(ErrorKind::InvalidInput,
                    Command::tr("A profile is of a tenant of the workspace: name it with --tenant."));
    if (profile.keepsPassword && request.grant != Grant::Password)
        return fail(ErrorKind::InvalidInput, Command::tr("This login has no password to keep."));
    if (command.has(u"expect"_s)) {
        const Result<LoginExpectation> expected = LoginExpectation::parse(command.value(u"expect"_s));
        if (!expected)
            return fail(expected.error());
        profile.expectation = *expected;
    }
    if (!command.has(u"tenant"_s))
        return profile;
    return command.tenant().map([&profile](const Tenant &tenant) {
        profile.tenant = tenant.id;
        return profile;
    });
}

} // namespace

void LoginKeeping::prepare(Command &command, const LoginRequest &request,
                           const std::function<void(const LoginKeeping &)> &callback)
{
    const Result<LoginProfile> profile = profileOf(command, request);
    if (!profile)
        return command.refuse(profile.error());
    LoginKeeping keeping;
    keeping.m_profile = *profile;
    if (!command.has(u"save-as"_s)) {
        keeping.m_profile.name = request.username.isEmpty() ? request.clientId : request.username;
        keeping.m_profile.request = withoutSecrets(request);
        return callback(keeping);
    }
    const auto saved = [&command, keeping, callback](const Result<LoginProfile> &row) mutable {
        if (!row && row.error().kind == ErrorKind::InvalidInput)
            return command.refuse(row.error(), Exit::Refused);
        if (!row)
            return command.refuse(row.error());
        printError(Command::tr("%1 is kept.").arg(row->name) + u'\n');
        keeping.m_profile = *row;
        callback(keeping);
    };
    command.profiles().save(*profile, Continuation<LoginProfile>(&command, saved));
}

void LoginKeeping::remember(Command &command, const Result<LoginOutcome> &result) const
{
    if (!m_profile.tenant.isValid())
        return;
    const Result<LoginRecord> kept =
        (*command.workspace())->logins().addRecord(recordOf(m_profile, result, command.clock().now()));
    if (!kept)
        printError(errorText(kept.error()));
}

std::optional<bool> LoginKeeping::isMetBy(const Result<LoginOutcome> &result) const
{
    return m_profile.expectation.isMetBy(result);
}

} // namespace latchkey::cli
