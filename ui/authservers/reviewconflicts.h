// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/reviewcard.h"
#include "authservers/reviewnote.h"

#include <map>

namespace latchkey {

class ReviewCards;

/// The rows of a review that someone else changed meanwhile, and how each is decided.
class ReviewConflicts
{
public:
    /// Shows at its card what is there now. What was decided before is dropped.
    void find(ReviewCards &cards, const std::vector<ClientApp> &now);
    bool isEmpty() const { return m_choices.empty(); }
    int count() const { return static_cast<int>(m_choices.size()); }
    /// Of some of the rows nothing is left to do: the tenant has it already.
    bool hasFulfilled() const { return m_hasFulfilled; }
    void choose(size_t row, ConflictChoice choice) { m_choices[row] = choice; }
    bool areDecided() const;
    /// Where nothing is decided, mine goes on top.
    void keepRest();
    /// The changes that are to be decided about.
    std::vector<GrantChange> changes(const ReviewCards &cards) const;
    /// Takes out of the plan what theirs replaces.
    void settle(GrantPlan &plan, const ReviewCards &cards);
    /// What the plan lost with the scopes that are gone.
    void drop(const DroppedGrants &grants);
    /// Over all readings.
    const Meanwhile &meanwhile() const { return m_meanwhile; }

private:
    std::map<size_t, std::optional<ConflictChoice>> m_choices; ///< none: not decided yet
    Meanwhile m_meanwhile;
    bool m_hasFulfilled = false;
};

/// What an apply left because someone else had changed it.
std::vector<GrantChange> conflictsOf(const std::vector<AppliedChange> &applied);
/// The client apps that were read, but those of these changes as they were when loaded: what to do about
/// them is still to be decided.
std::vector<ClientApp> withAsLoaded(std::vector<ClientApp> found, const std::vector<GrantChange> &undecided);

} // namespace latchkey
