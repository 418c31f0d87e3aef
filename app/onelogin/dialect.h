// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpclient.h"

#include <QJsonValue>

namespace latchkey {

/// The Error an answer of the management API stands for, or none if its status is 2xx and its body
/// carries no error. Understands the v1 envelope `{status:{error,code,type,message}}` (also in an
/// HTTP 200), v2 `{message,statusCode,name[,field]}`, OAuth `{error,error_description}`, the flat
/// `{error:bool,code,type,message}`, and html or text, of which a short excerpt without markup goes
/// to the detail.
std::optional<Error> apiError(const HttpResponse &response);

/// The JSON of a successful answer (null for a 204), or its apiError(), or NotUnderstood where the
/// body is no JSON.
Result<QJsonValue> readAnswer(const HttpResponse &response);

/// Plain text of at most 200 characters out of a body nobody expected: what it echoes of the request and runs
/// that look like tokens replaced, markup and control characters dropped.
QString safeExcerpt(const HttpResponse &response);

} // namespace latchkey
