// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/fewnames.h"

#include "core/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

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

QString firstNames(const QStringList &names, qsizetype most)
{
    const qsizetype told = most == 0 ? names.size() : std::min(most, names.size());
    QStringList first;
    for (const QString &name : names.first(told))
        first.append(plainLine(name));
    const int others = static_cast<int>(names.size() - told);
    const QString text = first.join(u", "_s);
    return others == 0 ? text
                       : QCoreApplication::translate("FewNames", "%1 and %n more", nullptr, others).arg(text);
}

} // namespace latchkey
