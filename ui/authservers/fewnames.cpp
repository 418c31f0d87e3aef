// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/fewnames.h"

#include "core/plaintext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFewNames = 10;

} // namespace

bool areFew(const QStringList &names)
{
    return names.size() <= kFewNames;
}

QString listed(QStringList names)
{
    names.sort(Qt::CaseInsensitive);
    for (QString &name : names)
        name = plainLine(name);
    return names.join(u", "_s);
}

} // namespace latchkey
