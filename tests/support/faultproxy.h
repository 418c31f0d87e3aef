// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faultserver.h"

namespace latchkey {

/// Stands in front of a real server and decides for each request whether it goes on to that server
/// and what becomes of the answer.
class FaultProxy
{
public:
    /// Hands a request on, as it came or changed, and gives the server's answer.
    using Forward = std::function<FaultReply(const Arrival &arrival)>;
    using Script = std::function<FaultReply(const Arrival &arrival, const Forward &forward)>;

    explicit FaultProxy(const QUrl &upstream);

    QUrl url() const { return m_server.url(QString()); }
    /// None: everything is handed on as it is.
    void setScript(Script script) { m_script = std::move(script); }

    /// The requests that came, and those of them that were handed on.
    const std::vector<Arrival> &arrived() const { return m_arrived; }
    const std::vector<Arrival> &forwarded() const { return m_forwarded; }
    void forget();

private:
    FaultReply reply(const Arrival &arrival);
    FaultReply forward(const Arrival &arrival);

    QUrl m_upstream;
    Script m_script{};
    std::vector<Arrival> m_arrived{};
    std::vector<Arrival> m_forwarded{};
    FaultServer m_server;
};

} // namespace latchkey
