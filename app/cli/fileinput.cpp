// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/fileinput.h"

#include "core/secret.h"
#include "interchange/sourcetext.h"

#include <unistd.h>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QByteArray> standardInput()
{
    QByteArray bytes;
    QByteArray part(64 * 1024, Qt::Uninitialized);
    ssize_t got = 0;
    while ((got = ::read(STDIN_FILENO, part.data(), static_cast<size_t>(part.size()))) > 0) {
        bytes.append(part.constData(), got);
        if (bytes.size() > kLargestSource)
            return fail(tooLargeError());
    }
    wipe(part);
    return bytes;
}

} // namespace

Result<QByteArray> readFileOrInput(const QString &path)
{
    return path == "-"_L1 ? standardInput() : readSource(path);
}

} // namespace latchkey::cli
