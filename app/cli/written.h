// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/verbs.h"
#include "grants/selflockout.h"
#include "grants/servergrants.h"
#include "onelogin/authserverwriter.h"

namespace latchkey::cli {

/// The sentence for what was written, its state and what is different: ends the run with 0 or 1. `record` is
/// what the tenant shows, under its kind: "server".
void reportWritten(Command &command, const QString &kind, const QJsonObject &record, const QString &name,
                   WriteState state, const std::vector<FieldDifference> &differences);
QString writeStateKey(WriteState state); ///< "stored", "not_stored", "conflict"

/// Prints the fields that were refused beside the error itself, and ends the run.
void refuseFields(Command &command, const Error &error);

/// Goes on unless it breaks what is used here and --confirm does not have the name; else ends the run.
/// Without a workspace nothing is known of what is used.
bool mayBreak(Command &command, const QString &name,
              const std::function<std::vector<OwnUse>(const std::vector<OwnUse> &)> &broken);

/// The same for grants, where --confirm has the confirmingName() of each app whose loss breaks something, or
/// that of the server, which stands for all of them; asks the tenant.
void unlessGrantsBreak(Command &command, ApiClient &api, const ServerGrants &grants,
                       const std::vector<GrantChange> &changes, const std::function<void()> &callback);

/// What an option gives, or the text as it is.
QString optionOr(Command &command, const QString &option, const QString &text);

/// Like Command::expect(), with refuseFields().
template<typename T, typename Callable>
Continuation<T> expectWritten(Command &command, Callable callable)
{
    return Continuation<T>(&command, [&command, callable = std::move(callable)](const Result<T> &result) {
        if (!result)
            return refuseFields(command, result.error());
        callable(*result);
    });
}

} // namespace latchkey::cli
