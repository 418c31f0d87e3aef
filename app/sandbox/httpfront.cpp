// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/httpfront.h"

#include <QHttpServer>
#include <QHttpServerResponse>
#include <QMetaEnum>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTimer>

#include <limits>

namespace latchkey::sandbox {

namespace {

Request toRequest(const QHttpServerRequest &from)
{
    const QUrl url = from.url();
    Request request{.method = QByteArray(QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(
                                             static_cast<int>(from.method())))
                                  .toUpper(),
                    .path = url.path(),
                    .query = url.query(QUrl::FullyEncoded).toUtf8(),
                    .body = from.body()};
    const auto headers = from.headers();
    for (const auto &[name, value] : headers)
        request.headers.emplace_back(name, value);
    return request;
}

void write(const Response &response, QHttpServerResponder &&responder)
{
    QHttpServerResponse answer(response.contentType, response.body,
                               static_cast<QHttpServerResponder::StatusCode>(response.status));
    for (const auto &[name, value] : response.headers)
        answer.addHeader(name, value);
    answer.write(std::move(responder));
}

} // namespace

struct HttpFront::Private
{
    void send(const Response &response, QHttpServerResponder &&responder)
    {
        if (response.isSent && response.delay.count() == 0)
            return write(response, std::move(responder));
        // As long as there is a responder its connection takes no further request.
        const auto held = std::make_shared<QHttpServerResponder>(std::move(responder));
        if (response.isSent)
            QTimer::singleShot(response.delay, Qt::PreciseTimer, &server,
                               [response, held] { write(response, std::move(*held)); });
        else
            silent.push_back(held);
    }

    Handler handler{};
    QHttpServer server{};
    std::unique_ptr<QTcpServer> listener = std::make_unique<QTcpServer>();
    std::vector<std::shared_ptr<QHttpServerResponder>> silent{}; ///< whose clients wait in vain
};

HttpFront::HttpFront(Handler handler)
    : d(std::make_unique<Private>())
{
    d->handler = std::move(handler);
    // The handler of last resort is the one that gets every request when there is no route.
    d->server.setMissingHandler([this](const QHttpServerRequest &from, QHttpServerResponder &&responder) {
        d->send(d->handler(toRequest(from)), std::move(responder));
    });
}

HttpFront::~HttpFront() = default;

void HttpFront::setIdentity(const TlsIdentity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(identity.certificate));
    configuration.setPrivateKey(QSslKey(identity.key, QSsl::Ec));
    auto listener = std::make_unique<QSslServer>();
    listener->setSslConfiguration(configuration);
    // At its default of 30 Qt stops listening for good once as many have not finished their handshake.
    listener->setMaxPendingConnections(std::numeric_limits<int>::max());
    d->listener = std::move(listener);
}

Result<quint16> HttpFront::listen(quint16 port)
{
    if (!d->listener->listen(QHostAddress::LocalHost, port))
        return fail(ErrorKind::Unreachable, d->listener->errorString());
    const quint16 bound = d->listener->serverPort();
    d->server.bind(d->listener.release());
    return bound;
}

} // namespace latchkey::sandbox
