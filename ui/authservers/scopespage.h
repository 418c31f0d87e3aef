// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/partspage.h"
#include "core/records.h"
#include "models/tablemodel.h"

namespace latchkey {

class ServerBook;

/// The scopes of an authorization server and how many client apps have each.
class ScopesPage final : public PartsPage
{
    Q_OBJECT

public:
    explicit ScopesPage(QWidget *parent = nullptr);

    /// As the book has them; returns how many.
    size_t showScopes(const ServerBook &book, AuthServerId server);

private:
    struct Use
    {
        Scope scope{};
        int apps = 0;
    };
    using Model = TableModel<Use>;
    static Model *makeModel();
    ScopesPage(Model *model, QWidget *parent);

    Model *m_model;
};

} // namespace latchkey
