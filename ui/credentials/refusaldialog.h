// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/tenant.h"
#include "widgets/dialogframe.h"

namespace latchkey {

/// What may help a pair that gets no token, and the panel or its window can do.
enum class RefusalStep { Paste, OpenPortal, Enable, Test, Rotate, CheckAddress, ShowRequests };

/// Explains why a tenant gives a pair no token, and leads to what may help.
class RefusalDialog final : public DialogFrame
{
    Q_OBJECT

public:
    RefusalDialog(const ApiCredential &credential, const Tenant &tenant, const Error &error, QWidget *parent);

signals:
    void stepAsked(latchkey::RefusalStep step);

private:
    void addFootStep(const QString &text, const QString &name, RefusalStep step);
    void take(RefusalStep step);
};

/// What the tenant said of a pair that has a problem, as far as that is known later.
Error errorOf(CredentialProblem problem);

} // namespace latchkey
