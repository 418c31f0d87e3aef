// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadingbar.h"

#include "style/theme.h"

#include <QPainter>
#include <QStyle>
#include <QTimerEvent>

namespace latchkey {

LoadingBar::LoadingBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("loadingBar"));
    setAccessibleName(tr("Loading"));
    setFixedHeight(2);
}

void LoadingBar::setLoading(bool loading)
{
    if (!loading) {
        m_wait.stop();
        m_move.stop();
        m_shown = false;
        update();
    } else if (!m_shown && !m_wait.isActive()) {
        m_wait.start(static_cast<int>(m_delay.count()), Qt::CoarseTimer, this);
    }
}

void LoadingBar::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_wait.timerId()) {
        m_wait.stop();
        m_shown = true;
        m_step = 0;
        const bool animated = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
        if (animated)
            m_move.start(16, Qt::PreciseTimer, this);
    } else {
        ++m_step;
    }
    update();
}

void LoadingBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    if (!m_shown) {
        if (m_line)
            painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
        return;
    }
    painter.fillRect(rect(), theme.accentTint);
    const int length = std::max(40, width() / 4);
    const int start = m_move.isActive() ? m_step * 8 % (width() + length) - length : (width() - length) / 2;
    painter.fillRect(QRect(start, 0, length, height()), theme.accent);
}

} // namespace latchkey
