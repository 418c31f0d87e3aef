// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/listdetailpanes.h"

namespace latchkey {

ListDetailPanes::ListDetailPanes(QWidget *list, QWidget *detail, Widths widths, QWidget *parent)
    : QSplitter(parent)
    , m_list(list)
    , m_detail(detail)
    , m_widths(widths)
{
    setChildrenCollapsible(false);
    setHandleWidth(1);
    m_list->setMinimumWidth(widths.listMinimum);
    m_detail->setMinimumWidth(widths.detailMinimum);
    addWidget(m_list);
    addWidget(m_detail);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    setSizes({1000, widths.detailFirst});
}

void ListDetailPanes::setHasDetail(bool has)
{
    m_hasDetail = has;
    arrange();
}

void ListDetailPanes::openDetail()
{
    if (!m_onePane)
        return;
    m_open = true;
    arrange();
    emit detailOpened();
}

void ListDetailPanes::closeDetail()
{
    m_open = false;
    arrange();
}

// Both beside each other are no minimum: one alone will do.
QSize ListDetailPanes::minimumSizeHint() const
{
    return {m_widths.detailMinimum, QSplitter::minimumSizeHint().height()};
}

void ListDetailPanes::resizeEvent(QResizeEvent *event)
{
    arrange();
    QSplitter::resizeEvent(event);
}

void ListDetailPanes::arrange()
{
    const bool onePane = width() < m_widths.listMinimum + m_widths.detailMinimum;
    m_list->setMinimumWidth(onePane ? 0 : m_widths.listMinimum);
    m_list->setVisible(!onePane || !m_open);
    m_detail->setVisible(m_hasDetail && (!onePane || m_open));
    if (std::exchange(m_onePane, onePane) != onePane)
        emit onePaneChanged(onePane);
}

} // namespace latchkey
