// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base64url.h"

#include <array>

namespace latchkey {

constexpr auto kOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The six bits of each character, -1 for those that are not of the alphabet.
constexpr std::array<qint8, 256> kValues = [] {
    std::array<qint8, 256> values{};
    values.fill(-1);
    for (qint8 i = 0; i < 64; ++i)
        values[static_cast<uchar>(kAlphabet[i])] = i;
    return values;
}();

} // namespace

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(kOptions);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    QByteArray bytes(text.size() * 6 / 8, Qt::Uninitialized);
    char *out = bytes.data();
    quint32 pending = 0;
    int bits = 0;
    for (const char c : text) {
        const qint8 value = kValues[static_cast<uchar>(c)];
        if (value < 0)
            return std::nullopt;
        pending = (pending << 6 | static_cast<quint32>(value)) & 0xffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *out++ = static_cast<char>(pending >> bits & 0xff);
        }
    }
    // What is left over is less than a character, and zero.
    if (bits >= 6 || (pending & ((1U << bits) - 1)) != 0)
        return std::nullopt;
    return bytes;
}

} // namespace latchkey
