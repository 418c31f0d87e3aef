// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/signaturealgorithm.h"

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const auto &algorithms()
{
    using Hash = QCryptographicHash;
    static const std::array table{
        SignatureAlgorithm{u"RS256"_s, KeyType::Rsa, Hash::Sha256, {}},
        SignatureAlgorithm{u"RS384"_s, KeyType::Rsa, Hash::Sha384, {}},
        SignatureAlgorithm{u"RS512"_s, KeyType::Rsa, Hash::Sha512, {}},
        SignatureAlgorithm{u"PS256"_s, KeyType::Rsa, Hash::Sha256, {}},
        SignatureAlgorithm{u"PS384"_s, KeyType::Rsa, Hash::Sha384, {}},
        SignatureAlgorithm{u"PS512"_s, KeyType::Rsa, Hash::Sha512, {}},
        SignatureAlgorithm{u"ES256"_s, KeyType::Ec, Hash::Sha256, u"P-256"_s},
        SignatureAlgorithm{u"ES384"_s, KeyType::Ec, Hash::Sha384, u"P-384"_s},
        SignatureAlgorithm{u"ES512"_s, KeyType::Ec, Hash::Sha512, u"P-521"_s},
        SignatureAlgorithm{u"HS256"_s, KeyType::ClientSecret, Hash::Sha256, {}},
        SignatureAlgorithm{u"HS384"_s, KeyType::ClientSecret, Hash::Sha384, {}},
        SignatureAlgorithm{u"HS512"_s, KeyType::ClientSecret, Hash::Sha512, {}},
    };
    return table;
}

QStringList namesOf(bool withClientSecret)
{
    QStringList names;
    for (const SignatureAlgorithm &each : algorithms()) {
        if ((each.keyType == KeyType::ClientSecret) == withClientSecret)
            names.append(each.name);
    }
    return names;
}

} // namespace

const SignatureAlgorithm *findSignatureAlgorithm(const QString &name)
{
    const auto found = std::find_if(algorithms().begin(), algorithms().end(),
                                    [&name](const SignatureAlgorithm &each) { return each.name == name; });
    return found == algorithms().end() ? nullptr : &*found;
}

const QStringList &publicKeyAlgorithms()
{
    static const QStringList names = namesOf(false);
    return names;
}

const QStringList &clientSecretAlgorithms()
{
    static const QStringList names = namesOf(true);
    return names;
}

} // namespace latchkey
