// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/probetext.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Probe", text);
}

} // namespace

ProbeLook lookOf(ProbeFinding finding)
{
    switch (finding) {
    case ProbeFinding::Allowed:
        return {Icon::Check, Tone::Ok, tr("Allowed")};
    case ProbeFinding::Refused:
        return {Icon::Close, Tone::Muted, tr("Refused")};
    case ProbeFinding::NotKnown:
        break;
    }
    return {Icon::Skip, Tone::Warn, tr("Not known")};
}

ProbeLook lookOf(LevelMatch match)
{
    switch (match) {
    case LevelMatch::Matches:
        return {Icon::Success, Tone::Ok, tr("Matches")};
    case LevelMatch::MayMatch:
        return {Icon::Success, Tone::Muted, tr("Fits")};
    case LevelMatch::NotRecorded:
        return {Icon::Info, Tone::Accent, tr("Not recorded")};
    case LevelMatch::RecordedLower:
        return {Icon::Warning, Tone::Warn, tr("Recorded lower")};
    case LevelMatch::RecordedHigher:
        return {Icon::Warning, Tone::Warn, tr("Recorded higher")};
    case LevelMatch::Differs:
        return {Icon::Warning, Tone::Warn, tr("Differs")};
    case LevelMatch::NotKnown:
        break;
    }
    return {Icon::Skip, Tone::Muted, tr("Not known")};
}

QString probeLineText(const ProbeLine &line)
{
    const QString text = line.detail.isEmpty() ? QString() : QChar(u' ') + line.detail;
    switch (line.finding) {
    case ProbeFinding::Allowed:
        return line.call == ProbeCall::SignIn ? tr("Let in, and found to be empty.") + text : tr("Answered.");
    case ProbeFinding::Refused:
        return tr("The level does not allow it.") + text;
    case ProbeFinding::NotKnown:
        break;
    }
    return line.detail.isEmpty() ? tr("The answer says nothing of the level.") : line.detail;
}

QString recordLevelText(ScopeLevel level)
{
    return tr("Record %1").arg(scopeLevelName(level));
}

} // namespace latchkey
