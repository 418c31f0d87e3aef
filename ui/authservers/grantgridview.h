// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QElapsedTimer>
#include <QItemSelection>
#include <QTableView>

#include <optional>

namespace latchkey {

class GrantColumnHeader;
class GrantCorner;
class GrantGridModel;

/// The grants grid: moves and selects as a spreadsheet does, and keeps selection, current cell and
/// scroll position by id when its model is reset.
class GrantGridView : public QTableView
{
    Q_OBJECT

public:
    explicit GrantGridView(GrantGridModel &model, QWidget *parent = nullptr);

    /// The selected cells, or the current one.
    QItemSelection affected() const;
    /// Of the rows with a selected cell.
    std::vector<AppId> affectedApps() const;
    void setCurrentApp(AppId app);
    void keyboardSearch(const QString &text) override;
    /// More than one cell is selected.
    bool hasWideSelection() const { return m_hasWideSelection; }

signals:
    void currentCellChanged();
    void rowMenuRequested(int row, const QPoint &globalPosition);
    void cellMenuRequested(int row, int column, const QPoint &globalPosition);
    void columnMenuRequested(int column, const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void updateGeometries() override;

private:
    struct Place
    {
        AppId app{};
        ScopeId scope{};
    };

    /// A selected rectangle by ids.
    struct Block
    {
        std::vector<AppId> apps{};
        std::vector<ScopeId> scopes{};
    };

    bool actOn(const QKeyEvent &event);
    void askMenuOfCurrent();
    void pointAt(const QModelIndex &cell, bool isSelected);
    void selectRange(const QModelIndex &from, const QModelIndex &to);
    void layOutColumns();
    void remember();
    void restore();

    GrantGridModel &m_model;
    GrantColumnHeader *m_columns;
    GrantCorner *m_corner;
    std::optional<Place> m_current;
    std::vector<Block> m_selected;
    std::pair<int, int> m_scroll;
    bool m_hasWideSelection = false;
    QString m_typed; ///< towards an app's name
    QElapsedTimer m_typedAt;
};

} // namespace latchkey
