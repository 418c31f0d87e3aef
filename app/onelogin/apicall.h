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
    Call(ApiClient &api, HttpRequest request, Continuation<HttpResponse> continuation);

    void start();

private:
    void authorise();
    void sendWith(const ManagementToken &token);
    void receive(const HttpResponse &response);
    void waitAndStart(const HttpResponse &response);
    void finish(Result<HttpResponse> result);
    Error failure(const HttpResponse &response) const;

    ApiClient &m_api;
    HttpRequest m_request;
    Continuation<HttpResponse> m_continuation;
    Secret m_token;
    std::optional<HttpResponse> m_refusal; ///< the 401 that made us ask for another token
    Secret m_refused;
    bool m_isQueued = false;
    int m_waits = 0;
};

} // namespace latchkey
