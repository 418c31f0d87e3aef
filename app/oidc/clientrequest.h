// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/result.h"
#include "core/secret.h"

#include <QString>
#include <QUrl>

namespace latchkey {

class FormData;
struct HttpRequest;

/// The client app of a login, and how it proves itself to the provider's endpoints.
struct OidcClient
{
    QString clientId{};
    Secret clientSecret{};
    ClientAuth auth = ClientAuth::Basic;
};

/// Whether `client_id` goes into the form besides a Basic header, where it may (RFC 6749 section 2.3.1).
enum class ClientIdInForm { WhereNeeded, Always };

/// A POST of these parameters by the client app, which is never sent twice. The secret travels once: in the
/// header or in the body (RFC 6749 section 2.3). InvalidInput: checkNotRepeated().
Result<HttpRequest> clientRequest(const QUrl &endpoint, const OidcClient &client, const FormData &parameters,
                                  ClientIdInForm idInForm = ClientIdInForm::WhereNeeded);

} // namespace latchkey
