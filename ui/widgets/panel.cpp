// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panel.h"

#include "style/focus.h"
#include "style/metrics.h"
#include "style/theme.h"
#include "widgets/collapsingrow.h"
#include "widgets/emptystate.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace latchkey {

namespace {

constexpr int kLowWindow = 640;
constexpr int kHead = 60;
constexpr int kHeadAboveTools = 66;
constexpr int kHeadWhenLow = 50;

} // namespace

Panel::Panel(const QString &title, QWidget *parent)
    : QWidget(parent)
{
    m_title = new Label(title, TextStyle::Title, Tone::Normal, this);
    m_title->setObjectName(QStringLiteral("panelTitle"));
    m_title->setElide(Label::Elide::End);
    m_note = new Label({}, TextStyle::Caption, Tone::Muted, this);
    m_note->setObjectName(QStringLiteral("panelNote"));
    m_note->hide();
    m_actions = new QHBoxLayout;
    m_actions->setSpacing(metrics::space8);
    m_headHolder = new QWidget(this);
    auto *head = new QHBoxLayout(m_headHolder);
    head->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, 0);
    head->setSpacing(metrics::space12);
    head->addWidget(m_title);
    head->addWidget(m_note);
    head->addStretch(1);
    head->addLayout(m_actions);
    m_toolRow = new QWidget(this);
    m_tools = new QHBoxLayout(m_toolRow);
    m_tools->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, metrics::space12);
    m_tools->setSpacing(metrics::space8);
    m_banner = new MessageBanner(this);
    m_loading = new LoadingBar(this);
    m_loading->setLine(true);
    m_stack = new QStackedLayout;
    auto *bannerRow = new CollapsingRow;
    bannerRow->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, metrics::space12);
    bannerRow->addWidget(m_banner);
    m_bannerRow = bannerRow;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_headHolder);
    column->addWidget(m_toolRow);
    column->addLayout(bannerRow);
    column->addWidget(m_loading);
    column->addLayout(m_stack, 1);
    m_content = new QWidget(this);
    m_stack->addWidget(m_content);
}

void Panel::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString Panel::title() const
{
    return m_title->text();
}

void Panel::addAction(QAbstractButton *button)
{
    m_actions->addWidget(button);
}

void Panel::setContent(QWidget *content)
{
    delete m_content;
    m_content = content;
    m_stack->insertWidget(0, content);
    m_stack->setCurrentIndex(0);
}

void Panel::setEmptyState(EmptyState *state)
{
    if (!state && !m_empty)
        return; // the content stays, and the focus where it is in it
    const bool hadFocus = m_stack->currentWidget()->isAncestorOf(window()->focusWidget());
    if (m_empty)
        m_empty->deleteLater();
    m_empty = state;
    if (state)
        m_stack->addWidget(state);
    m_stack->setCurrentWidget(state ? state : m_content);
    if (hadFocus && isVisible())
        focusFirst();
}

void Panel::setLoading(bool loading)
{
    m_loading->setLoading(loading);
}

void Panel::setSideMargin(int margin)
{
    for (QLayout *row : {m_headHolder->layout(), static_cast<QLayout *>(m_tools), m_bannerRow}) {
        QMargins margins = row->contentsMargins();
        margins.setLeft(margin);
        margins.setRight(margin);
        row->setContentsMargins(margins);
    }
}

void Panel::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void Panel::takeFocus()
{
    QWidget *last = std::exchange(m_wasEntered, true) ? lastFocused(this) : nullptr;
    if (last)
        last->setFocus(Qt::OtherFocusReason);
    else
        focusFirst();
}

void Panel::focusFirst()
{
    QWidget *shown = m_stack->currentWidget();
    const bool wanted = m_firstControl && m_firstControl->isVisible() && m_firstControl->isEnabled() &&
                        shown->isAncestorOf(m_firstControl);
    QWidget *control = wanted ? m_firstControl : firstFocusable(shown);
    if (!control)
        control = firstFocusable(this);
    if (control)
        control->setFocus(Qt::OtherFocusReason);
}

void Panel::updateHead()
{
    const bool low = window()->height() < kLowWindow;
    const bool tools = m_tools->count() > 0;
    m_toolRow->setVisible(tools);
    m_headHolder->setFixedHeight(metrics::heightFor(low     ? kHeadWhenLow
                                                    : tools ? kHeadAboveTools
                                                            : kHead,
                                                    fontMetrics()));
}

void Panel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateHead();
}

void Panel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateHead();
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeFor(palette()).base);
}

} // namespace latchkey
