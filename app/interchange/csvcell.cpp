// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/csvcell.h"

#include "core/plaintext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool startsFormula(QChar character)
{
    return u"=+-@\t\r\uff1d\uff0b\uff0d\uff20"_s.contains(character); // the wide ones count as the others
}

/// What a spreadsheet may drop before it looks for a formula.
bool isPassedOver(QChar character)
{
    return character == u'\'' ||
           (!startsFormula(character) && (character.isSpace() || hasControls(character)));
}

/// A formula, or one that has its apostrophe already.
bool needsApostrophe(QStringView cell)
{
    while (!cell.isEmpty() && isPassedOver(cell.front()))
        cell = cell.sliced(1);
    return !cell.isEmpty() && startsFormula(cell.front());
}

QString csvCell(const QString &text)
{
    QString cell = text;
    if (needsApostrophe(cell))
        cell.prepend(u'\'');
    if (!cell.contains(u'"') && !cell.contains(u',') && !cell.contains(u';') && !cell.contains(u'\n') &&
        !cell.contains(u'\r') && cell.trimmed() == cell)
        return cell;
    cell.replace(u'"', "\"\""_L1);
    return u'"' + cell + u'"';
}

} // namespace

QString csvRow(QStringList cells)
{
    for (QString &cell : cells)
        cell = csvCell(cell);
    return cells.join(u',') + "\r\n"_L1;
}

QString withoutApostrophe(const QString &cell)
{
    return cell.startsWith(u'\'') && needsApostrophe(cell) ? cell.sliced(1) : cell;
}

} // namespace latchkey
