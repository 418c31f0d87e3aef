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
/// With `"schema": 1` added. A name of a tenant must not steer the terminal that shows it:
/// what prints nothing stands as an escape, which is the same JSON.
QByteArray jsonText(const QJsonObject &document);
void printJson(QJsonObject document);

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
