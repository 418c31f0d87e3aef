// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/jsoncredentials.h"

#include "core/json.h"
#include "interchange/variablegroups.h"
#include "jose/strictjson.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonCredentials", text);
}

constexpr qsizetype kLongestName = 80;

/// What holds for all credentials of a document.
struct Surroundings
{
    QString url{};
    bool mayLackSecret = false;
};

/// The spelling that the object has, else the first.
QLatin1StringView spelling(const JsonReader &reader, QLatin1StringView first, QLatin1StringView second)
{
    return !reader.has(first) && reader.has(second) ? second : first;
}

bool hasPair(const QJsonObject &object)
{
    return object.contains("client_id"_L1) || object.contains("clientId"_L1) ||
           object.contains("client_secret"_L1) || object.contains("clientSecret"_L1);
}

void readCredential(const QJsonValue &value, const QString &path, const QString &name,
                    const Surroundings &around, CredentialCollector &collector)
{
    JsonReader reader(value, path);
    CredentialFields fields{.where = path.isEmpty() ? u"(top)"_s : path,
                            .mayLackSecret = around.mayLackSecret};
    fields.name = reader.string("name"_L1, name);
    fields.clientId = reader.string(spelling(reader, "client_id"_L1, "clientId"_L1));
    const QLatin1StringView secretName = spelling(reader, "client_secret"_L1, "clientSecret"_L1);
    QString secret = around.mayLackSecret ? reader.string(secretName, QString()) : reader.string(secretName);
    fields.clientSecret = Secret::fromText(trimmedValue(secret));
    wipe(secret);
    fields.url = reader.string(spelling(reader, "url"_L1, "address"_L1), around.url);
    fields.subdomain = reader.string("subdomain"_L1, QString());
    fields.region = reader.string("region"_L1, QString());
    fields.level = reader.string(spelling(reader, "level"_L1, "scope_level"_L1), QString());
    fields.note = reader.string("note"_L1, QString());
    if (!reader.boolean("enabled"_L1, true))
        fields.state = CredentialState::Disabled;
    if (const Result<void> read = reader.finish(0).map([](int) {}); !read)
        return collector.addProblem(fields.where, read.error().detail);
    collector.add(std::move(fields));
}

void readList(const QJsonArray &list, const QString &name, const Surroundings &around,
              CredentialCollector &collector)
{
    for (qsizetype i = 0; i < list.size(); ++i)
        readCredential(list.at(i), u"%1[%2]"_s.arg(name).arg(i), {}, around, collector);
}

/// `{"<name>": {"client_id": …}}`
void readNamed(const QJsonObject &object, CredentialCollector &collector)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString path = member.key().left(kLongestName);
        if (!member->isObject())
            collector.addProblem(path, tr("This is not an object with a pair, so it was left out."));
        else
            readCredential(*member, path, path, {}, collector);
    }
}

bool isPostmanVariable(const QJsonValue &value)
{
    return value.isObject() && value.toObject().contains("key"_L1);
}

bool isPostman(const QJsonObject &object)
{
    const QJsonArray values = object.value("values"_L1).toArray();
    return object.contains("_postman_variable_scope"_L1) ||
           (!values.isEmpty() && isPostmanVariable(values[0]));
}

void readPostman(const QJsonObject &object, CredentialCollector &collector)
{
    VariableGroups groups;
    JsonReader top(object);
    const QString name = top.string("name"_L1, QString());
    const QJsonArray values = object.value("values"_L1).toArray();
    if (!object.value("values"_L1).isArray())
        return collector.addProblem(u"values"_s, tr("This is not a list of variables."));
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QString path = u"values[%1]"_s.arg(i);
        JsonReader variable(values.at(i), path);
        const QString key = variable.string("key"_L1);
        // Values of other variables may be of any type.
        const bool isEnabled = variable.boolean("enabled"_L1, true);
        if (const auto read = variable.finish(true); !read) {
            collector.addProblem(path, read.error().detail);
        } else if (isEnabled) {
            QString text = values.at(i).toObject().value("value"_L1).toString();
            // Postman's authors write clientId as often as client_id.
            QString spelled = key;
            spelled.replace("clientId"_L1, "client_id"_L1, Qt::CaseInsensitive)
                .replace("clientSecret"_L1, "client_secret"_L1, Qt::CaseInsensitive)
                .replace(u'-', u'_');
            (void)groups.set(spelled, text, path, collector);
            wipe(text);
        }
    }
    groups.collect(collector, {.tool = name.isEmpty() ? u"Postman"_s : name}, true);
}

CredentialFormat formatOf(const QJsonValue &json)
{
    return json.isObject() && isPostman(json.toObject()) ? CredentialFormat::Postman : CredentialFormat::Json;
}

void readDocument(const QJsonValue &json, CredentialCollector &collector)
{
    if (json.isArray())
        return readList(json.toArray(), {}, {}, collector);
    const QJsonObject object = json.toObject();
    if (isPostman(object))
        return readPostman(object, collector);
    if (object.value("credentials"_L1).isArray())
        return readList(object.value("credentials"_L1).toArray(), u"credentials"_s,
                        {.url = object.value("url"_L1).toString(), .mayLackSecret = true}, collector);
    if (object.value("tenants"_L1).isArray())
        return readList(object.value("tenants"_L1).toArray(), u"tenants"_s, {}, collector);
    if (hasPair(object))
        return readCredential(object, {}, {}, {}, collector);
    readNamed(object, collector);
}

} // namespace

Result<CredentialFile> readJsonCredentials(QStringView text)
{
    QByteArray utf8 = text.toUtf8();
    const Result<QJsonValue> json = parseJson(utf8);
    const std::optional<QString> repeated = json ? repeatedName(utf8) : std::nullopt;
    wipe(utf8);
    if (!json)
        return fail(ErrorKind::Invalid, tr("This is not valid JSON: %1.").arg(json.error().detail));
    if (repeated)
        return fail(
            ErrorKind::Invalid,
            tr("The member %1 stands twice in one object of this JSON, so nothing says which one counts. "
               "Remove one of them.")
                .arg(repeated->left(kLongestName)));
    CredentialCollector collector(formatOf(*json));
    readDocument(*json, collector);
    return collector.finish();
}

} // namespace latchkey
