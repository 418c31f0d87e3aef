// SPDX-License-Identifier: GPL-3.0-or-later
// What an apply writes down.
#include "grants/grantapply.h"
#include "grants/grantjournal.h"

#include <algorithm>

namespace latchkey {

void GrantApply::begin()
{
    if (!m_journal)
        return plan();
    Result<JournalEntry> begun = m_journal->begin(std::move(m_entry), nextPlanned());
    if (!begun) {
        m_journal = nullptr;
        m_entry = {};
        return failRest(begun.error());
    }
    m_entry = std::move(*begun);
    m_held = m_journal->hold(m_entry.id);
    plan();
}

/// The rest of the plan, a slice in each turn of the event loop. Nothing is sent before all is written down.
void GrantApply::plan()
{
    const std::vector<GrantChange> changes = nextPlanned();
    if (!m_journal || changes.empty())
        return m_waiting.empty() ? finish() : read();
    inNextTurn([this, changes] {
        const Result<void> written = m_journal->extend(m_entry, changes);
        if (written)
            return plan();
        m_journal = nullptr;
        failRest(written.error());
    });
}

/// The changes that the journal does not have yet, as many as it takes at a time.
std::vector<GrantChange> GrantApply::nextPlanned() const
{
    const size_t first = m_entry.rows.size();
    std::vector<GrantChange> changes;
    for (size_t row = first; row < std::min(m_changes.size(), first + kSlice); ++row)
        changes.push_back(m_changes[row].change);
    return changes;
}

// While the tenant works at what was sent before them.
void GrantApply::noteNextSent()
{
    for (const size_t end = std::min(m_batch.size(), m_noted + kSlice); m_noted < end; ++m_noted)
        note(m_batch[m_noted], JournalState::Sent);
    writeDown(m_events.size());
}

void GrantApply::note(size_t row, JournalState state)
{
    if (!m_journal || row >= m_entry.rows.size()) // given up before it was planned
        return;
    const AppliedChange &applied = m_changes[row];
    const Error error = applied.error.value_or(Error{});
    const bool isSaid = error.message.contains(error.vendorText);
    m_events.push_back(
        {.row = m_entry.rows.at(row).id,
         .state = state,
         .reason = isSaid ? error.message : (error.message + u' ' + error.vendorText).trimmed(),
         .requestId = error.requestId,
         .readAt = applied.readAt,
         .found = applied.found});
}

/// A slice in each turn of the event loop: thousands of rows are more than a frame has time for.
void GrantApply::writeInTurns(void (GrantApply::*next)())
{
    writeDown(std::min(kSlice, m_events.size()));
    if (m_events.empty())
        (this->*next)();
    else
        inNextTurn([this, next] { writeInTurns(next); });
}

/// The first `count` events. What cannot be written down is not sent either.
void GrantApply::writeDown(size_t count)
{
    if (!m_journal || count == 0)
        return;
    const auto end = m_events.begin() + static_cast<std::ptrdiff_t>(count);
    const Result<void> written = m_journal->append(m_entry.tenant, {m_events.begin(), end});
    m_events.erase(m_events.begin(), end);
    if (written)
        return;
    m_journal = nullptr;
    m_events.clear();
    while (m_batch.size() > m_sent) {
        m_waiting.push_front(m_batch.back());
        m_batch.pop_back();
    }
    for (const size_t row : std::exchange(m_waiting, {}))
        settle(row, ApplyState::NotStored, written.error());
}

} // namespace latchkey
