// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/verifier.h"

#include "core/base64url.h"
#include "core/plaintext.h"
#include "jose/josehandle.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestShown = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("Verifier", text);
}

tl::unexpected<Error> refused(const QString &why)
{
    return fail(ErrorKind::InvalidInput, why);
}

void set(Check &check, CheckResult result, const QString &reason)
{
    check.result = result;
    check.reason = reason;
}

json_t *textOf(QByteArrayView base64)
{
    return json_stringn_nocheck(base64.data(), static_cast<size_t>(base64.size()));
}

/// libjose takes `crit` and an `alg` of the key that is not the header's: whoever calls has looked at
/// both, and the key holds nothing but its material. The header it reads is the one that was signed.
bool isSignedWith(const DecodedJws &jws, const json_t *key)
{
    const JoseConfig config = quietJose();
    const JoseJson json(json_object());
    if (!config || !json)
        return false;
    const QByteArrayView compact(jws.compact);
    const qsizetype firstDot = compact.indexOf('.');
    const qsizetype lastDot = compact.lastIndexOf('.');
    json_object_set_new_nocheck(json.get(), "protected", textOf(compact.first(firstDot)));
    json_object_set_new_nocheck(json.get(), "payload",
                                textOf(compact.sliced(firstDot + 1, lastDot - firstDot - 1)));
    json_object_set_new_nocheck(json.get(), "signature", textOf(compact.sliced(lastDot + 1)));
    return jose_jws_ver(config.get(), json.get(), nullptr, key, false);
}

/// RFC 7518: as many bytes as the modulus; R and S in full, one after the other.
qsizetype signatureSize(const PublicKey &key)
{
    if (key.type == KeyType::Rsa)
        return (key.modulusSize + 7) / 8;
    return key.curve == "P-256"_L1 ? 64 : key.curve == "P-384"_L1 ? 96 : 132;
}

qsizetype hashSize(const SignatureAlgorithm &algorithm)
{
    return QCryptographicHash::hashLength(algorithm.hash);
}

/// What makes a JWS invalid whatever its key: RFC 7515 section 4.1.11, RFC 7797.
std::optional<QString> problemOfHeader(const QJsonObject &header)
{
    if (header.contains("crit"_L1))
        return tr("The header says with crit that extensions must be understood; none is.");
    if (header.contains("b64"_L1) && header.value("b64"_L1) != QJsonValue(true))
        return tr("The header says with b64 that the payload is not encoded, which is not supported.");
    return std::nullopt;
}

QString sizeProblem(qsizetype size, qsizetype expected)
{
    return tr("The signature has %1 bytes, and this algorithm and key make %2.").arg(size).arg(expected);
}

QString forgedOrChanged()
{
    return tr("The signature does not match: another key made it, or the token was changed.");
}

} // namespace

Verifier::Verifier() = default;

Verifier::Verifier(Jwks keys)
    : m_source(std::move(keys))
    , m_allowed(publicKeyAlgorithms())
{
}

Verifier::Verifier(Secret clientSecret)
    : m_source(std::move(clientSecret))
    , m_allowed(clientSecretAlgorithms())
{
}

SignatureVerdict Verifier::verify(const DecodedJws &jws) const
{
    SignatureVerdict verdict{
        .signature = {.name = u"signature"_s, .reason = tr("There is no key to check it with.")},
        .algorithm = {.name = u"algorithm"_s},
        .key = {.name = u"key"_s, .reason = tr("No key was looked for.")}};
    const Result<const SignatureAlgorithm *> algorithm = algorithmOf(jws.header);
    if (algorithm)
        set(verdict.algorithm, CheckResult::Pass, tr("%1 is allowed.").arg((*algorithm)->name));
    else
        set(verdict.algorithm, CheckResult::Fail, algorithm.error().message);
    if (const std::optional<QString> problem = problemOfHeader(jws.header)) {
        set(verdict.signature, CheckResult::Fail, *problem);
    } else if (!algorithm) {
        set(verdict.signature, CheckResult::NotChecked, tr("The algorithm is refused."));
    } else if (std::holds_alternative<Jwks>(m_source)) {
        verifyWithKeys(jws, **algorithm, verdict);
    } else if (std::holds_alternative<Secret>(m_source)) {
        verifyWithSecret(jws, **algorithm, verdict);
    } else {
        set(verdict.key, CheckResult::NotChecked, tr("No keys were given."));
    }
    return verdict;
}

Result<const SignatureAlgorithm *> Verifier::algorithmOf(const QJsonObject &header) const
{
    const QJsonValue value = header.value("alg"_L1);
    if (!value.isString())
        return refused(tr("The header names no algorithm."));
    const QString name = value.toString();
    const QString shown = plainLine(name.left(kLongestShown));
    if (name.compare("none"_L1, Qt::CaseInsensitive) == 0)
        return refused(tr("The token is not signed (alg is \"%1\"). That is never accepted.").arg(shown));
    if (name == "EdDSA"_L1 || name == "Ed25519"_L1 || name == "Ed448"_L1)
        return refused(tr("%1 is not supported: nothing is said of this signature.").arg(name));
    const SignatureAlgorithm *algorithm = findSignatureAlgorithm(name);
    if (!algorithm)
        return refused(tr("\"%1\" is not an algorithm that Latchkey knows.").arg(shown));
    const bool isOfSecret = algorithm->keyType == KeyType::ClientSecret;
    if (isOfSecret && !std::holds_alternative<Secret>(m_source))
        return refused(
            tr("%1 is accepted with the client's own secret alone, never with a published key.").arg(name));
    if (!isOfSecret && std::holds_alternative<Secret>(m_source))
        return refused(tr("%1 needs the issuer's public key, and a client secret was given.").arg(name));
    if (!m_allowed.isEmpty() && !m_allowed.contains(name))
        return refused(tr("%1 is not among the allowed algorithms: %2.").arg(name, m_allowed.join(", "_L1)));
    return algorithm;
}

Result<std::vector<const PublicKey *>> Verifier::keysFor(const QJsonObject &header,
                                                         const SignatureAlgorithm &algorithm) const
{
    const Jwks &set = std::get<Jwks>(m_source);
    const QJsonValue value = header.value("kid"_L1);
    if (!value.isUndefined() && !value.isString())
        return refused(tr("The token's kid is not a string."));
    const QString kid = value.toString();
    const QString shown = plainLine(kid.left(kLongestShown));
    std::vector<const PublicKey *> eligible;
    QString why = kid.isEmpty() ? tr("The key set has no key that can be used.")
                                : tr("The key set has no key with the id %1.").arg(shown);
    for (const SkippedKey &key : set.skipped) {
        if (!kid.isEmpty() && key.kid == kid)
            why = tr("The key %1 cannot be used: %2.").arg(shown, key.reason);
    }
    for (const PublicKey &key : set.keys) {
        if (!kid.isEmpty() && key.kid != kid)
            continue;
        const Result<void> fits = checkFits(key, algorithm);
        if (fits)
            eligible.push_back(&key);
        else if (kid.isEmpty())
            why = tr("No key of the set goes with %1. Of the last one: %2.")
                      .arg(algorithm.name, fits.error().message);
        else
            why = tr("The key %1 cannot be used: %2.").arg(shown, fits.error().message);
    }
    if (eligible.empty())
        return refused(why);
    if (kid.isEmpty() && eligible.size() > 1)
        return refused(
            tr("The token names no key, and %1 keys of the set could be it.").arg(eligible.size()));
    return eligible;
}

void Verifier::verifyWithKeys(const DecodedJws &jws, const SignatureAlgorithm &algorithm,
                              SignatureVerdict &verdict) const
{
    const Result<std::vector<const PublicKey *>> keys = keysFor(jws.header, algorithm);
    if (!keys)
        return set(verdict.key, CheckResult::Fail, keys.error().message);
    const QString kid = plainLine(keys->front()->kid.left(kLongestShown));
    set(verdict.key, CheckResult::Pass,
        kid.isEmpty() ? tr("The only key of the set that goes with %1.").arg(algorithm.name)
                      : tr("The key %1 is in the key set.").arg(kid));
    QString why;
    for (const PublicKey *key : *keys) {
        const qsizetype expected = signatureSize(*key);
        if (jws.signature.size() != expected)
            why = sizeProblem(jws.signature.size(), expected);
        else if (isSignedWith(jws, key->material.get()))
            return set(verdict.signature, CheckResult::Pass, tr("The signature was made with this key."));
        else
            why = forgedOrChanged();
    }
    set(verdict.signature, CheckResult::Fail, why);
}

void Verifier::verifyWithSecret(const DecodedJws &jws, const SignatureAlgorithm &algorithm,
                                SignatureVerdict &verdict) const
{
    constexpr qsizetype longestSecret = 1024; // libjose's own limit
    const Secret &secret = std::get<Secret>(m_source);
    const qsizetype expected = hashSize(algorithm);
    if (secret.size() < expected)
        return set(verdict.key, CheckResult::Fail,
                   tr("The client secret has %1 bytes, and %2 needs %3 (RFC 7518, section 3.2).")
                       .arg(secret.size())
                       .arg(algorithm.name)
                       .arg(expected));
    if (secret.size() > longestSecret)
        return set(verdict.key, CheckResult::Fail,
                   tr("The client secret has more than %1 bytes.").arg(longestSecret));
    set(verdict.key, CheckResult::Pass, tr("The client's own secret."));
    if (jws.signature.size() != expected)
        return set(verdict.signature, CheckResult::Fail, sizeProblem(jws.signature.size(), expected));
    QByteArray encoded = toBase64Url(secret.bytes());
    const JoseJson key(json_pack("{s:s, s:s}", "kty", "oct", "k", encoded.constData()));
    wipe(encoded);
    const bool isSigned = key && isSignedWith(jws, key.get());
    set(verdict.signature, isSigned ? CheckResult::Pass : CheckResult::Fail,
        isSigned ? tr("The signature was made with the client secret.") : forgedOrChanged());
}

} // namespace latchkey
