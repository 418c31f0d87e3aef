// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panel.h"

#include "style/metrics.h"
#include "style/theme.h"
#include "widgets/emptystate.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace latchkey {

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
    m_head = new QHBoxLayout;
    m_head->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, 0);
    m_head->setSpacing(metrics::space12);
    m_head->addWidget(m_title);
    m_head->addWidget(m_note);
    m_head->addStretch(1);
    m_head->addLayout(m_actions);
    m_toolRow = new QWidget(this);
    m_tools = new QHBoxLayout(m_toolRow);
    m_tools->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, metrics::space12);
    m_tools->setSpacing(metrics::space8);
    m_banner = new MessageBanner(this);
    m_loading = new LoadingBar(this);
    m_loading->setLine(true);
    m_stack = new QStackedLayout;
    auto *bannerRow = new QHBoxLayout;
    bannerRow->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, metrics::space12);
    bannerRow->addWidget(m_banner);
    m_top = new QVBoxLayout(this);
    m_top->setContentsMargins(0, 0, 0, 0);
    m_top->setSpacing(0);
    auto *headHolder = new QWidget(this);
    headHolder->setFixedHeight(66);
    headHolder->setLayout(m_head);
    m_top->addWidget(headHolder);
    m_top->addWidget(m_toolRow);
    m_top->addLayout(bannerRow);
    m_top->addWidget(m_loading);
    m_top->addLayout(m_stack, 1);
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
    if (m_empty)
        m_empty->deleteLater();
    m_empty = state;
    if (state)
        m_stack->addWidget(state);
    m_stack->setCurrentWidget(state ? state : m_content);
}

void Panel::setLoading(bool loading)
{
    m_loading->setLoading(loading);
}

void Panel::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void Panel::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    if (compact) {
        m_tools->setContentsMargins(0, 0, 0, 0);
        m_head->insertWidget(2, m_toolRow, 1);
    } else {
        m_tools->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, metrics::space12);
        m_head->removeWidget(m_toolRow);
        m_top->insertWidget(1, m_toolRow);
    }
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeFor(palette()).base);
}

} // namespace latchkey
