// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>

namespace latchkey {

/// A header line of an exchange as it may be shown.
struct ExchangeHeader
{
    QString name{};
    QString value{};
};

/// One request and its answer, already redacted: what the activity log and curl are made from.
/// Redaction is by allow-list: only the values of members, parameters and headers known to be
/// harmless are kept, all else reads `‹redacted, 64 characters›`.
struct Exchange
{
    quint64 number = 0; ///< counts up within one HttpClient
    QDateTime startedAt{};
    QString askedBy{}; ///< for whom: "directory-sync, get token"
    QString method{};
    QUrl url{};
    QList<ExchangeHeader> requestHeaders{};
    QString requestBody{};
    int status = 0; ///< 0: no HTTP answer, see `failure`
    QString statusText{};
    QList<ExchangeHeader> responseHeaders{};
    QString responseBody{};
    qint64 responseSize = 0; ///< bytes on the wire after decoding
    std::chrono::milliseconds duration{};
    QString requestId{};
    QString failure{}; ///< one sentence where no HTTP answer came

    bool isWrite() const { return method != QLatin1StringView("GET"); }
    bool isError() const { return status == 0 || status >= 400; }
};

/// A JSON or form body with every value that is not known to be harmless replaced.
/// `contentType` decides; other bodies are shown as their type and size only.
QString redactBody(const QByteArray &contentType, const QByteArray &body);

/// The value as shown of a header, by allow-list: `Authorization` keeps its scheme word at most.
QString redactHeader(const QByteArray &name, const QByteArray &value);

} // namespace latchkey
