// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/colorscheme.h"

#include <QApplication>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif
#ifdef Q_OS_LINUX
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString appearance = u"org.freedesktop.appearance"_s;
const QString gnome = u"org.gnome.desktop.interface"_s;
#ifdef Q_OS_LINUX
const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString interface = u"org.freedesktop.portal.Settings"_s;

// Read() wraps its answer in one variant more than ReadOne() and SettingChanged do.
QVariant unwrapped(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}
#endif

} // namespace

ColorScheme::ColorScheme(ThemeKind lastSeen, QObject *parent)
    : QObject(parent)
    , m_systemDark(lastSeen == ThemeKind::Dark || lastSeen == ThemeKind::DarkMoreContrast)
    , m_moreContrast(lastSeen == ThemeKind::LightMoreContrast || lastSeen == ThemeKind::DarkMoreContrast)
{
}

ThemeKind ColorScheme::kind() const
{
    const bool dark = m_choice == Choice::Dark || (m_choice == Choice::System && m_systemDark);
    if (m_moreContrast)
        return dark ? ThemeKind::DarkMoreContrast : ThemeKind::LightMoreContrast;
    return dark ? ThemeKind::Dark : ThemeKind::Light;
}

void ColorScheme::setChoice(Choice choice)
{
    if (choice == m_choice)
        return;
    const ThemeKind before = kind();
    m_choice = choice;
    if (kind() != before)
        apply();
}

void ColorScheme::start()
{
    apply();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto takeHint = [this](Qt::ColorScheme scheme) {
        if (scheme != Qt::ColorScheme::Unknown)
            take(appearance, u"color-scheme"_s, scheme == Qt::ColorScheme::Dark ? 1U : 2U);
    };
    takeHint(QGuiApplication::styleHints()->colorScheme());
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, takeHint);
#endif
#ifdef Q_OS_LINUX
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    askPortal(appearance, u"color-scheme"_s);
    askPortal(appearance, u"contrast"_s);
    askPortal(gnome, u"enable-animations"_s);
#endif
}

void ColorScheme::askPortal(const QString &group, const QString &key, bool oldMethod)
{
#ifdef Q_OS_LINUX
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, path, interface, oldMethod ? u"Read"_s : u"ReadOne"_s);
    call << group << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key, oldMethod] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            take(group, key, unwrapped(reply.value().variant()));
        else if (!oldMethod && reply.error().type() == QDBusError::UnknownMethod)
            askPortal(group, key, true);
    });
#else
    Q_UNUSED(group)
    Q_UNUSED(key)
    Q_UNUSED(oldMethod)
#endif
}

void ColorScheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
#ifdef Q_OS_LINUX
    take(group, key, unwrapped(value.variant()));
#else
    Q_UNUSED(group)
    Q_UNUSED(key)
    Q_UNUSED(value)
#endif
}

void ColorScheme::take(const QString &group, const QString &key, const QVariant &value)
{
    const ThemeKind before = kind();
    if (group == appearance && key == "color-scheme"_L1) {
        m_systemDark = value.toUInt() == 1;
    } else if (group == appearance && key == "contrast"_L1) {
        m_moreContrast = value.toUInt() == 1;
    } else if (group == gnome && key == "enable-animations"_L1 && value.toBool() != m_animations) {
        m_animations = value.toBool();
        emit animationsChanged(m_animations);
    }
    if (kind() != before)
        apply();
}

void ColorScheme::apply()
{
    QApplication::setPalette(paletteFor(kind()));
    emit changed(kind());
}

} // namespace latchkey
