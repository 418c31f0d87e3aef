// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/applying.h"

#include "core/plaintext.h"
#include "grants/grantjournal.h"

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

bool wasSent(const JournalEntry &entry)
{
    return std::any_of(entry.rows.begin(), entry.rows.end(), isOpen);
}

} // namespace

Result<std::pair<GrantJournal *, TenantId>> journalOf(Command &command)
{
    if (command.has(u"url"_s))
        return fail(ErrorKind::InvalidInput,
                    Command::tr("With --url nothing is written down: name a tenant with --tenant."));
    const Result<Tenant> tenant = command.tenant();
    if (!tenant)
        return fail(tenant.error());
    return std::pair(&(*command.workspace())->grantJournal(), tenant->id);
}

GrantApply *makeApply(Command &command, ApiClient &api, const std::vector<GrantChange> &changes,
                      const JournalEntry &head)
{
    auto *apply = new GrantApply(AuthServersApi(api), head.server, changes, command.clock(), &command);
    if (const auto journal = journalOf(command))
        apply->setJournal(*journal->first, head);
    return apply;
}

JournalEntry headOf(Command &command, const ServerGrants &grants, ChangeOrigin origin)
{
    const QString who =
        command.has(u"credential"_s) ? command.value(u"credential"_s) : command.value(u"client-id"_s);
    return journalHead(command.tenant().value_or(Tenant{}), grants.server, grants.scopes, who, origin);
}

void tellInterruptedApplies(Command &command)
{
    const auto journal = journalOf(command);
    if (!journal)
        return;
    const auto entries = journal->first->unfinished(journal->second);
    for (const JournalEntry &entry : entries.value_or(std::vector<JournalEntry>{})) {
        if (wasSent(entry))
            printError(
                Command::tr("The changes %1 to %2 were interrupted: whether all that was sent is stored "
                            "is not known. latchkey-cli grants reconcile reads it.\n")
                    .arg(entry.id.value)
                    .arg(plainLine(entry.serverName)));
    }
}

} // namespace latchkey::cli
