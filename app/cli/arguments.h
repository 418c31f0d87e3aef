// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace latchkey::cli {

class Command;

/// One option of the command line; without a value name it is a flag.
struct OptionSpec
{
    QString name{};
    QString valueName{};
    QString description{};
};

/// One verb: `token get`, `grants set SERVER` …
struct VerbSpec
{
    QString group{};
    QString action{}; ///< empty for a verb of one word
    QString arguments{};
    qsizetype least = 0; ///< how many arguments it takes
    qsizetype most = 0;
    QString summary{};
    QStringList options{}; ///< besides the common ones
    void (*run)(Command &) = nullptr;

    QString name() const { return action.isEmpty() ? group : group + u' ' + action; }
};

/// What a person typed, checked against the verb.
struct Arguments
{
    const VerbSpec *verb = nullptr; ///< null: only help or the version is wanted
    QStringList positional{};
    QHash<QString, QStringList> options{};
    QString help{}; ///< to print instead of running, if not empty

    bool has(const QString &option) const { return options.contains(option); }
    QString value(const QString &option) const { return options.value(option).value(0); }
};

const std::vector<VerbSpec> &verbs();

/// `words` without the program name. Error InvalidInput is a usage error.
Result<Arguments> parseArguments(const QStringList &words);

} // namespace latchkey::cli
