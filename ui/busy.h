// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

namespace latchkey {

class MessageBanner;
class Panel;

/// A panel is at work: the loading bar at once, after a second words and Cancel. It is the context
/// of what it waits for: deleting it cancels, and takes its words away.
class Busy : public QObject
{
    Q_OBJECT

public:
    /// `cancel` deletes this object.
    Busy(Panel &panel, const QString &what, std::function<void()> cancel);
    ~Busy() override;

private:
    void say(const QString &what);

    QPointer<Panel> m_panel;
    std::function<void()> m_cancel;
    bool m_said = false;
};

} // namespace latchkey
