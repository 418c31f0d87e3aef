// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace latchkey {

/// What went wrong, in the words by which the program decides what to do next.
enum class ErrorKind {
    InvalidInput,        ///< what the person gave cannot be used; nothing was sent
    ReadOnly,            ///< the tenant is read-only here; nothing was sent
    Unreachable,         ///< no connection, or it broke before a whole answer
    Timeout,             ///< the idle or the whole-request deadline passed
    Tls,                 ///< the peer could not prove who it is
    NotUnderstood,       ///< an answer came, but not the API's: html, garbage, cut off, wrong types
    OutcomeUnknown,      ///< a write was on its way when the connection broke: read to find out
    Unauthorized,        ///< 401: the token or the pair was refused
    Forbidden,           ///< 403
    NotFound,            ///< 404
    Invalid,             ///< 400, 409, 422: the tenant named something wrong in the request
    RateLimited,         ///< 429
    ServerFailure,       ///< 5xx
    LoginRefused,        ///< an OAuth error answer, RFC 6749 section 5.2
    KeychainLocked,      ///< the keychain is there but not open
    KeychainUnavailable, ///< there is no keychain service
    KeychainTimeout,     ///< the keychain did not answer in time
    KeychainFailure,     ///< the keychain refused or failed
    SecretMissing,       ///< the keychain is open and has no such item
    Storage,             ///< the workspace could not be read or written
    StorageTooNew,       ///< a newer version of the program wrote the workspace
};

/// One field of a request that the tenant refused.
struct FieldError
{
    QString field{};
    QString message{};
};

/// Why something did not work. Never holds a secret: every member may be shown and logged.
struct Error
{
    ErrorKind kind = ErrorKind::NotUnderstood;
    QString message{};    ///< one sentence for the person
    QString detail{};     ///< for the curious: status line, excerpt, library text
    QString reason{};     ///< why, closer than the kind, as a word for ErrorExplainer; often empty
    QString code{};       ///< the API's own code: OAuth `error`, v2 `name`, v1 `type`
    QString vendorText{}; ///< the API's own text, verbatim
    int httpStatus = 0;   ///< 0: no HTTP answer
    QString requestId{};  ///< x-request-id of the answer
    std::optional<std::chrono::seconds> retryAfter{}; ///< how long the server asks to wait
    std::vector<FieldError> fieldErrors{};
};

/// True for trouble between us and the server: unreachable, deadline, TLS, or not the API at all.
bool isTransport(ErrorKind kind);
/// True for a failed write that the server may have carried out: read, then decide.
bool mayHaveBeenDone(ErrorKind kind);
/// True for trouble with the OS keychain.
bool isKeychain(ErrorKind kind);
/// The kind's stable name in snake_case, for JSON and tests.
QString kindName(ErrorKind kind);
/// NotUnderstood for a name that is none.
ErrorKind kindFromName(QStringView name);

} // namespace latchkey
