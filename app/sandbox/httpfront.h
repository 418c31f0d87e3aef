// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sandbox/message.h"
#include "sandbox/tlsidentity.h"

#include <functional>
#include <memory>

namespace latchkey::sandbox {

/// Serves HTTP on the loopback address; the only part that knows the HTTP server library, whose
/// interface changes between releases.
class HttpFront
{
public:
    using Handler = std::function<Response(const Request &)>;

    explicit HttpFront(Handler handler);
    ~HttpFront();

    /// Before listen(): https instead of http.
    void setIdentity(const TlsIdentity &identity);
    /// Returns the port; 0 asks for any free one.
    Result<quint16> listen(quint16 port);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey::sandbox
