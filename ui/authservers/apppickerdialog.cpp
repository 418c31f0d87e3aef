// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/apppickerdialog.h"

#include "style/metrics.h"
#include "widgets/filterfield.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 512;
constexpr int kListHeight = 300;
constexpr int kLeastList = 132; ///< three rows
constexpr int kAround = 312;    ///< what else the dialog holds, and the margin around it

} // namespace

AppPickerDialog::AppPickerDialog(const QString &title, const QString &verb, bool several, QWidget *parent)
    : DialogFrame(title, parent)
    , m_filter(new FilterField(tr("Filter apps")))
    , m_list(new QTableView)
    , m_state(new Label({}, TextStyle::Caption, Tone::Muted))
    , m_several(several)
{
    setObjectName(u"appPicker"_s);
    m_filter->setObjectName(u"appPickerFilter"_s);
    m_filter->setAccessibleName(tr("Filter apps"));
    makeList();
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
        showChosen();
        pointAtFirst();
        updateState();
    });
    m_filter->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AppPickerDialog::takeSelection);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AppPickerDialog::updateState);
    connect(m_list, &QTableView::doubleClicked, this, [this](const QModelIndex &app) {
        m_model.setChosen(app.row(), true);
        pick();
    });
    connect(m_pick, &QPushButton::clicked, this, &AppPickerDialog::pick);
    updateState();
}

// A table, not a list: a list view lays out all its rows at each page that comes, a table only those in
// sight.
void AppPickerDialog::makeList()
{
    m_list->setObjectName(u"appPickerList"_s);
    m_list->setAccessibleName(tr("Apps"));
    m_list->setModel(&m_model);
    prepareTable(m_list, 44);
    auto *delegate = new TwoLineDelegate(m_list);
    m_list->setItemDelegate(delegate);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->horizontalHeader()->hide();
    m_list->horizontalHeader()->setStretchLastSection(true);
    // Several: each click and Space chooses one more or lets it go, also across filters.
    m_list->setSelectionMode(m_several ? QAbstractItemView::MultiSelection
                                       : QAbstractItemView::SingleSelection);
    // In a low window it is the list that scrolls, not the dialog.
    const int room = parentWidget() ? parentWidget()->window()->height() - kAround : kListHeight;
    m_list->setMinimumSize(420, std::clamp(room, kLeastList, kListHeight));
    resize(kWidth, height()); // not as wide as the longest sentence
}

void AppPickerDialog::setVerb(std::function<QString(int)> verb)
{
    m_verb = std::move(verb);
    updateState();
}

void AppPickerDialog::append(std::vector<PickableApp> apps)
{
    m_model.append(std::move(apps));
    pointAtFirst();
    updateState();
}

void AppPickerDialog::setComplete()
{
    m_complete = true;
    updateState();
}

void AppPickerDialog::showChosen()
{
    if (m_model.chosenCount() == 0 || !m_several)
        return;
    QItemSelection chosen;
    for (int row = 0; row < m_model.firstTaken(); ++row) {
        if (m_model.isChosen(row))
            chosen.select(m_model.index(row), m_model.index(row));
    }
    m_list->selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
}

void AppPickerDialog::takeSelection(const QItemSelection &selected, const QItemSelection &deselected)
{
    if (m_several) {
        for (const QModelIndex &app : deselected.indexes())
            m_model.setChosen(app.row(), false);
        for (const QModelIndex &app : selected.indexes())
            m_model.setChosen(app.row(), true);
    }
    updateState();
}

// While a filter is typed Return picks its first match.
void AppPickerDialog::pointAtFirst()
{
    if (m_filter->text().isEmpty() || m_list->currentIndex().isValid() || m_model.firstTaken() == 0)
        return;
    m_list->selectionModel()->setCurrentIndex(
        m_model.index(0), m_several ? QItemSelectionModel::NoUpdate : QItemSelectionModel::ClearAndSelect);
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
    m_pick->setEnabled(m_model.chosenCount() > 0 || m_list->currentIndex().isValid());
    if (m_verb)
        m_pick->setText(m_verb(std::max(1, static_cast<int>(m_model.chosenCount()))));
    const bool filtered = !m_filter->text().isEmpty();
    if (m_complete && filtered && m_model.rowCount() == 0)
        return m_state->setText(tr("No app has “%1” in its name.").arg(m_filter->text()));
    const QString total = m_complete  ? tr("%n app(s)", nullptr, m_model.total())
                          : m_stopped ? tr("%n app(s) came so far", nullptr, m_model.total())
                                      : tr("%n app(s), reading on", nullptr, m_model.total());
    //: "1 of 42 apps"
    QString text = filtered ? tr("%1 of %2").arg(locale().toString(m_model.rowCount()), total) : total;
    if (m_model.chosenCount() > 0)
        text = tr("%1, %n chosen", nullptr, static_cast<int>(m_model.chosenCount())).arg(text);
    else if (const QModelIndex current = m_list->currentIndex(); filtered && m_several && current.isValid())
        text = tr("%1. Return picks %2.").arg(text, m_model.at(current.row()).name);
    m_state->setText(text);
}

void AppPickerDialog::setStopped(bool stopped)
{
    m_stopped = stopped;
    updateState();
}

void AppPickerDialog::pick()
{
    const QModelIndex current = m_list->currentIndex();
    if (m_model.chosenCount() == 0 && current.isValid() && current.row() < m_model.firstTaken())
        m_model.setChosen(current.row(), true);
    const std::vector<std::pair<AppId, QString>> apps = m_model.chosen();
    if (apps.empty())
        return;
    emit picked(apps);
    accept();
}

} // namespace latchkey
