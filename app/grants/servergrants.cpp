// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/servergrants.h"

#include <algorithm>

namespace latchkey {

namespace {

template<typename Matches>
const Scope *firstThat(const std::vector<Scope> &scopes, Matches matches)
{
    const auto scope = std::find_if(scopes.begin(), scopes.end(), matches);
    return scope == scopes.end() ? nullptr : &*scope;
}

} // namespace

const Scope *ServerGrants::scope(ScopeId id) const
{
    return firstThat(scopes, [id](const Scope &each) { return each.id == id; });
}

const Scope *ServerGrants::scope(QStringView value) const
{
    return firstThat(scopes, [value](const Scope &each) { return each.value == value; });
}

QStringList ServerGrants::valuesOf(const ScopeSet &ids) const
{
    QStringList values;
    for (ScopeId id : ids) {
        const Scope *known = scope(id);
        values.append(known ? known->value : id.toString());
    }
    values.sort();
    return values;
}

std::vector<Scope> scopesNamed(const ScopeSet &ids, const std::vector<Scope> &scopes)
{
    std::vector<Scope> named;
    ScopeSet unlisted = ids;
    for (const Scope &scope : scopes) {
        if (unlisted.erase(scope.id) > 0)
            named.push_back(scope);
    }
    for (ScopeId id : unlisted)
        named.push_back({.id = id, .value = id.toString()});
    return named;
}

} // namespace latchkey
