// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewconflicts.h"

#include "authservers/reviewcards.h"

#include <QSet>

#include <algorithm>

namespace latchkey {

void ReviewConflicts::find(ReviewCards &cards, const std::vector<ClientApp> &now)
{
    m_choices.clear();
    m_hasFulfilled = false;
    const ClientAppIndex index(now);
    std::map<size_t, std::optional<ScopeSet>> found;
    for (size_t row = 0; row < cards.count(); ++row) {
        const std::optional<ScopeSet> scopes = index.scopesOf(cards.change(row).app);
        const bool isFulfilled = !onTopOf(cards.change(row), scopes);
        m_hasFulfilled = m_hasFulfilled || isFulfilled;
        if (isFulfilled)
            m_meanwhile.fulfilled.append(cards.change(row).appName);
        if (isFulfilled || standing(cards.change(row), scopes) != Standing::Changed)
            continue;
        found.emplace(row, scopes);
        m_choices.emplace(row, std::nullopt);
    }
    cards.showConflicts(std::move(found));
}

bool ReviewConflicts::areDecided() const
{
    return std::ranges::all_of(m_choices, [](const auto &each) { return each.second.has_value(); });
}

void ReviewConflicts::keepRest()
{
    for (auto &[row, choice] : m_choices)
        choice = choice.value_or(ConflictChoice::KeepMine);
}

std::vector<GrantChange> ReviewConflicts::changes(const ReviewCards &cards) const
{
    std::vector<GrantChange> changes;
    for (const auto &[row, choice] : m_choices)
        changes.push_back(cards.change(row));
    return changes;
}

void ReviewConflicts::settle(GrantPlan &plan, const ReviewCards &cards)
{
    for (const auto &[row, choice] : m_choices) {
        if (choice != ConflictChoice::TakeTheirs) {
            m_meanwhile.isOnTop = true;
            continue;
        }
        ++m_meanwhile.givenUp;
        const AppId app = cards.change(row).app;
        if (plan.isAdded(app))
            plan.removeApp(app);
        else
            plan.setWanted(app, plan.granted(app));
    }
}

void ReviewConflicts::drop(const DroppedGrants &grants)
{
    m_meanwhile.dropped.count += grants.count;
    m_meanwhile.dropped.scopes += grants.scopes;
}

std::vector<GrantChange> conflictsOf(const std::vector<AppliedChange> &applied)
{
    std::vector<GrantChange> conflicts;
    for (const AppliedChange &each : applied) {
        if (each.state == ApplyState::Conflict)
            conflicts.push_back(each.change);
    }
    return conflicts;
}

std::vector<ClientApp> withAsLoaded(std::vector<ClientApp> found, const std::vector<GrantChange> &undecided)
{
    QSet<AppId> apps;
    for (const GrantChange &change : undecided)
        apps.insert(change.app);
    std::erase_if(found, [&](const ClientApp &app) { return apps.contains(app.id); });
    for (const GrantChange &change : undecided) {
        if (change.action != GrantAction::AddClientApp)
            found.push_back({.id = change.app, .name = change.appName, .scopes = change.before});
    }
    return found;
}

} // namespace latchkey
