// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/signingkey.h"

#include "core/base64url.h"

#include <QCoreApplication>
#include <QJsonDocument>

extern "C" {
#include <jose/jose.h>
}

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct JsonDeleter
{
    void operator()(json_t *value) const { json_decref(value); }
};
using Json = std::unique_ptr<json_t, JsonDeleter>;

struct ConfigDeleter
{
    void operator()(jose_cfg_t *config) const { jose_cfg_decref(config); }
};
using Config = std::unique_ptr<jose_cfg_t, ConfigDeleter>;

void keepQuiet(void *, const char *, int, uint64_t, const char *, va_list) {}

// Without an error function the library prints to standard error.
Config quietConfig()
{
    Config config(jose_cfg());
    if (config)
        jose_cfg_set_err_func(config.get(), &keepQuiet, nullptr);
    return config;
}

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
    Config config{};
    Json key{};
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
    made->config = quietConfig();
    made->key.reset(json_pack("{s:s, s:i, s:s}", "kty", "RSA", "bits", 2048, "use", "sig"));
    if (!made->config || !made->key || !jose_jwk_gen(made->config.get(), made->key.get()))
        return fail(failure(QCoreApplication::translate("SigningKey", "No signing key could be made.")));
    const Json thumbprint(jose_jwk_thp(made->config.get(), made->key.get(), "S256"));
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
    const Json jws(json_pack("{s:s}", "payload", body.constData()));
    const Json signature(json_pack("{s:{s:s, s:s, s:s}}", "protected", "alg", "RS256", "typ", "JWT", "kid",
                                   kidUtf8.constData()));
    if (!jws || !signature || !jose_jws_sig(d->config.get(), jws.get(), signature.get(), d->key.get()))
        return fail(failure(QCoreApplication::translate("SigningKey", "The token could not be signed.")));
    return text(jws.get(), "protected").toLatin1() + '.' + body + '.' +
           text(jws.get(), "signature").toLatin1();
}

} // namespace latchkey
