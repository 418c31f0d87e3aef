// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/journaltext.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("JournalState", text);
}

} // namespace

QString journalStateText(JournalState state)
{
    switch (state) {
    case JournalState::Planned:
        return tr("planned");
    case JournalState::Sent:
        return tr("sent, not read back");
    case JournalState::Proven:
        return tr("verified");
    case JournalState::NotStored:
        return tr("not stored");
    case JournalState::Conflict:
        return tr("changed by someone else");
    case JournalState::Skipped:
        return tr("not sent");
    case JournalState::Unknown:
        return tr("not known");
    }
    return {};
}

} // namespace latchkey
