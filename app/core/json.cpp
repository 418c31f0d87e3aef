// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return u"a boolean"_s;
    case QJsonValue::Double:
        return u"a number"_s;
    case QJsonValue::String:
        return u"a string"_s;
    case QJsonValue::Array:
        return u"an array"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    case QJsonValue::Undefined:
        return u"nothing"_s;
    }
    return {};
}

} // namespace

Result<QJsonValue> parseJson(QByteArrayView text)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.sliced(3);
    QJsonParseError error;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), text.size()), &error);
    if (error.error != QJsonParseError::NoError) {
        return fail(ErrorKind::NotUnderstood,
                    QCoreApplication::translate("Json", "The answer is not valid JSON."),
                    u"%1 at byte %2 of %3"_s.arg(error.errorString()).arg(error.offset).arg(text.size()));
    }
    if (document.isArray())
        return QJsonValue(document.array());
    return QJsonValue(document.object());
}

JsonReader::JsonReader(const QJsonValue &value, const QString &path)
    : JsonReader(value, path, std::make_shared<QString>())
{
}

JsonReader::JsonReader(const QJsonValue &value, QString path, std::shared_ptr<QString> problem)
    : m_object(value.toObject())
    , m_path(std::move(path))
    , m_problem(std::move(problem))
{
    if (!value.isObject())
        expected(m_path, "an object", value);
}

bool JsonReader::has(QLatin1StringView name) const
{
    const QJsonValue value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

QString JsonReader::member(QLatin1StringView name) const
{
    return m_path.isEmpty() ? QString(name) : m_path + u'.' + name;
}

void JsonReader::expected(const QString &path, const char *what, const QJsonValue &got)
{
    if (m_problem->isEmpty()) {
        *m_problem = u"%1: expected %2, got %3"_s.arg(path.isEmpty() ? u"(top)"_s : path,
                                                      QLatin1StringView(what), typeName(got));
    }
}

void JsonReader::reject(QLatin1StringView name, const QString &why)
{
    if (m_problem->isEmpty())
        *m_problem = member(name) + ": "_L1 + why;
}

Error JsonReader::problem() const
{
    return {.kind = ErrorKind::NotUnderstood,
            .message = QCoreApplication::translate("Json", "The answer does not have the expected form."),
            .detail = *m_problem};
}

QString JsonReader::string(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isString())
        expected(member(name), "a string", value);
    return value.toString();
}

QString JsonReader::string(QLatin1StringView name, const QString &fallback)
{
    return has(name) ? string(name) : fallback;
}

qint64 JsonReader::toInteger(const QJsonValue &value, const QString &path)
{
    if (value.isDouble()) {
        const QVariant number = value.toVariant();
        if (number.typeId() == QMetaType::LongLong)
            return number.toLongLong();
    } else if (value.isString()) {
        bool ok = false;
        const qint64 number = value.toString().toLongLong(&ok);
        if (ok)
            return number;
    }
    expected(path, "a whole number", value);
    return 0;
}

qint64 JsonReader::integer(QLatin1StringView name)
{
    return toInteger(m_object.value(name), member(name));
}

qint64 JsonReader::integer(QLatin1StringView name, qint64 fallback)
{
    return has(name) ? integer(name) : fallback;
}

bool JsonReader::boolean(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isBool())
        expected(member(name), "a boolean", value);
    return value.toBool();
}

bool JsonReader::boolean(QLatin1StringView name, bool fallback)
{
    return has(name) ? boolean(name) : fallback;
}

QDateTime JsonReader::dateTime(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    if (!time.isValid())
        expected(member(name), "a date and time", value);
    return time.toUTC();
}

JsonReader JsonReader::object(QLatin1StringView name)
{
    return JsonReader(m_object.value(name), member(name), m_problem);
}

QStringList JsonReader::strings(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!has(name))
        return {};
    if (value.isString())
        return {value.toString()};
    QStringList strings;
    if (!value.isArray())
        expected(member(name), "an array of strings", value);
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!array.at(i).isString())
            expected(u"%1[%2]"_s.arg(member(name)).arg(i), "a string", array.at(i));
        strings.append(array.at(i).toString());
    }
    return strings;
}

} // namespace latchkey
