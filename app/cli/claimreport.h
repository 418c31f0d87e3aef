// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/claim.h"

#include <QJsonArray>

#include <vector>

namespace latchkey::cli {

QJsonObject claimJson(const Claim &claim);
QJsonArray claimsJson(const std::vector<Claim> &claims);
QString claimTable(const std::vector<Claim> &claims);

} // namespace latchkey::cli
