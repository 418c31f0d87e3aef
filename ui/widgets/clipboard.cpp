// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/clipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QMimeData>
#include <QRandomGenerator>

namespace latchkey {

using namespace Qt::StringLiterals;

Clipboard::Clipboard(QClipboard &clipboard, Ticker &ticker, QObject *parent)
    : QObject(parent)
    , m_clipboard(clipboard)
    , m_ticker(ticker)
{
    connect(&m_clipboard, &QClipboard::dataChanged, this, [this] {
        if (!m_hash.isEmpty() && !isStillOurs())
            forget(false);
    });
}

Clipboard::~Clipboard()
{
    clearSecret();
}

void Clipboard::copyText(const QString &text)
{
    m_clipboard.setText(text);
}

void Clipboard::copySecret(const Secret &secret)
{
    m_salt.resize(16);
    for (char &byte : m_salt)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    m_hash = hashOf(secret.bytes());
    m_end = m_ticker.clock().monotonic() + m_lifetime;
    auto *data = new QMimeData;
    QString text = secret.revealed();
    data->setText(text);
    wipe(text);
    data->setData(u"x-kde-passwordManagerHint"_s, "secret");
    m_clipboard.setMimeData(data);
    if (!m_ticking)
        m_ticking = connect(&m_ticker, &Ticker::ticked, this, &Clipboard::tick);
    emit countdownChanged(m_lifetime);
}

void Clipboard::clearSecret()
{
    if (m_hash.isEmpty())
        return;
    const bool ours = isStillOurs();
    m_hash.clear();
    if (ours)
        m_clipboard.clear();
    forget(ours);
}

std::optional<std::chrono::seconds> Clipboard::secondsLeft() const
{
    if (m_hash.isEmpty())
        return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_end - m_ticker.clock().monotonic());
    return std::max(left, std::chrono::seconds(0));
}

bool Clipboard::isStillOurs() const
{
    QByteArray now = m_clipboard.text().toUtf8();
    const bool same = hashOf(now) == m_hash;
    wipe(now);
    return same;
}

QByteArray Clipboard::hashOf(QByteArrayView text) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(m_salt);
    hash.addData(text);
    return hash.result();
}

void Clipboard::forget(bool byUs)
{
    m_hash.clear();
    m_salt.clear();
    disconnect(m_ticking);
    m_ticking = {};
    emit secretGone(byUs);
}

void Clipboard::tick()
{
    const std::optional<std::chrono::seconds> left = secondsLeft();
    if (!left)
        return;
    if (left->count() == 0)
        clearSecret();
    else
        emit countdownChanged(*left);
}

} // namespace latchkey
