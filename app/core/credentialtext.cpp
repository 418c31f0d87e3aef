// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentialtext.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CredentialText", text);
}

QString characterProblem(char32_t character)
{
    switch (character) {
    case U'\t':
        return tr("Character %1 is a tab (%2).");
    case U'\n':
    case U'\r':
    case U'\u2028':
        return tr("Character %1 is a line end (%2).");
    case U'\u00a0':
    case U'\u202f':
        return tr("Character %1 is a no-break space (%2).");
    case U'\u200b':
    case U'\u200c':
    case U'\u200d':
    case U'\u2060':
    case U'\ufeff':
        return tr("Character %1 is invisible (%2).");
    default:
        return tr("Character %1 is not allowed (%2).");
    }
}

Result<void> checkText(QStringView text, const QString &empty, const QString &unusable)
{
    if (text.isEmpty())
        return fail(ErrorKind::InvalidInput, empty);
    const QString problem = credentialTextProblem(text);
    if (!problem.isEmpty())
        return fail(ErrorKind::InvalidInput, unusable.arg(problem));
    return {};
}

} // namespace

QString credentialTextProblem(QStringView text)
{
    qsizetype position = 0;
    for (char32_t character : text.toUcs4()) {
        ++position;
        if (character >= 0x20 && character <= 0x7e)
            continue;
        const QString code = u"U+%1"_s.arg(static_cast<uint>(character), 4, 16, QChar(u'0')).toUpper();
        return tr("%1 Only printable ASCII characters may occur.")
            .arg(characterProblem(character).arg(position).arg(code));
    }
    return {};
}

Result<void> checkClientId(QStringView clientId)
{
    return checkText(clientId, tr("The client ID is empty."), tr("The client ID cannot be used. %1"));
}

Result<void> checkClientSecret(const Secret &secret)
{
    QString text = secret.revealed();
    const Result<void> checked =
        checkText(text, tr("The client secret is empty."), tr("The client secret cannot be used. %1"));
    wipe(text);
    return checked;
}

} // namespace latchkey
