// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QCollator>
#include <QString>

#include <algorithm>
#include <vector>

namespace latchkey {

/// How a person sorts names: without regard to case, and numbers by their value. Negative, 0 or positive.
int compareNames(const QString &left, const QString &right);

/// What compares faster, where a name is compared many times.
QCollatorSortKey collationKey(const QString &name);

/// Records that have a name, in that order.
template<typename Record>
Result<std::vector<Record>> sortedByName(Result<std::vector<Record>> records)
{
    if (!records)
        return records;
    std::vector<std::pair<QCollatorSortKey, Record>> keyed;
    keyed.reserve(records->size());
    for (Record &record : *records) {
        QCollatorSortKey key = collationKey(record.name);
        keyed.emplace_back(std::move(key), std::move(record));
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto &left, const auto &right) {
        const int order = left.first.compare(right.first);
        return order != 0 ? order < 0 : left.second.name < right.second.name;
    });
    std::transform(keyed.begin(), keyed.end(), records->begin(),
                   [](auto &each) { return std::move(each.second); });
    return records;
}

} // namespace latchkey
