// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "style/icons.h"
#include "style/theme.h"

namespace latchkey {

/// Where the list shows a pair.
enum class CredentialGroup { NeedsAttention, Enabled, Disabled };

CredentialGroup groupOf(const ApiCredential &credential);
/// "Needs attention", "Enabled", "Disabled".
QString credentialGroupName(CredentialGroup group);

/// A pair's state as a glyph and a word.
struct CredentialBadge
{
    Icon icon = Icon::Success;
    QString text{};
    Tone tone = Tone::Muted;
};

/// Disabling: the tenant may still accept the disabled pair.
CredentialBadge badgeOf(const ApiCredential &credential, bool isDisabling);
/// "Keychain", "Session", "Missing".
QString secretPlaceText(const ApiCredential &credential);

/// "4 min ago", "Yesterday", "12 days ago"; "Never" for an invalid time.
QString agoText(const QDateTime &time, const QDateTime &now);
/// "142 days", "1 day", "Today".
QString ageText(const QDateTime &since, const QDateTime &now);
/// Shortened in the middle: "7b1c04e9…d95f30".
QString shortClientId(const QString &clientId);

} // namespace latchkey
