// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "services.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>

namespace latchkey {

class Session;
class StatusBar;
class StatusSegment;
struct Exchange;

/// Says in the foot of the window how things stand, and leads to where they can be mended.
class StatusPresenter final : public QObject
{
    Q_OBJECT

public:
    StatusPresenter(const Services &services, StatusBar &bar, QObject *parent = nullptr);

    /// Null: no tenant is open.
    void setSession(Session *session);
    /// What last happened, until the next exchange.
    void say(const QString &sentence);

signals:
    void credentialsAsked();
    void activityAsked();

private:
    void present();
    void presentConnection();
    void presentToken();
    void presentEvent();
    void presentKeychain();
    void note(const Exchange &exchange);
    void followCalls(const Exchange &exchange);
    void readCallsLeft();

    const Services m_services;
    QPointer<Session> m_session;
    QDateTime m_offlineSince;
    QString m_said;
    QTimer m_readCalls;
    Clock::Instant m_readCallsFrom{}; ///< not again before
    StatusSegment *m_connection;
    StatusSegment *m_token;
    StatusSegment *m_calls;
    StatusSegment *m_event;
    StatusSegment *m_keychain;
};

} // namespace latchkey
