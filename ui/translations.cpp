// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations.h"

#include <QCoreApplication>
#include <QTranslator>

#include <memory>

namespace latchkey {

using namespace Qt::StringLiterals;

void installTranslations(QCoreApplication &application)
{
    auto english = std::make_unique<QTranslator>(&application);
    const bool loaded = english->load(u":/i18n/latchkey_en.qm"_s);
    Q_ASSERT(loaded);
    if (loaded)
        QCoreApplication::installTranslator(english.release());
}

} // namespace latchkey
