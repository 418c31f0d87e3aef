// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sandbox/message.h"

#include <functional>
#include <optional>
#include <vector>

namespace latchkey::sandbox {

/// One way to answer badly on purpose, and which requests get it.
struct Fault
{
    enum class Kind {
        Delay,   ///< the answer comes later
        Status,  ///< an error instead of what was asked for
        Html,    ///< a web page instead of what was asked for, as proxies send it
        Cut,     ///< what was asked for is done; half of the answer comes
        Silence, ///< what was asked for is done; no answer comes
    };
    Kind kind = Kind::Delay;
    int number = 0;             ///< milliseconds of a delay, or a status
    QByteArray method{};        ///< upper case; empty: any
    QString path{};             ///< what the path begins with
    std::optional<int> times{}; ///< how often; none: for good

    /// `delay=MS`, `status=CODE`, `html`, `cut` or `silence`, then any of `,method=M`, `,path=START` and
    /// `,times=N`. The error's message is for the terminal.
    static Result<Fault> parse(const QString &text);
};

/// Stands before a tenant and plays faults.
class Faults
{
public:
    using Handler = std::function<Response(const Request &)>;

    explicit Faults(std::vector<Fault> faults)
        : m_faults(std::move(faults))
    {
    }

    /// Delays add up; of the other faults the first that is meant for the request is played.
    Response answer(const Request &request, const Handler &tenant);

private:
    std::vector<Fault> m_faults;
};

} // namespace latchkey::sandbox
