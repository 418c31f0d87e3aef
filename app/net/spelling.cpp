// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/spelling.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// One character as it was read, and the length of what spelled it; 0: nothing did.
struct Spelled
{
    char32_t character = 0;
    qsizetype length = 0;
};

std::optional<uint> numberIn(QStringView digits, int base)
{
    bool ok = false;
    const uint number = digits.toUInt(&ok, base);
    return ok ? std::optional(number) : std::nullopt;
}

/// %C3%A9, RFC 3986 section 2.1, of UTF-8.
Spelled percentEscape(QStringView text)
{
    QByteArray bytes;
    qsizetype wanted = 1;
    for (qsizetype at = 0; bytes.size() < wanted; at += 3) {
        if (text.size() < at + 3 || text.at(at) != u'%')
            return {};
        const std::optional<uint> byte = numberIn(text.sliced(at + 1, 2), 16);
        if (!byte)
            return {};
        if (at == 0)
            wanted = *byte >= 0xf0 ? 4 : *byte >= 0xe0 ? 3 : *byte >= 0xc0 ? 2 : 1;
        bytes.append(static_cast<char>(*byte));
    }
    const QList<uint> decoded = QString::fromUtf8(bytes).toUcs4();
    return decoded.size() == 1 ? Spelled{decoded.front(), 3 * wanted} : Spelled{};
}

/// \n or \u00e9, RFC 8259 section 7; two of them for what is beyond 16 bits.
Spelled jsonEscape(QStringView text)
{
    static const QHash<char16_t, char32_t> shortOnes{{u'"', U'"'},   {u'\\', U'\\'}, {u'/', U'/'},
                                                     {u'\'', U'\''}, {u'b', U'\b'},  {u'f', U'\f'},
                                                     {u'n', U'\n'},  {u'r', U'\r'},  {u't', U'\t'}};
    if (text.size() < 2)
        return {};
    if (text.at(1).toLower() != u'u') {
        const auto found = shortOnes.constFind(text.at(1).toLower().unicode());
        return found == shortOnes.constEnd() ? Spelled{} : Spelled{*found, 2};
    }
    const auto unit = text.size() < 6 ? std::nullopt : numberIn(text.sliced(2, 4), 16);
    if (!unit)
        return {};
    const QStringView rest = text.sliced(6);
    if (QChar::isHighSurrogate(*unit) && rest.size() >= 6 && rest.startsWith("\\u"_L1, Qt::CaseInsensitive)) {
        const auto low = numberIn(rest.sliced(2, 4), 16);
        if (low && QChar::isLowSurrogate(*low))
            return {QChar::surrogateToUcs4(static_cast<char16_t>(*unit), static_cast<char16_t>(*low)), 12};
    }
    return {*unit, 6};
}

/// &amp; or &#38; or &#x26;
Spelled htmlEscape(QStringView text)
{
    static const QHash<QString, char32_t> names{
        {u"amp"_s, U'&'}, {u"lt"_s, U'<'}, {u"gt"_s, U'>'}, {u"quot"_s, U'"'}, {u"apos"_s, U'\''}};
    const QStringView start = text.first(std::min(text.size(), kLongestEscape));
    const qsizetype end = start.indexOf(u';');
    if (end < 2)
        return {};
    const QStringView name = start.sliced(1, end - 1);
    if (name.front() != u'#') {
        const auto found = names.constFind(name.toString().toLower());
        return found == names.constEnd() ? Spelled{} : Spelled{*found, end + 1};
    }
    const bool isHex = name.size() > 1 && name.at(1).toLower() == u'x';
    const auto number = numberIn(name.sliced(isHex ? 2 : 1), isHex ? 16 : 10);
    return number ? Spelled{*number, end + 1} : Spelled{};
}

/// The escape at the start of `text`, which is not empty.
Spelled escapeAt(QStringView text)
{
    switch (text.front().unicode()) {
    case u'%':
        return percentEscape(text);
    case u'\\':
        return jsonEscape(text);
    case u'&':
        return htmlEscape(text);
    case u'+':
        return {U' ', 1};
    default:
        return {};
    }
}

/// The first character of `text`, which is not empty, as it stands there.
Spelled literalAt(QStringView text)
{
    if (text.size() > 1 && text.front().isHighSurrogate() && text.at(1).isLowSurrogate())
        return {QChar::surrogateToUcs4(text.front(), text.at(1)), 2};
    return {text.front().unicode(), 1};
}

} // namespace

qsizetype spelledLength(QStringView text, const QList<uint> &value)
{
    qsizetype length = 0;
    for (const char32_t character : value) {
        const QStringView rest = text.sliced(length);
        if (rest.isEmpty())
            return 0;
        Spelled next = escapeAt(rest);
        if (next.length == 0 || next.character != character)
            next = literalAt(rest);
        if (next.character != character)
            return 0;
        length += next.length;
    }
    return length;
}

} // namespace latchkey
