// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/apppickerdialog.h"

#include "core/plaintext.h"
#include "models/itemroles.h"
#include "style/metrics.h"
#include "widgets/filterfield.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

void PickableAppModel::append(const std::vector<PickableApp> &apps)
{
    std::vector<size_t> free;
    std::vector<size_t> taken;
    for (const PickableApp &app : apps) {
        if (matches(app))
            (app.taken.isEmpty() ? free : taken).push_back(m_apps.size());
        m_apps.push_back(app);
    }
    insert(firstTaken(), free);
    insert(rowCount(), taken);
}

void PickableAppModel::insert(int row, const std::vector<size_t> &apps)
{
    if (apps.empty())
        return;
    beginInsertRows({}, row, row + static_cast<int>(apps.size()) - 1);
    m_shown.insert(m_shown.begin() + row, apps.begin(), apps.end());
    endInsertRows();
}

int PickableAppModel::firstTaken() const
{
    const auto place = std::partition_point(m_shown.begin(), m_shown.end(),
                                            [this](size_t app) { return m_apps[app].taken.isEmpty(); });
    return static_cast<int>(place - m_shown.begin());
}

void PickableAppModel::setFilter(const QString &text)
{
    beginResetModel();
    m_filter = text.trimmed();
    m_shown.clear();
    for (size_t i = 0; i < m_apps.size(); ++i) {
        if (matches(m_apps[i]))
            m_shown.push_back(i);
    }
    std::stable_partition(m_shown.begin(), m_shown.end(),
                          [this](size_t app) { return m_apps[app].taken.isEmpty(); });
    endResetModel();
}

int PickableAppModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PickableAppModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PickableApp &app = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return withVisibleControls(app.name);
    case Qt::AccessibleTextRole:
        return app.taken.isEmpty() ? app.name : app.name + u", "_s + app.taken;
    case IdRole:
        return app.id.value;
    case SubtitleRole:
        return app.detail;
    case TrailingRole:
        return app.taken;
    default:
        return {};
    }
}

Qt::ItemFlags PickableAppModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return at(index.row()).taken.isEmpty() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

bool PickableAppModel::matches(const PickableApp &app) const
{
    return m_filter.isEmpty() || app.name.contains(m_filter, Qt::CaseInsensitive) ||
           app.detail.contains(m_filter, Qt::CaseInsensitive);
}

AppPickerDialog::AppPickerDialog(const QString &title, const QString &verb, bool several, QWidget *parent)
    : DialogFrame(title, parent)
    , m_filter(new FilterField(tr("Filter apps")))
    , m_list(new QListView)
    , m_state(new Label({}, TextStyle::Caption, Tone::Muted))
{
    setObjectName(u"appPicker"_s);
    m_filter->setObjectName(u"appPickerFilter"_s);
    m_filter->setAccessibleName(tr("Filter apps"));
    m_list->setObjectName(u"appPickerList"_s);
    m_list->setAccessibleName(tr("Apps"));
    m_list->setModel(&m_model);
    prepareList(m_list);
    m_list->setSelectionMode(several ? QAbstractItemView::ExtendedSelection
                                     : QAbstractItemView::SingleSelection);
    m_list->setMinimumSize(420, 300);
    m_state->setObjectName(u"appPickerState"_s);
    body()->setSpacing(metrics::space8);
    body()->addWidget(m_filter);
    body()->addWidget(m_list, 1);
    body()->addWidget(m_state);
    addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setObjectName(u"appPickerCancel"_s);
    m_pick = addButton(verb, QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_pick->setObjectName(u"appPickerPick"_s);
    m_pick->setDefault(true);
    m_filter->setFocus();

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        pointAtFirst();
        updateState();
    });
    m_filter->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AppPickerDialog::updateState);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &AppPickerDialog::updateState);
    connect(m_list, &QListView::doubleClicked, this, &AppPickerDialog::pick);
    connect(m_pick, &QPushButton::clicked, this, &AppPickerDialog::pick);
    updateState();
}

void AppPickerDialog::append(const std::vector<PickableApp> &apps)
{
    m_model.append(apps);
    pointAtFirst();
    updateState();
}

void AppPickerDialog::setComplete()
{
    m_complete = true;
    updateState();
}

// While a filter is typed Return picks its first match.
void AppPickerDialog::pointAtFirst()
{
    if (!m_filter->text().isEmpty() && !m_list->selectionModel()->hasSelection() && m_model.firstTaken() > 0)
        m_list->setCurrentIndex(m_model.index(0));
}

bool AppPickerDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown || key == Qt::Key_PageUp)
            return QCoreApplication::sendEvent(m_list, event);
    }
    return DialogFrame::eventFilter(watched, event);
}

void AppPickerDialog::updateState()
{
    m_pick->setEnabled(m_list->selectionModel()->hasSelection());
    const bool filtered = !m_filter->text().isEmpty();
    if (m_complete && filtered && m_model.rowCount() == 0)
        return m_state->setText(tr("No app has “%1” in its name.").arg(m_filter->text()));
    const QString total = m_complete ? tr("%n app(s)", nullptr, m_model.total())
                                     : tr("%n app(s), reading on", nullptr, m_model.total());
    //: "1 of 42 apps"
    m_state->setText(filtered ? tr("%1 of %2").arg(locale().toString(m_model.rowCount()), total) : total);
}

void AppPickerDialog::pick()
{
    std::vector<std::pair<AppId, QString>> apps;
    for (const QModelIndex &row : m_list->selectionModel()->selectedRows())
        apps.emplace_back(m_model.at(row.row()).id, m_model.at(row.row()).name);
    if (apps.empty())
        return;
    emit picked(apps);
    accept();
}

} // namespace latchkey
