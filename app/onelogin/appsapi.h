// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "net/continuation.h"

namespace latchkey {

class ApiClient;

/// The tenant's OIDC apps, /api/2/apps with auth_method 8.
class AppsApi
{
public:
    explicit AppsApi(ApiClient &api)
        : m_api(&api)
    {
    }

    /// Every OIDC app whose name holds `name` (empty: all), page by page; items have id and name.
    /// `onPage` may be null.
    void list(const QString &name, std::function<void(const std::vector<OidcApp> &)> onPage,
              Continuation<std::vector<OidcApp>> continuation) const;
    /// As list(), but what comes is not kept: for lists of any length. From the cursor `from` on, which
    /// `onPage` got with the page before; empty: all.
    void pages(const QString &name, const QString &from,
               std::function<void(std::vector<OidcApp>, const QString &next)> onPage,
               Continuation<> continuation) const;
    /// One app with its client id and configuration.
    void get(AppId id, Continuation<OidcApp> continuation) const;

private:
    ApiClient *m_api;
};

} // namespace latchkey
