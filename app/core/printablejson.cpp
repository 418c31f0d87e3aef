// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/printablejson.h"

#include "core/plaintext.h"

#include <QJsonDocument>
#include <QString>

namespace latchkey {

using namespace Qt::StringLiterals;

QByteArray printableJson(const QJsonObject &object)
{
    QString text;
    for (const char32_t character : QString::fromUtf8(QJsonDocument(object).toJson()).toUcs4()) {
        const bool isShown = character == U'\n' || isPrintable(character);
        for (const char16_t unit : QChar::fromUcs4(character))
            text += isShown ? QString(QChar(unit)) : u"\\u%1"_s.arg(uint{unit}, 4, 16, QChar(u'0'));
    }
    return text.toUtf8();
}

} // namespace latchkey
