// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

#include <csignal>

namespace latchkey {

/// A secret as the Secret Service sends it, `(oayays)`.
struct WireSecret
{
    QDBusObjectPath session{};
    QByteArray parameters{};
    QByteArray value{};
    QString contentType{};
};

inline QDBusArgument &operator<<(QDBusArgument &out, const WireSecret &secret)
{
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.contentType;
    out.endStructure();
    return out;
}

inline const QDBusArgument &operator>>(const QDBusArgument &in, WireSecret &secret)
{
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    in.endStructure();
    return in;
}

/// The person and the system beside the program: locks, opens, stops and kills the gnome-keyring of
/// this bus, with calls of its own that wait for the answer.
class SecretServiceControl
{
public:
    static constexpr const char *kPassword = "keyring-test"; ///< as in ./secretservice

    SecretServiceControl() { qDBusRegisterMetaType<WireSecret>(); }

    bool lock()
    {
        return isOk(call(kRoot(), "Secret.Service", "Lock",
                         {QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(kLogin())})})) &&
               isLocked();
    }
    bool unlock()
    {
        const QDBusMessage session =
            call(kRoot(), "Secret.Service", "OpenSession",
                 {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
        const WireSecret master{.session = session.arguments().value(1).value<QDBusObjectPath>(),
                                .value = kPassword,
                                .contentType = QStringLiteral("text/plain")};
        return isOk(callInterface(
                   kRoot(), QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
                   QStringLiteral("UnlockWithMasterPassword"),
                   {QVariant::fromValue(QDBusObjectPath(kLogin())), QVariant::fromValue(master)})) &&
               !isLocked();
    }
    bool isLocked()
    {
        const QDBusMessage reply =
            callInterface(kLogin(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
                          {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
        return reply.arguments().value(0).value<QDBusVariant>().variant().toBool();
    }
    /// How many items lie in the login collection, whether it is open or not.
    qsizetype itemCount()
    {
        const QDBusMessage reply =
            callInterface(kLogin(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
                          {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Items")});
        const QVariant items = reply.arguments().value(0).value<QDBusVariant>().variant();
        return qdbus_cast<QList<QDBusObjectPath>>(items).size();
    }

    bool stop() { return signalService(SIGSTOP); }
    bool resume() { return ::kill(m_stopped, SIGCONT) == 0; }
    bool kill() { return signalService(SIGKILL); }

private:
    static QString kRoot() { return QStringLiteral("/org/freedesktop/secrets"); }
    static QString kLogin() { return QStringLiteral("/org/freedesktop/secrets/collection/login"); }
    static bool isOk(const QDBusMessage &reply) { return reply.type() == QDBusMessage::ReplyMessage; }

    static QDBusMessage call(const QString &path, const char *interface, const char *method,
                             const QVariantList &arguments)
    {
        return callInterface(path, QStringLiteral("org.freedesktop.") + QLatin1StringView(interface),
                             QLatin1StringView(method), arguments);
    }
    static QDBusMessage callInterface(const QString &path, const QString &interface, const QString &method,
                                      const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), path,
                                                              interface, method);
        message.setArguments(arguments);
        return QDBusConnection::sessionBus().call(message);
    }
    bool signalService(int signal)
    {
        const uint pid =
            QDBusConnection::sessionBus().interface()->servicePid(QStringLiteral("org.freedesktop.secrets"));
        m_stopped = static_cast<pid_t>(pid);
        return pid > 1 && ::kill(m_stopped, signal) == 0;
    }

    pid_t m_stopped = 0;
};

} // namespace latchkey
