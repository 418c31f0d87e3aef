// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/authorizationcodes.h"

namespace latchkey::sandbox {

namespace {

constexpr int kLength = 43;
constexpr std::chrono::minutes kRemembered{10};

} // namespace

AuthorizationCodes::AuthorizationCodes(const Clock &clock, Random &random)
    : m_clock(clock)
    , m_random(random)
{
}

QString AuthorizationCodes::add(AuthorizationCode code)
{
    const Clock::Instant now = m_clock.monotonic();
    m_codes.removeIf([now](auto entry) { return entry.value().expires + kRemembered <= now; });
    code.expires = now + kLifetime;
    const QString text = m_random.urlSafe(kLength);
    m_codes.insert(text, code);
    return text;
}

AuthorizationCode *AuthorizationCodes::find(const QString &code)
{
    const auto found = m_codes.find(code);
    if (found == m_codes.end() || (!found->isUsed && found->expires <= m_clock.monotonic()))
        return nullptr;
    return &*found;
}

} // namespace latchkey::sandbox
