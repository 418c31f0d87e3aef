// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grantapplistmodel.h"
#include "models/grantscopelistmodel.h"

#include <QSplitter>

class QStackedLayout;
class QTableView;

namespace latchkey {

class Label;

/// The grants of a server with many scopes: its client apps at the left, the scopes of the chosen one as a
/// checklist at the right. The same model and keys as the grid.
class GrantChecklist final : public QSplitter
{
    Q_OBJECT

public:
    /// The model must outlive it.
    explicit GrantChecklist(GrantGridModel &model, QWidget *parent = nullptr);

    /// Stands where the scopes would while the server has none. Takes ownership.
    void setNoScopesHint(QWidget *hint);
    /// Its keys work in the apps and in the scopes.
    void addListAction(QAction *action);
    /// Not active, as at first: shows nothing and follows nothing.
    void setActive(bool active);
    std::optional<AppId> currentApp() const;
    /// The cell of the model that is current; invalid: none.
    QModelIndex currentCell() const;
    std::vector<AppId> affectedApps() const;
    void setCurrentApp(AppId app);
    void setCurrentCell(const QModelIndex &cell);

signals:
    void currentCellChanged();
    /// With the scope where the menu is of one.
    void menuRequested(latchkey::AppId app, std::optional<latchkey::ScopeId> scope, const QPoint &position);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QTableView *makeApps();
    QWidget *makeScopes();
    bool actOnApps(const QKeyEvent &key);
    bool actOnScopes(const QKeyEvent &key);
    void showApp();
    void keepApp();
    QItemSelection affectedScopes() const;
    void askMenu(bool withScope, const QPoint &position);

    GrantGridModel &m_model;
    GrantAppListModel m_appList;
    GrantScopeListModel m_scopeList;
    QTableView *m_apps = nullptr;
    QTableView *m_scopes = nullptr;
    QStackedLayout *m_right = nullptr; ///< the scopes, or why there are none
    Label *m_title = nullptr;
    std::optional<AppId> m_app;     ///< stays while a filter hides it
    std::optional<ScopeId> m_scope; ///< the current one before a reset
};

} // namespace latchkey
