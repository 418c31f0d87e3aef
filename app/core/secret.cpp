// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <QStringEncoder>

#include <algorithm>

namespace latchkey {

namespace {

// Through a volatile pointer, so that the compiler may not drop the last write to dying memory.
void overwrite(void *memory, size_t size)
{
    volatile char *bytes = static_cast<volatile char *>(memory);
    for (size_t i = 0; i < size; ++i)
        bytes[i] = 0;
}

} // namespace

struct Secret::Buffer
{
    explicit Buffer(qsizetype length)
        : size(length)
        , data(std::make_unique<char[]>(static_cast<size_t>(length)))
    {
    }
    ~Buffer() { overwrite(data.get(), static_cast<size_t>(size)); }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    qsizetype size;
    std::unique_ptr<char[]> data;
};

Secret::Secret(std::shared_ptr<const Buffer> buffer)
    : m_buffer(std::move(buffer))
{
}

Secret Secret::copyOf(QByteArrayView bytes)
{
    auto buffer = std::make_shared<Buffer>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), buffer->data.get());
    return Secret(std::move(buffer));
}

Secret Secret::fromText(QStringView text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    QByteArray utf8 = encoder.encode(text);
    return takeFrom(utf8);
}

Secret Secret::takeFrom(QByteArray &source)
{
    Secret secret = copyOf(source);
    wipe(source);
    return secret;
}

qsizetype Secret::size() const
{
    return m_buffer ? m_buffer->size : 0;
}

QByteArrayView Secret::bytes() const
{
    return m_buffer ? QByteArrayView(m_buffer->data.get(), m_buffer->size) : QByteArrayView();
}

QString Secret::revealed() const
{
    return QString::fromUtf8(bytes());
}

bool operator==(const Secret &left, const Secret &right)
{
    if (left.size() != right.size())
        return false;
    int difference = 0;
    const QByteArrayView a = left.bytes();
    const QByteArrayView b = right.bytes();
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        overwrite(bytes.data(), static_cast<size_t>(bytes.size()));
    bytes.clear();
}

void wipe(QString &text)
{
    if (text.isDetached())
        overwrite(text.data(), static_cast<size_t>(text.size()) * sizeof(QChar));
    text.clear();
}

} // namespace latchkey
