// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services.h"

#include <QDateTime>
#include <QPointer>

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

    const Services m_services;
    QPointer<Session> m_session;
    QDateTime m_offlineSince;
    QString m_said;
    StatusSegment *m_connection;
    StatusSegment *m_token;
    StatusSegment *m_calls;
    StatusSegment *m_event;
    StatusSegment *m_keychain;
};

} // namespace latchkey
