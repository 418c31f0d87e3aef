// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QPushButton;

namespace latchkey {

class MessageBanner;
class Panel;

/// A panel is at work: the loading bar at once, after a second words and Cancel. Another message takes
/// their place until it is closed. It is the context
/// of what it waits for: deleting it cancels, and takes its words away.
class Busy : public QObject
{
    Q_OBJECT

public:
    /// `cancel` deletes this object.
    Busy(Panel &panel, const QString &what, std::function<void()> cancel);
    ~Busy() override;

private:
    void say();
    bool isSaid() const;

    QPointer<Panel> m_panel;
    const QString m_what;
    std::function<void()> m_cancel;
    QTimer m_timer;
    bool m_hasSpoken = false;
    QPointer<QPushButton> m_button; ///< in the banner, as long as that says what it waits for
};

} // namespace latchkey
