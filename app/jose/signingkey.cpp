// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/signingkey.h"

#include "core/base64url.h"
#include "jose/josehandle.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString text(const json_t *object, const char *name)
{
    return QString::fromUtf8(json_string_value(json_object_get(object, name)));
}

Error failure(const QString &message)
{
    return {.kind = ErrorKind::InvalidInput, .message = message};
}

} // namespace

struct SigningKey::Private
{
    JoseConfig config{};
    JoseJson key{};
    QString kid{};
};

SigningKey::SigningKey(std::unique_ptr<Private> key)
    : d(std::move(key))
{
}

SigningKey::SigningKey(SigningKey &&) noexcept = default;
SigningKey &SigningKey::operator=(SigningKey &&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::generate()
{
    auto made = std::make_unique<Private>();
    made->config = quietJose();
    made->key.reset(json_pack("{s:s, s:i, s:s}", "kty", "RSA", "bits", 2048, "use", "sig"));
    if (!made->config || !made->key || !jose_jwk_gen(made->config.get(), made->key.get()))
        return fail(failure(QCoreApplication::translate("SigningKey", "No signing key could be made.")));
    const JoseJson thumbprint(jose_jwk_thp(made->config.get(), made->key.get(), "S256"));
    made->kid = QString::fromUtf8(json_string_value(thumbprint.get()));
    if (made->kid.isEmpty())
        return fail(failure(QCoreApplication::translate("SigningKey", "No signing key could be made.")));
    return SigningKey(std::move(made));
}

QString SigningKey::kid() const
{
    return d->kid;
}

QJsonObject SigningKey::publicJwk() const
{
    return {{u"kty"_s, u"RSA"_s},
            {u"use"_s, u"sig"_s},
            {u"kid"_s, d->kid},
            {u"e"_s, text(d->key.get(), "e")},
            {u"n"_s, text(d->key.get(), "n")}};
}

Result<QByteArray> SigningKey::sign(const QJsonObject &payload) const
{
    const QByteArray body = toBase64Url(QJsonDocument(payload).toJson(QJsonDocument::Compact));
    const QByteArray kidUtf8 = d->kid.toUtf8();
    const JoseJson jws(json_pack("{s:s}", "payload", body.constData()));
    const JoseJson signature(json_pack("{s:{s:s, s:s, s:s}}", "protected", "alg", "RS256", "typ", "JWT",
                                       "kid", kidUtf8.constData()));
    if (!jws || !signature || !jose_jws_sig(d->config.get(), jws.get(), signature.get(), d->key.get()))
        return fail(failure(QCoreApplication::translate("SigningKey", "The token could not be signed.")));
    return text(jws.get(), "protected").toLatin1() + '.' + body + '.' +
           text(jws.get(), "signature").toLatin1();
}

} // namespace latchkey
