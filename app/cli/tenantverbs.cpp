// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "store/loginstore.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonObject tenantJson(const Tenant &tenant)
{
    return {{u"name"_s, tenant.name},
            {u"url"_s, tenant.baseUrl.toString()},
            {u"issuer"_s, tenant.issuer().toString()},
            {u"type"_s, tenantTypeKey(tenant.type)},
            {u"read_only"_s, tenant.readOnly}};
}

Result<std::vector<Tenant>> allTenants(Command &command)
{
    const Result<Workspace *> workspace = command.workspace();
    if (!workspace)
        return fail(workspace.error());
    return (*workspace)->tenants();
}

/// Likewise, and then the tenant.
void removeProfiles(Command &command, const Tenant &tenant)
{
    const Result<std::vector<LoginProfile>> left = (*command.workspace())->logins().profiles(tenant.id);
    if (!left)
        return command.refuse(left.error());
    if (left->empty()) {
        const Result<void> removed =
            (*command.workspace())->removeTenant(tenant.id, Workspace::Owning::Nothing);
        if (!removed)
            return command.refuse(removed.error());
        return command.succeed({{u"removed"_s, tenant.name}},
                               Command::tr("%1 is removed.").arg(tenant.name) + u'\n');
    }
    command.profiles().remove(left->back(),
                              command.expect<void>([&command, tenant] { removeProfiles(command, tenant); }));
}

/// Secrets first, one after the other; the tenant only once they are all gone.
void removeCredentials(Command &command, const Tenant &tenant, std::vector<ApiCredential> left)
{
    if (left.empty())
        return removeProfiles(command, tenant);
    const ApiCredential last = left.back();
    left.pop_back();
    command.credentials().remove(
        last, command.expect<void>([&command, tenant, left] { removeCredentials(command, tenant, left); }));
}

} // namespace

void tenantsList(Command &command)
{
    const Result<std::vector<Tenant>> tenants = allTenants(command);
    if (!tenants)
        return command.refuse(tenants.error());
    QJsonArray json;
    std::vector<QStringList> rows;
    for (const Tenant &tenant : *tenants) {
        json.append(tenantJson(tenant));
        rows.push_back({tenant.name, tenantTypeKey(tenant.type), tenant.baseUrl.toString()});
    }
    command.succeed({{u"tenants"_s, json}},
                    table({Command::tr("NAME"), Command::tr("TYPE"), Command::tr("ADDRESS")}, rows));
}

void tenantsAdd(Command &command)
{
    const bool isArgument = !command.argument(1).isEmpty();
    if (isArgument == command.has(u"url"_s))
        return command.refuseUsage(Command::tr("Give the address of the tenant once."));
    const Result<QUrl> address =
        parseTenantAddress(isArgument ? command.argument(1) : command.value(u"url"_s));
    if (!address)
        return command.refuse(address.error());
    const std::optional<TenantType> type =
        command.has(u"type"_s) ? tenantTypeFromKey(command.value(u"type"_s)) : TenantType::Production;
    if (!type)
        return command.refuseUsage(Command::tr("--type is production, staging, development or sandbox."));
    const Result<Workspace *> workspace = command.workspace();
    if (!workspace)
        return command.refuse(workspace.error());
    const Result<Tenant> added = (*workspace)
                                     ->addTenant({.name = command.argument(0),
                                                  .baseUrl = *address,
                                                  .type = *type,
                                                  .readOnly = command.has(u"read-only"_s)});
    if (!added)
        return command.refuse(added.error(), Exit::Refused);
    command.succeed({{u"tenant"_s, tenantJson(*added)}},
                    Command::tr("%1 is added.").arg(added->name) + u'\n');
}

void tenantsShow(Command &command)
{
    const Result<Tenant> tenant = command.tenantNamed(command.argument(0));
    if (!tenant)
        return command.refuse(tenant.error());
    command.succeed({{u"tenant"_s, tenantJson(*tenant)}},
                    Command::tr("%1 (%2)\nAddress: %3\nIssuer: %4\n")
                        .arg(tenant->name, tenantTypeKey(tenant->type), tenant->baseUrl.toString(),
                             tenant->issuer().toString()));
}

void tenantsRemove(Command &command)
{
    const Result<Tenant> tenant = command.tenantNamed(command.argument(0));
    if (!tenant)
        return command.refuse(tenant.error());
    Result<std::vector<ApiCredential>> credentials = command.credentials().list(tenant->id);
    const auto hidden = command.credentials().workspace().hiddenCredentials(tenant->id);
    if (!credentials || !hidden)
        return command.refuse(credentials ? hidden.error() : credentials.error());
    credentials->insert(credentials->end(), hidden->begin(), hidden->end());
    removeCredentials(command, *tenant, std::move(*credentials));
}

} // namespace latchkey::cli
