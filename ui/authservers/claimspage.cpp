// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/claimspage.h"

#include "grants/serverbook.h"

#include <QTableView>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNameWidth = 220;

QString sourceOf(const Claim &claim)
{
    return claim.usesMacro() ? claim.macro : claim.mapping;
}

QString sourceText(const Claim &claim)
{
    const QString source = sourceOf(claim);
    return source.isEmpty() ? ClaimsPage::tr("Not stated") : source;
}

Tone toneOf(bool isStated)
{
    return isStated ? Tone::Normal : Tone::Muted;
}

} // namespace

ClaimsPage::Model *ClaimsPage::makeModel()
{
    return new Model(
        {{.title = tr("Claim"),
          .text = [](const Claim &claim) { return claim.title(); },
          .toolTip = [](const Claim &claim) { return tr("Claim ID %1").arg(claim.id.value); },
          .fixedFont = true},
         {.title = tr("Comes from"),
          .text = sourceText,
          .textTone = [](const Claim &claim) { return toneOf(!sourceOf(claim).isEmpty()); },
          .toolTip = [](const Claim &claim) { return claim.usesMacro() ? tr("A macro") : QString(); },
          .fixedFont = true,
          .isOurWord = [](const Claim &claim) { return sourceOf(claim).isEmpty(); }},
         {.title = tr("Transformation"),
          .text =
              [](const Claim &claim) {
                  return claim.transformations.isEmpty() ? tr("None") : claim.transformations;
              },
          .textTone = [](const Claim &claim) { return toneOf(!claim.transformations.isEmpty()); },
          .fixedFont = true,
          .isOurWord = [](const Claim &claim) { return claim.transformations.isEmpty(); }}},
        [](const Claim &claim) { return QVariant(claim.id.value); });
}

ClaimsPage::ClaimsPage(QWidget *parent)
    : ClaimsPage(makeModel(), parent)
{
}

ClaimsPage::ClaimsPage(Model *model, QWidget *parent)
    : PartsPage({.name = u"claims"_s,
                 .title = tr("Claims"),
                 .filter = tr("Filter claims"),
                 .add = tr("Add claim…"),
                 .edit = tr("Edit claim…"),
                 .remove = tr("Delete claim…"),
                 .nothing = tr("No claims yet"),
                 .notRead = tr("The claims could not be read"),
                 .icon = Icon::Note},
                model, 1, parent)
    , m_model(model)
{
    table()->setColumnWidth(0, kNameWidth);
    table()->setColumnWidth(2, kNameWidth);
}

size_t ClaimsPage::showClaims(const ServerBook &book, AuthServerId server)
{
    const ServerState *state = book.state(server);
    const AuthServer *known = book.server(server);
    const bool isWhole = state && known && state->isWhole;
    m_model->setRecords(isWhole ? state->claims : std::vector<Claim>());
    setLoaded(isWhole, known ? tr("Access tokens of %1 carry the standard claims alone.").arg(known->name)
                             : QString());
    return m_model->records().size();
}

} // namespace latchkey
