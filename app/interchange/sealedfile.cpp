// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/sealedfile.h"

#include <QCoreApplication>
#include <QtEndian>

#include <sodium.h>

#include <algorithm>
#include <array>

namespace latchkey {

namespace {

// The header: mark, version, algorithm, operations, memory (both 64 bit, little endian), salt, and the
// stream's own header. All of it is additional data of the first, empty chunk.
constexpr QByteArrayView kMark("latchkey-sealed\n");
constexpr unsigned char kVersion = 1;
constexpr qsizetype kOperationsAt = kMark.size() + 2;
constexpr qsizetype kMemoryAt = kOperationsAt + 8;
constexpr qsizetype kSaltAt = kMemoryAt + 8;
constexpr qsizetype kStreamAt = kSaltAt + qsizetype{crypto_pwhash_SALTBYTES};
constexpr qsizetype kHeaderSize = kStreamAt + qsizetype{crypto_secretstream_xchacha20poly1305_HEADERBYTES};
constexpr qsizetype kOverhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr qsizetype kChunk = 64 * 1024;

// What a hostile header may make us spend beside what an export of ours takes: some 128 MiB, and 1 s, in
// which a core works through about 1 GiB.
constexpr quint64 kMiB = quint64{1024} * 1024;
constexpr quint64 kMostOperations = 10;
constexpr quint64 kMostMemory = SealingCost{}.memoryBytes + 128 * kMiB;
constexpr quint64 kMostWork = SealingCost{}.operations * SealingCost{}.memoryBytes + 1024 * kMiB;

QString tr(const char *text)
{
    return QCoreApplication::translate("SealedFile", text);
}

tl::unexpected<Error> invalid(const QString &message)
{
    return fail(ErrorKind::Invalid, message);
}

unsigned char *bytesOf(char *data)
{
    return reinterpret_cast<unsigned char *>(data);
}
const unsigned char *bytesOf(const char *data)
{
    return reinterpret_cast<const unsigned char *>(data);
}

/// The key of one file, wiped with it.
struct Key
{
    Key() = default;
    ~Key() { sodium_memzero(bytes.data(), bytes.size()); }
    Key(const Key &) = delete;
    Key &operator=(const Key &) = delete;

    Result<void> derive(const Secret &passphrase, const SealingCost &cost, const char *salt)
    {
        const int failed =
            crypto_pwhash(bytes.data(), bytes.size(), passphrase.bytes().data(),
                          static_cast<unsigned long long>(passphrase.size()), bytesOf(salt), cost.operations,
                          static_cast<size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13);
        if (failed != 0)
            return fail(ErrorKind::Storage, tr("There is not enough memory to make the key (%1 MiB).")
                                                .arg(cost.memoryBytes / (1024 * 1024)));
        return {};
    }

    std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> bytes{};
};

/// The state of a stream, wiped with it.
struct Stream
{
    Stream() = default;
    ~Stream() { sodium_memzero(&state, sizeof(state)); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    crypto_secretstream_xchacha20poly1305_state state{};
};

bool isWithinReason(const SealingCost &cost)
{
    return cost.operations >= crypto_pwhash_OPSLIMIT_MIN && cost.operations <= kMostOperations &&
           cost.memoryBytes >= crypto_pwhash_MEMLIMIT_MIN && cost.memoryBytes <= kMostMemory &&
           cost.operations * cost.memoryBytes <= kMostWork;
}

void push(Stream &stream, QByteArrayView plain, QByteArrayView additional, unsigned char tag, QByteArray &out)
{
    const qsizetype at = out.size();
    out.resize(at + plain.size() + kOverhead);
    crypto_secretstream_xchacha20poly1305_push(
        &stream.state, bytesOf(out.data() + at), nullptr, bytesOf(plain.data()),
        static_cast<unsigned long long>(plain.size()), bytesOf(additional.data()),
        static_cast<unsigned long long>(additional.size()), tag);
}

/// The chunk's tag; none where it is not what was written. `plain` has room for the chunk.
std::optional<unsigned char> pull(Stream &stream, QByteArrayView chunk, QByteArrayView additional,
                                  char *plain)
{
    unsigned char tag = 0;
    const int failed = crypto_secretstream_xchacha20poly1305_pull(
        &stream.state, bytesOf(plain), nullptr, &tag, bytesOf(chunk.data()),
        static_cast<unsigned long long>(chunk.size()), bytesOf(additional.data()),
        static_cast<unsigned long long>(additional.size()));
    return failed == 0 ? std::optional(tag) : std::nullopt;
}

Result<SealingCost> costIn(QByteArrayView file)
{
    if (!isSealed(file))
        return invalid(tr("This is not an encrypted export of Latchkey."));
    const auto version =
        file.size() > kMark.size() ? static_cast<unsigned char>(file[kMark.size()]) : kVersion;
    if (version > kVersion)
        return invalid(tr("This export was written by a newer version of Latchkey."));
    if (version < kVersion)
        return invalid(
            tr("The header of this file names a version that no export of Latchkey has. The file was "
               "changed."));
    if (file.size() < kHeaderSize + kOverhead)
        return invalid(tr("The file is cut off. Use another copy."));
    const SealingCost cost{.operations = qFromLittleEndian<quint64>(file.data() + kOperationsAt),
                           .memoryBytes = qFromLittleEndian<quint64>(file.data() + kMemoryAt)};
    if (file[kMark.size() + 1] != char{crypto_pwhash_ALG_ARGON2ID13} || !isWithinReason(cost))
        return invalid(
            tr("The header of this file asks for a key that no export of Latchkey has: for one that "
               "takes more than %1 MiB, or far more time. The file was changed.")
                .arg(kMostMemory / kMiB));
    return cost;
}

Result<Secret> pullAll(Stream &stream, QByteArrayView chunks)
{
    QByteArray plain(chunks.size(), Qt::Uninitialized);
    qsizetype written = 0;
    bool isWhole = false;
    bool isGenuine = true;
    while (!chunks.isEmpty() && isGenuine && !isWhole) {
        const QByteArrayView chunk = chunks.first(std::min(chunks.size(), kChunk + kOverhead));
        const std::optional<unsigned char> tag =
            chunk.size() < kOverhead ? std::nullopt : pull(stream, chunk, {}, plain.data() + written);
        isGenuine = tag.has_value();
        isWhole = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        written += std::max<qsizetype>(chunk.size() - kOverhead, 0);
        chunks = chunks.sliced(chunk.size());
    }
    Secret secret = isGenuine && isWhole && chunks.isEmpty()
                        ? Secret::copyOf(QByteArrayView(plain).first(written))
                        : Secret();
    wipe(plain);
    if (!isGenuine || !chunks.isEmpty())
        return invalid(tr("The passphrase is right, but the file was changed or cut off. Use another copy."));
    if (!isWhole)
        return invalid(tr("The passphrase is right, but the end of the file is missing. Use another copy."));
    return secret;
}

} // namespace

bool isSealed(QByteArrayView file)
{
    return file.startsWith(kMark);
}

Result<QByteArray> sealed(const Secret &plain, const Secret &passphrase, const SealingCost &cost)
{
    if (sodium_init() < 0)
        return fail(ErrorKind::Storage, tr("The encryption library cannot be used on this computer."));
    if (passphrase.isEmpty())
        return fail(ErrorKind::InvalidInput, tr("The passphrase is empty."));
    QByteArray file(kHeaderSize, '\0');
    std::copy(kMark.begin(), kMark.end(), file.begin());
    file[kMark.size()] = static_cast<char>(kVersion);
    file[kMark.size() + 1] = char{crypto_pwhash_ALG_ARGON2ID13};
    qToLittleEndian(cost.operations, file.data() + kOperationsAt);
    qToLittleEndian(cost.memoryBytes, file.data() + kMemoryAt);
    randombytes_buf(file.data() + kSaltAt, crypto_pwhash_SALTBYTES);
    Key key;
    if (const Result<void> derived = key.derive(passphrase, cost, file.constData() + kSaltAt); !derived)
        return fail(derived.error());
    Stream stream;
    crypto_secretstream_xchacha20poly1305_init_push(&stream.state, bytesOf(file.data() + kStreamAt),
                                                    key.bytes.data());
    const QByteArray header = file;
    push(stream, {}, header, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, file);
    QByteArrayView rest = plain.bytes();
    do {
        const QByteArrayView chunk = rest.first(std::min(rest.size(), kChunk));
        rest = rest.sliced(chunk.size());
        push(stream, chunk, {},
             rest.isEmpty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                            : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
             file);
    } while (!rest.isEmpty());
    return file;
}

Result<Secret> unsealed(QByteArrayView file, const Secret &passphrase)
{
    if (sodium_init() < 0)
        return fail(ErrorKind::Storage, tr("The encryption library cannot be used on this computer."));
    const Result<SealingCost> cost = costIn(file);
    if (!cost)
        return fail(cost.error());
    Key key;
    if (const Result<void> derived = key.derive(passphrase, *cost, file.data() + kSaltAt); !derived)
        return fail(derived.error());
    Stream stream;
    const QByteArrayView header = file.first(kHeaderSize);
    const bool hasHeader = crypto_secretstream_xchacha20poly1305_init_pull(
                               &stream.state, bytesOf(file.data() + kStreamAt), key.bytes.data()) == 0;
    char none = 0;
    if (!hasHeader || !pull(stream, file.sliced(kHeaderSize, kOverhead), header, &none))
        return invalid(tr("The passphrase is wrong, or the beginning of the file was changed: the two cannot "
                          "be told apart."));
    return pullAll(stream, file.sliced(kHeaderSize + kOverhead));
}

} // namespace latchkey
