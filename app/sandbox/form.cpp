// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/form.h"

#include <QSet>

#include <algorithm>

namespace latchkey::sandbox {

namespace {

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

QString decodedOrRaw(QByteArrayView text)
{
    const std::optional<QByteArray> decoded = formDecoded(text);
    return decoded ? QString::fromUtf8(*decoded) : QString::fromUtf8(text);
}

} // namespace

std::optional<QByteArray> formDecoded(QByteArrayView text)
{
    QByteArray decoded;
    decoded.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.append(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (i + 2 >= text.size())
            return std::nullopt;
        const std::optional<int> high = hexDigit(text[i + 1]);
        const std::optional<int> low = hexDigit(text[i + 2]);
        if (!high || !low)
            return std::nullopt;
        decoded.append(static_cast<char>(*high * 16 + *low));
        i += 2;
    }
    return decoded;
}

Form Form::parse(QByteArrayView encoded)
{
    Form form;
    const QList<QByteArray> pairs = encoded.toByteArray().split('&');
    for (const QByteArray &pair : pairs) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView name = equals < 0 ? QByteArrayView(pair) : QByteArrayView(pair).first(equals);
        const QByteArrayView value = equals < 0 ? QByteArrayView() : QByteArrayView(pair).sliced(equals + 1);
        form.m_fields.append({decodedOrRaw(name), decodedOrRaw(value)});
    }
    return form;
}

bool Form::has(QStringView name) const
{
    return std::ranges::any_of(m_fields, [name](const auto &field) { return field.first == name; });
}

QString Form::value(QStringView name) const
{
    const auto field = std::ranges::find_if(m_fields, [name](const auto &f) { return f.first == name; });
    return field == m_fields.end() ? QString() : field->second;
}

std::optional<qint64> Form::integer(QStringView name) const
{
    bool ok = false;
    const qint64 number = value(name).toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<QRegularExpression> Form::pattern(QStringView name) const
{
    using namespace Qt::StringLiterals;
    if (!has(name))
        return std::nullopt;
    const QString text = QRegularExpression::escape(value(name)).replace("\\*"_L1, ".*"_L1);
    return QRegularExpression(QRegularExpression::anchoredPattern(text),
                              QRegularExpression::CaseInsensitiveOption);
}

std::optional<QString> Form::repeated() const
{
    QSet<QString> seen;
    for (const auto &[name, value] : m_fields) {
        if (seen.contains(name))
            return name;
        seen.insert(name);
    }
    return std::nullopt;
}

} // namespace latchkey::sandbox
