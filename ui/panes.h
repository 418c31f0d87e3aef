// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <map>

class QWidget;

namespace latchkey {

class Workspace;

/// The panes of the window: F6 goes through them, and how they were dragged is remembered by panel.
class Panes final : public QObject
{
    Q_OBJECT

public:
    /// The workspace must outlive it.
    explicit Panes(Workspace &workspace, QObject *parent = nullptr);

    void restore(QWidget *panel);
    /// What was dragged since.
    void save();
    /// Moves the focus on by `step` from `before`, the panes of `panel`, `behind`.
    void move(QWidget *before, QWidget *panel, QWidget *behind, int step);

private:
    Workspace &m_workspace;
    std::map<QString, QByteArray> m_moved; ///< states of splitters, by setting
};

} // namespace latchkey
