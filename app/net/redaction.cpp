// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/redaction.h"

#include "net/formdata.h"
#include "net/httpclient.h"
#include "net/spelling.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QSet<QString> &harmlessMembers()
{
    static const QSet<QString> names{
        // OAuth and OIDC
        u"grant_type"_s, u"scope"_s, u"resource"_s, u"client_id"_s, u"token_type"_s, u"token_type_hint"_s,
        u"expires_in"_s, u"error"_s, u"error_description"_s, u"error_uri"_s, u"active"_s, u"iss"_s, u"aud"_s,
        u"exp"_s, u"iat"_s, u"nbf"_s, u"azp"_s, u"response_type"_s, u"response_mode"_s, u"redirect_uri"_s,
        u"code_challenge_method"_s, u"acr_values"_s,
        // discovery and key sets
        u"issuer"_s, u"jwks_uri"_s, u"keys"_s, u"kty"_s, u"use"_s, u"kid"_s, u"n"_s, u"e"_s, u"alg"_s,
        u"crv"_s, u"x"_s, u"y"_s, u"key_ops"_s, u"x5t"_s, u"x5t#S256"_s, u"service_documentation"_s,
        u"op_policy_uri"_s, u"op_tos_uri"_s,
        // the management API
        u"created_at"_s, u"updated_at"_s, u"account_id"_s, u"message"_s, u"statusCode"_s, u"name"_s,
        u"field"_s, u"status"_s, u"type"_s, u"id"_s, u"app_id"_s, u"api_auth_id"_s, u"scopes"_s, u"value"_s,
        u"description"_s, u"configuration"_s, u"resource_identifier"_s, u"audiences"_s, u"connector_id"_s,
        u"auth_method"_s, u"auth_method_description"_s, u"visible"_s, u"data"_s, u"sso"_s, u"label"_s,
        u"user_attribute_mappings"_s, u"attributes_transformations"_s, u"oidc_application_type"_s,
        u"token_endpoint_auth_method"_s, u"login_url"_s, u"post_logout_redirect_uri"_s, u"username"_s,
        u"username_or_email"_s, u"X-RateLimit-Limit"_s, u"X-RateLimit-Remaining"_s, u"X-RateLimit-Reset"_s};
    return names;
}

constexpr qsizetype kShortest = 4; // of a secret that is looked for

/// The value as it is, and the ways in which a whole value may be encoded.
QList<QByteArray> encodings(QByteArrayView value)
{
    constexpr qsizetype leastInside = 8; // less would find words that are none of it
    const QByteArray plain = value.toByteArray();
    const QByteArray hex = plain.toHex();
    QList<QByteArray> all{plain, hex, hex.toUpper(), plain.toBase64(),
                          plain.toBase64(QByteArray::OmitTrailingEquals)};
    // Inside of something longer it begins at any of the three bytes of a group; only what no neighbour
    // takes part in is known.
    for (qsizetype before = 0; before < 3 && plain.size() >= leastInside; ++before) {
        const qsizetype first = before == 0 ? 0 : before + 1;
        const qsizetype end = (before + plain.size()) * 8 / 6;
        all.append((QByteArray(before, '\0') + plain).toBase64().sliced(first, end - first));
    }
    const QList<QByteArray> standard = all.sliced(3);
    for (QByteArray each : standard)
        all.append(each.replace('+', '-').replace('/', '_'));
    return all;
}

/// Replaces what spells the value with escapes.
void replaceEscaped(QString &text, const QString &value)
{
    static const QRegularExpression escapes(u"[%&\\\\+]"_s);
    if (!text.contains(escapes))
        return;
    QList<uint> characters = value.toUcs4();
    const QString mark = redactedMark(value.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype length = spelledLength(QStringView(text).sliced(at), characters);
        if (length == 0)
            continue;
        text.replace(at, length, mark);
        at += mark.size() - 1;
    }
    std::fill(characters.begin(), characters.end(), 0);
}

QByteArray formDecoded(QByteArray text)
{
    return QByteArray::fromPercentEncoding(text.replace('+', ' '));
}

/// The strings below a value that no harmless name covers.
void collectSecretStrings(const QJsonValue &value, bool harmless, QStringList &found)
{
    if (value.isString() && !harmless) {
        found.append(value.toString());
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue element : array)
            collectSecretStrings(element, harmless, found);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            collectSecretStrings(it.value(), isHarmlessMember(it.key()), found);
    }
}

void add(QByteArrayView value, QList<Secret> &found)
{
    if (value.size() < kShortest)
        return;
    for (QByteArray &encoded : encodings(value)) {
        const Secret secret = Secret::takeFrom(encoded);
        if (!found.contains(secret))
            found.append(secret);
    }
}

/// What stands behind "Basic ", "bearer " or "bearer:".
QByteArray credentialsIn(QByteArrayView authorization)
{
    const auto *end = std::ranges::find_if(authorization, [](char c) { return c == ' ' || c == ':'; });
    return QByteArray(end, authorization.end() - end).mid(1).trimmed();
}

/// The password of Basic credentials, the token of others.
QByteArray secretIn(QByteArrayView authorization)
{
    const QByteArray credentials = credentialsIn(authorization);
    if (!authorization.first(std::min<qsizetype>(authorization.size(), 6))
             .toByteArray()
             .toLower()
             .startsWith("basic "))
        return credentials;
    const QByteArray pair = QByteArray::fromBase64(credentials);
    return pair.mid(pair.indexOf(':') + 1);
}

void addAuthorization(QByteArrayView value, QList<Secret> &found)
{
    add(value, found);
    add(credentialsIn(value), found);
    const QByteArray secret = secretIn(value);
    add(secret, found);
    add(formDecoded(secret), found);
}

void addForm(const QByteArray &body, QList<Secret> &found)
{
    for (const QByteArray &part : body.split('&')) {
        const qsizetype equals = part.indexOf('=');
        if (equals >= 0 && !isHarmlessParameter(QString::fromUtf8(formDecoded(part.first(equals)))))
            add(formDecoded(part.sliced(equals + 1)), found);
    }
}

void addJson(const QByteArray &body, QList<Secret> &found)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    QStringList texts;
    collectSecretStrings(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()),
                         false, texts);
    for (const QString &text : std::as_const(texts))
        add(text.toUtf8(), found);
}

} // namespace

QString redactedMark(qsizetype characters)
{
    return QCoreApplication::translate("Redaction", "‹redacted, %1 characters›").arg(characters);
}

bool isHarmlessMember(QStringView name)
{
    // Suffixes of discovery members and of durations, none of which can hold a secret.
    return harmlessMembers().contains(name.toString()) || name.endsWith("_endpoint"_L1) ||
           name.endsWith("_supported"_L1) || name.endsWith("_expiration_minutes"_L1);
}

bool isHarmlessParameter(QStringView name)
{
    static const QSet<QString> paging{u"limit"_s,  u"page"_s, u"cursor"_s,
                                      u"fields"_s, u"sort"_s, u"logout"_s};
    return paging.contains(name.toString()) || isHarmlessMember(name);
}

QUrl redactUrl(const QUrl &url)
{
    QUrl shown = url.adjusted(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if (!shown.hasQuery())
        return shown;
    QStringList parts = shown.query(QUrl::FullyEncoded).split(u'&');
    for (QString &part : parts) {
        const qsizetype equals = part.indexOf(u'=');
        const QString name = equals < 0 ? part : part.first(equals);
        if (equals < 0 || isHarmlessParameter(QUrl::fromPercentEncoding(name.toLatin1())))
            continue;
        const QString value = QUrl::fromPercentEncoding(part.sliced(equals + 1).toLatin1());
        part = name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(redactedMark(value.size())));
    }
    shown.setQuery(parts.join(u'&'), QUrl::StrictMode);
    return shown;
}

RequestSecrets::RequestSecrets(const HttpRequest &request)
    : m_authorization(request.authorization)
    , m_pair(request.pair)
    , m_contentType(request.contentType)
    , m_body(request.body)
{
}

const QList<Secret> &RequestSecrets::values() const
{
    if (m_values)
        return *m_values;
    QList<Secret> &found = m_values.emplace();
    addAuthorization(m_authorization.bytes(), found);
    addAuthorization(m_pair.bytes(), found);
    QByteArray body = m_body.bytes().toByteArray();
    if (m_contentType.startsWith("application/x-www-form-urlencoded"))
        addForm(body, found);
    else if (m_contentType.contains("json"))
        addJson(body, found);
    wipe(body);
    std::stable_sort(found.begin(), found.end(),
                     [](const Secret &left, const Secret &right) { return left.size() > right.size(); });
    return found;
}

QString RequestSecrets::scrub(QString text) const
{
    for (const Secret &value : values()) {
        QString plain = value.revealed();
        if (text.contains(plain))
            text.replace(plain, redactedMark(plain.size()));
        replaceEscaped(text, plain);
        wipe(plain);
    }
    return text;
}

// Cut before it is searched, with room for the longest spelling of a secret, which is then cut off again:
// it may hold the beginning of one.
QString RequestSecrets::brief(QString text) const
{
    constexpr qsizetype longest = 2000;
    const qsizetype margin = values().isEmpty() ? 0 : kLongestEscape * values().front().size();
    const bool isLong = text.size() > longest + margin;
    if (isLong)
        text.truncate(longest + margin);
    text = scrub(std::move(text));
    if (isLong)
        text.chop(margin);
    return isLong || text.size() > longest ? text.left(longest) + u'…' : text;
}

// Most answers to writes are shorter than any secret, and are not searched at all.
bool RequestSecrets::mayBeToldIn(QByteArrayView text) const
{
    qsizetype shortest = secretIn(m_authorization.bytes()).size();
    if (!m_pair.isEmpty())
        shortest = std::min(shortest, secretIn(m_pair.bytes()).size());
    if (text.size() < std::max(shortest, kShortest))
        return false;
    return text.contains("\\u") ||
           std::ranges::any_of(values(), [text](const Secret &each) { return text.contains(each.bytes()); });
}

QJsonValue RequestSecrets::scrub(const QJsonValue &value) const
{
    if (value.isString())
        return scrub(value.toString());
    if (value.isArray()) {
        QJsonArray scrubbed;
        const QJsonArray array = value.toArray();
        for (const QJsonValue element : array)
            scrubbed.append(scrub(element));
        return scrubbed;
    }
    if (!value.isObject())
        return value;
    QJsonObject scrubbed;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        scrubbed.insert(scrub(it.key()), scrub(it.value()));
    return scrubbed;
}

Error RequestSecrets::scrub(Error error) const
{
    error.message = brief(error.message);
    error.detail = brief(error.detail);
    error.code = brief(error.code);
    error.vendorText = brief(error.vendorText);
    error.requestId = brief(error.requestId);
    for (FieldError &field : error.fieldErrors) {
        field.field = brief(field.field);
        field.message = brief(field.message);
    }
    return error;
}

} // namespace latchkey
