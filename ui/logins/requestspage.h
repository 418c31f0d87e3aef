// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "paneltools.h"

#include <QWidget>

#include <vector>

namespace latchkey {

/// The exchanges of one login: a short list, and the chosen one in full.
class RequestsPage final : public QWidget
{
    Q_OBJECT

public:
    RequestsPage(const std::vector<Exchange> &exchanges, const PanelTools &tools, QWidget *parent = nullptr);
};

} // namespace latchkey
