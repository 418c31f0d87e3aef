// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

namespace latchkey {

/// Immutable secret bytes in one shared buffer that is wiped with its last copy. It has no
/// stream operator on purpose: a secret cannot reach a log by accident.
class Secret
{
public:
    Secret() = default;
    static Secret copyOf(QByteArrayView bytes);
    /// UTF-8 of the text. The caller still owns (and should wipe) its QString.
    static Secret fromText(QStringView text);
    /// Takes the bytes and wipes the source.
    static Secret takeFrom(QByteArray &source);

    bool isEmpty() const { return size() == 0; }
    qsizetype size() const;
    /// Valid as long as a copy of this Secret lives.
    QByteArrayView bytes() const;
    /// A plain copy for an interface that cannot take bytes; wipe it after use.
    QString revealed() const;

    /// Compares in time that depends on the sizes alone.
    friend bool operator==(const Secret &left, const Secret &right);

private:
    struct Buffer;
    explicit Secret(std::shared_ptr<const Buffer> buffer);
    std::shared_ptr<const Buffer> m_buffer;
};

/// Overwrites the characters in place where this copy is the only one, then clears it.
void wipe(QByteArray &bytes);
void wipe(QString &text);

} // namespace latchkey
