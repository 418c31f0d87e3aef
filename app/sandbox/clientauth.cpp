// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/clientauth.h"

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Response> invalidRequest(const QString &description)
{
    return tl::unexpected(oauthError(400, u"invalid_request"_s, description));
}

tl::expected<PresentedClient, Response> readBasic(const QByteArray &header)
{
    const QString malformed = u"invalid authorization header value format"_s;
    if (!header.startsWith("Basic "))
        return invalidRequest(malformed);
    const auto decoded =
        QByteArray::fromBase64Encoding(header.sliced(6), QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded ? (*decoded).indexOf(':') : -1;
    if (colon < 0)
        return invalidRequest(malformed);
    const auto id = formDecoded((*decoded).first(colon));
    const auto secret = formDecoded((*decoded).sliced(colon + 1));
    if (!id || !secret)
        return invalidRequest(u"client_id and client_secret are not properly encoded"_s);
    return PresentedClient{.clientId = QString::fromUtf8(*id),
                           .clientSecret = QString::fromUtf8(*secret),
                           .mechanism = ClientAuth::Basic};
}

} // namespace

tl::expected<PresentedClient, Response> readClient(const Request &request, const Form &form)
{
    const QString bodyId = form.value(u"client_id");
    if (!request.hasHeader("Authorization")) {
        if (bodyId.isEmpty())
            return invalidRequest(u"no client authentication mechanism provided"_s);
        const bool hasSecret = form.has(u"client_secret");
        return PresentedClient{.clientId = bodyId,
                               .clientSecret = form.value(u"client_secret"),
                               .mechanism = hasSecret ? ClientAuth::Post : ClientAuth::None};
    }
    tl::expected<PresentedClient, Response> client = readBasic(request.header("Authorization"));
    if (!client)
        return client;
    if (form.has(u"client_secret"))
        return invalidRequest(u"client authentication must only be provided using one mechanism"_s);
    if (!bodyId.isEmpty() && bodyId != client->clientId)
        return invalidRequest(u"mismatch in body and authorization client ids"_s);
    return client;
}

bool isProven(const App &app, const PresentedClient &presented)
{
    return app.auth == presented.mechanism &&
           (app.auth == ClientAuth::None || app.clientSecret == presented.clientSecret);
}

Response clientRefused(const Tenant &tenant, const Request &request)
{
    const QString error = u"invalid_client"_s;
    const QString description = u"client authentication failed"_s;
    Response response = oauthError(401, error, description);
    if (request.hasHeader("Authorization")) {
        response.headers.emplace_back("WWW-Authenticate",
                                      u"Basic realm=\"%1\", error=\"%2\", error_description=\"%3\""_s
                                          .arg(tenant.issuer(), error, description)
                                          .toUtf8());
    }
    return response;
}

} // namespace latchkey::sandbox
