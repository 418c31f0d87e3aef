// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "oidc/loginprofile.h"

#include <functional>

namespace latchkey::cli {

/// What is kept of a login that a verb runs, and what it shall end with. With --tenant every login goes into
/// the history; --save-as makes a profile of it before it runs; with --url the workspace is not touched.
class LoginKeeping
{
public:
    /// Checks the options, and saves the profile where one is asked for. An error ends the run.
    static void prepare(Command &command, const LoginRequest &request,
                        const std::function<void(const LoginKeeping &)> &callback);

    /// Into the history. A workspace that cannot be written is told on standard error.
    void remember(Command &command, const Result<LoginOutcome> &result) const;
    /// None: nothing was expected.
    std::optional<bool> isMetBy(const Result<LoginOutcome> &result) const;
    const LoginExpectation &expectation() const { return m_profile.expectation; }

private:
    LoginProfile m_profile{}; ///< without a tenant: nothing is kept
};

} // namespace latchkey::cli
