// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transfer.h"

#include "net/certificatenames.h"
#include "net/networkerrors.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString seconds(std::chrono::milliseconds duration)
{
    return QLocale().toString(static_cast<double>(duration.count()) / 1000.0);
}

} // namespace

Error HttpClient::Transfer::transportError() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError)
        return timeoutError(m_timeouts.idle); // only Qt's own inactivity timer gets here
    if (error == QNetworkReply::SslHandshakeFailedError)
        return tlsError();
    const QString detail = errorName(error) + ": "_L1 + m_reply->errorString();
    if (!isBeforeSending(error))
        return brokenConnection(detail);
    Error before{.kind = ErrorKind::Unreachable,
                 .message = tr("%1 refused the connection.").arg(m_host),
                 .detail = detail,
                 .reason = u"connection_refused"_s};
    if (error == QNetworkReply::HostNotFoundError) {
        before.message = tr("There is no host named %1. Check the address and the network.").arg(m_host);
        before.reason = u"host_not_found"_s;
    } else if (error != QNetworkReply::ConnectionRefusedError) {
        before.message = tr("The proxy in front of %1 refused the connection.").arg(m_host);
        before.reason = u"proxy_refused"_s;
    }
    return before;
}

Error HttpClient::Transfer::brokenConnection(const QString &detail) const
{
    Error error{.kind = ErrorKind::Unreachable,
                .message = tr("The connection to %1 broke before a whole answer came.").arg(m_host),
                .detail = detail,
                .reason = u"connection_broken"_s,
                .httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()};
    if (isWrite()) {
        error.kind = ErrorKind::OutcomeUnknown;
        error.reason.clear();
        error.message = tr("The connection to %1 broke while the request was on its way. "
                           "Whether it was carried out is not known.")
                            .arg(m_host);
    }
    return error;
}

Error HttpClient::Transfer::tlsError() const
{
    QStringList reasons;
    bool isAboutTime = false;
    for (const QSslError &error : m_tlsErrors) {
        reasons.append(error.errorString());
        isAboutTime |= error.error() == QSslError::CertificateExpired ||
                       error.error() == QSslError::CertificateNotYetValid;
    }
    reasons.removeDuplicates();
    Error error{.kind = ErrorKind::Tls,
                .message = tr("%1 could not prove who it is: %2")
                               .arg(m_host, reasons.isEmpty() ? m_reply->errorString() : reasons.join(u' ')),
                .detail = m_reply->errorString(),
                .reason = certificateReason(m_tlsErrors)};
    if (isAboutTime) {
        error.message +=
            u' ' + tr("The clock of this computer says %1.")
                       .arg(QLocale().toString(m_client.m_clock.now().toLocalTime(), QLocale::ShortFormat));
    }
    return error;
}

Error HttpClient::Transfer::timeoutError(std::chrono::milliseconds limit) const
{
    const QString message = limit == m_timeouts.whole
                                ? tr("%1 did not answer completely within %2 s.").arg(m_host, seconds(limit))
                                : tr("%1 sent nothing for %2 s.").arg(m_host, seconds(limit));
    return {.kind = ErrorKind::Timeout,
            .message = isWrite() ? message + u' ' + tr("The request may have been carried out.") : message};
}

Error HttpClient::Transfer::redirectError(const HttpResponse &response) const
{
    const QUrl target = m_request.url.resolved(QUrl(QString::fromUtf8(response.header("Location"))));
    const QString name =
        target.host().isEmpty() ? target.scheme() + u':' : target.authority().section(u'@', -1);
    return {.kind = ErrorKind::NotUnderstood,
            .message = tr("%1 answered with a redirect to %2 (status %3), which is not followed.")
                           .arg(m_host, name, QString::number(response.status)),
            .detail = redactUrl(target).toString(QUrl::FullyEncoded),
            .reason = u"redirected"_s,
            .httpStatus = response.status,
            .requestId = response.requestId()};
}

Error HttpClient::Transfer::tooLarge() const
{
    return {.kind = ErrorKind::NotUnderstood,
            .message = tr("The answer of %1 is larger than %2.")
                           .arg(m_host, QLocale().formattedDataSize(m_request.maximumSize)),
            .httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()};
}

} // namespace latchkey
