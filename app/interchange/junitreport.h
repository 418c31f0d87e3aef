// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginsuite.h"

namespace latchkey {

/// The runs of one tenant.
struct JUnitSuite
{
    QString name{};
    std::vector<SuiteRun> runs{};
};

/// JUnit XML as Surefire writes it and Jenkins, GitLab and others read it: a testsuite a tenant, a testcase a
/// profile. Times are in seconds, timestamps in UTC without a zone, as its schema wants them. A character
/// that XML 1.0 cannot hold becomes U+FFFD. No token and no secret is in it.
QByteArray junitReport(const std::vector<JUnitSuite> &suites);

} // namespace latchkey
