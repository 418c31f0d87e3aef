// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/gonescopes.h"

#include <QWidget>

namespace latchkey {

class MessageBanner;

/// What was staged and could not be kept when the tenant was read again: told until it is closed.
class DroppedChanges final : public QWidget
{
    Q_OBJECT

public:
    explicit DroppedChanges(QWidget *parent = nullptr);

    /// The server is gone with what was staged for it.
    void addServer(const QString &name, int changes);
    /// The server has lost scopes.
    void addScopes(const QString &server, const DroppedGrants &dropped);
    bool isEmpty() const { return m_changes == 0; }
    /// In another banner, where this one is not in sight.
    void tellIn(MessageBanner &banner) const;

private:
    void forget();
    /// At most so many names each; 0: all of them.
    QStringList reasons(qsizetype most) const;

    int m_changes = 0;
    QStringList m_servers;
    std::map<QString, QStringList> m_scopes; ///< by the name of their server
    MessageBanner *m_banner = nullptr;
};

} // namespace latchkey
