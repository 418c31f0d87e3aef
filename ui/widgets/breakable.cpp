// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakable.h"

#include <QTextBoundaryFinder>

namespace latchkey {

namespace {

constexpr qsizetype kLongWord = 24;
constexpr qsizetype kLongButton = 48;
constexpr QChar kBreak(0x200b);

/// Never within what is seen as one character.
qsizetype boundaryBefore(const QString &text, qsizetype position)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(position);
    return finder.isAtBoundary() ? position : std::max<qsizetype>(0, finder.toPreviousBoundary());
}

} // namespace

QString breakable(const QString &text)
{
    if (text.size() <= kLongWord)
        return text;
    QString result;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype run = 0;
    for (qsizetype from = 0, to = finder.toNextBoundary(); to > from;
         from = to, to = finder.toNextBoundary()) {
        run = text.at(from).isSpace() ? 0 : run + 1;
        if (run > kLongWord) {
            result += kBreak;
            run = 1;
        }
        result += QStringView(text).sliced(from, to - from);
    }
    return result;
}

QString forButton(const QString &text)
{
    if (text.size() <= kLongButton)
        return text;
    const qsizetype head = boundaryBefore(text, kLongButton * 2 / 3);
    const qsizetype tail = boundaryBefore(text, text.size() - kLongButton / 4);
    return text.left(head) + QChar(0x2026) + text.mid(tail);
}

} // namespace latchkey
