// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tablecolumns.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>

#include <algorithm>
#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStretchedMinimum = 110;
constexpr int kNarrowest = 40;
constexpr int kWidest = 2000;

} // namespace

TableColumns::TableColumns(QHeaderView *header, int stretched, QString stretchedKey,
                           std::vector<TableColumn> columns)
    : QObject(header)
    , m_header(header)
    , m_viewport(qobject_cast<QAbstractItemView *>(header->parentWidget())->viewport())
    , m_headViewport(header->viewport())
    , m_stretched(stretched)
    , m_stretchedKey(std::move(stretchedKey))
    , m_columns(std::move(columns))
{
    for (const TableColumn &column : m_columns)
        m_shown[column.column] = column.isShown;
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(kNarrowest);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(m_stretched, QHeaderView::Fixed);
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (!m_isFitting)
            takeWidth(column, width);
    });
    connect(header, &QHeaderView::sortIndicatorChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &TableColumns::changed);
    m_pause.setSingleShot(true);
    m_pause.setInterval(300);
    m_viewport->installEventFilter(this);
    m_headViewport->installEventFilter(this);
    fit();
}

void TableColumns::takeWidth(int column, int width)
{
    m_widths[column] = width;
    fit();
    m_pause.start();
}

void TableColumns::tell()
{
    if (!m_pause.isActive())
        return;
    m_pause.stop();
    emit changed();
}

int TableColumns::widthOf(const TableColumn &column) const
{
    const auto set = m_widths.find(column.column);
    return set == m_widths.end() ? column.width : set->second;
}

/// What was chosen last is wanted most: of those that may go it goes last.
int TableColumns::rankOf(const TableColumn &column) const
{
    return column.column == m_chosenLast ? std::min(column.rank, 1) : column.rank * 2;
}

void TableColumns::fit()
{
    m_isFitting = true;
    const int room = m_viewport->width();
    std::vector<const TableColumn *> shown;
    for (const TableColumn &column : m_columns) {
        if (m_shown[column.column])
            shown.push_back(&column);
    }
    const auto total = [&] {
        return std::accumulate(shown.begin(), shown.end(), 0,
                               [this](int sum, const TableColumn *column) { return sum + widthOf(*column); });
    };
    while (total() + kStretchedMinimum > room) {
        const auto last = std::max_element(shown.begin(), shown.end(), [this](const auto *a, const auto *b) {
            return rankOf(*a) < rankOf(*b);
        });
        if (last == shown.end() || rankOf(**last) == 0)
            break;
        shown.erase(last);
    }
    for (const TableColumn &column : m_columns) {
        const bool isShown = std::find(shown.begin(), shown.end(), &column) != shown.end();
        m_header->setSectionHidden(column.column, !isShown);
        if (isShown)
            m_header->resizeSection(column.column, widthOf(column));
    }
    m_header->resizeSection(m_stretched, std::max(kStretchedMinimum, room - total()));
    m_isFitting = false;
}

QString TableColumns::title(int column) const
{
    return m_header->model()->headerData(column, Qt::Horizontal).toString();
}

void TableColumns::restore(const QString &saved)
{
    const QJsonObject choice = QJsonDocument::fromJson(saved.toUtf8()).object();
    const QJsonObject shown = choice.value("shown"_L1).toObject();
    const QJsonObject widths = choice.value("widths"_L1).toObject();
    const QString sort = choice.value("sort"_L1).toString();
    const Qt::SortOrder order =
        choice.value("descending"_L1).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder;
    for (const TableColumn &column : m_columns) {
        m_shown[column.column] = shown.value(column.key).toBool(m_shown[column.column]);
        if (const int width = widths.value(column.key).toInt(); width >= kNarrowest && width <= kWidest)
            m_widths[column.column] = width;
        if (column.key == sort)
            m_header->setSortIndicator(column.column, order);
    }
    if (sort == m_stretchedKey)
        m_header->setSortIndicator(m_stretched, order);
    fit();
    m_pause.stop(); // nobody has chosen anew
}

QString TableColumns::saved() const
{
    QJsonObject shown;
    QJsonObject widths;
    QString sort = m_stretchedKey;
    for (const TableColumn &column : m_columns) {
        shown.insert(column.key, m_shown.at(column.column));
        if (const auto set = m_widths.find(column.column); set != m_widths.end())
            widths.insert(column.key, set->second);
        if (m_header->sortIndicatorSection() == column.column)
            sort = column.key;
    }
    const QJsonObject choice{{u"shown"_s, shown},
                             {u"widths"_s, widths},
                             {u"sort"_s, sort},
                             {u"descending"_s, m_header->sortIndicatorOrder() == Qt::DescendingOrder}};
    return QString::fromUtf8(QJsonDocument(choice).toJson(QJsonDocument::Compact));
}

void TableColumns::reset()
{
    m_widths.clear();
    for (const TableColumn &column : m_columns)
        m_shown[column.column] = column.isShown;
    fit();
    m_pause.start();
}

QMenu *TableColumns::makeMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    for (const TableColumn &column : m_columns) {
        QAction *action = menu->addAction(title(column.column));
        action->setObjectName(u"columns."_s + column.key);
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, place = column.column](bool checked) {
            if (std::exchange(m_shown[place], checked) == checked)
                return;
            if (checked)
                m_chosenLast = place;
            fit();
            m_pause.start();
        });
    }
    menu->addSeparator();
    QAction *first = menu->addAction(tr("Reset columns"));
    first->setObjectName(u"columns.reset"_s);
    connect(first, &QAction::triggered, this, &TableColumns::reset);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        const QList<QAction *> actions = menu->actions();
        for (size_t at = 0; at < m_columns.size(); ++at) {
            const int column = m_columns[at].column;
            QAction *action = actions.at(static_cast<qsizetype>(at));
            action->setChecked(m_shown[column]);
            action->setText(m_shown[column] && m_header->isSectionHidden(column)
                                ? tr("%1 (no room)").arg(title(column))
                                : title(column));
        }
    });
    return menu;
}

bool TableColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_headViewport && event->type() == QEvent::ContextMenu) {
        QMenu *menu = makeMenu(m_header);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    if (watched == m_viewport && event->type() == QEvent::Resize)
        fit();
    if (watched == m_viewport && event->type() == QEvent::Hide)
        tell();
    return QObject::eventFilter(watched, event);
}

} // namespace latchkey
