// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantspage.h"

#include "authservers/apppickerdialog.h"
#include "authservers/cellstrip.h"
#include "authservers/grantgridview.h"
#include "authservers/pendingbar.h"
#include "onelogin/appsapi.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/collapsingrow.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

ScopeSet everyScope(const std::vector<Scope> &scopes)
{
    ScopeSet all;
    for (const Scope &scope : scopes)
        all.insert(scope.id);
    return all;
}

} // namespace

GrantsPage::GrantsPage(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"grantsPage"_s);
    m_strip = new CellStrip;
    m_bar = new PendingBar;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeTools());
    m_readOnly = new MessageBanner;
    m_readOnly->setObjectName(u"grantsReadOnly"_s);
    auto *bannerRow = new CollapsingRow;
    bannerRow->setContentsMargins(metrics::space16, 0, metrics::space16, metrics::space12);
    bannerRow->addWidget(m_readOnly);
    column->addLayout(bannerRow);
    column->addWidget(makeGrid(), 1);
    setFocusProxy(m_grid);
    column->addWidget(m_strip);
    column->addWidget(m_bar);
    makeActions();
    connectParts();
    refresh();
}

QWidget *GrantsPage::makeTools()
{
    m_appFilter = new FilterField(tr("Filter apps"));
    m_appFilter->setObjectName(u"filterGrantApps"_s);
    m_appFilter->setAccessibleName(tr("Filter client apps"));
    m_scopeFilter = new FilterField(tr("Filter scopes"));
    m_scopeFilter->setObjectName(u"filterGrantScopes"_s);
    m_scopeFilter->setAccessibleName(tr("Filter scopes"));
    m_show = new SegmentedControl(tr("Which client apps and scopes to show"));
    m_show->setObjectName(u"showGrants"_s);
    m_show->addSegment(tr("All"));
    m_show->addSegment(tr("Differences"));
    m_show->addSegment(tr("Pending"));
    m_add = makeButton(Icon::Plus, tr("Add client app…"));
    m_add->setObjectName(u"addClientApp"_s);

    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(metrics::space16, 9, metrics::space16, 9);
    row->setSpacing(metrics::space8);
    m_appFilter->setMaximumWidth(196);
    m_scopeFilter->setMaximumWidth(156);
    row->addWidget(m_appFilter, 196);
    row->addWidget(m_scopeFilter, 156);
    row->addWidget(m_show);
    row->addStretch(1);
    row->addWidget(m_add);
    return tools;
}

QWidget *GrantsPage::makeGrid()
{
    m_grid = new GrantGridView(m_model);
    m_nothing = new EmptyState(Icon::Scope, {}, {});
    m_nothingButton = m_nothing->setMainButton(tr("Clear filter"));
    m_nothingButton->setObjectName(u"clearGrantFilter"_s);
    auto *holder = new QWidget;
    m_stack = new QStackedLayout(holder);
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_nothing);
    return holder;
}

void GrantsPage::makeActions()
{
    const auto make = [this](const QString &name, const QString &text, const QList<QKeySequence> &keys) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        return action;
    };
    m_undo = make(u"undoGrantsAction"_s, tr("Undo staged change"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    m_redo = make(u"redoGrantsAction"_s, tr("Redo staged change"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_review = make(u"reviewGrantsAction"_s, tr("Review changes"),
                    {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    connect(m_undo, &QAction::triggered, &m_model, &GrantGridModel::undo);
    connect(m_redo, &QAction::triggered, &m_model, &GrantGridModel::redo);
    connect(m_review, &QAction::triggered, this, &GrantsPage::reviewRequested);
}

void GrantsPage::connectParts()
{
    connect(m_appFilter, &QLineEdit::textChanged, &m_model, &GrantGridModel::setAppFilter);
    connect(m_scopeFilter, &QLineEdit::textChanged, &m_model, &GrantGridModel::setScopeFilter);
    connect(m_show, &SegmentedControl::currentChanged, &m_model,
            [this](int index) { m_model.setShow(static_cast<GrantGridModel::Show>(index)); });
    connect(&m_model, &GrantGridModel::changed, this, &GrantsPage::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &GrantsPage::refresh);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &GrantsPage::refresh);
    connect(m_grid, &GrantGridView::currentCellChanged, this,
            [this] { m_strip->showCell(m_model, m_grid->currentIndex()); });
    connect(m_grid, &GrantGridView::rowMenuRequested, this, &GrantsPage::showRowMenu);
    connect(m_grid, &GrantGridView::columnMenuRequested, this, &GrantsPage::showColumnMenu);
    connect(m_strip, &CellStrip::keepRequested, this, [this] {
        m_model.dropPending({m_grid->currentIndex()});
        m_grid->setFocus();
    });
    connect(m_add, &QPushButton::clicked, this, &GrantsPage::addApps);
    connect(m_nothingButton, &QPushButton::clicked, this, [this] {
        if (m_model.plan() && m_model.plan()->apps().empty())
            addApps();
        else
            clearFilters();
    });
    connect(m_bar, &PendingBar::undoRequested, m_undo, &QAction::trigger);
    connect(m_bar, &PendingBar::redoRequested, m_redo, &QAction::trigger);
    connect(m_bar, &PendingBar::discardRequested, this, &GrantsPage::askDiscard);
    connect(m_bar, &PendingBar::reviewRequested, this, &GrantsPage::reviewRequested);
}

void GrantsPage::showPlan(const QString &serverName, GrantPlan *plan, std::vector<Scope> scopes)
{
    m_serverName = serverName;
    m_model.setPlan(plan, std::move(scopes));
    if (!m_grid->currentIndex().isValid() && m_model.rowCount() > 0 && m_model.columnCount() > 0)
        m_grid->selectionModel()->setCurrentIndex(m_model.index(0, 0), QItemSelectionModel::NoUpdate);
}

void GrantsPage::setReadOnlyReason(const QString &reason, const std::optional<ApiCredential> &able)
{
    const std::optional<CredentialId> ableId = able ? std::optional(able->id) : std::nullopt;
    if (reason.isEmpty()) {
        m_readOnly->clear();
    } else if (reason != m_readOnlyReason || ableId != m_able) {
        m_readOnly->showMessage(MessageBanner::Kind::Info, reason);
        m_readOnly->setClosable(false);
        if (able) {
            QPushButton *workAs = m_readOnly->addButton(tr("Work as %1").arg(able->name));
            workAs->setObjectName(u"workAsAble"_s);
            connect(
                workAs, &QPushButton::clicked, this, [this, id = able->id] { m_session.workAs(id); },
                Qt::QueuedConnection);
        }
    }
    m_readOnlyReason = reason;
    m_able = ableId;
    m_model.setWritable(reason.isEmpty());
    refresh();
}

void GrantsPage::refresh()
{
    const GrantPlan *plan = m_model.plan();
    const bool noApps = plan && plan->apps().empty();
    const bool noScopes = plan && m_model.scopes().empty();
    const bool nothing = plan && (m_model.rowCount() == 0 || m_model.columnCount() == 0);
    m_nothingButton->setVisible(!noScopes || noApps);
    if (noApps) {
        m_nothing->setTexts(tr("No client apps yet"),
                            tr("%1 gives its scopes to client apps.").arg(m_serverName));
        m_nothingButton->setText(tr("Add client app…"));
        m_nothingButton->setEnabled(m_readOnlyReason.isEmpty());
    } else if (noScopes) {
        m_nothing->setTexts(tr("No scopes yet"),
                            tr("Client apps can be granted scopes once %1 has one.").arg(m_serverName));
    } else if (nothing) {
        m_nothing->setTexts(tr("Nothing matches"), tr("No client app or scope passes the filter."));
        m_nothingButton->setText(tr("Clear filter"));
        m_nothingButton->setEnabled(true);
    }
    m_stack->setCurrentWidget(nothing ? static_cast<QWidget *>(m_nothing) : m_grid);
    m_strip->setVisible(!nothing);
    m_strip->showCell(m_model, nothing ? QModelIndex() : m_grid->currentIndex());
    m_bar->follow(m_model);
    m_show->setCount(2, m_model.changeCount() > 0 ? m_model.changeCount() : -1);
    m_undo->setEnabled(plan && plan->canUndo());
    m_redo->setEnabled(plan && plan->canRedo());
    m_review->setEnabled(m_model.changeCount() > 0);
    m_add->setEnabled(plan && m_readOnlyReason.isEmpty() && m_session.api());
    m_add->setToolTip(m_readOnlyReason);
}

void GrantsPage::clearFilters()
{
    m_appFilter->clear();
    m_scopeFilter->clear();
    m_show->setCurrentIndex(0);
    m_model.setShow(GrantGridModel::Show::All);
    m_grid->setFocus();
}

void GrantsPage::addApps()
{
    if (!m_session.api())
        return;
    auto *dialog = new AppPickerDialog(tr("Add client app"), tr("Add client app"), true, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSubtitle(
        tr("An app can ask %1 for tokens once it is added and the change is applied.").arg(m_serverName));
    const auto onPage = [this, dialog = QPointer(dialog)](const std::vector<OidcApp> &page) {
        if (!dialog)
            return;
        std::vector<PickableApp> apps;
        for (const OidcApp &app : page) {
            const std::vector<ClientApp> &present = m_model.plan()->apps();
            const bool taken = std::any_of(present.begin(), present.end(),
                                           [&](const ClientApp &each) { return each.id == app.id; });
            apps.push_back({app.id, app.name, tr("App ID %1").arg(app.id.value),
                            taken ? tr("On this server") : QString()});
        }
        dialog->append(apps);
    };
    AppsApi(*m_session.api()).list({}, onPage, then(dialog, [dialog](Result<std::vector<OidcApp>> apps) {
                                       if (apps)
                                           dialog->setComplete();
                                       else
                                           dialog->showError(apps.error());
                                   }));
    connect(dialog, &AppPickerDialog::picked, this, [this](const auto &apps) {
        clearFilters();
        m_model.addApps(apps);
        const int row = m_model.rowOf(apps.front().first);
        if (row >= 0 && m_model.columnCount() > 0)
            m_grid->setCurrentIndex(m_model.index(row, 0));
    });
    dialog->open();
}

void GrantsPage::askDiscard()
{
    auto *dialog = new ConfirmDialog(tr("Discard %n change(s)", nullptr, m_model.changeCount()),
                                     tr("Discard changes"), this);
    dialog->setObjectName(u"discardDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setEffects({tr("The staged changes of %1 and their undo history are dropped.").arg(m_serverName),
                        tr("Nothing has been sent to the tenant.")});
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        m_model.discard();
        dialog->accept();
        m_grid->setFocus();
    });
    dialog->open();
}

void GrantsPage::showRowMenu(int row, const QPoint &position)
{
    const ClientApp app = m_model.appAt(row);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"grantRowMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool writable = m_model.isWritable();
    const auto add = [&](const QString &text, auto act) {
        QAction *action = menu->addAction(text, this, act);
        action->setEnabled(writable);
        return action;
    };
    add(tr("Grant all scopes"), [this, app] { m_model.setWanted({{app.id, everyScope(m_model.scopes())}}); });
    add(tr("Revoke all scopes"), [this, app] { m_model.setWanted({{app.id, {}}}); });
    add(tr("Copy grants from…"), [this, app] { copyGrantsTo(app.id); });
    menu->addSeparator();
    if (m_model.plan()->isRemoved(app.id))
        add(tr("Keep app"), [this, app] { m_model.setWanted({{app.id, m_model.plan()->granted(app.id)}}); });
    else
        add(tr("Remove app"), [this, app] { m_model.removeApp(app.id); });
    menu->popup(position);
}

void GrantsPage::showColumnMenu(int column, const QPoint &position)
{
    const Scope scope = m_model.scopeAt(column);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"grantColumnMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int selected = static_cast<int>(m_grid->affectedApps().size());
    QAction *grant = menu->addAction(tr("Grant to %n selected app(s)", nullptr, selected), this,
                                     [this, scope] { grantToSelected(scope.id); });
    QAction *revoke =
        menu->addAction(tr("Revoke from all apps"), this, [this, scope] { revokeFromAll(scope.id); });
    grant->setEnabled(m_model.isWritable() && selected > 0);
    revoke->setEnabled(m_model.isWritable());
    menu->popup(position);
}

void GrantsPage::grantToSelected(ScopeId scope)
{
    std::map<AppId, ScopeSet> edits;
    for (AppId app : m_grid->affectedApps()) {
        ScopeSet wanted = m_model.plan()->wanted(app);
        wanted.insert(scope);
        edits.emplace(app, std::move(wanted));
    }
    m_model.setWanted(edits);
}

void GrantsPage::revokeFromAll(ScopeId scope)
{
    std::map<AppId, ScopeSet> edits;
    for (const ClientApp &app : m_model.plan()->apps()) {
        ScopeSet wanted = m_model.plan()->wanted(app.id);
        if (wanted.erase(scope) > 0)
            edits.emplace(app.id, std::move(wanted));
    }
    m_model.setWanted(edits);
}

void GrantsPage::copyGrantsTo(AppId app)
{
    auto *dialog = new AppPickerDialog(tr("Copy grants from"), tr("Copy grants"), false, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSubtitle(tr("The app gets exactly the scopes of the one picked."));
    std::vector<PickableApp> apps;
    for (const ClientApp &other : m_model.plan()->apps()) {
        if (other.id != app)
            apps.push_back(
                {other.id,
                 other.name,
                 tr("%n scope(s)", nullptr, static_cast<int>(m_model.plan()->wanted(other.id).size())),
                 {}});
    }
    dialog->append(apps);
    dialog->setComplete();
    connect(dialog, &AppPickerDialog::picked, this, [this, app](const auto &picked) {
        m_model.setWanted({{app, m_model.plan()->wanted(picked.front().first)}});
    });
    dialog->open();
}

} // namespace latchkey
