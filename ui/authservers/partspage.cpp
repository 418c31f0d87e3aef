// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/partspage.h"

#include "authservers/panelaction.h"
#include "core/plaintext.h"
#include "models/itemroles.h"
#include "style/buttonrole.h"
#include "style/focus.h"
#include "style/metrics.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/foot.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

PartsPage::PartsPage(const Texts &texts, QAbstractTableModel *model, int wide, QWidget *parent)
    : QWidget(parent)
    , m_texts(texts)
{
    setObjectName(texts.name + "Page"_L1);
    m_sorted = new QSortFilterProxyModel(this);
    model->setParent(this);
    m_sorted->setSourceModel(model);
    m_sorted->setSortRole(SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(-1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeTools());
    column->addWidget(makeTable(wide), 1);
    column->addWidget(makeFoot());
    setEntry(this, m_table);
    makeActions();
    connect(model, &QAbstractItemModel::modelReset, this, &PartsPage::keepCurrent);
    refresh();
}

QWidget *PartsPage::makeTools()
{
    m_filter = new FilterField(m_texts.filter);
    m_filter->setObjectName(m_texts.name + ".filter"_L1);
    m_filter->setMaximumWidth(264);
    m_addButton = makeButton(Icon::Plus, m_texts.add);
    m_addButton->setObjectName(m_texts.name + ".add"_L1);
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(metrics::space16, 9, metrics::space16, 9);
    row->setSpacing(metrics::space8);
    row->addWidget(m_filter, 1);
    row->addStretch(1);
    row->addWidget(m_addButton);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setFilterFixedString(text.trimmed());
        keepCurrent();
    });
    connect(m_addButton, &QPushButton::clicked, this, &PartsPage::addAsked);
    return tools;
}

QWidget *PartsPage::makeTable(int wide)
{
    m_table = new QTableView;
    m_table->setObjectName(m_texts.name + "Table"_L1);
    m_table->setAccessibleName(m_texts.title);
    m_table->setModel(m_sorted);
    prepareTable(m_table, metrics::row);
    setEdgeMargins(m_table, metrics::space16, metrics::space16);
    m_table->horizontalHeader()->setSectionResizeMode(wide, QHeaderView::Stretch);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_nothing = new EmptyState(m_texts.icon, {}, {});
    m_nothingButton = m_nothing->setMainButton(m_texts.add);
    m_nothingButton->setObjectName(m_texts.name + ".nothing"_L1);
    auto *holder = new QWidget;
    m_stack = new QStackedLayout(holder);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nothing);
    connect(m_table, &QTableView::customContextMenuRequested, this, &PartsPage::openMenu);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (m_reason.isEmpty())
            emit editAsked(index.data(IdRole).toLongLong());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &row) {
                if (row.isValid())
                    m_current = row.data(IdRole).toLongLong();
                refresh();
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PartsPage::refresh);
    connect(m_nothingButton, &QPushButton::clicked, this, [this] {
        if (!m_loaded)
            return emit readingAsked();
        if (m_sorted->sourceModel()->rowCount() == 0)
            return emit addAsked();
        m_filter->clear();
        m_table->setFocus();
    });
    return holder;
}

QWidget *PartsPage::makeFoot()
{
    m_currentName = new Label({}, TextStyle::Fixed);
    m_currentName->setObjectName(m_texts.name + ".current"_L1);
    m_currentName->setElide(Label::Elide::Middle);
    m_currentName->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_footActions = new QHBoxLayout;
    m_footActions->setSpacing(metrics::space8);
    m_foot = new Foot;
    m_foot->setObjectName(m_texts.name + ".foot"_L1);
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(metrics::space16, metrics::space8, metrics::space16, metrics::space8);
    row->setSpacing(metrics::space12);
    row->addWidget(m_currentName, 1);
    row->addLayout(m_footActions);
    return m_foot;
}

void PartsPage::addToFoot(int place, QAction *action, QPushButton *button)
{
    bound(button, action)->setObjectName(action->objectName().replace("Action"_L1, "Button"_L1));
    setSmall(button);
    m_footActions->insertWidget(place, button);
}

QAction *PartsPage::makeAction(Icon glyph, const QString &text, const QString &name, const QKeySequence &keys)
{
    auto *action = new QAction(icon(glyph), text, this);
    action->setObjectName(m_texts.name + u'.' + name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
}

void PartsPage::makeActions()
{
    m_add = makeAction(Icon::Plus, m_texts.add, u"addAction"_s, QKeySequence::New);
    connect(m_add, &QAction::triggered, this, [this] {
        if (isVisible()) // its key is heard outside, too
            emit addAsked();
    });
    m_panelActions = {m_add};
    QAction *edit = makeAction(Icon::Note, m_texts.edit, u"editAction"_s, Qt::Key_F2);
    QAction *remove = makeAction(Icon::Trash, m_texts.remove, u"removeAction"_s, QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut); // in the filter it deletes letters
    removeAction(remove);
    m_table->addAction(remove);
    m_find = makeAction(Icon::Search, m_texts.filter, u"filterAction"_s, QKeySequence::Find);
    connect(m_find, &QAction::triggered, m_filter, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_rowActions = {edit, remove};
    connect(edit, &QAction::triggered, this, [this] { emit editAsked(*current()); });
    connect(remove, &QAction::triggered, this, [this] { emit removeAsked(*current()); });
    addToFoot(0, edit, makeButton(Icon::Note, m_texts.edit));
    addToFoot(1, remove, makeButton(Icon::Trash, m_texts.remove, ButtonRole::Danger));
}

QAction *PartsPage::addRowAction(Icon glyph, const QString &text, const QString &name,
                                 const QKeySequence &keys, std::function<void(qint64)> act)
{
    QAction *action = makeAction(glyph, text, name, keys);
    connect(action, &QAction::triggered, this, [this, act = std::move(act)] {
        if (isVisible())
            act(*current());
    });
    m_rowActions.append(action);
    m_panelActions.append(action);
    addToFoot(0, action, makeButton(glyph, text));
    refresh();
    return action;
}

void PartsPage::setReadOnlyReason(const QString &reason)
{
    m_reason = reason;
    refresh();
}

void PartsPage::setLoaded(bool loaded, const QString &nothingSentence)
{
    m_loaded = loaded;
    m_nothingSentence = nothingSentence;
    m_failure.clear();
    refresh();
}

void PartsPage::setFailed(const QString &sentence)
{
    m_failure = sentence;
    refresh();
}

std::optional<qint64> PartsPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    // A click below the rows leaves the current one, and only its mark goes.
    return index.isValid() && m_table->selectionModel()->hasSelection()
               ? std::optional(index.data(IdRole).toLongLong())
               : std::nullopt;
}

void PartsPage::select(qint64 id)
{
    m_current = id;
    keepCurrent();
    if (current() != id && !m_filter->text().isEmpty())
        m_filter->clear();
    m_table->scrollTo(m_table->currentIndex());
}

/// A model that was reset, or a filter, has lost it.
void PartsPage::keepCurrent()
{
    if (m_current && m_sorted->rowCount() > 0) {
        const QModelIndexList found =
            m_sorted->match(m_sorted->index(0, 0), IdRole, *m_current, 1, Qt::MatchExactly);
        if (!found.isEmpty() && found.first().row() != m_table->currentIndex().row())
            m_table->setCurrentIndex(found.first());
    }
    if (!m_table->currentIndex().isValid() && m_sorted->rowCount() > 0)
        m_table->setCurrentIndex(m_sorted->index(0, 0));
    refresh();
}

void PartsPage::refresh()
{
    const bool writable = m_loaded && m_reason.isEmpty();
    const QString why = m_loaded ? m_reason : QString();
    m_addButton->setEnabled(writable);
    m_addButton->setToolTip(why);
    if (m_add)
        m_add->setEnabled(writable);
    for (QAction *action : m_rowActions) {
        action->setEnabled(writable && current());
        action->setToolTip(why.isEmpty() ? action->text() : why);
    }
    const bool isFailed = !m_loaded && !m_failure.isEmpty();
    showNothing(writable);
    m_stack->setCurrentWidget(
        m_sorted->rowCount() == 0 && (m_loaded || isFailed) ? static_cast<QWidget *>(m_nothing) : m_table);
    const QModelIndex row = m_table->currentIndex();
    m_currentName->setText(withVisibleControls(row.siblingAtColumn(0).data().toString()));
    m_foot->setVisible(current().has_value());
}

/// What stands in place of the table where that is empty.
void PartsPage::showNothing(bool writable)
{
    const bool isFiltered = m_sorted->sourceModel()->rowCount() > 0;
    if (!m_loaded)
        m_nothing->setTexts(m_texts.notRead, m_failure);
    else if (isFiltered)
        m_nothing->setTexts(tr("Nothing matches"), tr("The filter “%1” fits none.").arg(m_filter->text()));
    else
        m_nothing->setTexts(m_texts.nothing, m_nothingSentence);
    m_nothingButton->setText(!m_loaded ? tr("Try again") : isFiltered ? tr("Clear filter") : m_texts.add);
    m_nothingButton->setEnabled(!m_loaded || isFiltered || writable);
}

void PartsPage::openMenu(const QPoint &position)
{
    if (!current())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(m_texts.name + "Menu"_L1);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_rowActions);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace latchkey
