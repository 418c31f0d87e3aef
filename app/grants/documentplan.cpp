// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/documentplan.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("GrantDocument", text);
}

template<typename Id>
QString candidate(Id id, const QString &name)
{
    return u"%1 (%2)"_s.arg(id.toString(), name);
}

/// Finds the apps of a file in a tenant and says what is wrong with them.
class Planner
{
public:
    Planner(const GrantDocument &document, const ServerGrants &grants, const std::vector<OidcApp> &apps)
        : m_document(document)
        , m_grants(grants)
    {
        for (const OidcApp &app : apps)
            know(app.id, app.name);
        for (const ClientApp &app : grants.clientApps) {
            know(app.id, app.name);
            m_present.emplace(app.id, &app.scopes);
        }
    }

    DocumentPlan plan(Unlisted unlisted)
    {
        for (const GrantDocument::App &app : m_document.apps)
            planApp(app);
        if (unlisted == Unlisted::Remove)
            removeUnlisted();
        std::sort(m_plan.changes.begin(), m_plan.changes.end(),
                  [](const GrantChange &left, const GrantChange &right) {
                      return std::tie(left.appName, left.app) < std::tie(right.appName, right.app);
                  });
        return std::move(m_plan);
    }

private:
    void know(AppId id, const QString &name)
    {
        if (m_names.emplace(id, name).second)
            m_ids[name].push_back(id);
    }

    void planApp(const GrantDocument::App &app)
    {
        const std::optional<AppId> id = app.id.isValid() ? byId(app) : byName(app);
        std::optional<ScopeSet> wanted = scopesMeant(app);
        if (!id || !wanted)
            return;
        if (!m_planned.insert(*id).second) {
            complain({.kind = GrantProblem::Kind::RepeatedApp,
                      .app = app.name,
                      .message = tr("The file lists the app %1 twice.").arg(candidate(*id, app.name))});
            return;
        }
        const auto present = m_present.find(*id);
        const bool isClient = present != m_present.end();
        if (isClient)
            wanted->merge(unlistedOf(*present->second));
        if (isClient && *present->second == *wanted)
            return;
        m_plan.changes.push_back(
            {.action = isClient ? GrantAction::UpdateClientApp : GrantAction::AddClientApp,
             .app = *id,
             .appName = app.name,
             .before = isClient ? *present->second : ScopeSet(),
             .after = *wanted});
    }

    std::optional<AppId> byId(const GrantDocument::App &app)
    {
        const auto known = m_names.find(app.id);
        if (known != m_names.end() && known->second == app.name)
            return app.id;
        complain({.kind = GrantProblem::Kind::OtherApp,
                  .app = app.name,
                  .message = known == m_names.end()
                                 ? tr("The tenant has no app with the id %1.").arg(app.id.toString())
                                 : tr("The app with the id %1 is called %2 here, not %3.")
                                       .arg(app.id.toString(), known->second, app.name),
                  .candidates = candidates(app.name)});
        return {};
    }

    std::optional<AppId> byName(const GrantDocument::App &app)
    {
        const auto ids = m_ids.find(app.name);
        if (ids == m_ids.end()) {
            complain({.kind = GrantProblem::Kind::UnknownApp,
                      .app = app.name,
                      .message = tr("The tenant has no OIDC app called %1.").arg(app.name),
                      .candidates = candidates(app.name)});
            return {};
        }
        if (ids->second.size() == 1)
            return ids->second.front();
        const QStringList several = candidates(app.name);
        complain({.kind = GrantProblem::Kind::AmbiguousApp,
                  .app = app.name,
                  .message = tr("Several apps are called %1: %2. Say which with app_id.")
                                 .arg(app.name, several.join(", "_L1)),
                  .candidates = several});
        return {};
    }

    std::optional<ScopeSet> scopesMeant(const GrantDocument::App &app)
    {
        ScopeSet scopes;
        bool isWhole = true;
        for (const QString &value : app.scopes) {
            const Scope *scope = m_grants.scope(value);
            if (scope) {
                scopes.insert(scope->id);
                continue;
            }
            isWhole = false;
            complain({.kind = GrantProblem::Kind::UnknownScope,
                      .app = app.name,
                      .scope = value,
                      .message = tr("%1 has no scope %2, which the file grants to %3.")
                                     .arg(m_grants.server.name, value, app.name)});
        }
        return isWhole ? std::optional(scopes) : std::nullopt;
    }

    /// A file can only name what the server lists: what it does not is not the file's to take away.
    ScopeSet unlistedOf(ScopeSet scopes) const
    {
        for (const Scope &scope : m_grants.scopes)
            scopes.erase(scope.id);
        return scopes;
    }

    /// An app that the file names in a way that does not fit may be any of these: they stay.
    void removeUnlisted()
    {
        std::set<QString> listed;
        for (const GrantDocument::App &app : m_document.apps)
            listed.insert(app.name);
        for (const ClientApp &app : m_grants.clientApps) {
            const bool isDoubtful = !m_plan.problems.empty() && listed.contains(app.name);
            if (!m_planned.contains(app.id) && !isDoubtful)
                m_plan.changes.push_back({.action = GrantAction::RemoveClientApp,
                                          .app = app.id,
                                          .appName = app.name,
                                          .before = app.scopes});
        }
    }

    /// The apps whose name differs at most in case.
    QStringList candidates(const QString &name) const
    {
        QStringList found;
        for (const auto &[id, known] : m_names) {
            if (known.compare(name, Qt::CaseInsensitive) == 0)
                found.append(candidate(id, known));
        }
        return found;
    }

    void complain(GrantProblem problem) { m_plan.problems.push_back(std::move(problem)); }

    const GrantDocument &m_document;
    const ServerGrants &m_grants;
    std::map<AppId, QString> m_names;
    std::map<QString, std::vector<AppId>> m_ids;
    std::map<AppId, const ScopeSet *> m_present;
    std::set<AppId> m_planned;
    DocumentPlan m_plan;
};

} // namespace

QString problemKey(GrantProblem::Kind kind)
{
    switch (kind) {
    case GrantProblem::Kind::UnknownApp:
        return u"unknown_app"_s;
    case GrantProblem::Kind::AmbiguousApp:
        return u"ambiguous_app"_s;
    case GrantProblem::Kind::OtherApp:
        return u"other_app"_s;
    case GrantProblem::Kind::RepeatedApp:
        return u"repeated_app"_s;
    case GrantProblem::Kind::UnknownScope:
        return u"unknown_scope"_s;
    }
    return {};
}

Result<AuthServer> serverMeant(const GrantDocument &document, const std::vector<AuthServer> &servers)
{
    std::vector<AuthServer> found;
    for (const AuthServer &server : servers) {
        if (server.name == document.server)
            found.push_back(server);
    }
    if (found.empty())
        return fail(ErrorKind::NotFound,
                    tr("The tenant has no authorization server called %1.").arg(document.server));
    if (found.size() == 1)
        return found.front();
    QStringList candidates;
    std::vector<AuthServer> fitting;
    for (const AuthServer &server : found) {
        candidates.append(u"%1 (%2)"_s.arg(server.id.toString(), server.resourceIdentifier));
        if (server.resourceIdentifier == document.resourceIdentifier)
            fitting.push_back(server);
    }
    if (fitting.size() == 1)
        return fitting.front();
    return fail(ErrorKind::Invalid, tr("Several authorization servers are called %1. Name one by its id: %2")
                                        .arg(document.server, candidates.join(", "_L1)));
}

DocumentPlan planDocument(const GrantDocument &document, const ServerGrants &grants,
                          const std::vector<OidcApp> &apps, Unlisted unlisted)
{
    return Planner(document, grants, apps).plan(unlisted);
}

} // namespace latchkey
