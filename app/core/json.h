// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <memory>
#include <type_traits>
#include <vector>

namespace latchkey {

/// Parses a whole JSON text; a leading byte order mark is tolerated. Error NotUnderstood names the
/// place. Says nothing of members that occur twice: the last one wins.
Result<QJsonValue> parseJson(QByteArrayView text);

/// Typed fields of a JSON object. Remembers the first thing wrong by path
/// (`apps[1].id: expected a number, got a string`) and then answers with empty values, so a record
/// is read straight through and checked once with finish(). Unknown members are ignored.
class JsonReader
{
public:
    explicit JsonReader(const QJsonValue &value, const QString &path = {});

    bool has(QLatin1StringView name) const; ///< present and not null

    // Required: a missing or null member is an error.
    QString string(QLatin1StringView name);
    qint64 integer(QLatin1StringView name); ///< a number without fraction, or a numeric string
    bool boolean(QLatin1StringView name);
    QDateTime dateTime(QLatin1StringView name); ///< ISO 8601
    JsonReader object(QLatin1StringView name);

    // Optional: the fallback where the member is missing or null, an error where its type is wrong.
    QString string(QLatin1StringView name, const QString &fallback);
    qint64 integer(QLatin1StringView name, qint64 fallback);
    bool boolean(QLatin1StringView name, bool fallback);

    /// An array of strings; a lone string counts as a list of one. Missing or null: empty.
    QStringList strings(QLatin1StringView name);

    /// Required array; `read` takes a JsonReader and returns one element.
    template<typename Read>
    auto list(QLatin1StringView name, Read read)
    {
        return readElements(m_object.value(name), member(name), read);
    }

    /// The value, or the first thing that was wrong.
    template<typename T>
    Result<T> finish(T value) const
    {
        if (m_problem->isEmpty())
            return value;
        return tl::unexpected<Error>(problem());
    }

    /// Says that a member is wrong in a way only the caller can see. The first one counts.
    void reject(QLatin1StringView name, const QString &why);

private:
    template<typename Record, typename Read>
    friend Result<std::vector<Record>> readJsonArray(const QJsonValue &, Read);

    JsonReader(const QJsonValue &value, QString path, std::shared_ptr<QString> problem);
    QString member(QLatin1StringView name) const;
    void expected(const QString &path, const char *what, const QJsonValue &got);
    Error problem() const;
    qint64 toInteger(const QJsonValue &value, const QString &path);

    template<typename Read>
    auto readElements(const QJsonValue &value, const QString &path, Read read)
    {
        std::vector<std::invoke_result_t<Read, JsonReader &>> elements;
        if (!value.isArray()) {
            expected(path, "an array", value);
            return elements;
        }
        const QJsonArray array = value.toArray();
        elements.reserve(static_cast<size_t>(array.size()));
        for (qsizetype i = 0; i < array.size() && m_problem->isEmpty(); ++i) {
            JsonReader element(array.at(i), path + QLatin1Char('[') + QString::number(i) + QLatin1Char(']'),
                               m_problem);
            elements.push_back(read(element));
        }
        return elements;
    }

    QJsonObject m_object;
    QString m_path;
    std::shared_ptr<QString> m_problem;
};

/// One record from a JSON object.
template<typename Record, typename Read>
Result<Record> readJsonObject(const QJsonValue &value, Read read)
{
    JsonReader reader(value);
    Record record = read(reader);
    return reader.finish(std::move(record));
}

/// Records from a bare JSON array.
template<typename Record, typename Read>
Result<std::vector<Record>> readJsonArray(const QJsonValue &value, Read read)
{
    JsonReader reader(QJsonObject{});
    std::vector<Record> records = reader.readElements(value, QString(), read);
    return reader.finish(std::move(records));
}

} // namespace latchkey
