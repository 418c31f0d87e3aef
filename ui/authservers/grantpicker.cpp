// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantpicker.h"

#include "authservers/apppickerdialog.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool hasAll(const ScopeSet &set, const ScopeSet &scopes)
{
    return std::includes(set.begin(), set.end(), scopes.begin(), scopes.end());
}

QString titleFor(const ServerState &state, const ScopeSet &scopes)
{
    const auto known = std::ranges::find(state.scopes, *scopes.begin(), &Scope::id);
    if (scopes.size() == 1 && known != state.scopes.end())
        return AppPickerDialog::tr("Grant %1 to").arg(known->value);
    return AppPickerDialog::tr("Grant %n scope(s) to", nullptr, static_cast<int>(scopes.size()));
}

} // namespace

void pickAppsToGrant(const ServerState &state, const ScopeSet &scopes, QWidget *parent,
                     const std::function<void(const std::vector<AppId> &)> &picked)
{
    if (scopes.empty())
        return;
    auto *dialog =
        new AppPickerDialog(titleFor(state, scopes), AppPickerDialog::tr("Stage grants"), true, parent);
    dialog->setObjectName(u"grantNewDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSubtitle(AppPickerDialog::tr("The grants are staged; nothing is sent before the review."));
    std::vector<PickableApp> apps;
    for (size_t row = 0; row < state.plan.rowCount(); ++row) {
        if (!state.plan.isListed(row) || state.plan.isRemovedAt(row))
            continue;
        const AppId app = state.plan.table().idAt(row);
        apps.push_back({app, state.plan.table().nameAt(row), AppPickerDialog::tr("App ID %1").arg(app.value),
                        hasAll(state.plan.wanted(app), scopes) ? AppPickerDialog::tr("Has it") : QString()});
    }
    dialog->append(apps);
    dialog->setComplete();
    QObject::connect(dialog, &AppPickerDialog::picked, parent, [picked](const auto &chosen) {
        std::vector<AppId> ids;
        for (const auto &[app, name] : chosen)
            ids.push_back(app);
        picked(ids);
    });
    dialog->open();
}

} // namespace latchkey
