// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/loginoutcome.h"

namespace latchkey {

Error refusalOf(const Result<LoginOutcome> &result)
{
    if (!result)
        return result.error();
    return {.kind = ErrorKind::LoginRefused,
            .reason = result->hasFailedChecks() ? result->error : QString(),
            .code = result->error,
            .vendorText = result->errorDescription,
            .httpStatus = result->httpStatus,
            .requestId = result->requestId,
            .retryAfter = result->retryAfter};
}

} // namespace latchkey
