// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/itemroles.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>
#include <vector>

namespace latchkey {

/// One column of a TableModel: how to read a record. What is empty is not asked.
template<typename Record>
struct Column
{
    QString title{};
    std::function<QString(const Record &)> text{};
    std::function<QVariant(const Record &)> sortKey{}; ///< the text where there is none
    Qt::Alignment alignment = Qt::AlignLeading | Qt::AlignVCenter;
    std::function<std::optional<Icon>(const Record &)> glyph{};
    std::function<Tone(const Record &)> tone{};     ///< of the glyph
    std::function<Tone(const Record &)> textTone{}; ///< of the text
    std::function<QString(const Record &)> subtitle{};
    std::function<QString(const Record &)> toolTip{};
    std::function<QString(const Record &)> accessibleText{};
    bool fixedFont = false;
    std::function<bool(const Record &)> isOurWord{}; ///< instead of a value: in the normal font all the same
    bool fixedSubtitle = false;
    Qt::TextElideMode elide = Qt::ElideRight;
};

/// A passive table of records; it never touches the network. New records with the same ids in the
/// same order are told as a change of data, so that selection and scroll stay; others as a reset.
template<typename Record>
class TableModel : public QAbstractTableModel
{
public:
    using IdFunction = std::function<QVariant(const Record &)>;

    TableModel(std::vector<Column<Record>> columns, IdFunction id, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_id(std::move(id))
    {
    }

    void setRecords(std::vector<Record> records)
    {
        if (sameIds(records)) {
            m_records = std::move(records);
            if (!m_records.empty())
                emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            return;
        }
        beginResetModel();
        m_records = std::move(records);
        endResetModel();
    }

    const std::vector<Record> &records() const { return m_records; }
    /// The record of a row, null for a row that is not there.
    const Record *record(int row) const
    {
        return row >= 0 && row < rowCount() ? &m_records[static_cast<size_t>(row)] : nullptr;
    }
    /// The row of an id, -1 if there is none.
    int rowOf(const QVariant &id) const
    {
        for (size_t row = 0; row < m_records.size(); ++row) {
            if (m_id(m_records[row]) == id)
                return static_cast<int>(row);
        }
        return -1;
    }
    QVariant idOf(int row) const
    {
        const Record *found = record(row);
        return found ? m_id(*found) : QVariant();
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_records.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
            return {};
        return value(m_records[static_cast<size_t>(index.row())],
                     m_columns[static_cast<size_t>(index.column())], role);
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return QAbstractTableModel::headerData(section, orientation, role);
        const Column<Record> &column = m_columns[static_cast<size_t>(section)];
        if (role == Qt::DisplayRole)
            return column.title;
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.alignment);
        return {};
    }

private:
    QVariant value(const Record &record, const Column<Record> &column, int role) const
    {
        const auto ask = [&record](const auto &function) {
            return function ? QVariant(function(record)) : QVariant();
        };
        switch (role) {
        case Qt::DisplayRole:
            return ask(column.text);
        case Qt::ToolTipRole:
            return ask(column.toolTip);
        case Qt::AccessibleTextRole:
            return ask(column.accessibleText ? column.accessibleText : column.text);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment);
        case SubtitleRole:
            return ask(column.subtitle);
        case SortRole:
            return column.sortKey ? column.sortKey(record) : ask(column.text);
        case IdRole:
            return m_id(record);
        case GlyphRole:
            if (const std::optional<Icon> glyph = column.glyph ? column.glyph(record) : std::nullopt)
                return static_cast<int>(*glyph);
            return {};
        case ToneRole:
            return column.tone ? QVariant(static_cast<int>(column.tone(record))) : QVariant();
        case TextToneRole:
            return column.textTone ? QVariant(static_cast<int>(column.textTone(record))) : QVariant();
        case FixedFontRole:
            return column.fixedFont && !(column.isOurWord && column.isOurWord(record));
        case FixedSubtitleRole:
            return column.fixedSubtitle;
        case ElideRole:
            return static_cast<int>(column.elide);
        default:
            return {};
        }
    }

    bool sameIds(const std::vector<Record> &records) const
    {
        if (records.size() != m_records.size())
            return false;
        for (size_t row = 0; row < records.size(); ++row) {
            if (m_id(records[row]) != m_id(m_records[row]))
                return false;
        }
        return true;
    }

    std::vector<Column<Record>> m_columns;
    IdFunction m_id;
    std::vector<Record> m_records;
};

} // namespace latchkey
