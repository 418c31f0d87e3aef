// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"

namespace latchkey {

/// Asks the tenant for a token of a pair that is not kept yet. Once it is, that was its first use.
class PairTest
{
public:
    /// The session must outlive it.
    explicit PairTest(Session &session)
        : m_session(session)
    {
    }

    /// `name` is how the activity calls the pair.
    void run(const QString &name, const QString &clientId, const Secret &secret,
             const Continuation<ManagementToken> &continuation);
    /// The pair is kept now, with these values; nothing is noted if they were not what was tested last.
    void note(CredentialId id, const QString &clientId, const Secret &secret) const;

private:
    struct Tested
    {
        QString clientId{};
        Secret secret{};
        QDateTime at{};
        CredentialProblem problem = CredentialProblem::None;
    };

    Session &m_session;
    std::unique_ptr<TokenSource> m_source;
    std::optional<Tested> m_tested;
};

} // namespace latchkey
