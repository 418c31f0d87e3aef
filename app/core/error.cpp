// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

namespace latchkey {

using namespace Qt::StringLiterals;

bool isTransport(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::NotUnderstood:
    case ErrorKind::OutcomeUnknown:
        return true;
    default:
        return false;
    }
}

bool mayHaveBeenDone(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Timeout:
    case ErrorKind::NotUnderstood:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::ServerFailure:
        return true;
    default:
        return false;
    }
}

bool isKeychain(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::KeychainLocked:
    case ErrorKind::KeychainUnavailable:
    case ErrorKind::KeychainTimeout:
    case ErrorKind::KeychainFailure:
    case ErrorKind::SecretMissing:
        return true;
    default:
        return false;
    }
}

QString kindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::InvalidInput:
        return u"invalid_input"_s;
    case ErrorKind::ReadOnly:
        return u"read_only"_s;
    case ErrorKind::Unreachable:
        return u"unreachable"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::Tls:
        return u"tls"_s;
    case ErrorKind::NotUnderstood:
        return u"not_understood"_s;
    case ErrorKind::OutcomeUnknown:
        return u"outcome_unknown"_s;
    case ErrorKind::Unauthorized:
        return u"unauthorized"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not_found"_s;
    case ErrorKind::Invalid:
        return u"invalid"_s;
    case ErrorKind::RateLimited:
        return u"rate_limited"_s;
    case ErrorKind::ServerFailure:
        return u"server_failure"_s;
    case ErrorKind::LoginRefused:
        return u"login_refused"_s;
    case ErrorKind::KeychainLocked:
        return u"keychain_locked"_s;
    case ErrorKind::KeychainUnavailable:
        return u"keychain_unavailable"_s;
    case ErrorKind::KeychainTimeout:
        return u"keychain_timeout"_s;
    case ErrorKind::KeychainFailure:
        return u"keychain_failure"_s;
    case ErrorKind::SecretMissing:
        return u"secret_missing"_s;
    case ErrorKind::Storage:
        return u"storage"_s;
    case ErrorKind::StorageTooNew:
        return u"storage_too_new"_s;
    }
    return {};
}

ErrorKind kindFromName(QStringView name)
{
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::StorageTooNew); ++kind) {
        if (name == kindName(static_cast<ErrorKind>(kind)))
            return static_cast<ErrorKind>(kind);
    }
    return ErrorKind::NotUnderstood;
}

} // namespace latchkey
