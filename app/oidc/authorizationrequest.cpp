// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/authorizationrequest.h"

#include "net/formdata.h"
#include "oidc/pkce.h"

namespace latchkey {

using namespace Qt::StringLiterals;

AuthorizationRequest AuthorizationRequest::make()
{
    return {.verifier = unguessableText(), .state = unguessableText(), .nonce = unguessableText()};
}

Result<QUrl> AuthorizationRequest::url(const QUrl &endpoint, const LoginRequest &login) const
{
    FormData query;
    query.add(u"response_type"_s, u"code"_s);
    query.add(u"client_id"_s, login.clientId);
    query.add(u"redirect_uri"_s, redirectUri.toString(QUrl::FullyEncoded));
    query.add(u"scope"_s, login.scopes.join(u' '));
    query.add(u"state"_s, state);
    query.add(u"nonce"_s, nonce);
    query.add(u"code_challenge"_s, codeChallenge(verifier));
    query.add(u"code_challenge_method"_s, u"S256"_s);
    query.add(u"resource"_s, login.resource);
    query.add(u"prompt"_s, login.prompt);
    query.add(u"login_hint"_s, login.loginHint);
    query.add(u"acr_values"_s, login.acrValues);
    for (const auto &[name, value] : login.parameters)
        query.add(name, value);
    if (const Result<void> allowed = checkNotRepeated(endpoint, query.encoded().bytes()); !allowed)
        return fail(allowed.error());
    return withQuery(endpoint, query);
}

} // namespace latchkey
