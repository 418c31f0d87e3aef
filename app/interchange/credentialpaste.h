// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QString>

#include <optional>

namespace latchkey {

/// The two halves of an API credential as found in pasted text. A lone labelled value leaves the other
/// half empty.
struct PastedCredential
{
    QString clientId{};
    Secret clientSecret{};
    /// The labels say that the secret stands first: whoever took the values by their order would have
    /// swapped them. Without labels nobody can know.
    bool isSwapped = false;

    bool isPair() const { return !clientId.isEmpty() && !clientSecret.isEmpty(); }
};

/// Finds one pair in what a person copied: two lines, a table row, JSON, `.env` lines, `id:secret`,
/// "Client ID: … Client Secret: …" in any order. Quotes, no-break spaces and invisible characters around the
/// values are dropped. Nothing for other text, and nothing where several pairs are in it.
std::optional<PastedCredential> recogniseCredential(const QString &text);

} // namespace latchkey
