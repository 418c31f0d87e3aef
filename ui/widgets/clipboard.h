// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"
#include "widgets/ticker.h"

#include <QObject>

#include <optional>

class QClipboard; // NOLINT(cppcoreguidelines-virtual-class-destructor): Qt hides it

namespace latchkey {

/// Copies texts and secrets. A secret is marked so that clipboard histories leave it out, and is
/// cleared after half a minute unless something else was copied meanwhile. Only a salted hash of it
/// is kept here to tell.
class Clipboard final : public QObject
{
    Q_OBJECT

public:
    Clipboard(QClipboard &clipboard, Ticker &ticker, QObject *parent = nullptr);
    /// Clears its own secret.
    ~Clipboard() override;

    void copyText(const QString &text);
    void copySecret(const Secret &secret);
    /// Now, if the secret is still there: on lock, quit and close.
    void clearSecret();
    void setLifetime(std::chrono::seconds lifetime) { m_lifetime = lifetime; }
    /// None while no secret of ours is on the clipboard.
    std::optional<std::chrono::seconds> secondsLeft() const;

signals:
    void countdownChanged(std::chrono::seconds left);
    /// The secret is gone; `byUs`: it was cleared, not replaced by another copy.
    void secretGone(bool byUs);

private:
    bool isStillOurs() const;
    QByteArray hashOf(QByteArrayView text) const;
    void forget(bool byUs);
    void tick();

    QClipboard &m_clipboard;
    Ticker &m_ticker;
    std::chrono::seconds m_lifetime{30};
    QByteArray m_salt;
    QByteArray m_hash;
    Clock::Instant m_end{};
    QMetaObject::Connection m_ticking;
};

} // namespace latchkey
