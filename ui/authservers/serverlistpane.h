// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <QWidget>

class QAction;
class QListView;
class QPushButton;

namespace latchkey {

class ServerListModel;

/// The authorization servers under a filter, and the way to a new one below them.
class ServerListPane final : public QWidget
{
    Q_OBJECT

public:
    /// `create` is the action of the button at the foot; the model must outlive the pane.
    ServerListPane(ServerListModel &model, QAction *create, QWidget *parent = nullptr);

    QListView *list() const { return m_list; }
    /// A model that was reset has lost it.
    void markSelected(AuthServerId id);

signals:
    void serverChosen(latchkey::AuthServerId id);
    void filtered();

private:
    QWidget *makeHead();
    QWidget *makeFoot(QAction *create);
    void openMenu(const QPoint &position);

    ServerListModel &m_model;
    QListView *m_list = nullptr;
};

} // namespace latchkey
