// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QWidget>

#include <chrono>

namespace latchkey {

/// Two pixels that say that something is under way, shown only when it takes longer than a moment.
class LoadingBar final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadingBar(QWidget *parent = nullptr);

    void setLoading(bool loading);
    /// A separator line while nothing is loading.
    void setLine(bool line) { m_line = line; }
    bool isShown() const { return m_shown; }
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }
    QSize sizeHint() const override { return QSize(40, 2); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    std::chrono::milliseconds m_delay{300};
    QBasicTimer m_wait;
    QBasicTimer m_move;
    bool m_shown = false;
    bool m_line = false;
    int m_step = 0;
};

} // namespace latchkey
