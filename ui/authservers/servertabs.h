// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <QWidget>

class QAction;
class QComboBox;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace latchkey {

class ServerListModel;

/// The parts of an authorization server as tabs; where there is no room for the list of servers, a choice of
/// them and the way to a new one stand before the tabs.
class ServerTabs final : public QWidget
{
    Q_OBJECT

public:
    /// The model must outlive the tabs; `create` is what the small button does.
    ServerTabs(ServerListModel &model, QAction *create, QWidget *parent = nullptr);

    /// Above the tabs; takes ownership.
    void addNotice(QWidget *notice);
    /// Takes ownership of the page.
    void addPage(const QString &title, QWidget *page);
    void showPage(QWidget *page);
    /// Beside the page's title; none for 0.
    void setCount(QWidget *page, size_t count);
    void setNarrow(bool narrow);
    void markSelected(AuthServerId id);
    QComboBox *combo() const { return m_combo; }
    QWidget *page() const;

signals:
    void pageShown(QWidget *page);
    void serverChosen(latchkey::AuthServerId id);

private:
    void makeChoice(QAction *create);

    ServerListModel &m_model;
    QComboBox *m_combo = nullptr;
    QToolButton *m_new = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    QStringList m_titles;
};

} // namespace latchkey
