// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/apppickerdialog.h"

#include "models/itemroles.h"
#include "style/metrics.h"
#include "widgets/filterfield.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

void PickableAppModel::append(const std::vector<PickableApp> &apps)
{
    std::vector<size_t> matching;
    for (size_t i = 0; i < apps.size(); ++i) {
        if (matches(apps[i]))
            matching.push_back(m_apps.size() + i);
    }
    if (!matching.empty())
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(matching.size()) - 1);
    m_apps.insert(m_apps.end(), apps.begin(), apps.end());
    m_shown.insert(m_shown.end(), matching.begin(), matching.end());
    if (!matching.empty())
        endInsertRows();
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
        return app.name;
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
    m_filter->setFocus();

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        updateState();
    });
    connect(m_filter, &QLineEdit::returnPressed, m_list, [this] { m_list->setFocus(); });
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
    updateState();
}

void AppPickerDialog::setComplete()
{
    m_complete = true;
    updateState();
}

void AppPickerDialog::updateState()
{
    m_pick->setEnabled(m_list->selectionModel()->hasSelection());
    if (!m_complete)
        m_state->setText(tr("%n app(s), reading on", nullptr, m_model.total()));
    else if (m_model.rowCount() == 0 && !m_filter->text().isEmpty())
        m_state->setText(tr("No app has “%1” in its name.").arg(m_filter->text()));
    else
        m_state->setText(tr("%n app(s)", nullptr, m_model.total()));
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
