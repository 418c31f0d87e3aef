// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/sourcetext.h"

#include "core/secret.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SourceText", text);
}

QStringConverter::Encoding encodingOf(QByteArrayView bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return *marked;
    if (bytes.size() >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0)
        return QStringConverter::Utf16LE;
    return QStringConverter::Utf8;
}

template<typename View>
View withoutPadding(View text)
{
    while (!text.isEmpty() && text.front() == typename View::value_type(0))
        text = text.sliced(1);
    while (!text.isEmpty() && text.back() == typename View::value_type(0))
        text.chop(1);
    return text;
}

} // namespace

Error tooLargeError()
{
    return {.kind = ErrorKind::Invalid,
            .message =
                tr("This is larger than %1 MiB, and no more is read.").arg(kLargestSource / (1024 * 1024))};
}

Result<QByteArray> readSource(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorKind::Storage, tr("There is no file %1.").arg(path));
    if (!info.isFile())
        return fail(ErrorKind::Invalid, tr("%1 is not a file.").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, tr("%1 cannot be read.").arg(path), file.errorString());
    QByteArray bytes = file.read(kLargestSource + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorKind::Storage, tr("%1 cannot be read.").arg(path), file.errorString());
    if (bytes.size() > kLargestSource) {
        wipe(bytes);
        return fail(tooLargeError());
    }
    return bytes;
}

Result<QString> decodedText(QByteArrayView bytes)
{
    // Leading padding first, or it would hide the byte order mark; the end of UTF-16 holds zeros of its own.
    while (!bytes.isEmpty() && bytes.front() == '\0' && (bytes.size() < 2 || bytes[1] == '\0'))
        bytes = bytes.sliced(1);
    QStringDecoder decode(encodingOf(bytes), QStringConverter::Flag::Stateless);
    if (encodingOf(bytes) == QStringConverter::Utf8)
        bytes = withoutPadding(bytes);
    QString text = decode(bytes);
    if (decode.hasError()) {
        wipe(text);
        return fail(ErrorKind::Invalid, tr("This is not text in UTF-8 or UTF-16."));
    }
    QStringView trimmed = withoutPadding(QStringView(text));
    if (trimmed.startsWith(QChar::ByteOrderMark))
        trimmed = trimmed.sliced(1);
    if (trimmed.contains(QChar::Null)) {
        wipe(text);
        return fail(ErrorKind::Invalid,
                    tr("There are NUL characters in the middle: this is not a text file."));
    }
    QString lines = trimmed.toString();
    wipe(text);
    lines.replace("\r\n"_L1, "\n"_L1);
    lines.replace(u'\r', u'\n');
    return lines;
}

QByteArray fingerprintOf(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

Result<void> removeSource(const QString &path, const QByteArray &fingerprint)
{
    Result<QByteArray> bytes = readSource(path);
    if (!bytes)
        return fail(bytes.error());
    const bool isSame = fingerprintOf(*bytes) == fingerprint;
    wipe(*bytes);
    if (!isSame)
        return fail(ErrorKind::Invalid, tr("%1 was changed after it was read, so it was kept.").arg(path));
    QFile file(QFileInfo(path).canonicalFilePath()); // a link would leave the secrets where they are
    if (!file.remove())
        return fail(ErrorKind::Storage, tr("%1 cannot be deleted.").arg(path), file.errorString());
    return {};
}

QString looseModeWarning(const QString &path)
{
    const QFileDevice::Permissions others =
        QFile::permissions(path) &
        (QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther);
    return others ? tr("Other users of this computer may read or change %1.").arg(path) : QString();
}

} // namespace latchkey
