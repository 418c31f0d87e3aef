// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grantstatewords.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("GrantState", text);
}

} // namespace

GrantStateWords wordsFor(GrantState state)
{
    switch (state) {
    case GrantState::Granted:
        return {Icon::Check, Tone::Accent, tr("Granted")};
    case GrantState::NotGranted:
        return {Icon::Skip, Tone::Muted, tr("Not granted")};
    case GrantState::PendingAdd:
        return {Icon::Plus, Tone::Ok, tr("Pending grant")};
    case GrantState::PendingRemove:
        return {Icon::Minus, Tone::Danger, tr("Pending revoke")};
    }
    return {};
}

} // namespace latchkey
