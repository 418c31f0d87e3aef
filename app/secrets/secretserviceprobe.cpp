// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/secretserviceprobe.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QFileInfo>
#include <QVariantMap>

#include <limits>

// https://specifications.freedesktop.org/secret-service/latest/

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kNoObject = u"/"_s;

QDBusMessage methodCall(const QString &path, const QString &interface, const QString &method,
                        const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    message.setArguments(arguments);
    return message;
}

QDBusMessage serviceCall(const QString &method, const QVariantList &arguments)
{
    return methodCall(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, method, arguments);
}

/// Without an address libdbus may start a bus of its own, on which no keychain is.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + "/bus"_L1);
}

Error unavailable(const QString &detail)
{
    return {.kind = ErrorKind::KeychainUnavailable,
            .message = SecretServiceProbe::tr(
                "No keychain service is running. Install or start one, such as GNOME "
                "Keyring, KWallet or KeePassXC, or keep secrets for this session only."),
            .detail = detail};
}

Error explain(const QDBusMessage &reply)
{
    const QString detail = reply.errorName() + ": "_L1 + reply.errorMessage();
    switch (QDBusError(reply).type()) {
    case QDBusError::UnknownObject:
    case QDBusError::UnknownInterface:
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownProperty:
    case QDBusError::AccessDenied:
    case QDBusError::Other:
        return {.kind = ErrorKind::KeychainFailure,
                .message = SecretServiceProbe::tr("The keychain service refused the request."),
                .detail = detail};
    default:
        // No such name, activation failed, or the service or the bus went away before it answered.
        return unavailable(detail);
    }
}

Error locked(const QString &message)
{
    return {.kind = ErrorKind::KeychainLocked,
            .message = message,
            .detail = SecretServiceProbe::tr("Unlock it, or keep secrets for this session only.")};
}

} // namespace

void SecretServiceProbe::call(const QDBusMessage &message, Continuation<QDBusMessage> continuation)
{
    if (!hasSessionBus())
        return finishLater<QDBusMessage>(continuation, fail(unavailable(tr("There is no session bus."))));
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return finishLater<QDBusMessage>(continuation, fail(unavailable(bus.lastError().message())));
    // Without a time limit of its own: then "no reply" can only mean that the service went away.
    auto *watcher =
        new QDBusPendingCallWatcher(bus.asyncCall(message, std::numeric_limits<int>::max()), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, continuation] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        m_owner = reply.service();
        if (reply.type() == QDBusMessage::ErrorMessage)
            continuation(fail(explain(reply)));
        else
            continuation(reply);
    });
}

void SecretServiceProbe::readDefaultCollection(Continuation<QString> continuation)
{
    call(serviceCall(u"ReadAlias"_s, {u"default"_s}),
         after<QDBusMessage>(continuation, [continuation](const QDBusMessage &reply) {
             const auto path = reply.arguments().value(0).value<QDBusObjectPath>();
             continuation(path.path());
         }));
}

void SecretServiceProbe::checkOpen(Continuation<> continuation)
{
    readDefaultCollection(after<QString>(continuation, [this, continuation](const QString &collection) {
        if (collection == kNoObject)
            return continuation(fail(locked(tr("No keychain has been set up yet, or none is open."))));
        const QDBusMessage get = methodCall(collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                                            {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
        call(get, after<QDBusMessage>(continuation, [continuation](const QDBusMessage &reply) {
                 const QVariant isLocked = reply.arguments().value(0).value<QDBusVariant>().variant();
                 if (isLocked.metaType() == QMetaType::fromType<bool>() && !isLocked.toBool())
                     continuation({});
                 else
                     continuation(fail(locked(tr("The keychain is locked."))));
             }));
    }));
}

void SecretServiceProbe::unlock(Continuation<> continuation)
{
    readDefaultCollection(after<QString>(continuation, [this, continuation](const QString &collection) {
        const QVariantMap properties{{u"org.freedesktop.Secret.Collection.Label"_s, tr("Default keychain")}};
        const QDBusMessage request =
            collection == kNoObject
                ? serviceCall(u"CreateCollection"_s, {properties, u"default"_s})
                : serviceCall(u"Unlock"_s,
                              {QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(collection)})});
        call(request, after<QDBusMessage>(continuation, [this, continuation](const QDBusMessage &reply) {
                 // Both answer with what is done already and the prompt for what is not.
                 const QString prompt = reply.arguments().value(1).value<QDBusObjectPath>().path();
                 if (prompt == kNoObject)
                     checkOpen(continuation);
                 else
                     showPrompt(prompt, continuation);
             }));
    }));
}

void SecretServiceProbe::showPrompt(const QString &path, Continuation<> continuation)
{
    m_prompt = path;
    m_prompted = continuation;
    // Without naming the sender: QtDBus would look up its owner in a blocking call. What comes is
    // only a hint to look at the state again.
    QDBusConnection::sessionBus().connect(QString(), path, u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s,
                                          this, SLOT(onPromptCompleted(bool, QDBusVariant)));
    call(methodCall(path, u"org.freedesktop.Secret.Prompt"_s, u"Prompt"_s, {QString(u""_s)}),
         then(this, [this](const Result<QDBusMessage> &shown) {
             if (shown || !m_prompted)
                 return;
             const Continuation<> prompted = *m_prompted;
             forgetPrompt();
             prompted(fail(shown.error()));
         }));
}

void SecretServiceProbe::onPromptCompleted(bool dismissed, const QDBusVariant &)
{
    if (!m_prompted)
        return;
    const Continuation<> prompted = *m_prompted;
    forgetPrompt();
    if (dismissed)
        prompted(
            fail(locked(tr("The keychain stays locked: the prompt was dismissed or could not be shown."))));
    else
        checkOpen(prompted);
}

void SecretServiceProbe::forgetPrompt()
{
    if (!m_prompted)
        return;
    QDBusConnection::sessionBus().disconnect(QString(), m_prompt, u"org.freedesktop.Secret.Prompt"_s,
                                             u"Completed"_s, this,
                                             SLOT(onPromptCompleted(bool, QDBusVariant)));
    m_prompt.clear();
    m_prompted.reset();
}

} // namespace latchkey
