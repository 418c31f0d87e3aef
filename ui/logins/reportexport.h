// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginsuite.h"

class QWidget;

namespace latchkey {

class MessageBanner;

/// Asks where to, and writes the runs as JUnit XML; the banner, which lives as long as `parent`, tells how
/// that went.
void exportReport(const QString &tenant, const std::vector<SuiteRun> &runs, MessageBanner &banner,
                  QWidget *parent);

} // namespace latchkey
