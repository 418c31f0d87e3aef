// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/directory.h"
#include "sandbox/random.h"

#include <QHash>

#include <optional>

namespace latchkey::sandbox {

/// A user who is signed in with a browser.
struct BrowserSession
{
    UserId user{};
    QString id{};          ///< the claim `sid`; the cookie is another text
    qint64 signedInAt = 0; ///< seconds since 1970
};

/// The sessions of the login page, by their cookie.
class BrowserSessions
{
public:
    explicit BrowserSessions(Random &random);

    /// Returns the cookie.
    QString open(UserId user, qint64 now);
    /// Null when there is none.
    const BrowserSession *find(const QString &cookie) const;
    void close(const QString &id);
    void removeUser(UserId user);

private:
    Random &m_random;
    QHash<QString, BrowserSession> m_byCookie{};
};

} // namespace latchkey::sandbox
