// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace latchkey {

/// Installs the texts of the interface in English, which hold the plural forms. Until then a count
/// reads "4 change(s)".
void installTranslations(QCoreApplication &application);

} // namespace latchkey
