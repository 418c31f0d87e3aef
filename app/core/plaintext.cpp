// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"

#include <QList>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLine = 1000;

} // namespace

QString withVisibleControls(const QString &text)
{
    QString shown;
    const QList<uint> characters = text.toUcs4();
    shown.reserve(text.size());
    for (const char32_t character : characters) {
        if (QChar::isPrint(character))
            shown += QStringView(QChar::fromUcs4(character));
        else
            shown += u"‹U+%1›"_s.arg(QString::number(character, 16).toUpper(), 4, u'0');
    }
    return shown;
}

QString plainLine(const QString &text)
{
    const QString line = withVisibleControls(text);
    return line.size() > kLongestLine ? line.first(kLongestLine) + u'…' : line;
}

} // namespace latchkey
