// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/handovertext.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// One word of a POSIX shell.
QByteArray quoted(QByteArray value)
{
    return '\'' + value.replace('\'', "'\\''") + '\'';
}

} // namespace

Secret environmentLines(const QUrl &baseUrl, const QString &clientId, const Secret &secret)
{
    QByteArray value = secret.bytes().toByteArray();
    QByteArray lines = "export ONELOGIN_API_URL=" + quoted(baseUrl.toEncoded()) +
                       "\nexport ONELOGIN_CLIENT_ID=" + quoted(clientId.toUtf8()) +
                       "\nexport ONELOGIN_CLIENT_SECRET=" + quoted(value) + '\n';
    wipe(value);
    return Secret::takeFrom(lines);
}

Secret sdkJson(const QString &clientId, const Secret &secret)
{
    QString value = secret.revealed();
    QByteArray json =
        QJsonDocument(QJsonObject{{u"client_id"_s, clientId}, {u"client_secret"_s, value}}).toJson();
    wipe(value);
    return Secret::takeFrom(json);
}

} // namespace latchkey
