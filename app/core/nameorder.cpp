// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nameorder.h"

namespace latchkey {

namespace {

QCollator makeCollator()
{
    // The C locale compares bytes, whatever it is asked for.
    const QLocale locale;
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    return collator;
}

const QCollator &nameCollator()
{
    static thread_local const QCollator collator = makeCollator();
    return collator;
}

} // namespace

QCollatorSortKey collationKey(const QString &name)
{
    return nameCollator().sortKey(name);
}

int compareNames(const QString &left, const QString &right)
{
    const int order = nameCollator().compare(left, right);
    return order != 0 ? order : QString::compare(left, right);
}

} // namespace latchkey
