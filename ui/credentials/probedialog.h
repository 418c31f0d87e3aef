// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tablemodel.h"
#include "onelogin/probereport.h"
#include "widgets/dialogframe.h"

namespace latchkey {

/// The evidence of a check: each request, its status and what it shows; then the conclusion.
class ProbeDialog final : public DialogFrame
{
    Q_OBJECT

public:
    ProbeDialog(const ApiCredential &credential, const ProbeReport &report, const QDateTime &now,
                QWidget *parent = nullptr);

signals:
    void recordAsked(latchkey::ScopeLevel level);

private:
    QWidget *makeTable();
    QWidget *makeConclusion(const ProbeConclusion &conclusion);

    TableModel<ProbeLine> m_lines;
};

} // namespace latchkey
