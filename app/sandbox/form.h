// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <QString>

#include <optional>
#include <utility>

namespace latchkey::sandbox {

/// The fields of an application/x-www-form-urlencoded body or of a query, in order.
class Form
{
public:
    static Form parse(QByteArrayView encoded);

    bool has(QStringView name) const;
    QString value(QStringView name) const; ///< the first one; empty where absent
    std::optional<qint64> integer(QStringView name) const;
    /// Matches what the field describes, in any case; `*` stands for any text. Nothing where absent.
    std::optional<QRegularExpression> pattern(QStringView name) const;
    /// The name of a field that occurs more than once.
    std::optional<QString> repeated() const;

private:
    QList<std::pair<QString, QString>> m_fields{};
};

/// Undoes application/x-www-form-urlencoded; nothing where a percent sign is not followed by two
/// hexadecimal digits.
std::optional<QByteArray> formDecoded(QByteArrayView text);

} // namespace latchkey::sandbox
