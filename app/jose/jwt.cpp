// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwt.h"

#include "core/base64url.h"
#include "jose/strictjson.h"

#include <QCoreApplication>
#include <QJsonDocument>

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

Result<DecodedJws> decodeJws(QByteArrayView token)
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
    const Result<QByteArray> payload = decodedPart(parts.at(1), "payload"_L1);
    if (!payload)
        return tl::unexpected(payload.error());
    const Result<QByteArray> signature = decodedPart(parts.at(2), "signature"_L1);
    if (!signature)
        return tl::unexpected(signature.error());
    const Result<QJsonObject> header = strictObject(*headerJson, u"header"_s);
    if (!header)
        return tl::unexpected(header.error());
    return DecodedJws{.header = *header,
                      .headerJson = *headerJson,
                      .payloadBytes = *payload,
                      .signature = *signature,
                      .compact = token.toByteArray()};
}

Result<QJsonObject> claimsOf(const DecodedJws &jws)
{
    return strictObject(jws.payloadBytes, u"payload"_s);
}

Result<DecodedJwt> decodeJwt(QByteArrayView token)
{
    Result<DecodedJws> jws = decodeJws(token);
    if (!jws)
        return tl::unexpected(jws.error());
    const Result<QJsonObject> payload = claimsOf(*jws);
    if (!payload)
        return tl::unexpected(payload.error());
    return DecodedJwt{std::move(*jws), *payload};
}

} // namespace latchkey
