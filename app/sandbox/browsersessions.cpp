// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/browsersessions.h"

namespace latchkey::sandbox {

namespace {

constexpr int kLength = 40;

} // namespace

BrowserSessions::BrowserSessions(Random &random)
    : m_random(random)
{
}

QString BrowserSessions::open(UserId user, qint64 now)
{
    const QString cookie = m_random.hex(kLength);
    m_byCookie.insert(cookie, {.user = user, .id = m_random.hex(kLength), .signedInAt = now});
    return cookie;
}

const BrowserSession *BrowserSessions::find(const QString &cookie) const
{
    const auto found = m_byCookie.constFind(cookie);
    return found == m_byCookie.constEnd() ? nullptr : &*found;
}

void BrowserSessions::close(const QString &id)
{
    m_byCookie.removeIf([&id](auto entry) { return entry.value().id == id; });
}

void BrowserSessions::removeUser(UserId user)
{
    m_byCookie.removeIf([user](auto entry) { return entry.value().user == user; });
}

} // namespace latchkey::sandbox
