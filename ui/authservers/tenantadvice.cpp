// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/tenantadvice.h"

#include "onelogin/apiclient.h"
#include "onelogin/session.h"
#include "widgets/countdownchip.h"
#include "widgets/dialogframe.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TenantAdvice", text);
}

QString adviceFor(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
        return tr("Authorization servers need the level %1: work as another API credential, then try again.")
            .arg(scopeLevelName(ScopeLevel::ManageAll));
    case ErrorKind::RateLimited:
        return error.retryAfter ? tr("Try again in %1.").arg(durationText(*error.retryAfter))
                                : tr("Try again later.");
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
        return tr("Try again once the tenant can be reached.");
    case ErrorKind::ServerFailure:
        return tr("Try again in a moment.");
    case ErrorKind::OutcomeUnknown:
        return tr("Close this and read the server again with F5 before you try again.");
    default:
        return {};
    }
}

} // namespace

void followTenant(DialogFrame &dialog, Session &session)
{
    const auto follow = [&dialog, &session] {
        if (ApiClient *api = session.api())
            QObject::connect(api, &ApiClient::waiting, &dialog, &DialogFrame::setWaiting,
                             Qt::UniqueConnection);
    };
    follow();
    QObject::connect(&session, &Session::workingCredentialChanged, &dialog, follow);
    dialog.setAdvice(adviceFor);
}

} // namespace latchkey
