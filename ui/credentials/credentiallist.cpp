// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentiallist.h"

#include "store/workspace.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/tablecolumns.h"
#include "widgets/tabledelegate.h"

#include <QAccessible>
#include <QHeaderView>
#include <QResizeEvent>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"columns/credentials"_s;

} // namespace

CredentialList::CredentialList(CredentialModel &model, Workspace &workspace, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(u"credentials.list"_s);
    setAccessibleName(tr("API credentials"));
    setModel(&m_model);
    auto *delegate = new TableDelegate(this);
    delegate->setHeightOnly(true);
    setItemDelegate(delegate);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setAllColumnsShowFocus(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    header()->setFixedHeight(metrics::heightFor(metrics::tableHead, fontMetrics()));
    header()->setSectionsMovable(false);
    header()->setHighlightSections(false);
    sortByColumn(CredentialModel::Name, Qt::AscendingOrder);
    setSortingEnabled(true);
    makeColumns(workspace);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &CredentialList::unfold);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (const CredentialRow *row = currentRow())
            m_chosen = row->credential.id;
        emit currentPairChanged();
    });
    connect(this, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (m_model.row(index))
            emit pairOpened();
        else
            setExpanded(index, !isExpanded(index));
    });
    connect(this, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (m_model.row(index))
            emit pairOpened();
    });
}

void CredentialList::makeColumns(Workspace &workspace)
{
    const QFontMetrics text = fontMetrics();
    const auto width = [&text](const QString &widest, int extra) {
        return text.horizontalAdvance(widest) + extra;
    };
    const int fixed =
        QFontMetrics(fontFor(TextStyle::Fixed)).horizontalAdvance(shortClientId(QString(40, u'm')));
    using Model = CredentialModel;
    m_columns = new TableColumns(
        header(), Model::Name, u"name"_s,
        {{Model::State, u"state"_s, width(tr("Owner deleted"), 50), 0},
         {Model::ClientId, u"client_id"_s, fixed + 20, 5, false},
         {Model::Level, u"level"_s, width(tr("Authentication Only"), 20), 0},
         {Model::SecretAt, u"secret"_s, width(tr("Keychain"), 24), 2},
         {Model::Token, u"token"_s, width(u"14 min 12 s"_s, 20), 0},
         {Model::Used, u"used"_s, width(tr("142 days ago"), 28), 1},
         {Model::Age, u"age"_s, width(tr("142 days"), 28), 3, false},
         {Model::Note, u"note"_s, width(tr("Nightly sync, identity-platform"), 20), 4, false}});
    m_columns->restore(workspace.setting(kColumns));
    connect(m_columns, &TableColumns::changed, m_columns, [columns = m_columns, &workspace] {
        (void)workspace.setSetting(kColumns, columns->saved()); // also while the list goes
    });
}

void CredentialList::unfold()
{
    for (int group = 0; group < m_model.rowCount(); ++group)
        setFirstColumnSpanned(group, {}, true);
    expandAll();
    if (m_chosen)
        select(*m_chosen);
}

const CredentialRow *CredentialList::currentRow() const
{
    return m_model.row(currentIndex());
}

void CredentialList::select(CredentialId id)
{
    const QModelIndex index = m_model.indexOf(id);
    if (index.isValid() && index.siblingAtColumn(0) != currentIndex().siblingAtColumn(0))
        setCurrentIndex(index);
}

const CredentialRow *CredentialList::choose(std::optional<CredentialId> fallback)
{
    QModelIndex chosen = m_chosen ? m_model.indexOf(*m_chosen) : QModelIndex();
    if (chosen.isValid() || m_model.rowCount() == 0)
        return m_model.row(chosen);
    chosen = fallback ? m_model.indexOf(*fallback) : QModelIndex();
    if (!chosen.isValid())
        chosen = m_model.index(0, 0, m_model.index(0, 0));
    m_chosen = m_model.row(chosen)->credential.id;
    setCurrentIndex(chosen);
    return m_model.row(chosen);
}

// Qt adds up the heights of all rows above the last one to learn what to paint.
void CredentialList::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                                 const QList<int> &roles)
{
    if (topLeft.row() == bottomRight.row() || QAccessible::isActive())
        QTreeView::dataChanged(topLeft, bottomRight, roles);
    else
        viewport()->update();
}

/// A banner takes room from the list; the chosen row stays in sight if it was.
void CredentialList::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    const QRect row = visualRect(currentIndex());
    if (row.isValid() && row.top() >= 0 && row.top() < event->oldSize().height())
        scrollTo(currentIndex());
}

} // namespace latchkey
