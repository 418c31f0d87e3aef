// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <vector>

class QAction;
class QHeaderView;
class QMenu;
class QWidget;

namespace latchkey {

/// One column of a table besides the one that takes what room is left.
struct TableColumn
{
    int column = 0;
    QString key{};       ///< its stable name, for what is remembered
    int width = 0;       ///< of its widest text, in logical pixels
    int rank = 0;        ///< where room is short the highest rank goes first; 0 never goes
    bool isShown = true; ///< before anyone chose
};

/// The columns of a table: chosen and resized by a person, fitted to the room there is, remembered
/// as text. One column takes the room that is left; it is always there.
class TableColumns final : public QObject
{
    Q_OBJECT

public:
    /// The table that `header` belongs to owns it. The columns are in the order of the model.
    TableColumns(QHeaderView *header, int stretched, QString stretchedKey, std::vector<TableColumn> columns);

    /// Takes up what saved() gave; what it does not know stays as it is.
    void restore(const QString &saved);
    /// Choice, widths and sort order as a line of JSON.
    QString saved() const;
    /// A box to check for each column, and the way back to the first choice. The caller owns it.
    QMenu *makeMenu(QWidget *parent);

signals:
    /// A person has chosen, resized or sorted, and paused or left: saved() is another one.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    int widthOf(const TableColumn &column) const;
    int rankOf(const TableColumn &column) const;
    QString title(int column) const;
    void reset();
    void takeWidth(int column, int width);
    void tell();

    QHeaderView *m_header;
    QWidget *m_viewport;     ///< of the table
    QWidget *m_headViewport; ///< of its head
    const int m_stretched;
    const QString m_stretchedKey;
    const std::vector<TableColumn> m_columns;
    std::map<int, bool> m_shown;
    std::map<int, int> m_widths; ///< set by a person
    int m_chosenLast = -1;
    bool m_isFitting = false;
    QTimer m_pause; ///< a section that is dragged changes with every pixel
};

} // namespace latchkey
