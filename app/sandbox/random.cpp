// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/random.h"

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

Random::Random(std::optional<quint32> seed)
{
    if (seed)
        m_seeded.emplace(*seed);
}

int Random::below(int limit)
{
    QRandomGenerator &source = m_seeded ? *m_seeded : *QRandomGenerator::system();
    return source.bounded(limit);
}

QString Random::pick(QLatin1StringView alphabet, int length)
{
    QString text;
    text.reserve(length);
    for (int i = 0; i < length; ++i)
        text.append(alphabet.at(below(static_cast<int>(alphabet.size()))));
    return text;
}

QString Random::hex(int digits)
{
    return pick("0123456789abcdef"_L1, digits);
}

QString Random::urlSafe(int length)
{
    return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"_L1, length);
}

QString Random::appClientId(qint64 accountId)
{
    return u"%1-%2-%3-%4-%5%6"_s.arg(hex(8), hex(4), hex(4), hex(4), hex(12)).arg(accountId);
}

QString Random::password()
{
    return pick("abcdefghijkmnopqrstuvwxyz"_L1, 6) + u'-' + pick("ABCDEFGHJKLMNPQRSTUVWXYZ"_L1, 4) + u'+' +
           pick("23456789"_L1, 4);
}

} // namespace latchkey::sandbox
