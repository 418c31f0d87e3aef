// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/pkce.h"

#include "core/base64url.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace latchkey {

Secret unguessableText()
{
    std::array<quint32, 8> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    QByteArray text =
        toBase64Url(QByteArrayView(reinterpret_cast<const char *>(random.data()), sizeof random));
    random.fill(0);
    return Secret::takeFrom(text);
}

QString codeChallenge(const Secret &verifier)
{
    const QByteArray hash =
        QCryptographicHash::hash(verifier.bytes().toByteArray(), QCryptographicHash::Sha256);
    return QString::fromLatin1(toBase64Url(hash));
}

} // namespace latchkey
