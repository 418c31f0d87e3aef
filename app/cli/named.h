// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace latchkey::cli {

/// The one record of that name: letter by letter, else whatever its case. `kind` names the records.
template<typename Record>
Result<Record> theOneNamed(const std::vector<Record> &records, const QString &name, const QString &kind)
{
    for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        std::vector<Record> found;
        for (const Record &each : records) {
            if (each.name.compare(name, sensitivity) == 0)
                found.push_back(each);
        }
        if (found.size() == 1)
            return found.front();
        if (found.empty())
            continue;
        QStringList candidates;
        for (const Record &each : found)
            candidates.append(QStringLiteral("%1 (%2)").arg(each.id.toString(), each.name));
        return fail(ErrorKind::Invalid, Command::tr("Several of the %1 are called %2. Use the id of one: %3")
                                            .arg(kind, name, candidates.join(QStringLiteral(", "))));
    }
    return fail(ErrorKind::NotFound, Command::tr("None of the %1 is called %2.").arg(kind, name));
}

} // namespace latchkey::cli
