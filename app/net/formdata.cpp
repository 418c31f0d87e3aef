// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/formdata.h"

#include <algorithm>

namespace latchkey {

namespace {

bool isUnreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

QList<QByteArray> namesIn(const QByteArray &parameters)
{
    QList<QByteArray> names;
    for (const QByteArray &part : parameters.split('&')) {
        QByteArray name = part.left(part.indexOf('='));
        if (!name.isEmpty())
            names.append(QByteArray::fromPercentEncoding(name.replace('+', ' ')));
    }
    return names;
}

} // namespace

QByteArray formEncoded(QByteArrayView utf8)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    QByteArray encoded;
    encoded.reserve(utf8.size() * 3); // no reallocation that would leave a copy of a secret behind
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (isUnreserved(c))
            encoded.append(c);
        else if (c == ' ')
            encoded.append('+');
        else
            encoded.append('%').append(kHex[byte >> 4]).append(kHex[byte & 0x0f]);
    }
    return encoded;
}

FormData::~FormData()
{
    wipe(m_bytes);
}

void FormData::add(const QString &name, const QString &value)
{
    append(name.toUtf8(), value.toUtf8());
}

void FormData::add(const QString &name, const Secret &value)
{
    append(name.toUtf8(), value.bytes());
}

void FormData::append(QByteArrayView name, QByteArrayView value)
{
    if (value.isEmpty())
        return;
    QByteArray encodedValue = formEncoded(value);
    QByteArray longer;
    const QByteArray encodedName = formEncoded(name);
    longer.reserve(m_bytes.size() + encodedName.size() + encodedValue.size() + 2);
    longer.append(m_bytes);
    if (!m_bytes.isEmpty())
        longer.append('&');
    longer.append(encodedName).append('=').append(encodedValue);
    wipe(encodedValue);
    wipe(m_bytes);
    m_bytes = std::move(longer);
}

Secret FormData::encoded() const
{
    return Secret::copyOf(m_bytes);
}

QUrl withQuery(const QUrl &url, const FormData &parameters)
{
    QStringList parts{url.query(QUrl::FullyEncoded), parameters.encoded().revealed()};
    parts.removeAll({});
    QUrl longer = url;
    if (!parts.isEmpty())
        longer.setQuery(parts.join(u'&'), QUrl::StrictMode);
    return longer;
}

QString repeatedParameter(const QUrl &url, QByteArrayView parameters)
{
    const QList<QByteArray> there = namesIn(url.query(QUrl::FullyEncoded).toLatin1());
    const QList<QByteArray> further = namesIn(QByteArray::fromRawData(parameters.data(), parameters.size()));
    const auto repeated = std::find_if(further.begin(), further.end(),
                                       [&there](const QByteArray &name) { return there.contains(name); });
    return repeated == further.end() ? QString() : QString::fromUtf8(*repeated);
}

Secret basicAuthorization(const QString &clientId, const Secret &clientSecret)
{
    QByteArray secretHalf = formEncoded(clientSecret.bytes());
    const QByteArray idHalf = formEncoded(clientId.toUtf8());
    QByteArray pair;
    pair.reserve(idHalf.size() + 1 + secretHalf.size());
    pair.append(idHalf).append(':').append(secretHalf);
    QByteArray base64 = pair.toBase64();
    QByteArray value;
    value.reserve(6 + base64.size());
    value.append("Basic ").append(base64);
    wipe(secretHalf);
    wipe(pair);
    wipe(base64);
    return Secret::takeFrom(value);
}

} // namespace latchkey
