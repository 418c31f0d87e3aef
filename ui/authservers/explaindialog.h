// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "widgets/dialogframe.h"

namespace latchkey {

/// True where more is known of an error than its own words.
bool canExplain(const Error &error);

/// Why a change was not stored, likeliest cause first.
class ExplainDialog final : public DialogFrame
{
    Q_OBJECT

public:
    ExplainDialog(const QString &app, const Error &error, QWidget *parent);

signals:
    void retryAsked();
};

} // namespace latchkey
