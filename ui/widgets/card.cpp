// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/card.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace latchkey {

Card::Card(QWidget *parent)
    : QFrame(parent)
{
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(0);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(metrics::cardMargin, metrics::space12, metrics::cardMargin, metrics::space12);
    m_body->setSpacing(metrics::space8);
    m_column->addLayout(m_body, 1);
}

QHBoxLayout *Card::setHead(Icon icon, const QString &title)
{
    if (m_title) {
        m_title->setText(title);
        return m_head;
    }
    m_headWidget = new QWidget(this);
    m_head = new QHBoxLayout(m_headWidget);
    m_head->setContentsMargins(metrics::cardMargin, metrics::space12, metrics::cardMargin, 0);
    m_head->setSpacing(10);
    m_title = new Label(title, TextStyle::BodyStrong, Tone::Normal, m_headWidget);
    m_title->setElide(Label::Elide::End);
    m_head->addWidget(new Glyph(icon, Tone::Accent, 18, m_headWidget));
    m_head->addWidget(m_title);
    m_head->addStretch(1);
    m_column->insertWidget(0, m_headWidget);
    setAccessibleName(title);
    return m_head;
}

void Card::setSunkenHead(bool sunken)
{
    m_sunkenHead = sunken;
    if (m_head)
        m_head->setContentsMargins(metrics::cardMargin, metrics::space8, metrics::cardMargin, sunken ? 9 : 0);
    update();
}

QHBoxLayout *Card::foot()
{
    if (!m_foot) {
        m_footWidget = new QWidget(this);
        m_foot = new QHBoxLayout(m_footWidget);
        m_foot->setContentsMargins(metrics::cardMargin, 9, metrics::cardMargin, 9);
        m_foot->setSpacing(metrics::space8);
        m_column->addWidget(m_footWidget);
    }
    return m_foot;
}

void Card::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

void Card::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    paintRounded(&painter, rect(), metrics::cardRadius, theme.base);
    painter.save();
    const auto sink = [&](const QRect &part) {
        painter.setClipRect(part);
        paintRounded(&painter, rect(), metrics::cardRadius, theme.sunken);
        painter.setClipping(false);
    };
    if (m_sunkenHead && m_headWidget) {
        const int bottom = m_headWidget->geometry().bottom();
        sink(QRect(0, 0, width(), bottom + 1));
        painter.fillRect(QRect(1, bottom, width() - 2, 1), theme.line);
    }
    if (m_footWidget) {
        const int top = m_footWidget->y();
        sink(QRect(0, top, width(), height() - top));
        painter.fillRect(QRect(1, top, width() - 2, 1), theme.line);
    }
    painter.restore();
    paintRounded(&painter, rect(), metrics::cardRadius, {}, m_selected ? theme.accent : theme.line,
                 m_selected ? 2 : 1);
}

FactList::FactList(QWidget *parent)
    : QWidget(parent)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::space16);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
}

Label *FactList::addFact(const QString &label, const QString &value)
{
    Label *shown = makeParagraph(value, TextStyle::Body, Tone::Normal, this);
    addFact(label, shown);
    return shown;
}

void FactList::addFact(const QString &label, QWidget *value)
{
    auto *name = new Label(label, TextStyle::Body, Tone::Muted, this);
    name->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    const bool wide = name->sizeHint().width() > metrics::labelColumn;
    name->setWordWrap(wide);
    if (wide)
        name->setFixedWidth(metrics::labelColumn);
    name->setBuddy(value);
    const int row = m_grid->rowCount();
    // Beside text, label and first line are level; beside controls in a row, their middles are.
    auto *text = qobject_cast<QLabel *>(value);
    if (text)
        text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    const bool level = text || qobject_cast<QVBoxLayout *>(value->layout());
    m_grid->addWidget(name, row, 0, level ? Qt::AlignTop : Qt::AlignVCenter);
    m_grid->addWidget(value, row, 1);
}

void FactList::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace latchkey
