// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/privatefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("PrivateFile", text);
}

tl::unexpected<Error> cannotWrite(const QString &path, const QString &why)
{
    return fail(ErrorKind::Storage, tr("%1 cannot be written.").arg(path), why);
}

} // namespace

Result<void> openPrivateFile(QSaveFile &file)
{
    const QString path = file.fileName();
    if (QFileInfo(path).isSymLink()) // it would be followed, and the mode of its target changed
        return cannotWrite(path, tr("It is a link. Name the file that it leads to."));
    if (const QFileInfo at(path); at.exists() && !at.isFile())
        return cannotWrite(path, tr("It is a folder, a device or a pipe, and would be replaced."));
    // The mode before the content: nobody else may open it in between.
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return cannotWrite(path, file.errorString());
    return {};
}

Result<void> writePrivateFile(const QString &path, QByteArrayView bytes)
{
    QSaveFile file(path);
    if (const Result<void> opened = openPrivateFile(file); !opened)
        return opened;
    if (file.write(bytes.data(), bytes.size()) != bytes.size() || !file.commit())
        return cannotWrite(path, file.errorString());
    return {};
}

} // namespace latchkey
