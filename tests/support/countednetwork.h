// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/countedstore.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace latchkey {

/// A network whose requests are steps: before each one, and when its answer is there but not read.
class CountedNetwork final : public QNetworkAccessManager
{
public:
    explicit CountedNetwork(Steps &steps)
        : m_steps(steps)
    {
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override
    {
        m_steps.pass();
        QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, request, outgoing);
        // Connected first, so the program dies before it has read the answer.
        connect(reply, &QNetworkReply::finished, this, [this] { m_steps.pass(); });
        return reply;
    }

private:
    Steps &m_steps;
};

} // namespace latchkey
