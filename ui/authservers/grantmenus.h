// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QObject>

#include <optional>
#include <vector>

class QMenu;
class QWidget;

namespace latchkey {

class GrantGridModel;
struct PickableApp;

/// The client apps of the plan but these, to be picked from; none that will be removed.
std::vector<PickableApp> clientAppsBut(const GrantGridModel &model, const std::vector<AppId> &apps);

/// The menus of a client app and of a scope in the grants: what they do to the staged plan.
class GrantMenus final : public QObject
{
    Q_OBJECT

public:
    /// The model must outlive it. Dialogs and menus open above `page`.
    GrantMenus(GrantGridModel &model, QWidget *page);

    /// `app` is the one pointed at; `selected`: those of the selection. Where it is one of several, the menu
    /// is about all of them. With a scope its actions are there too, so that one key reaches everything.
    void show(AppId app, const std::vector<AppId> &selected, std::optional<ScopeId> scope,
              const QPoint &position);
    void showForScope(ScopeId scope, const std::vector<AppId> &selected, const QPoint &position);
    /// Asks first. Removed ones are kept again, if they are all removed.
    void toggleRemoval(const std::vector<AppId> &apps);
    /// Asks whose grants these get, or who gets those of this one.
    void copyFrom(const std::vector<AppId> &apps);
    void copyTo(AppId app);

signals:
    void proofAsked(latchkey::AppId app);

private:
    void addHead(QMenu *menu, const std::vector<AppId> &apps);
    void addAppActions(QMenu *menu, const std::vector<AppId> &apps);
    /// What a toggle of the cell would do.
    void addCellAction(QMenu *menu, AppId app, const Scope &scope);
    void addScopeActions(QMenu *menu, const Scope &scope, const std::vector<AppId> &selected);
    const Scope *scopeOf(ScopeId id) const;
    bool hasWanted(AppId app, ScopeId scope) const;
    void askRemoval(const std::vector<AppId> &apps);
    QStringList scopesOf(AppId app) const;
    QStringList namesOf(const std::vector<AppId> &apps) const;
    bool areRemoved(const std::vector<AppId> &apps) const;

    GrantGridModel &m_model;
    QWidget *m_page;
};

} // namespace latchkey
