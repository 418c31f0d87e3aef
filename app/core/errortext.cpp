// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString detailBeyond(const Error &error)
{
    QString rest = error.detail;
    if (!error.vendorText.isEmpty())
        rest.remove(u": “"_s + error.vendorText + u'”');
    const QString statusLine = u"HTTP %1"_s.arg(error.httpStatus);
    if (!rest.startsWith(statusLine))
        return rest;
    rest = rest.mid(statusLine.size());
    if (rest.startsWith(": "_L1))
        return rest.mid(2);
    rest = rest.trimmed();
    return rest.isEmpty() ? rest : rest + u'.';
}

bool saysStatus(const Error &error)
{
    return error.message.contains(QString::number(error.httpStatus));
}

} // namespace latchkey
