// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"

#include "core/tenant.h"
#include "net/transfer.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

QDateTime httpDate(QByteArray text)
{
    // Qt reads the older sibling with a numeric zone.
    return QDateTime::fromString(QString::fromLatin1(text.replace("GMT", "+0000")), Qt::RFC2822Date).toUTC();
}

QByteArray HttpResponse::header(QByteArrayView name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(), [name](const HttpHeader &header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == headers.end() ? QByteArray() : found->value;
}

QString HttpResponse::requestId() const
{
    return QString::fromUtf8(header("X-Request-Id"));
}

std::optional<std::chrono::seconds> HttpResponse::retryAfter() const
{
    const QByteArray value = header("Retry-After").trimmed();
    if (value.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const double count = value.toDouble(&isNumber); // no number is too large to be understood
    if (isNumber) {
        constexpr double longest = 1e9;
        return count >= 0 ? std::optional(std::chrono::seconds(static_cast<qint64>(std::min(count, longest))))
                          : std::nullopt;
    }
    const QDateTime until = httpDate(value);
    if (!until.isValid())
        return std::nullopt;
    const QDateTime from = date.isValid() ? date : QDateTime::currentDateTimeUtc();
    return std::chrono::seconds(std::max<qint64>(0, from.secsTo(until)));
}

HttpClient::HttpClient(QNetworkAccessManager &network, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_clock(clock)
{
}

void HttpClient::send(HttpRequest request, Continuation<HttpResponse> continuation)
{
    if (!continuation.context())
        return;
    if (!isAllowedUrl(request.url)) {
        Error error{.kind = ErrorKind::InvalidInput,
                    .message = tr("Only https addresses are allowed, and http to this computer."),
                    .detail = request.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toString()};
        finishLater<HttpResponse>(continuation, fail(std::move(error)));
        return;
    }
    const QByteArrayView authorization = request.authorization.bytes();
    if (std::any_of(authorization.begin(), authorization.end(), [](char c) { return c < ' ' || c > '~'; })) {
        finishLater<HttpResponse>(continuation,
                                  fail(ErrorKind::InvalidInput,
                                       tr("The credential holds characters that no HTTP header may have.")));
        return;
    }
    auto *transfer = new Transfer(*this, std::move(request), std::move(continuation));
    transfer->start();
}

void HttpClient::setTimeouts(HttpTimeouts timeouts)
{
    m_timeouts = timeouts;
}

Result<void> HttpClient::addCaFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) // a pipe might never end
        return fail(ErrorKind::InvalidInput, tr("The CA file %1 cannot be read.").arg(path),
                    file.errorString());
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return fail(ErrorKind::InvalidInput, tr("The file %1 holds no PEM certificate.").arg(path));
    if (!m_tls)
        m_tls = QSslConfiguration::defaultConfiguration();
    m_tls->addCaCertificates(certificates);
    return {};
}

} // namespace latchkey
