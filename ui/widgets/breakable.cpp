// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakable.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongWord = 24;
constexpr qsizetype kLongPart = 40; ///< of an address
constexpr int kStep = 4;            ///< graphemes
constexpr qsizetype kLongButton = 48;
constexpr QChar kBreak(0x200b);

/// Never within what is seen as one character.
qsizetype boundaryBefore(const QString &text, qsizetype position)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(position);
    return finder.isAtBoundary() ? position : std::max<qsizetype>(0, finder.toPreviousBoundary());
}

QString broken(const QString &word)
{
    QString result;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    qsizetype from = 0;
    for (int count = 1; from < word.size(); ++count) {
        const qsizetype to = finder.toNextBoundary();
        result += QStringView(word).sliced(from, to - from);
        from = to;
        if (count % kStep == 0 && from < word.size())
            result += kBreak;
    }
    return result;
}

/// Behind what separates the parts of an address; inside a part only where no line would hold it.
QString brokenAddress(const QString &address)
{
    QString result;
    QString part;
    const auto end = [&] {
        result += part.size() > kLongPart ? broken(part) : part;
        part.clear();
    };
    for (qsizetype i = 0; i < address.size(); ++i) {
        part += address[i];
        const bool isLast = i + 1 == address.size();
        if (isLast || !u"/?&"_s.contains(address[i]) || address[i + 1] == u'/')
            continue;
        end();
        result += kBreak;
    }
    end();
    return result;
}

} // namespace

QString breakable(const QString &text)
{
    static const QRegularExpression longWords(u"\\S{%1,}"_s.arg(kLongWord));
    QString result;
    qsizetype done = 0;
    for (const QRegularExpressionMatch &match : longWords.globalMatch(text)) {
        result += QStringView(text).sliced(done, match.capturedStart() - done);
        const QString word = match.captured();
        result += word.contains("://"_L1) ? brokenAddress(word) : broken(word);
        done = match.capturedEnd();
    }
    result += QStringView(text).sliced(done);
    return result;
}

QString asLabel(const QString &text)
{
    return QString(text).replace(u'&', "&&"_L1);
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
