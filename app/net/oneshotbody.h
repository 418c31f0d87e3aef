// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QIODevice>

namespace latchkey {

/// The body of a request that can be read once only.
///
/// QNetworkAccessManager repeats a request by itself when the connection drops, POST, PUT and
/// DELETE included. It can do so only after a rewind, which this device refuses: the reply then
/// fails with ContentReSendError instead, and the request arrived once at most.
class OneShotBody final : public QIODevice
{
public:
    explicit OneShotBody(Secret bytes, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override;
    bool atEnd() const override;

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    Secret m_bytes;
    qint64 m_position = 0;
};

} // namespace latchkey
