// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantmenus.h"

#include "authservers/apppickerdialog.h"
#include "authservers/fewnames.h"
#include "core/plaintext.h"
#include "models/grantgridmodel.h"
#include "widgets/breakable.h"
#include "widgets/confirmdialog.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidestHead = 320;

QString lossText(const QStringList &scopes)
{
    const int count = static_cast<int>(scopes.size());
    if (count == 0)
        return GrantMenus::tr("It has no scopes to lose.");
    return areFew(scopes) ? GrantMenus::tr("It loses %n scope(s): %1.", nullptr, count).arg(listed(scopes))
                          : GrantMenus::tr("It loses these %n scope(s):", nullptr, count);
}

QString lossOfAllText(const QStringList &apps)
{
    return areFew(apps) ? GrantMenus::tr("They lose all their scopes: %1.").arg(listed(apps))
                        : GrantMenus::tr("These %n client app(s) lose all their scopes:", nullptr,
                                         static_cast<int>(apps.size()));
}

QMenu *makeMenu(const QString &name, QWidget *page)
{
    auto *menu = new QMenu(page);
    menu->setObjectName(name);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

AppPickerDialog *pickApps(const QString &title, const QString &subtitle, bool several,
                          std::vector<PickableApp> apps, QWidget *page)
{
    auto *dialog = new AppPickerDialog(title, GrantMenus::tr("Copy grants"), several, page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSubtitle(subtitle);
    dialog->append(std::move(apps));
    dialog->setComplete();
    return dialog;
}

} // namespace

std::vector<PickableApp> clientAppsBut(const GrantGridModel &model, const std::vector<AppId> &apps)
{
    std::vector<PickableApp> others;
    const ClientAppTable &table = model.plan()->table();
    for (quint32 row : table.byName()) {
        const AppId id = table.idAt(row);
        if (!model.plan()->isListed(row) || model.plan()->isRemovedAt(row) ||
            std::ranges::find(apps, id) != apps.end())
            continue;
        others.push_back(
            {id, table.nameAt(row), GrantMenus::tr("%n scope(s)", nullptr, model.wantedCount(id)), {}});
    }
    return others;
}

GrantMenus::GrantMenus(GrantGridModel &model, QWidget *page)
    : QObject(page)
    , m_model(model)
    , m_page(page)
{
}

void GrantMenus::show(AppId app, const std::vector<AppId> &selected, std::optional<ScopeId> scope,
                      const QPoint &position)
{
    const bool isOneOfSeveral = std::ranges::find(selected, app) != selected.end();
    const std::vector<AppId> apps = isOneOfSeveral ? selected : std::vector<AppId>{app};
    QMenu *menu = makeMenu(u"grantRowMenu"_s, m_page);
    addHead(menu, apps);
    if (const Scope *known = scope ? scopeOf(*scope) : nullptr) {
        addCellAction(menu, app, *known);
        addScopeActions(menu, *known, apps.size() > 1 ? apps : std::vector<AppId>());
        menu->addSeparator();
    }
    addAppActions(menu, apps);
    menu->popup(position);
}

void GrantMenus::showForScope(ScopeId scope, const std::vector<AppId> &selected, const QPoint &position)
{
    const Scope *known = scopeOf(scope);
    if (!known)
        return;
    QMenu *menu = makeMenu(u"grantColumnMenu"_s, m_page);
    addScopeActions(menu, *known, selected);
    menu->popup(position);
}

/// Whom the menu is about.
void GrantMenus::addHead(QMenu *menu, const std::vector<AppId> &apps)
{
    const QStringList names = namesOf(apps);
    const QString whom = names.size() == 1
                             ? menu->fontMetrics().elidedText(names.front(), Qt::ElideRight, kWidestHead)
                             : tr("%n client app(s)", nullptr, static_cast<int>(names.size()));
    menu->setAccessibleName(whom);
    QAction *head = menu->addAction(asLabel(whom));
    head->setObjectName(u"grantMenuHead"_s);
    head->setEnabled(false);
    menu->addSeparator();
}

void GrantMenus::addAppActions(QMenu *menu, const std::vector<AppId> &apps)
{
    const auto add = [&](const QString &text, bool changes, auto act) {
        QAction *action = menu->addAction(text, this, act);
        action->setEnabled(m_model.isWritable() && changes);
        return action;
    };
    const int all = static_cast<int>(m_model.scopes().size());
    const auto any = [&](auto is) { return std::ranges::any_of(apps, is); };
    const bool hasOthers = m_model.plan()->appCount() > static_cast<int>(apps.size());
    add(tr("Grant all scopes"), any([&](AppId app) { return m_model.wantedCount(app) < all; }),
        [this, apps] { m_model.editAllScopes(apps, GrantEdit::Grant); });
    add(tr("Revoke all scopes"), any([&](AppId app) { return m_model.wantedCount(app) > 0; }),
        [this, apps] { m_model.editAllScopes(apps, GrantEdit::Revoke); });
    add(tr("Copy grants from…"), hasOthers, [this, apps] { copyFrom(apps); });
    if (apps.size() == 1)
        add(tr("Copy grants to…"), hasOthers, [this, app = apps.front()] { copyTo(app); });
    menu->addSeparator();
    QAction *prove = menu->addAction(tr("Prove with a login…"), this,
                                     [this, app = apps.front()] { emit proofAsked(app); });
    prove->setEnabled(apps.size() == 1 && !m_model.plan()->isAdded(apps.front()));
    menu->addSeparator();
    const int count = static_cast<int>(apps.size());
    QAction *remove = add(areRemoved(apps) ? tr("Keep %n client app(s)", nullptr, count)
                                           : tr("Remove %n client app(s)…", nullptr, count),
                          true, [this, apps] { toggleRemoval(apps); });
    remove->setObjectName(u"removeClientApps"_s);
}

const Scope *GrantMenus::scopeOf(ScopeId id) const
{
    const auto &scopes = m_model.scopes();
    const auto found = std::ranges::find(scopes, id, &Scope::id);
    return found == scopes.end() ? nullptr : &*found;
}

bool GrantMenus::hasWanted(AppId app, ScopeId scope) const
{
    const GrantState state = m_model.plan()->state(app, scope);
    return state == GrantState::Granted || state == GrantState::PendingAdd;
}

void GrantMenus::addCellAction(QMenu *menu, AppId app, const Scope &scope)
{
    const GrantState state = m_model.plan()->state(app, scope.id);
    const bool isPending = m_model.plan()->isRemoved(app) || state == GrantState::PendingAdd ||
                           state == GrantState::PendingRemove;
    const bool isGranted = state == GrantState::Granted;
    const QString name = namesOf({app}).value(0);
    //: %1 is a scope, %2 a client app
    const QString text = isPending   ? tr("Drop the pending change")
                         : isGranted ? tr("Revoke %1 from %2").arg(asLabel(scope.value), asLabel(name))
                                     : tr("Grant %1 to %2").arg(asLabel(scope.value), asLabel(name));
    const GrantEdit edit = isPending ? GrantEdit::AsLoaded : isGranted ? GrantEdit::Revoke : GrantEdit::Grant;
    QAction *action = menu->addAction(
        text, this, [this, app, id = scope.id, edit] { m_model.editScopes({app}, {id}, edit); });
    action->setObjectName(u"editCell"_s);
    action->setEnabled(m_model.isWritable());
}

/// `selected`: whom else to grant it to; none where the menu is of one cell, which has an action of its own.
void GrantMenus::addScopeActions(QMenu *menu, const Scope &scope, const std::vector<AppId> &selected)
{
    const int count = static_cast<int>(selected.size());
    const int users = m_model.plan()->wantedCount(scope.id);
    if (count > 0) {
        //: %1 is a scope
        QAction *grant = menu->addAction(
            tr("Grant %1 to %n selected app(s)", nullptr, count).arg(asLabel(scope.value)), this,
            [this, id = scope.id, selected] { m_model.editScopes(selected, {id}, GrantEdit::Grant); });
        grant->setObjectName(u"grantToSelected"_s);
        grant->setEnabled(m_model.isWritable() && !std::ranges::all_of(selected, [&](AppId app) {
                              return hasWanted(app, scope.id);
                          }));
    }
    //: %1 is a scope
    QAction *revoke =
        menu->addAction(tr("Revoke %1 from all %n app(s)", nullptr, users).arg(asLabel(scope.value)), this,
                        [this, id = scope.id] { m_model.revokeFromAll(id); });
    revoke->setObjectName(u"revokeFromAll"_s);
    revoke->setEnabled(m_model.isWritable() && users > 0);
}

bool GrantMenus::areRemoved(const std::vector<AppId> &apps) const
{
    return std::ranges::all_of(apps, [this](AppId app) { return m_model.plan()->isRemoved(app); });
}

void GrantMenus::toggleRemoval(const std::vector<AppId> &apps)
{
    if (apps.empty())
        return;
    if (areRemoved(apps))
        m_model.keepApps(apps);
    else
        askRemoval(apps);
}

void GrantMenus::askRemoval(const std::vector<AppId> &apps)
{
    const int count = static_cast<int>(apps.size());
    const ClientAppTable &table = m_model.plan()->table();
    const auto row = table.rowOf(apps.front());
    const QString title = count == 1 && row ? tr("Remove %1").arg(withVisibleControls(table.nameAt(*row)))
                                            : tr("Remove %n client app(s)", nullptr, count);
    auto *dialog = new ConfirmDialog(title, tr("Remove %n client app(s)", nullptr, count), m_page);
    dialog->setObjectName(u"removeAppsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setVerbRole(ButtonRole::Danger); // it is staged alone
    const QStringList names = count == 1 ? scopesOf(apps.front()) : namesOf(apps);
    dialog->setEffects({count == 1 ? lossText(names) : lossOfAllText(names),
                        tr("It is only staged: nothing is sent before the review, and %1 takes it back.")
                            .arg(QKeySequence(Qt::CTRL | Qt::Key_Z).toString(QKeySequence::NativeText))});
    if (!areFew(names))
        dialog->listBelow(0, names);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, apps] {
        dialog->accept();
        m_model.removeApps(apps);
    });
    dialog->open();
}

QStringList GrantMenus::scopesOf(AppId app) const
{
    QStringList values;
    const ScopeSet granted = m_model.plan()->granted(app);
    for (const Scope &scope : m_model.scopes()) {
        if (granted.contains(scope.id))
            values.append(scope.value);
    }
    return values;
}

QStringList GrantMenus::namesOf(const std::vector<AppId> &apps) const
{
    QStringList names;
    const ClientAppTable &table = m_model.plan()->table();
    for (AppId app : apps) {
        if (const auto row = table.rowOf(app))
            names.append(table.nameAt(*row));
    }
    return names;
}

void GrantMenus::copyFrom(const std::vector<AppId> &apps)
{
    const QStringList names = namesOf(apps);
    const QString what = names.size() == 1
                             ? tr("%1 will get exactly the scopes of the one picked.").arg(names.front())
                             : tr("%n app(s) will get exactly the scopes of the one picked.", nullptr,
                                  static_cast<int>(names.size()));
    AppPickerDialog *dialog =
        pickApps(tr("Copy grants from"), what, false, clientAppsBut(m_model, apps), m_page);
    connect(dialog, &AppPickerDialog::picked, this,
            [this, apps](const auto &picked) { m_model.copyGrants(picked.front().first, apps); });
    dialog->open();
}

void GrantMenus::copyTo(AppId app)
{
    const auto row = m_model.plan()->table().rowOf(app);
    if (!row)
        return;
    AppPickerDialog *dialog = pickApps(
        tr("Copy grants to"),
        tr("The apps picked will get exactly the scopes of %1.").arg(m_model.plan()->table().nameAt(*row)),
        true, clientAppsBut(m_model, {app}), m_page);
    connect(dialog, &AppPickerDialog::picked, this, [this, app](const auto &picked) {
        std::vector<AppId> apps;
        for (const auto &[id, name] : picked)
            apps.push_back(id);
        m_model.copyGrants(app, apps);
    });
    dialog->open();
}

} // namespace latchkey
