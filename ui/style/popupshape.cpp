// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/popupshape.h"

#include "style/metrics.h"

#include <QEvent>
#include <QPainterPath>
#include <QWidget>

namespace latchkey {

namespace {

/// Cuts the corners off again with each new size.
class PopupShape final : public QObject
{
public:
    explicit PopupShape(QWidget *popup)
        : QObject(popup)
    {
        popup->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
            auto *popup = static_cast<QWidget *>(watched);
            QPainterPath shape;
            shape.addRoundedRect(popup->rect(), metrics::controlRadius, metrics::controlRadius);
            popup->setMask(QRegion(shape.toFillPolygon().toPolygon()));
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void shapePopup(QWidget *popup)
{
    new PopupShape(popup);
}

} // namespace latchkey
