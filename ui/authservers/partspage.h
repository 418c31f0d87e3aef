// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QWidget>

#include <functional>
#include <optional>

class QAbstractTableModel;
class QAction;
class QHBoxLayout;
class QPushButton;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace latchkey {

class EmptyState;
class FilterField;
class Label;

/// A tab that lists one kind of the parts of an authorization server: a filter, a sorted table, an empty
/// state, and what can be done with the current row, by button, menu and key. It changes nothing itself.
class PartsPage : public QWidget
{
    Q_OBJECT

public:
    struct Texts
    {
        QString name{}; ///< of its widgets: "scopes"
        QString title{};
        QString filter{};
        QString add{};
        QString edit{};
        QString remove{};
        QString nothing{}; ///< heading of the empty state
        QString notRead{}; ///< and of a failure
        Icon icon = Icon::Scope;
    };

    /// Takes ownership of the model, which has IdRole and SortRole. `wide` is the column that stretches.
    PartsPage(const Texts &texts, QAbstractTableModel *model, int wide, QWidget *parent = nullptr);

    QTableView *table() const { return m_table; }
    QAction *addRowAction(Icon icon, const QString &text, const QString &name, const QKeySequence &keys,
                          std::function<void(qint64)> act);
    /// Whose keys work in the whole panel while the page is shown.
    QList<QAction *> panelActions() const { return m_panelActions; }
    /// In the order of the main menu.
    QList<QAction *> menuActions() const { return QList{m_add} + m_rowActions + QList{m_find}; }
    /// Actions that need the right to write are disabled with this reason; empty: they may.
    void setReadOnlyReason(const QString &reason);
    /// Nothing is loaded (no add, no empty state), or what the empty state says.
    void setLoaded(bool loaded, const QString &nothingSentence = {});
    /// Why what is not loaded could not be read; until setLoaded().
    void setFailed(const QString &sentence);
    std::optional<qint64> current() const;
    /// And brings it into sight, past a filter.
    void select(qint64 id);

signals:
    void readingAsked(); ///< after a failure
    void addAsked();
    void editAsked(qint64 id);
    void removeAsked(qint64 id);

private:
    QWidget *makeTools();
    QWidget *makeTable(int wide);
    QWidget *makeFoot();
    void addToFoot(int place, QAction *action, QPushButton *button);
    void makeActions();
    QAction *makeAction(Icon icon, const QString &text, const QString &name, const QKeySequence &keys);
    void openMenu(const QPoint &position);
    void keepCurrent();
    void refresh();
    void showNothing(bool writable);

    const Texts m_texts;
    QSortFilterProxyModel *m_sorted = nullptr;
    FilterField *m_filter = nullptr;
    QPushButton *m_addButton = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_nothing = nullptr;
    QPushButton *m_nothingButton = nullptr;
    QStackedLayout *m_stack = nullptr;
    QAction *m_add = nullptr;
    QAction *m_find = nullptr;
    QList<QAction *> m_rowActions;
    QList<QAction *> m_panelActions;
    QWidget *m_foot = nullptr; ///< the current row and what can be done with it
    Label *m_currentName = nullptr;
    QHBoxLayout *m_footActions = nullptr;
    QString m_reason;
    QString m_nothingSentence;
    QString m_failure;
    std::optional<qint64> m_current; ///< over resets
    bool m_loaded = false;
};

} // namespace latchkey
