// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/clientrequest.h"

#include "net/formdata.h"
#include "net/httpclient.h"
#include "oidc/loginrequest.h"

namespace latchkey {

using namespace Qt::StringLiterals;

Result<HttpRequest> clientRequest(const QUrl &endpoint, const OidcClient &client, const FormData &parameters,
                                  ClientIdInForm idInForm)
{
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = endpoint;
    request.contentType = "application/x-www-form-urlencoded";
    request.repeatable = false;
    request.maximumSize = 1 << 20;
    if (client.auth == ClientAuth::Basic)
        request.authorization = basicAuthorization(client.clientId, client.clientSecret);
    FormData form = parameters;
    if (client.auth != ClientAuth::Basic || idInForm == ClientIdInForm::Always)
        form.add(u"client_id"_s, client.clientId);
    if (client.auth == ClientAuth::Post)
        form.add(u"client_secret"_s, client.clientSecret);
    request.body = form.encoded();
    return checkNotRepeated(endpoint, request.body.bytes()).map([&request] { return request; });
}

} // namespace latchkey
