// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/grantdocument.h"

#include "core/printablejson.h"
#include "grants/yamltext.h"
#include "interchange/sourcetext.h"
#include "jose/strictjson.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSchema = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("GrantDocument", text);
}

/// "apps[1].scope" for a member that the format does not have; empty if there is none.
QString unknownMember(const QJsonValue &value, const QString &path, const QStringList &known)
{
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (!known.contains(member.key()))
            return path + member.key();
    }
    return {};
}

QString unknownMember(const QJsonObject &root)
{
    QString found = unknownMember(root, {}, {u"schema"_s, u"server"_s, u"apps"_s, u"comment"_s});
    if (found.isEmpty())
        found = unknownMember(root.value("server"_L1), u"server."_s,
                              {u"name"_s, u"resource_identifier"_s, u"comment"_s});
    const QJsonArray apps = root.value("apps"_L1).toArray();
    for (qsizetype i = 0; i < apps.size() && found.isEmpty(); ++i)
        found = unknownMember(apps.at(i), u"apps[%1]."_s.arg(i),
                              {u"app"_s, u"app_id"_s, u"scopes"_s, u"comment"_s});
    return found;
}

/// The first that stands twice; empty if none does.
QString repeated(QStringList values)
{
    values.sort();
    const auto twin = std::adjacent_find(values.begin(), values.end());
    return twin == values.end() ? QString() : *twin;
}

GrantDocument::App readApp(JsonReader &reader)
{
    GrantDocument::App app{.name = reader.string("app"_L1),
                           .id = AppId{reader.integer("app_id"_L1, 0)},
                           .scopes = reader.strings("scopes"_L1)};
    if (app.name.isEmpty())
        reader.reject("app"_L1, tr("the name of the app is missing"));
    if (reader.has("app_id"_L1) && !app.id.isValid())
        reader.reject("app_id"_L1, tr("this is no id"));
    if (!reader.has("scopes"_L1))
        reader.reject("scopes"_L1, tr("write [] for a client app without scopes"));
    if (const QString twin = repeated(app.scopes); !twin.isEmpty())
        reader.reject("scopes"_L1, tr("%1 stands here twice").arg(twin));
    return app;
}

GrantDocument readRoot(JsonReader &reader)
{
    GrantDocument document;
    if (reader.integer("schema"_L1) != kSchema)
        reader.reject("schema"_L1, tr("only schema 1 is known here"));
    JsonReader server = reader.object("server"_L1);
    document.server = server.string("name"_L1);
    document.resourceIdentifier = server.string("resource_identifier"_L1, QString());
    document.apps = reader.list("apps"_L1, readApp);
    std::set<std::pair<QString, AppId>> known;
    for (const GrantDocument::App &app : document.apps) {
        if (!known.emplace(app.name, app.id).second)
            reader.reject("apps"_L1, tr("the app %1 stands here twice").arg(app.name));
    }
    return document;
}

/// "apps[1].scopes: why" as a sentence, with the line of the closest value that is there.
Error placed(const QString &problem, const QHash<QString, int> &lines)
{
    QString path = problem.section(": "_L1, 0, 0);
    while (!path.isEmpty() && !lines.contains(path))
        path.truncate(std::max(path.lastIndexOf(u'.'), path.lastIndexOf(u'[')));
    const int line = lines.value(path);
    return {.kind = ErrorKind::InvalidInput,
            .message = line > 0 ? tr("Line %1: %2.").arg(line).arg(problem) : problem + u'.'};
}

Result<YamlText> parse(const QByteArray &bytes)
{
    const Result<QString> text = decodedText(bytes);
    if (!text)
        return fail(text.error());
    if (!text->trimmed().startsWith(u'{'))
        return parseYaml(*text);
    return strictObject(text->toUtf8(), tr("file")).map([](const QJsonObject &object) {
        return YamlText{.value = object};
    });
}

struct NamedApp
{
    const ClientApp *app = nullptr;
    bool isAmbiguous = false;
};

std::vector<NamedApp> inOrder(const ServerGrants &grants, const std::vector<OidcApp> &apps)
{
    std::map<QString, std::set<AppId>> ids;
    for (const OidcApp &app : apps)
        ids[app.name].insert(app.id);
    for (const ClientApp &app : grants.clientApps)
        ids[app.name].insert(app.id);
    std::vector<NamedApp> named;
    for (const ClientApp &app : grants.clientApps)
        named.push_back({.app = &app, .isAmbiguous = ids[app.name].size() > 1});
    std::sort(named.begin(), named.end(), [](const NamedApp &left, const NamedApp &right) {
        return std::tie(left.app->name, left.app->id) < std::tie(right.app->name, right.app->id);
    });
    return named;
}

std::vector<const Scope *> inOrder(const ServerGrants &grants, const ClientApp &app)
{
    std::vector<const Scope *> scopes;
    for (ScopeId id : app.scopes)
        scopes.push_back(grants.scope(id));
    std::sort(scopes.begin(), scopes.end(),
              [](const Scope *left, const Scope *right) { return left->value < right->value; });
    return scopes;
}

QByteArray yamlText(const ServerGrants &grants, const std::vector<NamedApp> &apps)
{
    const auto comment = [](auto id) { return "  # id " + id.toString().toLatin1() + '\n'; };
    QByteArray text =
        "# Who may get which scopes of an authorization server. Apps that are not listed are no\n"
        "# client apps. Compare with: latchkey-cli grants drift FILE\n"
        "schema: 1\n"
        "server:\n";
    text += "  name: " + yamlScalar(grants.server.name) + comment(grants.server.id);
    text += "  resource_identifier: " + yamlScalar(grants.server.resourceIdentifier) + '\n';
    text += apps.empty() ? "apps: []\n" : "apps:\n";
    for (const NamedApp &each : apps) {
        text += "  - app: " + yamlScalar(each.app->name);
        if (each.isAmbiguous)
            text +=
                "\n    app_id: " + each.app->id.toString().toLatin1() + "  # several apps have this name\n";
        else
            text += comment(each.app->id);
        text += each.app->scopes.empty() ? "    scopes: []\n" : "    scopes:\n";
        for (const Scope *scope : inOrder(grants, *each.app))
            text += "      - " + yamlScalar(scope->value) + comment(scope->id);
    }
    return text;
}

QByteArray jsonText(const ServerGrants &grants, const std::vector<NamedApp> &apps)
{
    const auto comment = [](auto id) { return u"id "_s + id.toString(); };
    QJsonArray list;
    for (const NamedApp &each : apps) {
        QJsonArray scopes;
        for (const Scope *scope : inOrder(grants, *each.app))
            scopes.append(scope->value);
        QJsonObject object{{u"app"_s, each.app->name}, {u"scopes"_s, scopes}};
        if (each.isAmbiguous)
            object.insert("app_id"_L1, each.app->id.value);
        else
            object.insert("comment"_L1, comment(each.app->id));
        list.append(object);
    }
    const QJsonObject server{{u"name"_s, grants.server.name},
                             {u"resource_identifier"_s, grants.server.resourceIdentifier},
                             {u"comment"_s, comment(grants.server.id)}};
    return printableJson({{u"schema"_s, kSchema}, {u"server"_s, server}, {u"apps"_s, list}});
}

} // namespace

Result<GrantDocument> readGrantDocument(const QByteArray &bytes)
{
    const Result<YamlText> text = parse(bytes);
    if (!text)
        return fail(text.error());
    if (!text->value.isObject())
        return fail(ErrorKind::InvalidInput,
                    tr("This is no grants file: it has no schema, server and apps."));
    if (const QString unknown = unknownMember(text->value.toObject()); !unknown.isEmpty())
        return fail(placed(unknown + ": "_L1 + tr("a grants file has no such member"), text->lines));
    const Result<GrantDocument> document = readJsonObject<GrantDocument>(text->value, readRoot);
    if (!document)
        return fail(placed(document.error().detail, text->lines));
    return document;
}

Result<QByteArray> grantDocumentText(const ServerGrants &grants, const std::vector<OidcApp> &apps,
                                     GrantFormat format)
{
    for (const ClientApp &app : grants.clientApps) {
        for (ScopeId id : app.scopes) {
            if (!grants.scope(id))
                return fail(ErrorKind::Invalid,
                            tr("%1 holds a scope with the id %2, which %3 does not list. Read again.")
                                .arg(app.name, id.toString(), grants.server.name));
        }
    }
    const std::vector<NamedApp> ordered = inOrder(grants, apps);
    return format == GrantFormat::Yaml ? yamlText(grants, ordered) : jsonText(grants, ordered);
}

} // namespace latchkey
