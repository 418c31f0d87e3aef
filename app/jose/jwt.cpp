// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwt.h"

#include "core/base64url.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLargestToken = qsizetype{1024} * 1024;

QList<QByteArrayView> partsOf(QByteArrayView token)
{
    QList<QByteArrayView> parts;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= token.size(); ++i) {
        if (i == token.size() || token[i] == '.') {
            parts.append(token.sliced(start, i - start));
            start = i + 1;
        }
    }
    return parts;
}

tl::unexpected<Error> refused(const QString &message, const QString &detail = {})
{
    return fail(ErrorKind::InvalidInput, message, detail);
}

/// Walks text that QJsonDocument has accepted, so its grammar is known to be right, and looks only
/// at what QJsonDocument does not tell: whether a name occurs twice in one object.
class DuplicateFinder
{
public:
    explicit DuplicateFinder(const QByteArray &json)
        : m_json(json)
    {
    }

    std::optional<QString> find()
    {
        while (m_at < m_json.size()) {
            const char c = m_json.at(m_at);
            if (c == '"') {
                const QByteArray text = takeString();
                if (isName() && !m_scopes.back().insertNew(text))
                    return nameOf(text);
                continue;
            }
            if (c == '{' || c == '[')
                m_scopes.push_back({c == '{', {}});
            else if (c == '}' || c == ']')
                m_scopes.pop_back();
            ++m_at;
        }
        return std::nullopt;
    }

private:
    struct Scope
    {
        bool isObject = false;
        QSet<QString> names{};

        bool insertNew(const QByteArray &text)
        {
            const qsizetype before = names.size();
            names.insert(nameOf(text));
            return names.size() > before;
        }
    };

    // Escapes count: {"a":1,"\u0061":2} has one name twice.
    static QString nameOf(const QByteArray &text)
    {
        if (!text.contains('\\'))
            return QString::fromUtf8(text);
        return QJsonDocument::fromJson("[\"" + text + "\"]").array().at(0).toString();
    }

    QByteArray takeString()
    {
        const qsizetype start = ++m_at;
        while (m_at < m_json.size() && m_json.at(m_at) != '"')
            m_at += m_json.at(m_at) == '\\' ? 2 : 1;
        const QByteArray text = m_json.mid(start, m_at - start);
        ++m_at;
        return text;
    }

    bool isName() const
    {
        if (m_scopes.empty() || !m_scopes.back().isObject)
            return false;
        qsizetype next = m_at;
        while (next < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json.at(next)))
            ++next;
        return next < m_json.size() && m_json.at(next) == ':';
    }

    const QByteArray &m_json;
    qsizetype m_at = 0;
    std::vector<Scope> m_scopes{};
};

Result<QJsonObject> strictObject(const QByteArray &json, QLatin1StringView part)
{
    const QString place(part);
    if (json.startsWith("\xEF\xBB\xBF"))
        return refused(
            QCoreApplication::translate("Jwt", "The %1 starts with a byte order mark.").arg(place));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return refused(QCoreApplication::translate("Jwt", "The %1 is not valid JSON.").arg(place),
                       u"%1 at byte %2 of %3"_s.arg(error.errorString()).arg(error.offset).arg(json.size()));
    if (!document.isObject())
        return refused(QCoreApplication::translate("Jwt", "The %1 is not a JSON object.").arg(place));
    if (const std::optional<QString> name = DuplicateFinder(json).find())
        return refused(QCoreApplication::translate("Jwt", "The %1 has a member twice.").arg(place),
                       u"\"%1\""_s.arg(name->left(60)));
    return document.object();
}

Result<QByteArray> decodedPart(QByteArrayView text, QLatin1StringView part)
{
    std::optional<QByteArray> bytes = fromBase64Url(text);
    if (!bytes)
        return refused(
            QCoreApplication::translate("Jwt", "The %1 is not canonical base64url.").arg(QString(part)));
    return *std::move(bytes);
}

} // namespace

TokenKind tokenKind(QByteArrayView token)
{
    if (token.size() > kLargestToken)
        return TokenKind::Opaque;
    const QList<QByteArrayView> parts = partsOf(token);
    if (parts.size() != 3 && parts.size() != 5)
        return TokenKind::Opaque;
    const std::optional<QByteArray> header = fromBase64Url(parts.first());
    if (!header || !QJsonDocument::fromJson(*header).isObject())
        return TokenKind::Opaque;
    return parts.size() == 3 ? TokenKind::Jwt : TokenKind::Encrypted;
}

QString tokenKindKey(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Jwt:
        return u"jwt"_s;
    case TokenKind::Encrypted:
        return u"encrypted"_s;
    case TokenKind::Opaque:
        return u"opaque"_s;
    }
    return {};
}

Result<DecodedJwt> decodeJwt(QByteArrayView token)
{
    if (token.size() > kLargestToken)
        return refused(QCoreApplication::translate("Jwt", "The token is larger than 1 MiB."));
    const QList<QByteArrayView> parts = partsOf(token);
    if (parts.size() != 3)
        return refused(
            QCoreApplication::translate("Jwt", "The token is not a JWT: it does not have three parts."),
            u"%1 parts"_s.arg(parts.size()));

    const Result<QByteArray> headerJson = decodedPart(parts.at(0), "header"_L1);
    if (!headerJson)
        return tl::unexpected(headerJson.error());
    const Result<QByteArray> payloadJson = decodedPart(parts.at(1), "payload"_L1);
    if (!payloadJson)
        return tl::unexpected(payloadJson.error());
    const Result<QByteArray> signature = decodedPart(parts.at(2), "signature"_L1);
    if (!signature)
        return tl::unexpected(signature.error());

    const Result<QJsonObject> header = strictObject(*headerJson, "header"_L1);
    if (!header)
        return tl::unexpected(header.error());
    const Result<QJsonObject> payload = strictObject(*payloadJson, "payload"_L1);
    if (!payload)
        return tl::unexpected(payload.error());
    return DecodedJwt{.header = *header,
                      .payload = *payload,
                      .headerJson = *headerJson,
                      .payloadJson = *payloadJson,
                      .signature = *signature};
}

} // namespace latchkey
