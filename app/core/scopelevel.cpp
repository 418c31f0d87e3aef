// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scopelevel.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// "Manage users", "manage_users" and "ManageUsers" are one name.
QString comparable(QStringView name)
{
    QString key;
    std::copy_if(name.begin(), name.end(), std::back_inserter(key), [](QChar character) {
        return !character.isSpace() && character != u'_' && character != u'-';
    });
    return key.toCaseFolded();
}

} // namespace

QString scopeLevelName(ScopeLevel level)
{
    switch (level) {
    case ScopeLevel::AuthenticationOnly:
        return u"Authentication Only"_s;
    case ScopeLevel::ReadUsers:
        return u"Read Users"_s;
    case ScopeLevel::ManageUsers:
        return u"Manage users"_s;
    case ScopeLevel::ReadAll:
        return u"Read All"_s;
    case ScopeLevel::ManageAll:
        return u"Manage All"_s;
    }
    return {};
}

QString scopeLevelMeaning(ScopeLevel level)
{
    switch (level) {
    case ScopeLevel::AuthenticationOnly:
        return QCoreApplication::translate("ScopeLevel",
                                           "Signs users in and verifies factors; reads nothing.");
    case ScopeLevel::ReadUsers:
        return QCoreApplication::translate("ScopeLevel", "Reads users, roles and groups.");
    case ScopeLevel::ManageUsers:
        return QCoreApplication::translate(
            "ScopeLevel", "Changes users, roles and groups; not passwords or role assignment.");
    case ScopeLevel::ReadAll:
        return QCoreApplication::translate("ScopeLevel", "Reads everything; changes nothing.");
    case ScopeLevel::ManageAll:
        return QCoreApplication::translate("ScopeLevel", "Reads and changes everything.");
    }
    return {};
}

std::optional<ScopeLevel> scopeLevelFromName(QStringView name)
{
    const auto exact = std::ranges::find(kScopeLevels, name, scopeLevelName);
    if (exact != kScopeLevels.end())
        return *exact;
    const QString wanted = comparable(name);
    for (ScopeLevel level : kScopeLevels) {
        if (wanted == comparable(scopeLevelName(level)))
            return level;
    }
    return std::nullopt;
}

} // namespace latchkey
