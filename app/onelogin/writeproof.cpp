// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/writeproof.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("WriteProof", text);
}

} // namespace

Error unprovenWrite(const std::optional<Error> &sendError, const Error &readError)
{
    if (sendError && !mayHaveBeenDone(sendError->kind))
        return *sendError;
    Error error = readError;
    error.kind = ErrorKind::OutcomeUnknown;
    error.message = tr("The change was sent, but the tenant could not be read again. It may be stored.");
    error.detail = (readError.message + u' ' + readError.detail).trimmed();
    return error;
}

Error writeNotStored(const std::optional<Error> &sendError)
{
    if (!sendError)
        return {.kind = ErrorKind::ServerFailure,
                .message = tr("Not stored: the tenant accepted the change, but does not show it."),
                .reason = QStringLiteral("write_not_shown")};
    if (!mayHaveBeenDone(sendError->kind))
        return *sendError;
    Error error = *sendError;
    if (error.kind == ErrorKind::OutcomeUnknown)
        error.kind = ErrorKind::Unreachable;
    error.message = tr("Not stored: the change got no clear answer, and the tenant was read again and does "
                       "not have it. Should "
                       "the request still be under way, it may come later.");
    error.detail = (sendError->message + u' ' + sendError->detail).trimmed();
    return error;
}

} // namespace latchkey
