// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/publickey.h"

#include "core/base64url.h"
#include "core/plaintext.h"
#include "jose/josehandle.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLeastModulus = 2048;
constexpr qsizetype kLargestModulus = 16384; // OpenSSL's own limit
constexpr qsizetype kLargestExponent = 8;    // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("PublicKey", text);
}

tl::unexpected<Error> unusable(const QString &why)
{
    return fail(ErrorKind::InvalidInput, why);
}

qsizetype bitsOf(const QByteArray &number)
{
    qsizetype zeros = 0;
    while (zeros < number.size() && number.at(zeros) == 0)
        ++zeros;
    if (zeros == number.size())
        return 0;
    return (number.size() - zeros) * 8 - std::countl_zero(static_cast<std::uint8_t>(number.at(zeros)));
}

bool isOdd(const QByteArray &number)
{
    return !number.isEmpty() && (number.back() & 1) == 1;
}

quint32 remainder(const QByteArray &number, quint32 divisor)
{
    quint32 rest = 0;
    for (const char byte : number)
        rest = (rest << 8 | static_cast<std::uint8_t>(byte)) % divisor;
    return rest;
}

/// CVE-2017-15361 (ROCA): keys of Infineon's library, which can be factored. Modulo every small prime
/// their modulus is a power of 65537; that of another key is not, but for one in 2^27 or more.
bool isFactorable(const QByteArray &modulus)
{
    constexpr std::array<quint32, 38> primes{3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                             47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                             107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
    return std::all_of(primes.begin(), primes.end(), [&modulus](quint32 prime) {
        const quint32 rest = remainder(modulus, prime);
        quint32 power = 1;
        do {
            if (power == rest)
                return true;
            power = power * 65537 % prime;
        } while (power != 1);
        return false;
    });
}

Result<QString> textOf(const QJsonObject &json, const QString &name)
{
    const QJsonValue value = json.value(name);
    if (value.isUndefined() || value.isNull())
        return QString();
    if (!value.isString())
        return unusable(tr("its %1 is not a string").arg(name));
    return value.toString();
}

Result<QByteArray> numberOf(const QJsonObject &json, const QString &name)
{
    const QJsonValue value = json.value(name);
    if (value.isUndefined())
        return unusable(tr("it has no %1").arg(name));
    const QString text = value.toString();
    if (text.isEmpty())
        return unusable(tr("its %1 is not a string").arg(name));
    std::optional<QByteArray> bytes = fromBase64Url(text.toUtf8());
    if (!bytes)
        return unusable(tr("its %1 is not canonical base64url").arg(name));
    return *std::move(bytes);
}

void addMember(json_t *object, const char *name, const QByteArray &number)
{
    json_object_set_new(object, name, json_string(toBase64Url(number).constData()));
}

Result<void> readRsa(const QJsonObject &json, PublicKey &key)
{
    const Result<QByteArray> modulus = numberOf(json, u"n"_s);
    if (!modulus)
        return fail(modulus.error());
    const Result<QByteArray> exponent = numberOf(json, u"e"_s);
    if (!exponent)
        return fail(exponent.error());
    key.modulusSize = bitsOf(*modulus);
    if (key.modulusSize < kLeastModulus)
        return unusable(tr("it is an RSA key of %1 bits, and %2 is the least (RFC 7518, section 3.3)")
                            .arg(key.modulusSize)
                            .arg(kLeastModulus));
    if (key.modulusSize > kLargestModulus)
        return unusable(
            tr("it is an RSA key of %1 bits, and %2 is the most").arg(key.modulusSize).arg(kLargestModulus));
    if (!isOdd(*modulus))
        return unusable(tr("its modulus is even"));
    if (isFactorable(*modulus))
        return unusable(tr("its modulus can be factored (CVE-2017-15361, ROCA)"));
    // With the exponent 1 everyone can make a signature.
    if (!isOdd(*exponent) || bitsOf(*exponent) < 2 || bitsOf(*exponent) > kLargestExponent * 8)
        return unusable(
            tr("its exponent must be odd, at least 3 and at most %1 bytes").arg(kLargestExponent));
    addMember(key.material.get(), "n", *modulus);
    addMember(key.material.get(), "e", *exponent);
    return {};
}

Result<void> readEc(const QJsonObject &json, PublicKey &key)
{
    const Result<QString> curve = textOf(json, u"crv"_s);
    if (!curve)
        return fail(curve.error());
    const qsizetype size = *curve == "P-256"_L1   ? 32
                           : *curve == "P-384"_L1 ? 48
                           : *curve == "P-521"_L1 ? 66
                                                  : 0;
    if (size == 0)
        return unusable(
            tr("its curve \"%1\" is none of P-256, P-384 and P-521").arg(plainLine(curve->left(40))));
    key.curve = *curve;
    json_object_set_new(key.material.get(), "crv", json_string(curve->toLatin1().constData()));
    for (const auto &[name, member] : {std::pair(u"x"_s, "x"), std::pair(u"y"_s, "y")}) {
        const Result<QByteArray> coordinate = numberOf(json, name);
        if (!coordinate)
            return fail(coordinate.error());
        if (coordinate->size() != size)
            return unusable(tr("its %1 has %2 bytes, and the curve needs %3")
                                .arg(name)
                                .arg(coordinate->size())
                                .arg(size));
        addMember(key.material.get(), member, *coordinate);
    }
    return {};
}

Result<void> readPurpose(const QJsonObject &json, PublicKey &key)
{
    const Result<QString> use = textOf(json, u"use"_s);
    if (!use)
        return fail(use.error());
    key.mayVerify = use->isEmpty() || *use == "sig"_L1;
    const QJsonValue operations = json.value("key_ops"_L1);
    if (operations.isUndefined() || operations.isNull())
        return {};
    if (!operations.isArray())
        return unusable(tr("its %1 is not a list").arg(u"key_ops"_s));
    key.mayVerify = key.mayVerify && operations.toArray().contains(u"verify"_s);
    return {};
}

Result<void> readNames(const QJsonObject &json, PublicKey &key)
{
    const Result<QString> kid = textOf(json, u"kid"_s);
    if (!kid)
        return fail(kid.error());
    const Result<QString> alg = textOf(json, u"alg"_s);
    if (!alg)
        return fail(alg.error());
    key.kid = *kid;
    key.alg = *alg;
    return {};
}

/// libjose makes its own key of the material before it looks at a signature. Whether it can is also
/// how a point off its curve shows.
bool canBeLoaded(const PublicKey &key)
{
    const JoseConfig config = quietJose();
    const QString alg = key.type == KeyType::Rsa  ? u"RS256"_s
                        : key.curve == "P-256"_L1 ? u"ES256"_s
                        : key.curve == "P-384"_L1 ? u"ES384"_s
                                                  : u"ES512"_s;
    const QByteArray header = toBase64Url("{\"alg\":\"" + alg.toLatin1() + "\"}");
    const JoseJson jws(json_pack("{s:s, s:s}", "protected", header.constData(), "signature", ""));
    if (!config || !jws)
        return false;
    jose_io_t *io = jose_jws_ver_io(config.get(), jws.get(), nullptr, key.material.get(), false);
    const bool isLoaded = io != nullptr;
    jose_io_decref(io);
    return isLoaded;
}

} // namespace

Result<PublicKey> readPublicKey(const QJsonObject &json)
{
    PublicKey key;
    if (const Result<void> named = readNames(json, key); !named)
        return fail(named.error());
    const Result<QString> type = textOf(json, u"kty"_s);
    if (!type)
        return fail(type.error());
    if (*type == "oct"_L1)
        return unusable(tr("it is a shared secret, which a published key set cannot hold"));
    if (*type == "OKP"_L1)
        return unusable(tr("it is an Ed25519 or X25519 key, which is not supported"));
    if (*type != "RSA"_L1 && *type != "EC"_L1)
        return unusable(tr("its type \"%1\" is neither RSA nor EC").arg(plainLine(type->left(40))));
    if (const Result<void> purpose = readPurpose(json, key); !purpose)
        return fail(purpose.error());
    key.type = *type == "RSA"_L1 ? KeyType::Rsa : KeyType::Ec;
    key.hadPrivateParts = json.contains("d"_L1) || json.contains("p"_L1) || json.contains("q"_L1);
    key.material.reset(json_pack("{s:s}", "kty", key.type == KeyType::Rsa ? "RSA" : "EC"), JsonDeleter());
    const Result<void> read = key.type == KeyType::Rsa ? readRsa(json, key) : readEc(json, key);
    if (!read)
        return fail(read.error());
    if (!canBeLoaded(key))
        return unusable(key.type == KeyType::Ec ? tr("its point is not on the curve %1").arg(key.curve)
                                                : tr("the cryptographic library refuses it"));
    return key;
}

Result<void> checkFits(const PublicKey &key, const SignatureAlgorithm &algorithm)
{
    if (!key.mayVerify)
        return unusable(tr("its use or key_ops say that it is not for verifying signatures"));
    if (!key.alg.isEmpty() && key.alg != algorithm.name)
        return unusable(
            tr("it is for %1 alone, and the token is signed with %2").arg(key.alg, algorithm.name));
    if (key.type != algorithm.keyType)
        return unusable(tr("it is an %1 key, which %2 does not go with")
                            .arg(key.type == KeyType::Rsa ? u"RSA"_s : u"EC"_s, algorithm.name));
    if (key.curve != algorithm.curve)
        return unusable(
            tr("its curve is %1, and %2 goes with %3 alone").arg(key.curve, algorithm.name, algorithm.curve));
    return {};
}

} // namespace latchkey
