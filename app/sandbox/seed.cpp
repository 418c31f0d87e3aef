// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/seed.h"

#include "sandbox/seedtables.h"

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kOidcConnector = 108419;
constexpr qint64 kSamlConnector = 110016;

/// Fills a directory step by step; later steps refer to earlier ones by name.
class Seeder
{
public:
    Seeder(Random &random, const QDateTime &now)
        : m_random(random)
        , m_now(now)
    {
        m_directory.accountId = 100000 + random.below(900000);
        m_directory.lastId = 1000000 + random.below(900000);
    }

    void addPairs()
    {
        const std::optional<UserId> owner = firstAdmin();
        for (const PairSeed &seed : kPairs) {
            m_directory.pairs.push_back({.id = {m_directory.nextId()},
                                         .name = seed.name,
                                         .level = seed.level,
                                         .clientId = m_random.hex(64),
                                         .clientSecret = m_random.hex(64),
                                         .state = seed.state,
                                         .note = seed.note,
                                         .owner = seed.ownerDeleted ? std::nullopt : owner,
                                         .createdAt = m_now.addDays(-seed.ageDays)});
        }
    }

    void addUsers()
    {
        const Role role{.id = {m_directory.nextId()}, .name = u"Employees"_s};
        m_directory.roles.push_back(role);
        for (QLatin1StringView name : kGroups)
            m_directory.groups.push_back({.id = {m_directory.nextId()}, .name = name});
        for (const UserSeed &seed : kUsers) {
            User user{.id = {m_directory.nextId()},
                      .username = seed.username,
                      .email = seed.username + "@example.com"_L1,
                      .firstName = seed.firstName,
                      .lastName = seed.lastName,
                      .password = seed.hasPassword ? m_random.password() : QString(),
                      .status = seed.status,
                      .isAdmin = seed.isAdmin,
                      .changedAt = m_now.addDays(-30)};
            if (seed.mfaRequired)
                user.deviceId = m_directory.nextId();
            if (user.status == UserStatus::Locked)
                user.lockedUntil = m_now.addDays(1);
            if (seed.assigned) {
                user.roles.insert(role.id);
                user.group = m_directory.groups.front().id;
            }
            m_directory.users.emplace(user.id, user);
        }
    }

    AppId addApp(AppMethod method, const QString &name, const QString &description, ClientAuth auth)
    {
        const bool oidc = method == AppMethod::OpenIdConnect;
        App app{.id = {m_directory.nextId()},
                .method = method,
                .name = name,
                .description = description,
                .connectorId = oidc ? kOidcConnector : kSamlConnector,
                .auth = auth,
                .createdAt = m_now.addDays(-400),
                .updatedAt = m_now.addDays(-20)};
        if (oidc) {
            app.clientId = m_random.appClientId(m_directory.accountId);
            app.clientSecret = auth == ClientAuth::None ? QString() : m_random.hex(64);
        }
        m_directory.apps.emplace(app.id, app);
        return app.id;
    }

    void addApps()
    {
        for (const AppSeed &seed : kApps) {
            App &app =
                m_directory.apps.at(addApp(AppMethod::OpenIdConnect, seed.name, seed.description, seed.auth));
            app.native = seed.kind == AppKind::Native;
            if (seed.kind == AppKind::Service)
                continue;
            app.redirectUris = u"http://127.0.0.1:8765/callback,http://localhost:8765/callback"_s;
            app.postLogoutUris = u"http://127.0.0.1:8765/logged-out"_s;
            app.refreshMinutes = 60;
        }
        for (const NamedText &seed : kSamlApps)
            addApp(AppMethod::Saml, seed.name, seed.text, ClientAuth::Basic);
    }

    Server &addServer(const QString &name, const QString &description, const QString &resource)
    {
        Server server{.id = {m_directory.nextId()},
                      .name = name,
                      .description = description.isEmpty() ? std::nullopt : std::optional(description),
                      .resourceIdentifier = resource,
                      .audiences = {resource}};
        return m_directory.servers.emplace(server.id, server).first->second;
    }

    void addServers()
    {
        for (const ServerSeed &seed : kServers) {
            Server &server =
                addServer(seed.name, seed.description, "https://api.example.com/"_L1 + seed.path);
            for (const NamedText &scope : seed.scopes)
                addScope(server, scope.name, scope.text);
            for (const NamedText &claim : seed.claims)
                server.claims.emplace(ClaimId{m_directory.nextId()}, claimOf(claim));
            for (const GrantSeed &grant : seed.grants)
                server.clients.emplace(appNamed(grant.app), scopesOf(server, grant.pattern));
        }
    }

    void addExtras(const SeedExtras &extras)
    {
        if (extras.apps > 0 || extras.scopes > 0)
            addScaleServer(extras);
        for (int i = 1; i <= extras.servers; ++i) {
            Server &server = addServer(u"Extra API %1"_s.arg(i, 5, 10, QLatin1Char('0')), {},
                                       u"https://api.example.com/extra-%1"_s.arg(i));
            for (QLatin1StringView verb : {"read:"_L1, "write:"_L1, "delete:"_L1})
                addScope(server, verb + u"extra-%1"_s.arg(i), u"Made for tests of scale"_s);
        }
    }

    Directory take() { return std::move(m_directory); }

private:
    static Claim claimOf(const NamedText &seed)
    {
        const bool roles = seed.text == "roles"_L1;
        const QJsonValue null(QJsonValue::Null);
        return {.name = seed.name,
                .userAttributeMappings = QString(seed.text),
                .userAttributeMacros = null,
                .attributesTransformations = roles ? QJsonValue(u"semicolon_separated_list"_s) : null};
    }

    ScopeId addScope(Server &server, const QString &value, const QString &description)
    {
        const ScopeId id{m_directory.nextId()};
        server.scopes.emplace(id, ScopeText{.value = value, .description = description});
        return id;
    }

    // Not the one who is signed in at the portal, so that deleting that user leaves these pairs alive.
    std::optional<UserId> firstAdmin() const
    {
        const auto found =
            std::ranges::find_if(m_directory.users, [](const auto &entry) { return entry.second.isAdmin; });
        Q_ASSERT(found != m_directory.users.end());
        return found->first;
    }

    AppId appNamed(QLatin1StringView name) const
    {
        const auto found = std::ranges::find_if(
            m_directory.apps, [name](const auto &entry) { return entry.second.name == name; });
        Q_ASSERT(found != m_directory.apps.end());
        return found->first;
    }

    // One character a scope, in the order of the table: x is granted.
    static ScopeSet scopesOf(const Server &server, QLatin1StringView pattern)
    {
        ScopeSet granted;
        qsizetype column = 0;
        for (const auto &[id, scope] : server.scopes) {
            if (column < pattern.size() && pattern.at(column) == u'x')
                granted.insert(id);
            ++column;
        }
        return granted;
    }

    void addScaleServer(const SeedExtras &extras)
    {
        Server &server =
            addServer(u"Scale API"_s, u"Made for tests of scale"_s, u"https://api.example.com/scale"_s);
        std::vector<ScopeId> scopes;
        for (int i = 1; i <= extras.scopes; ++i)
            scopes.push_back(addScope(server, u"scale:%1"_s.arg(i, 4, 10, QLatin1Char('0')),
                                      u"Made for tests of scale"_s));
        for (int i = 1; i <= extras.apps; ++i) {
            const AppId app =
                addApp(AppMethod::OpenIdConnect, u"scale-app-%1"_s.arg(i, 6, 10, QLatin1Char('0')),
                       u"Made for tests of scale"_s, ClientAuth::Basic);
            ScopeSet granted;
            std::ranges::copy_if(scopes, std::inserter(granted, granted.end()),
                                 [this](ScopeId) { return m_random.below(4) == 0; });
            server.clients.emplace(app, granted);
        }
    }

    Random &m_random;
    QDateTime m_now;
    Directory m_directory{};
};

} // namespace

Directory seedDirectory(Random &random, const QDateTime &now, const SeedExtras &extras)
{
    Seeder seeder(random, now);
    seeder.addUsers();
    seeder.addPairs();
    seeder.addApps();
    seeder.addServers();
    seeder.addExtras(extras);
    return seeder.take();
}

} // namespace latchkey::sandbox
