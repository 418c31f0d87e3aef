// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"

namespace latchkey {

/// One authorised request of an ApiClient: waits its turn, gets a token, sends, and at most once
/// more with another token. Ends with its caller's context; deletes itself.
class ApiClient::Call final : public QObject
{
public:
    Call(ApiClient &api, HttpRequest request, Digest digest, Continuation<Answer> continuation,
         WhenLimited whenLimited);

    void start();

private:
    void authorise();
    void sendWith(const ManagementToken &token);
    void receive(HttpResponse response);
    void take(const HttpResponse &response, const Result<QJsonValue> &json);
    void startAgain();
    void finish(Result<Answer> result);
    Error failure(Error error, const HttpResponse &response) const;

    ApiClient &m_api;
    HttpRequest m_request;
    Digest m_digest;
    Continuation<Answer> m_continuation;
    WhenLimited m_whenLimited;
    Secret m_token;
    std::optional<Error> m_refusal; ///< the 401 that made us ask for another token
    Secret m_refused;
    bool m_isQueued = false;
    int m_waits = 0;
};

} // namespace latchkey
