// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QObject>

class QDBusVariant;

namespace latchkey {

/// Light or dark: what the person chose, or what the desktop says, live.
class ColorScheme final : public QObject
{
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };

    /// `lastSeen` is the scheme to begin with until the desktop has answered.
    explicit ColorScheme(ThemeKind lastSeen = ThemeKind::Light, QObject *parent = nullptr);

    Choice choice() const { return m_choice; }
    /// Applies at once where it changes something: one QApplication::setPalette.
    void setChoice(Choice choice);
    ThemeKind kind() const;
    /// Applies the current kind and asks the desktop, which answers later.
    void start();
    bool animationsEnabled() const { return m_animations; }

signals:
    void changed(latchkey::ThemeKind kind);
    void animationsChanged(bool enabled);

private slots:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void apply();
    void take(const QString &group, const QString &key, const QVariant &value);
    void askPortal(const QString &group, const QString &key, bool oldMethod = false);

    Choice m_choice = Choice::System;
    bool m_systemDark = false;
    bool m_moreContrast = false;
    bool m_animations = true;
};

} // namespace latchkey
