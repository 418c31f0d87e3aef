// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchangetext.h"

#include <QCoreApplication>
#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

QString exchangePath(const Exchange &exchange)
{
    const QString path = exchange.url.path(QUrl::PrettyDecoded);
    return exchange.url.hasQuery() ? path + u'?' + exchange.url.query(QUrl::PrettyDecoded) : path;
}

QString sizeText(qint64 bytes)
{
    return bytes < 1000 ? QCoreApplication::translate("ExchangeText", "%1 B").arg(bytes)
                        : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString exchangeStatus(const Exchange &exchange)
{
    if (exchange.status == 0)
        return QCoreApplication::translate("ExchangeText", "No answer");
    return u"%1 %2"_s.arg(exchange.status).arg(exchange.statusText).trimmed();
}

} // namespace latchkey
