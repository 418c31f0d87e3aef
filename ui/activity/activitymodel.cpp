// SPDX-License-Identifier: GPL-3.0-or-later
#include "activity/activitymodel.h"

#include "models/exchangetext.h"
#include "models/itemroles.h"
#include "style/icons.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

ActivityModel::ActivityModel(ActivityLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
{
    connect(&log, &ActivityLog::appended, this, &ActivityModel::append);
    connect(&log, &ActivityLog::dropped, this, &ActivityModel::drop);
    connect(&log, &ActivityLog::cleared, this, &ActivityModel::reload);
    reload();
}

void ActivityModel::setFilter(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text = text.trimmed();
    reload();
}

void ActivityModel::setHeld(bool held)
{
    m_held = held;
    if (held || m_waiting.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(m_waiting.size()) - 1);
    for (const Exchange &exchange : std::as_const(m_waiting))
        m_rows.prepend(exchange);
    m_waiting.clear();
    endInsertRows();
    emit countsChanged();
}

int ActivityModel::rowOf(quint64 number) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [number](const Exchange &exchange) { return exchange.number == number; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ActivityModel::text(const Exchange &exchange, int column)
{
    const QLocale locale;
    switch (column) {
    case Time:
        return exchange.startedAt.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
    case Method:
        return exchange.method;
    case Path:
        return exchangePath(exchange);
    case Status:
        return exchange.status == 0 ? tr("None") : QString::number(exchange.status);
    case Milliseconds:
        return locale.toString(static_cast<qlonglong>(exchange.duration.count()));
    case Size:
        return sizeText(exchange.responseSize);
    default:
        return {};
    }
}

Tone ActivityModel::textTone(const Exchange &exchange, int column)
{
    switch (column) {
    case Time:
    case Milliseconds:
    case Size:
        return Tone::Muted;
    case Method:
        return exchange.isWrite() ? Tone::Normal : Tone::Muted;
    default:
        return Tone::Normal;
    }
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Exchange &exchange = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(exchange, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Path)
            return exchange.url.toDisplayString(QUrl::RemoveUserInfo);
        if (index.column() == Time)
            return QLocale().toString(exchange.startedAt.toLocalTime(), QLocale::LongFormat);
        return index.column() == Status ? QVariant(exchangeStatus(exchange)) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == Status ? exchangeStatus(exchange) : text(exchange, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(index.column() >= Milliseconds ? Qt::AlignRight | Qt::AlignVCenter
                                                                  : Qt::AlignLeft | Qt::AlignVCenter);
    case GlyphRole:
        return index.column() == Status
                   ? QVariant(static_cast<int>(exchange.isError() ? Icon::Error : Icon::Success))
                   : QVariant();
    case ToneRole:
        return static_cast<int>(exchange.isError() ? Tone::Danger : Tone::Ok);
    case TextToneRole:
        return static_cast<int>(textTone(exchange, index.column()));
    case FixedFontRole:
        return index.column() <= Path;
    case IdRole:
        return exchange.number;
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(section >= Milliseconds ? Qt::AlignRight | Qt::AlignVCenter
                                                           : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Method:
        return tr("Method");
    case Path:
        return tr("Path");
    case Status:
        return tr("Status");
    case Milliseconds:
        return tr("ms");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

bool ActivityModel::passes(const Exchange &exchange) const
{
    if ((m_kind == Kind::Writes && !exchange.isWrite()) || (m_kind == Kind::Errors && !exchange.isError()))
        return false;
    if (m_text.isEmpty())
        return true;
    return exchangePath(exchange).contains(m_text, Qt::CaseInsensitive) ||
           exchangeStatus(exchange).contains(m_text, Qt::CaseInsensitive) ||
           exchange.method.compare(m_text, Qt::CaseInsensitive) == 0 ||
           exchange.requestId.contains(m_text, Qt::CaseInsensitive) ||
           exchange.askedBy.contains(m_text, Qt::CaseInsensitive);
}

void ActivityModel::count(const Exchange &exchange, int step)
{
    m_counts.all += step;
    m_counts.writes += exchange.isWrite() ? step : 0;
    m_counts.errors += exchange.isError() ? step : 0;
}

void ActivityModel::append(const Exchange &exchange)
{
    count(exchange);
    if (passes(exchange)) {
        if (m_held) {
            m_waiting.append(exchange);
        } else {
            beginInsertRows({}, 0, 0);
            m_rows.prepend(exchange);
            endInsertRows();
        }
    }
    emit countsChanged();
}

void ActivityModel::drop(const Exchange &exchange)
{
    if (!m_rows.isEmpty() && m_rows.last().number == exchange.number) {
        const int last = static_cast<int>(m_rows.size()) - 1;
        beginRemoveRows({}, last, last);
        m_rows.removeLast();
        endRemoveRows();
    } else if (!m_waiting.isEmpty() && m_waiting.first().number == exchange.number) {
        m_waiting.removeFirst();
    }
    count(exchange, -1);
    emit countsChanged();
}

void ActivityModel::reload()
{
    beginResetModel();
    m_rows.clear();
    m_waiting.clear();
    m_counts = {};
    for (const Exchange &exchange : m_log.exchanges()) {
        count(exchange);
        if (passes(exchange))
            m_rows.prepend(exchange);
    }
    endResetModel();
    emit countsChanged();
}

} // namespace latchkey
