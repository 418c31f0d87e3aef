// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/apiroute.h"

#include <QHash>

namespace latchkey::sandbox {

/// Finds who answers a request; what every answer has in common is added here.
class Router
{
public:
    explicit Router(Tenant &tenant);

    Response answer(const Request &request);

private:
    Response answerArea(const Request &request);
    Response answerApi(const Request &request);
    Response answerRoute(const ApiRoute &route, const ApiCall &call);

    Tenant &m_tenant;
    std::vector<ApiRoute> m_routes;
    /// Answers to reading requests, dropped with the first write.
    QHash<QByteArray, Response> m_cache{};
};

} // namespace latchkey::sandbox
