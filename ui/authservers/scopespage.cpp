// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/scopespage.h"

#include "grants/serverbook.h"

#include <QTableView>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kValueWidth = 220;

} // namespace

ScopesPage::Model *ScopesPage::makeModel()
{
    return new Model(
        {{.title = tr("Scope"),
          .text = [](const Use &use) { return use.scope.value; },
          .toolTip = [](const Use &use) { return use.scope.value; },
          .fixedFont = true},
         {.title = tr("Description"), .text = [](const Use &use) { return use.scope.description; }},
         {.title = tr("Used by"),
          .text = [](const Use &use) { return tr("%n app(s)", nullptr, use.apps); },
          .sortKey = [](const Use &use) { return QVariant(use.apps); },
          .alignment = Qt::AlignTrailing | Qt::AlignVCenter,
          .textTone = [](const Use &use) { return use.apps == 0 ? Tone::Muted : Tone::Normal; }}},
        [](const Use &use) { return QVariant(use.scope.id.value); });
}

ScopesPage::ScopesPage(QWidget *parent)
    : ScopesPage(makeModel(), parent)
{
}

ScopesPage::ScopesPage(Model *model, QWidget *parent)
    : PartsPage({.name = u"scopes"_s,
                 .title = tr("Scopes"),
                 .filter = tr("Filter scopes"),
                 .add = tr("Add scopes…"),
                 .edit = tr("Edit scope…"),
                 .remove = tr("Delete scope…"),
                 .nothing = tr("No scopes yet"),
                 .notRead = tr("The scopes could not be read"),
                 .icon = Icon::Scope},
                model, 1, parent)
    , m_model(model)
{
    table()->setColumnWidth(0, kValueWidth);
}

size_t ScopesPage::showScopes(const ServerBook &book, AuthServerId server)
{
    const ServerState *state = book.state(server);
    const AuthServer *known = book.server(server);
    std::vector<Use> uses;
    if (state && known) {
        for (const Scope &scope : state->scopes)
            uses.push_back({scope, book.usesOf(server, scope.id)});
    }
    const size_t count = uses.size();
    m_model->setRecords(std::move(uses));
    setLoaded(state && known && state->isLoaded,
              known ? tr("Client apps can be granted scopes once %1 has one.").arg(known->name) : QString());
    return count;
}

} // namespace latchkey
