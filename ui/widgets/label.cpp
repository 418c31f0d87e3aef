// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/label.h"

#include "style/metrics.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace latchkey {

using namespace Qt::StringLiterals;

Label::Label(const QString &text, TextStyle style, Tone tone, QWidget *parent)
    : QLabel(parent)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setTextStyle(this, style);
    setText(text);
}

void Label::setTone(Tone tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    update();
}

void Label::setElide(Elide elide)
{
    m_elide = elide;
    QSizePolicy policy = sizePolicy();
    policy.setHorizontalPolicy(elide == Elide::None ? QSizePolicy::Preferred : QSizePolicy::Maximum);
    setSizePolicy(policy);
    updateGeometry();
}

QSize Label::minimumSizeHint() const
{
    // A wrapped label is as high as its width asks for; without this it claims a second line.
    if (wordWrap())
        return QSize(QLabel::minimumSizeHint().width(), fontMetrics().height());
    if (m_elide == Elide::None)
        return QLabel::minimumSizeHint();
    const int few = fontMetrics().horizontalAdvance(u"mmm…"_s);
    return QSize(std::min(few, sizeHint().width()), QLabel::minimumSizeHint().height());
}

QColor Label::color() const
{
    const Theme &theme = themeFor(palette());
    if (!isEnabled())
        return theme.disabled;
    return ink(theme, m_tone);
}

QString Label::shownText() const
{
    const int width = contentsRect().width();
    switch (m_elide) {
    case Elide::None:
        return text();
    case Elide::End:
        return fontMetrics().elidedText(text(), Qt::ElideRight, width);
    case Elide::Middle:
        return fontMetrics().elidedText(text(), Qt::ElideMiddle, width);
    case Elide::Path:
        return elidedPath(text(), fontMetrics(), width);
    }
    return text();
}

void Label::paintEvent(QPaintEvent *event)
{
    if (textInteractionFlags() & Qt::TextSelectableByMouse) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, color());
    int flags = static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment()));
    if (wordWrap())
        flags |= Qt::TextWordWrap;
    if (buddy())
        flags |= Qt::TextShowMnemonic;
    style()->drawItemText(&painter, contentsRect(), flags, colors, true, shownText(), QPalette::WindowText);
}

bool Label::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && m_elide != Elide::None) {
        if (shownText() != text())
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), text(), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QLabel::event(event);
}

Label *makeParagraph(const QString &text, TextStyle style, Tone tone, QWidget *parent)
{
    auto *label = new Label(text, style, tone, parent);
    label->setWordWrap(true);
    return label;
}

QString elidedPath(const QString &path, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(path) <= width)
        return path;
    const qsizetype authority = path.indexOf("://"_L1);
    const qsizetype headEnd = path.indexOf(u'/', authority < 0 ? 1 : authority + 3);
    if (headEnd > 0) {
        const QString head = path.left(headEnd);
        qsizetype tailStart = path.indexOf(u'/', headEnd + 1);
        for (; tailStart > 0; tailStart = path.indexOf(u'/', tailStart + 1)) {
            const QString shorter = head + u"/…"_s + path.mid(tailStart);
            if (metrics.horizontalAdvance(shorter) <= width)
                return shorter;
        }
    }
    const QString last = u"…"_s + path.mid(std::max<qsizetype>(0, path.lastIndexOf(u'/')));
    return metrics.horizontalAdvance(last) <= width ? last : metrics.elidedText(path, Qt::ElideMiddle, width);
}

} // namespace latchkey
