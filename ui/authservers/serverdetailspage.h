// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QWidget>

class QAction;

namespace latchkey {

class FactList;
class Label;

/// What an authorization server is, as facts.
class ServerDetailsPage final : public QWidget
{
    Q_OBJECT

public:
    /// The actions become the buttons at its head.
    ServerDetailsPage(QAction *edit, QAction *remove, QWidget *parent = nullptr);

    /// Null: there is none. Of one that is not `whole` the lifetimes are not known yet.
    void showServer(const AuthServer *server, bool whole);

private:
    QWidget *makeHead(QAction *edit, QAction *remove);

    Label *m_name = nullptr;
    QWidget *m_head = nullptr;
    FactList *m_facts = nullptr;
};

} // namespace latchkey
