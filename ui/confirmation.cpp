// SPDX-License-Identifier: GPL-3.0-or-later
#include "confirmation.h"

#include "widgets/confirmdialog.h"

namespace latchkey {

ConfirmDialog *openConfirmation(const Confirmation &texts, const Tenant &tenant, QWidget *parent)
{
    auto *dialog = new ConfirmDialog(texts.title, texts.verb, parent);
    dialog->setObjectName(texts.objectName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setEnvironment(tenant.type);
    dialog->setSubtitle(tenant.name);
    dialog->setEffects(texts.effects);
    if (!texts.typedName.isEmpty())
        dialog->requireTyping(texts.typedName);
    dialog->open();
    return dialog;
}

} // namespace latchkey
