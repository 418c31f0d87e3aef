// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/profilechoice.h"

#include "store/loginstore.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString listed(const std::vector<ChosenProfile> &profiles)
{
    constexpr size_t most = 20;
    QStringList names;
    for (const ChosenProfile &each : profiles) {
        if (names.size() == most) {
            names.append(u"…"_s);
            break;
        }
        names.append(u"%1 (%2)"_s.arg(each.profile.name, each.tenant.name));
    }
    return names.join(u", "_s);
}

} // namespace

Result<std::vector<Tenant>> tenantsMeant(Command &command)
{
    if (command.has(u"url"_s))
        return fail(ErrorKind::InvalidInput,
                    Command::tr("Login profiles are of a tenant of the workspace: name it with --tenant."));
    if (command.has(u"tenant"_s))
        return command.tenant().map([](const Tenant &tenant) { return std::vector<Tenant>{tenant}; });
    return command.workspace().and_then([](Workspace *workspace) { return workspace->tenants(); });
}

Result<std::vector<ChosenProfile>> profilesMeant(Command &command)
{
    const Result<std::vector<Tenant>> tenants = tenantsMeant(command);
    if (!tenants)
        return fail(tenants.error());
    std::vector<ChosenProfile> all;
    for (const Tenant &tenant : *tenants) {
        const Result<std::vector<LoginProfile>> profiles =
            (*command.workspace())->logins().profiles(tenant.id);
        if (!profiles)
            return fail(profiles.error());
        for (const LoginProfile &profile : *profiles)
            all.push_back({tenant, profile});
    }
    return all;
}

Result<ChosenProfile> profileNamed(const std::vector<ChosenProfile> &profiles, const QString &name)
{
    for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        std::vector<ChosenProfile> found;
        for (const ChosenProfile &each : profiles) {
            if (each.profile.name.compare(name, sensitivity) == 0)
                found.push_back(each);
        }
        if (found.size() == 1)
            return found.front();
        if (!found.empty())
            return fail(ErrorKind::Invalid,
                        Command::tr("Several login profiles are called %1. Name the tenant with --tenant: %2")
                            .arg(name, listed(found)));
    }
    if (profiles.empty())
        return fail(ErrorKind::NotFound, Command::tr("There are no login profiles."));
    return fail(
        ErrorKind::NotFound,
        Command::tr("There is no login profile called %1. There are: %2").arg(name, listed(profiles)));
}

} // namespace latchkey::cli
