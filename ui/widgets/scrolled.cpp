// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scrolled.h"

#include "style/metrics.h"

#include <QApplication>
#include <QResizeEvent>
#include <QScrollArea>
#include <QTimer>

namespace latchkey {

namespace {

class FocusKeeper final : public QObject
{
public:
    explicit FocusKeeper(QScrollArea *scroll)
        : QObject(scroll)
        , m_scroll(scroll)
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &FocusKeeper::follow);
        connect(qApp, &QApplication::focusChanged, this, [this] { m_timer.start(0); });
        scroll->viewport()->installEventFilter(this);
        scroll->widget()->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            m_timer.start(0);
        return QObject::eventFilter(watched, event);
    }

private:
    void follow()
    {
        QWidget *focus = QApplication::focusWidget();
        if (!focus || !m_scroll->widget()->isAncestorOf(focus))
            return;
        if (QGuiApplication::mouseButtons() != Qt::NoButton)
            return m_timer.start(kWhilePressed);
        // Its whole height; ensureWidgetVisible() looks at the text cursor alone.
        const QPoint top = focus->mapTo(m_scroll->widget(), QPoint());
        m_scroll->ensureVisible(top.x(), top.y() + focus->height(), 0, metrics::space16);
        m_scroll->ensureVisible(top.x(), top.y(), 0, metrics::space16);
    }

    static constexpr int kWhilePressed = 100;

    QScrollArea *m_scroll;
    QTimer m_timer;
};

} // namespace

void keepFocusInView(QScrollArea *scroll)
{
    new FocusKeeper(scroll);
}

QScrollArea *scrolled(QWidget *content)
{
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return scroll;
}

} // namespace latchkey
