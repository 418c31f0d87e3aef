// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serverlistpane.h"

#include "authservers/linedrow.h"
#include "authservers/panelaction.h"
#include "authservers/serverlistmodel.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/filterfield.h"
#include "widgets/foot.h"
#include "widgets/tabledelegate.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNarrowest = 180;

} // namespace

ServerListPane::ServerListPane(ServerListModel &model, QAction *create, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    setMinimumWidth(kNarrowest);
    m_list = new QListView;
    m_list->setObjectName(u"serverList"_s);
    m_list->setAccessibleName(tr("Authorization servers"));
    m_list->setModel(&m_model);
    prepareList(m_list);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_list, 1);
    column->addWidget(makeFoot(create));
    connect(m_list, &QListView::customContextMenuRequested, this, &ServerListPane::openMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    emit serverChosen(m_model.serverAt(current.row()).id);
            });
}

QWidget *ServerListPane::makeHead()
{
    auto *filter = new FilterField(tr("Filter servers"));
    filter->setObjectName(u"filterServers"_s);
    filter->setAccessibleName(tr("Filter authorization servers"));
    auto *head = new LinedRow;
    auto *row = new QVBoxLayout(head);
    row->setContentsMargins(metrics::space16, 10, metrics::space12, 10);
    row->addWidget(filter);
    connect(filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        emit filtered();
    });
    return head;
}

QWidget *ServerListPane::makeFoot(QAction *create)
{
    QPushButton *button = bound(makeButton(Icon::Plus, create->text()), create);
    button->setObjectName(u"newServer"_s);
    setSmall(button);
    auto *foot = new Foot;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::space16, metrics::space8, metrics::space12, metrics::space8);
    row->addWidget(button);
    row->addStretch(1);
    return foot;
}

void ServerListPane::markSelected(AuthServerId id)
{
    const int row = m_model.rowOf(id);
    if (row >= 0 && m_list->currentIndex().row() != row)
        m_list->setCurrentIndex(m_model.index(row));
}

void ServerListPane::openMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"serverMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_list->actions());
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

} // namespace latchkey
