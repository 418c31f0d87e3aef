// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secrettext.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QEvent>
#include <QScrollArea>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLines = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWrapAnywhere;

/// The whole secret on a sheet that no layout knows of.
class SecretSheet final : public QWidget
{
public:
    SecretSheet(const Secret &secret, QWidget *host)
        : QWidget(host)
        , m_secret(secret)
    {
        setObjectName(u"secretSheet"_s);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setTextStyle(this, TextStyle::Fixed);
    }
    int heightForWidth(int width) const override
    {
        QString text = m_secret.revealed();
        const QRect room(0, 0, width - 2 * metrics::space8, QWIDGETSIZE_MAX);
        const int height = fontMetrics().boundingRect(room, kLines, text).height();
        wipe(text);
        return height + 2 * metrics::space8;
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        paintRounded(&painter, rect(), metrics::controlRadius, theme.sunken, theme.lineMid);
        painter.setPen(theme.text);
        painter.setLayoutDirection(Qt::LeftToRight);
        QString text = m_secret.revealed();
        painter.drawText(rect().adjusted(metrics::space8, 0, -metrics::space8, 0), kLines, text);
        wipe(text);
    }

private:
    Secret m_secret;
};

/// What scrolls along with the field, or its window.
QWidget *hostOf(const QWidget *field)
{
    QWidget *host = field->parentWidget();
    while (host && !host->isWindow()) {
        const QWidget *viewport = host->parentWidget();
        if (viewport && qobject_cast<QScrollArea *>(viewport->parentWidget()))
            return host;
        host = host->parentWidget();
    }
    return host;
}

} // namespace

SecretText::SecretText(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"secretText"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTextStyle(this, TextStyle::Fixed);
}

SecretText::~SecretText()
{
    delete m_sheet;
}

void SecretText::setSecret(const Secret &secret)
{
    m_secret = secret;
    delete m_sheet;
    placeSheet();
    update();
}

QSize SecretText::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(u"••••••••••••••"_s),
                 metrics::heightFor(metrics::control, fontMetrics()));
}

QSize SecretText::minimumSizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(u"••••••••••"_s) + 12, 18);
}

void SecretText::placeSheet()
{
    QString text = m_secret.revealed();
    const bool isNeeded = fontMetrics().horizontalAdvance(text) > width();
    wipe(text);
    QWidget *field = parentWidget();
    QWidget *host = hostOf(field);
    if (!isNeeded || !host) {
        delete m_sheet;
        return;
    }
    if (!m_sheet) {
        m_sheet = new SecretSheet(m_secret, host);
        host->installEventFilter(this);
    }
    const int height = m_sheet->heightForWidth(field->width());
    const QPoint below = field->mapTo(host, QPoint(0, field->height() + metrics::space4));
    const QPoint above = field->mapTo(host, QPoint(0, -metrics::space4 - height));
    const bool fitsBelow = below.y() + height <= host->height() || above.y() < 0;
    m_sheet->setGeometry(QRect(fitsBelow ? below : above, QSize(field->width(), height)));
    m_sheet->raise();
    m_sheet->show();
}

void SecretText::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (isShown())
        placeSheet();
}

bool SecretText::eventFilter(QObject *watched, QEvent *event)
{
    const bool mayMove = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize;
    if (m_sheet && mayMove) // once the host has laid out what is in it
        QMetaObject::invokeMethod(
            this, [this] { placeSheet(); }, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void SecretText::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.setPen(isEnabled() ? theme.text : theme.disabled);
    if (m_secret.isEmpty()) {
        paintDots(painter);
        return;
    }
    painter.setLayoutDirection(Qt::LeftToRight);
    QString text = m_secret.revealed();
    QString elided = fontMetrics().elidedText(text, Qt::ElideMiddle, width());
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, elided);
    wipe(text);
    wipe(elided);
}

void SecretText::paintDots(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    const qreal step = fontMetrics().horizontalAdvance(u'0') + 1;
    for (int dot = 0; dot < 10; ++dot) {
        const qreal x = step * dot + step / 2;
        const qreal shown = layoutDirection() == Qt::RightToLeft ? width() - x : x;
        painter.drawEllipse(QPointF(shown, height() / 2.0), 1.75, 1.75);
    }
}

} // namespace latchkey
