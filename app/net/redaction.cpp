// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/redaction.h"

#include "net/formdata.h"
#include "net/httpclient.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

/// Every way a text may spell the value.
QList<QByteArray> spellings(QByteArrayView value)
{
    const QByteArray plain = value.toByteArray();
    QByteArray json = QJsonDocument(QJsonArray{QString::fromUtf8(value)}).toJson(QJsonDocument::Compact);
    return {plain,
            formEncoded(value),
            plain.toPercentEncoding(),
            plain.toBase64(),
            plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals),
            json.sliced(2, json.size() - 4)};
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
{
    addAuthorization(request.authorization.bytes());
    QByteArray body = request.body.bytes().toByteArray();
    if (request.contentType.startsWith("application/x-www-form-urlencoded"))
        addForm(body);
    else if (request.contentType.contains("json"))
        addJson(body);
    wipe(body);
    std::stable_sort(m_values.begin(), m_values.end(),
                     [](const Secret &left, const Secret &right) { return left.size() > right.size(); });
}

void RequestSecrets::add(QByteArrayView value)
{
    if (value.size() < 4)
        return;
    for (QByteArray &spelling : spellings(value)) {
        const Secret secret = Secret::takeFrom(spelling);
        if (!m_values.contains(secret))
            m_values.append(secret);
    }
}

void RequestSecrets::addAuthorization(QByteArrayView value)
{
    add(value);
    const QByteArray text = value.toByteArray();
    qsizetype credentials = 0; // behind "Basic ", "bearer " or "bearer:"
    while (credentials < text.size() && text.at(credentials) != ' ' && text.at(credentials) != ':')
        ++credentials;
    const QByteArray rest = text.sliced(credentials).mid(1).trimmed();
    add(rest);
    if (!text.toLower().startsWith("basic "))
        return;
    const QByteArray pair = QByteArray::fromBase64(rest);
    const QByteArray secret = pair.mid(pair.indexOf(':') + 1);
    add(secret);
    add(formDecoded(secret));
}

void RequestSecrets::addForm(const QByteArray &body)
{
    for (const QByteArray &part : body.split('&')) {
        const qsizetype equals = part.indexOf('=');
        if (equals >= 0 && !isHarmlessParameter(QString::fromUtf8(formDecoded(part.first(equals)))))
            add(formDecoded(part.sliced(equals + 1)));
    }
}

void RequestSecrets::addJson(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    QStringList found;
    collectSecretStrings(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()),
                         false, found);
    for (const QString &text : std::as_const(found))
        add(text.toUtf8());
}

QString RequestSecrets::scrub(QString text) const
{
    for (const Secret &value : m_values) {
        QString plain = value.revealed();
        if (text.contains(plain))
            text.replace(plain, redactedMark(plain.size()));
        wipe(plain);
    }
    return text;
}

Error RequestSecrets::scrub(Error error) const
{
    error.message = scrub(error.message);
    error.detail = scrub(error.detail);
    error.code = scrub(error.code);
    error.vendorText = scrub(error.vendorText);
    error.requestId = scrub(error.requestId);
    for (FieldError &field : error.fieldErrors) {
        field.field = scrub(field.field);
        field.message = scrub(field.message);
    }
    return error;
}

} // namespace latchkey
