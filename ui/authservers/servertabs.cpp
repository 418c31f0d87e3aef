// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/servertabs.h"

#include "authservers/linedrow.h"
#include "authservers/servercombo.h"
#include "authservers/serverlistmodel.h"
#include "style/buttonrole.h"
#include "style/focus.h"
#include "style/metrics.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

ServerTabs::ServerTabs(ServerListModel &model, QAction *create, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    makeChoice(create);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"serverTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the authorization server"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_pages = new QStackedWidget;
    auto *head = new LinedRow;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::space16, 6, metrics::space20, 0); // a tab has 4 around its words
    row->setSpacing(metrics::space16);
    row->addWidget(m_combo);
    row->addWidget(m_new);
    row->addWidget(m_tabs);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        const bool hadFocus = m_pages->isAncestorOf(window()->focusWidget());
        m_pages->setCurrentIndex(tab);
        setEntry(this, m_pages->widget(tab));
        if (QWidget *entry = hadFocus ? entryOf(page()) : nullptr)
            entry->setFocus(Qt::OtherFocusReason);
        emit pageShown(page());
    });
}

void ServerTabs::makeChoice(QAction *create)
{
    m_combo = new ServerCombo(m_model);
    m_combo->setObjectName(u"serverCombo"_s);
    m_combo->setAccessibleName(tr("Authorization server"));
    m_new = makeToolButton(Icon::Plus, tr("New server"));
    m_new->setObjectName(u"newServerNarrow"_s);
    const auto follow = [this, create] { m_new->setEnabled(create->isEnabled()); };
    follow();
    connect(create, &QAction::changed, m_new, follow);
    connect(m_new, &QToolButton::clicked, create, &QAction::trigger);
    connect(m_combo, &QComboBox::activated, this,
            [this](int index) { emit serverChosen(m_model.serverAt(index).id); });
    setNarrow(false);
}

void ServerTabs::addNotice(QWidget *notice)
{
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(0, notice);
}

void ServerTabs::addPage(const QString &title, QWidget *page)
{
    m_titles.append(title);
    m_pages->addWidget(page);
    m_tabs->addTab(title);
}

void ServerTabs::showPage(QWidget *page)
{
    m_tabs->setCurrentIndex(m_pages->indexOf(page));
}

QWidget *ServerTabs::page() const
{
    return m_pages->currentWidget();
}

void ServerTabs::setCount(QWidget *page, size_t count)
{
    const int tab = m_pages->indexOf(page);
    const QString &title = m_titles.at(tab);
    m_tabs->setTabText(tab, count == 0 ? title : textWithCount(title, static_cast<int>(count)));
}

void ServerTabs::setNarrow(bool narrow)
{
    m_combo->setVisible(narrow);
    m_new->setVisible(narrow);
}

void ServerTabs::markSelected(AuthServerId id)
{
    m_combo->setCurrentIndex(m_model.rowOf(id));
}

} // namespace latchkey
