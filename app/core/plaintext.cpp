// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"

#include <QList>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLine = 1000;

bool steers(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    const char16_t code = character.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

} // namespace

bool isPrintable(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    return QChar::isPrint(character) && category != QChar::Separator_Line &&
           category != QChar::Separator_Paragraph;
}

QString withVisibleControls(const QString &text)
{
    QString shown;
    const QList<uint> characters = text.toUcs4();
    shown.reserve(text.size());
    for (const char32_t character : characters) {
        if (isPrintable(character))
            shown += QStringView(QChar::fromUcs4(character));
        else
            shown += u"‹U+%1›"_s.arg(QString::number(character, 16).toUpper(), 4, u'0');
    }
    return shown;
}

bool isTyped(const QString &typed, const QString &text)
{
    return !typed.isEmpty() && (typed == text || typed == withVisibleControls(text));
}

bool hasControls(const QString &text)
{
    return std::any_of(text.begin(), text.end(), steers);
}

QString withoutControls(const QString &text)
{
    QString plain = text;
    std::replace_if(plain.begin(), plain.end(), steers, u' ');
    return plain.simplified();
}

QString plainLine(const QString &text)
{
    const QString line = withVisibleControls(text);
    return line.size() > kLongestLine ? line.first(kLongestLine) + u'…' : line;
}

} // namespace latchkey
