// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/partspage.h"
#include "core/claim.h"
#include "models/tablemodel.h"

namespace latchkey {

class ServerBook;

/// The claims that an authorization server puts into its access tokens.
class ClaimsPage final : public PartsPage
{
    Q_OBJECT

public:
    explicit ClaimsPage(QWidget *parent = nullptr);

    /// As the book has them; returns how many.
    size_t showClaims(const ServerBook &book, AuthServerId server);

private:
    using Model = TableModel<Claim>;
    static Model *makeModel();
    ClaimsPage(Model *model, QWidget *parent);

    Model *m_model;
};

} // namespace latchkey
