// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/changetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace latchkey {

namespace {

struct ChangeText
{
    Q_DECLARE_TR_FUNCTIONS(ChangeText)
};

QString countText(JournalState state, int count)
{
    switch (state) {
    case JournalState::Proven:
        return ChangeText::tr("%n verified", nullptr, count);
    case JournalState::NotStored:
        return ChangeText::tr("%n not stored", nullptr, count);
    case JournalState::Conflict:
        return ChangeText::tr("%n changed by someone else", nullptr, count);
    case JournalState::Skipped:
    case JournalState::Planned:
        return ChangeText::tr("%n not sent", nullptr, count);
    case JournalState::Sent:
    case JournalState::Unknown:
        return ChangeText::tr("%n not known", nullptr, count);
    }
    return {};
}

} // namespace

JournalSummary summaryOf(const JournalEntry &entry)
{
    JournalSummary summary{.entry = entry};
    summary.entry.rows.clear();
    for (const JournalRow &row : entry.rows)
        ++summary.counts[row.state];
    return summary;
}

ChangeOutcome outcomeOf(const JournalSummary &summary)
{
    const int total = summary.total();
    const int proven = summary.count(JournalState::Proven);
    if (const int open = summary.count(JournalState::Sent) + summary.count(JournalState::Unknown); open > 0)
        return {Icon::Warning, Tone::Warn, ChangeText::tr("%n app(s) not known", nullptr, open)};
    if (summary.count(JournalState::Planned) > 0)
        return {Icon::Warning, Tone::Warn, ChangeText::tr("Not finished")};
    if (proven == total)
        return {Icon::Success, Tone::Ok, ChangeText::tr("All verified")};
    if (summary.count(JournalState::Skipped) == total)
        return {Icon::Skip, Tone::Muted, ChangeText::tr("Nothing was sent")};
    // Nothing has failed where someone else was faster.
    const bool isConflict =
        summary.count(JournalState::Conflict) > 0 && summary.count(JournalState::NotStored) == 0;
    return {isConflict ? Icon::Warning : Icon::Error, isConflict ? Tone::Warn : Tone::Danger,
            ChangeText::tr("%1 of %n app(s) verified", nullptr, total).arg(proven)};
}

QString countsText(const JournalSummary &summary)
{
    // What is the same to a reader is counted together.
    std::map<JournalState, int> counts = summary.counts;
    counts[JournalState::Unknown] += std::exchange(counts[JournalState::Sent], 0);
    counts[JournalState::Skipped] += std::exchange(counts[JournalState::Planned], 0);
    QStringList parts;
    for (JournalState state : {JournalState::Proven, JournalState::NotStored, JournalState::Conflict,
                               JournalState::Unknown, JournalState::Skipped}) {
        if (counts[state] > 0)
            parts.append(countText(state, counts[state]));
    }
    return QLocale().createSeparatedList(parts);
}

QString originText(const JournalEntry &entry)
{
    switch (entry.origin) {
    case ChangeOrigin::Window:
        return ChangeText::tr("In the window");
    case ChangeOrigin::CommandLine:
        return ChangeText::tr("On the command line");
    case ChangeOrigin::File:
        return ChangeText::tr("From %1").arg(entry.source);
    case ChangeOrigin::Undo:
        return entry.undoes ? ChangeText::tr("To undo entry %1").arg(entry.undoes->value)
                            : ChangeText::tr("To undo an entry");
    }
    return {};
}

QString whenText(const QDateTime &at, const QDateTime &now)
{
    const QDateTime local = at.toLocalTime();
    const QLocale locale;
    return local.date() == now.toLocalTime().date()
               ? ChangeText::tr("Today, %1").arg(locale.toString(local.time(), QLocale::ShortFormat))
               : locale.toString(local, QLocale::ShortFormat);
}

AppliedChange pastChange(const JournalRow &row)
{
    AppliedChange past{.change = row.change, .found = row.found, .readAt = row.readAt};
    if (!row.reason.isEmpty())
        past.error = Error{.kind = ErrorKind::Invalid, .message = row.reason, .requestId = row.requestId};
    switch (row.state) {
    case JournalState::Planned:
    case JournalState::Skipped:
        past.state = ApplyState::Skipped;
        break;
    case JournalState::Proven:
        past.state = ApplyState::Verified;
        break;
    case JournalState::NotStored:
        past.state = ApplyState::NotStored;
        break;
    case JournalState::Conflict:
        past.state = ApplyState::Conflict;
        break;
    case JournalState::Sent:
    case JournalState::Unknown:
        past.state = ApplyState::NotStored;
        past.error = Error{.kind = ErrorKind::OutcomeUnknown,
                           .message = ChangeText::tr("It was sent, but not read back. It may be stored.")};
        break;
    }
    return past;
}

std::vector<Scope> scopesOfEntry(const JournalEntry &entry, const std::vector<Scope> &known)
{
    std::vector<Scope> scopes;
    for (const auto &[id, value] : entry.scopeValues) {
        const auto now =
            std::find_if(known.begin(), known.end(), [id = id](const Scope &each) { return each.id == id; });
        scopes.push_back(
            {.id = id, .value = value, .description = now == known.end() ? QString() : now->description});
    }
    return scopes;
}

} // namespace latchkey
