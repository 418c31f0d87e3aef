// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

void tokenGet(Command &command)
{
    const QString form = command.has(u"form"_s) ? command.value(u"form"_s) : u"bare"_s;
    QString pattern;
    if (form == "header"_L1)
        pattern = u"Authorization: Bearer %1\n"_s;
    else if (form == "bare"_L1)
        pattern = u"%1\n"_s;
    else if (form == "env"_L1)
        pattern = u"ONELOGIN_ACCESS_TOKEN=%1\n"_s;
    else
        return command.refuseUsage(Command::tr("--form is header, bare or env."));
    command.withTokens([&command, pattern](TokenSource &tokens) {
        tokens.token(command.expect<ManagementToken>([&command, pattern](const ManagementToken &token) {
            const QString value = token.value.revealed();
            const auto left = std::chrono::duration_cast<std::chrono::seconds>(token.deadline -
                                                                               command.clock().monotonic());
            command.succeed({{u"access_token"_s, value},
                             {u"token_type"_s, u"bearer"_s},
                             {u"account_id"_s, token.accountId},
                             {u"created_at"_s, toJson(token.createdAt)},
                             {u"expires_at"_s, toJson(token.expiresAt)},
                             {u"expires_in"_s, static_cast<qint64>(token.lifetime.count())},
                             {u"seconds_left"_s, static_cast<qint64>(left.count())}},
                            pattern.arg(value));
        }));
    });
}

// The tenant hands out one token for a pair until it ends, so the one to revoke is asked for first.
void tokenRevoke(Command &command)
{
    command.withTokens([&command](TokenSource &tokens) {
        tokens.token(command.expect<ManagementToken>([&command, &tokens](const ManagementToken &) {
            tokens.revoke(command.expect<void>([&command] {
                command.succeed({{u"revoked"_s, true}}, Command::tr("The token is revoked.") + u'\n');
            }));
        }));
    });
}

void tokenLimit(Command &command)
{
    command.withTokens([&command](TokenSource &tokens) {
        tokens.rateLimit(command.expect<RateLimit>([&command](const RateLimit &limit) {
            const auto reset = static_cast<qint64>(limit.reset.count());
            command.succeed(
                {{u"limit"_s, limit.limit}, {u"remaining"_s, limit.remaining}, {u"reset_seconds"_s, reset}},
                Command::tr("%1 of %2 calls left, counted anew in %3 s")
                        .arg(limit.remaining)
                        .arg(limit.limit)
                        .arg(reset) +
                    u'\n');
        }));
    });
}

} // namespace latchkey::cli
