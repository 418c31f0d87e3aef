// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "oidc/errorexplainer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace latchkey::cli {

/// What the shell gets. A public contract.
enum class Exit { Done = 0, Refused = 1, Usage = 2, Unreachable = 3, Keychain = 4 };

Exit exitCode(const Error &error);

void printOut(const QString &text);
void printError(const QString &text);
void printBytes(QByteArrayView bytes);
/// With `"schema": 1` added.
void printJson(QJsonObject document);

/// Of the problems of one file, so many are told one by one.
inline constexpr size_t kMostProblems = 100;
/// How many more of them there are.
void printMoreProblems(size_t count);

QJsonObject errorJson(const Error &error);
/// Several lines for standard error.
QString errorText(const Error &error);

QJsonObject explanationJson(const Explanation &explanation);
QString explanationText(const Explanation &explanation);

/// Rows under a heading, in columns.
QString table(const QStringList &heading, const std::vector<QStringList> &rows);

QJsonValue orNull(const QString &text); ///< null where it is empty
QJsonArray toJson(const QStringList &strings);
QJsonValue toJson(const std::optional<std::chrono::minutes> &minutes);
QJsonValue toJson(const QDateTime &time); ///< ISO 8601 in UTC, or null

} // namespace latchkey::cli
