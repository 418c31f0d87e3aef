// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/check.h"

#include <QJsonArray>

namespace latchkey::cli {

QJsonArray checksJson(const std::vector<Check> &checks);
/// One line for each check.
QString checksText(const std::vector<Check> &checks);

} // namespace latchkey::cli
