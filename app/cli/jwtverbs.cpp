// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "jose/jwt.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <cstdio>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

void jwtDecode(Command &command)
{
    QFile input;
    constexpr qint64 kMostBytes = 4 << 20;
    const QByteArray token =
        input.open(stdin, QIODevice::ReadOnly) ? input.read(kMostBytes).trimmed() : QByteArray();
    const QString kind = tokenKindKey(tokenKind(token));
    const Result<DecodedJwt> decoded = decodeJwt(token);
    if (!decoded) {
        if (command.has(u"json"_s))
            printJson({{u"kind"_s, kind}, {u"error"_s, errorJson(decoded.error())}});
        printError(errorText(decoded.error()));
        return QCoreApplication::exit(static_cast<int>(Exit::Refused));
    }
    const auto pretty = [](const QJsonObject &object) {
        return QString::fromUtf8(QJsonDocument(object).toJson());
    };
    command.succeed({{u"kind"_s, kind},
                     {u"verified"_s, false},
                     {u"header"_s, decoded->header},
                     {u"payload"_s, decoded->payload}},
                    Command::tr("Header:\n%1\nClaims:\n%2\nDecoded, not verified.\n")
                        .arg(pretty(decoded->header), pretty(decoded->payload)));
}

} // namespace latchkey::cli
