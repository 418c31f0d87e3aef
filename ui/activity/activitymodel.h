// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "activity/activitylog.h"
#include "style/theme.h"

#include <QAbstractTableModel>

namespace latchkey {

/// The exchanges of the log that pass the filter, newest first. While held, new ones wait, so that
/// nothing moves under the pointer.
class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Method, Path, Status, Milliseconds, Size, ColumnCount };
    enum class Kind { All, Writes, Errors };
    struct Counts
    {
        int all = 0;
        int writes = 0;
        int errors = 0;
    };

    /// `log` must outlive the model.
    explicit ActivityModel(ActivityLog &log, QObject *parent = nullptr);

    void setFilter(Kind kind, const QString &text);
    void setHeld(bool held);
    /// How many wait while held.
    int waiting() const { return static_cast<int>(m_waiting.size()); }
    /// Of the whole log, whatever the filter.
    Counts counts() const { return m_counts; }

    const Exchange &at(int row) const { return m_rows.at(row); }
    /// -1 if it is not shown.
    int rowOf(quint64 number) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    /// counts() or waiting() changed.
    void countsChanged();

private:
    bool passes(const Exchange &exchange) const;
    void count(const Exchange &exchange, int step = 1);
    void append(const Exchange &exchange);
    void drop(const Exchange &exchange);
    void reload();
    static QString text(const Exchange &exchange, int column);
    static Tone textTone(const Exchange &exchange, int column);

    ActivityLog &m_log;
    Kind m_kind = Kind::All;
    QString m_text;
    bool m_held = false;
    QList<Exchange> m_rows;
    QList<Exchange> m_waiting;
    Counts m_counts;
};

} // namespace latchkey
