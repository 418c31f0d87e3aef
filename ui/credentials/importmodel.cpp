// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/importmodel.h"

#include "core/plaintext.h"
#include "style/metrics.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBoxSize = 16;
constexpr int kLeading = metrics::space12 + kBoxSize + metrics::space12;

QString statusText(const ImportRow &row)
{
    if (row.planned.isExisting)
        return ImportModel::tr("Existing");
    if (row.planned.isOfAnotherTenant)
        return ImportModel::tr("For %1").arg(row.planned.found.baseUrl.authority());
    return row.planned.found.clientSecret.isEmpty() ? ImportModel::tr("Secret missing")
                                                    : ImportModel::tr("New");
}

QString statusToolTip(const ImportRow &row)
{
    if (row.planned.isExisting)
        return ImportModel::tr("The tenant has this client ID here already.");
    if (row.planned.isOfAnotherTenant)
        return ImportModel::tr(
            "Its address is not that of this tenant. Choose it only if the pair belongs to "
            "this tenant all the same.");
    return row.planned.found.clientSecret.isEmpty()
               ? ImportModel::tr("The file has no secret for it: paste it after the import.")
               : QString();
}

std::optional<Icon> statusGlyph(const ImportRow &row)
{
    if (row.planned.isExisting)
        return Icon::Success;
    if (row.planned.isOfAnotherTenant || row.planned.found.clientSecret.isEmpty())
        return Icon::Warning;
    return Icon::Plus;
}

std::vector<Column<ImportRow>> columns()
{
    const auto quiet = [](const ImportRow &row) {
        return row.planned.isExisting ? Tone::Muted : Tone::Normal;
    };
    return {
        {.title = ImportModel::tr("Name"),
         .text = [](const ImportRow &row) { return withVisibleControls(row.planned.found.name); },
         .textTone = quiet,
         .subtitle = [](const ImportRow &row) { return row.planned.found.clientId; },
         .accessibleText =
             [](const ImportRow &row) {
                 return row.planned.found.name + u", "_s + statusText(row) + u", "_s +
                        (row.isChosen ? ImportModel::tr("will be imported")
                                      : ImportModel::tr("will not be imported"));
             },
         .fixedSubtitle = true},
        {.title = ImportModel::tr("Address"),
         .text =
             [](const ImportRow &row) {
                 return row.planned.found.baseUrl.isEmpty() ? ImportModel::tr("Not stated")
                                                            : row.planned.found.baseUrl.authority();
             },
         .textTone = quiet,
         .subtitle = [](const ImportRow &row) { return row.planned.found.where; }},
        {.title = ImportModel::tr("Status"),
         .text = statusText,
         .glyph = statusGlyph,
         .tone =
             [](const ImportRow &row) {
                 return statusGlyph(row) == Icon::Warning ? Tone::Warn : Tone::Muted;
             },
         .textTone = quiet,
         .toolTip = statusToolTip},
    };
}

QRect boxRect(const QStyleOptionViewItem &option)
{
    const QRect box(option.rect.x() + metrics::space12, option.rect.center().y() - kBoxSize / 2, kBoxSize,
                    kBoxSize);
    return QStyle::visualRect(option.direction, option.rect, box);
}

} // namespace

ImportModel::ImportModel(QObject *parent)
    : TableModel<ImportRow>(
          columns(), [](const ImportRow &row) { return QVariant(row.number); }, parent)
{
}

void ImportModel::setPlan(const std::vector<PlannedImport> &plan)
{
    std::vector<ImportRow> rows;
    rows.reserve(plan.size());
    for (const PlannedImport &planned : plan)
        rows.push_back({.planned = planned,
                        .isChosen = !planned.isExisting && !planned.isOfAnotherTenant,
                        .number = static_cast<int>(rows.size())});
    setRecords(std::move(rows));
    emit chosenChanged();
}

int ImportModel::chosenOfOthers() const
{
    return static_cast<int>(std::count_if(records().begin(), records().end(), [](const ImportRow &row) {
        return row.isChosen && row.planned.isOfAnotherTenant;
    }));
}

std::vector<FoundCredential> ImportModel::chosen() const
{
    std::vector<FoundCredential> rows;
    for (const ImportRow &row : records()) {
        if (row.isChosen)
            rows.push_back(row.planned.found);
    }
    return rows;
}

Qt::ItemFlags ImportModel::flags(const QModelIndex &index) const
{
    const ImportRow *row = record(index.row());
    Qt::ItemFlags flags = TableModel::flags(index);
    if (row && index.column() == Name && !row->planned.isExisting)
        flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

QVariant ImportModel::data(const QModelIndex &index, int role) const
{
    const ImportRow *row = record(index.row());
    if (row && index.column() == Name && role == Qt::CheckStateRole && !row->planned.isExisting)
        return row->isChosen ? Qt::Checked : Qt::Unchecked;
    if (row && index.column() == Name && role == Qt::EditRole)
        return row->planned.found.name;
    return TableModel::data(index, role);
}

bool ImportModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!(flags(index) & Qt::ItemIsUserCheckable))
        return false;
    std::vector<ImportRow> rows = records();
    ImportRow &row = rows[static_cast<size_t>(index.row())];
    if (role == Qt::CheckStateRole)
        row.isChosen = value.toInt() == Qt::Checked;
    else if (role == Qt::EditRole && !value.toString().trimmed().isEmpty())
        row.planned.found.name = value.toString().simplified();
    else
        return false;
    setRecords(std::move(rows));
    emit chosenChanged();
    return true;
}

ImportDelegate::ImportDelegate(QObject *parent)
    : TableDelegate(parent)
{
    setEdgeMargins(kLeading, metrics::space12);
}

void ImportDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    TableDelegate::paint(painter, option, index);
    const QVariant checked = index.data(Qt::CheckStateRole);
    if (!checked.isValid())
        return;
    QStyleOptionButton box;
    box.rect = boxRect(option);
    box.palette = option.palette;
    box.direction = option.direction;
    box.state = checked.toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
    box.state.setFlag(QStyle::State_Enabled, option.state.testFlag(QStyle::State_Enabled) &&
                                                 index.flags().testFlag(Qt::ItemIsUserCheckable));
    option.widget->style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, option.widget);
}

void ImportDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    const QRect room = option.rect.adjusted(kLeading - metrics::space8, 0, 0, -1);
    const int height = std::min(room.height(), editor->sizeHint().height());
    editor->setGeometry(
        QStyle::visualRect(option.direction, option.rect,
                           QRect(room.x(), room.center().y() - height / 2, room.width(), height)));
}

bool ImportDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                 const QModelIndex &index)
{
    if (!index.flags().testFlag(Qt::ItemIsUserCheckable))
        return false;
    const bool isClick = event->type() == QEvent::MouseButtonRelease &&
                         boxRect(option)
                             .adjusted(-6, -6, 6, 6)
                             .contains(static_cast<QMouseEvent *>(event)->position().toPoint());
    const bool isKey =
        event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    if (!isClick && !isKey)
        return false;
    const bool isChecked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, isChecked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace latchkey
