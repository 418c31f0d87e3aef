// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"

namespace latchkey {

constexpr auto kOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(kOptions);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const QByteArray raw = QByteArray::fromRawData(text.data(), text.size());
    const auto decoded =
        QByteArray::fromBase64Encoding(raw, kOptions | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64(kOptions) != raw)
        return std::nullopt;
    return decoded.decoded;
}

} // namespace latchkey
