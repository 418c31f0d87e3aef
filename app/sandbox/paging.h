// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/message.h"

#include <tl/expected.hpp>

namespace latchkey::sandbox {

/// Which part of a list is asked for.
struct Page
{
    static constexpr qint64 kLargestLimit = 1000;

    qint64 limit = 100;
    qint64 number = 1; ///< counted from 1

    /// Reads limit and page, or the cursor instead of both; or the answer that refuses them.
    static tl::expected<Page, Response> read(const Request &request);

    qint64 first() const { return (number - 1) * limit; }
    bool holds(qint64 index) const { return index >= first() && index < first() + limit; }
    /// Current-Page, Page-Items, Total-Pages, Total-Count, After-Cursor, Before-Cursor, Link.
    Headers headers(const Request &request, const QString &baseUrl, qint64 total) const;
};

} // namespace latchkey::sandbox
