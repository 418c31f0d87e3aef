// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/freename.h"

#include "core/plaintext.h"
#include "store/rows.h"
#include "store/workspace.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString freeName(const Workspace &workspace, TenantId tenant, const QString &wanted,
                 const QSet<QString> &alsoTaken)
{
    // A workspace that cannot be read says so when the name is used.
    const auto isTaken = [&](const QString &name) {
        if (alsoTaken.contains(nameKey(name)))
            return true;
        const Result<void> usable = workspace.checkName(ApiCredential{.tenant = tenant, .name = name});
        return !usable && usable.error().kind == ErrorKind::InvalidInput;
    };
    const QString plain = withoutControls(wanted); // or no number would make it usable
    QString name = plain;
    for (int number = 2; isTaken(name); ++number)
        name = u"%1-%2"_s.arg(plain).arg(number);
    return name;
}

} // namespace latchkey
