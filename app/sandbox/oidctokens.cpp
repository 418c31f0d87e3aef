// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/oidctokens.h"

namespace latchkey::sandbox {

namespace {

constexpr qsizetype kSweepAt = 10000;

} // namespace

OidcTokens::OidcTokens(const Clock &clock)
    : m_clock(clock)
{
}

void OidcTokens::add(const QString &text, const OidcToken &token)
{
    if (m_tokens.size() >= kSweepAt)
        m_tokens.removeIf([now = m_clock.monotonic()](auto entry) { return entry.value().expires <= now; });
    m_tokens.insert(text, token);
}

const OidcToken *OidcTokens::find(const QString &text) const
{
    const auto found = m_tokens.constFind(text);
    return found == m_tokens.constEnd() || found->expires <= m_clock.monotonic() ? nullptr : &*found;
}

void OidcTokens::remove(const QString &text)
{
    m_tokens.remove(text);
}

void OidcTokens::removeGrant(qint64 number)
{
    m_tokens.removeIf([number](auto entry) { return entry.value().grant.number == number; });
}

void OidcTokens::removeSession(const QString &session)
{
    m_tokens.removeIf([&session](auto entry) { return entry.value().grant.session == session; });
}

void OidcTokens::removeUser(UserId user)
{
    m_tokens.removeIf([user](auto entry) { return entry.value().grant.user == user; });
}

} // namespace latchkey::sandbox
