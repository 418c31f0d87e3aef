// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialspanel.h"

#include "credentials/abilitysection.h"
#include "credentials/credentialdetail.h"
#include "credentials/credentiallist.h"
#include "credentials/credentialtools.h"
#include "credentials/hygieneview.h"
#include "credentials/keychainnotice.h"
#include "credentials/refusaldialog.h"
#include "credentials/tokencard.h"
#include "credentials/watchline.h"
#include "keychainstate.h"
#include "style/buttonrole.h"
#include "widgets/emptystate.h"
#include "widgets/filterfield.h"
#include "widgets/listdetailpanes.h"
#include "widgets/messagebanner.h"
#include "widgets/secretfield.h"
#include "widgets/ticker.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kListMinimum = 480;
constexpr int kDetailMinimum = 340;
constexpr int kDetailFirst = 376;

QPushButton *makeNamed(QPushButton *button, const QString &name)
{
    button->setObjectName(name);
    return button;
}

} // namespace

CredentialsPanel::CredentialsPanel(Session &session, const PanelTools &tools, QWidget *parent)
    : Panel(tr("API credentials"), parent)
    , m_session(session)
    , m_tools(tools)
    , m_model(session.clock())
    , m_lifecycle(session, tools, *this)
    , m_actions(session, tools, *this, m_lifecycle.watches())
    , m_interchange(session, tools, *this)
    , m_levels(*this)
{
    setObjectName(u"credentialsPanel"_s);
    makePages();
    makeHead();
    makeActions();
    m_row = new CredentialTools(*toolRow(), *m_list->columns(), {m_export, m_repair}, this);
    connectPages();
    connectDetail();
    connectLifecycle();
    connectSession();
    reload();
    if (!session.tenant().isBuiltIn) // whose secrets stay in memory
        new KeychainNotice(tools.keychain, *this, this);
    session.credentials().noteLostSecrets(session.tenant().id);
    m_lifecycle.resume();
}

/// List, hygiene, and what stands in their place; the detail beside them.
void CredentialsPanel::makePages()
{
    m_list = new CredentialList(m_model, m_session.credentials().workspace());
    m_hygiene = new HygieneView(m_session);
    m_nothing = new EmptyState(Icon::Search, {}, {});
    m_clearFilter = m_nothing->setMainButton(tr("Clear filter"));
    m_clearFilter->setObjectName(u"credentials.clearFilter"_s);
    m_pages = new QStackedWidget;
    for (QWidget *page : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_nothing),
                          static_cast<QWidget *>(m_hygiene)})
        m_pages->addWidget(page);
    m_detail = new CredentialDetail(m_session, m_tools);
    m_watch = new WatchLine(m_lifecycle.watches(), m_session, m_tools);
    m_detail->addNotice(m_watch);
    m_panes = new ListDetailPanes(m_pages, m_detail, {kListMinimum, kDetailMinimum, kDetailFirst});
    setContent(m_panes);
    setFirstControl(m_list);
}

void CredentialsPanel::makeHead()
{
    QPushButton *import = makeNamed(makeButton(Icon::Import, tr("Import…")), u"credentials.import"_s);
    m_hygieneButton = makeNamed(makeButton({}), u"credentials.hygiene"_s);
    m_hygieneButton->setCheckable(true);
    m_hygieneButton->setToolTip(tr("What there is to look after among the pairs"));
    m_add = makeNamed(makeButton(Icon::Plus, tr("New credential…"), ButtonRole::Main), u"credentials.new"_s);
    for (QPushButton *button : {import, m_hygieneButton, m_add})
        addAction(button);
    connect(import, &QPushButton::clicked, &m_interchange, &InterchangeActions::importCredentials);
    connect(m_hygieneButton, &QPushButton::toggled, this, &CredentialsPanel::showHygiene);
    connect(m_add, &QPushButton::clicked, &m_lifecycle, &CredentialLifecycle::create);
}

/// What the main menu lists; some of it is in the panel's own menus too.
void CredentialsPanel::makeActions()
{
    const auto make = [this](Icon glyph, const QString &text, const QString &name, auto slot) {
        auto *action = new QAction(icon(glyph), text, this);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, slot);
        QWidget::addAction(action);
        return action;
    };
    make(Icon::Plus, tr("New credential…"), u"credentials.newAction"_s, [this] {
        m_lifecycle.create();
    })->setShortcut(QKeySequence::New);
    make(Icon::Import, tr("Import credentials…"), u"credentials.importAction"_s,
         [this] { m_interchange.importCredentials(); });
    m_export = make(Icon::Export, tr("Export credentials…"), u"credentials.export"_s,
                    [this] { m_interchange.exportCredentials(); });
    QAction *hygiene = make(Icon::Filter, tr("Hygiene"), u"credentials.hygieneAction"_s,
                            [this] { m_hygieneButton->toggle(); });
    hygiene->setCheckable(true);
    connect(m_hygieneButton, &QPushButton::toggled, hygiene, &QAction::setChecked);
    m_repair = make(Icon::Lock, tr("Check keychain and register…"), u"credentials.repair"_s,
                    [this] { m_lifecycle.repair(); });
    make(Icon::Search, tr("Filter credentials"), u"credentials.filterAction"_s, [this] {
        m_row->filter()->setFocus(Qt::ShortcutFocusReason);
    })->setShortcut(QKeySequence::Find);
    make(Icon::Refresh, tr("Reload credentials"), u"credentials.reloadAction"_s, [this] {
        reload();
    })->setShortcut(QKeySequence::Refresh);
    QWidget::addActions(m_detail->pairActions());
    m_list->addActions(m_detail->pairActions()); // whose keys are the list's
}

void CredentialsPanel::connectPages()
{
    connect(m_clearFilter, &QPushButton::clicked, m_row, &CredentialTools::clear);
    connect(m_row, &CredentialTools::changed, this, &CredentialsPanel::applyFilter);
    connect(m_row, &CredentialTools::reloadAsked, this, &CredentialsPanel::reload);
    connect(m_list, &CredentialList::currentPairChanged, this, &CredentialsPanel::showSelected);
    connect(m_list, &CredentialList::pairOpened, m_panes, &ListDetailPanes::openDetail);
    connect(m_hygiene, &HygieneView::pairChosen, m_list, &CredentialList::select);
    connect(m_hygiene, &HygieneView::stepAsked, this, &CredentialsPanel::takeStep);
    connect(m_hygiene, &HygieneView::countChanged, this, &CredentialsPanel::showCounts);
    connect(m_hygiene, &HygieneView::leaveAsked, m_hygieneButton,
            [this] { m_hygieneButton->setChecked(false); });
    connect(m_hygiene, &HygieneView::clearFilterAsked, m_row->filter(), &QLineEdit::clear);
    connect(m_hygiene, &HygieneView::failed, &m_actions, &CredentialActions::showError);
    connect(&m_levels, &LevelFinding::recordAsked, &m_actions, &CredentialActions::recordLevel);
    connect(&m_levels, &LevelFinding::rotateAsked, &m_actions, &CredentialActions::rotate);
    connect(&m_levels, &LevelFinding::keepAsked, m_hygiene, &HygieneView::keepLevel);
    connect(m_panes, &ListDetailPanes::onePaneChanged, m_detail, &CredentialDetail::setBackShown);
    connect(m_panes, &ListDetailPanes::detailOpened, m_detail,
            [this] { m_detail->setFocus(Qt::OtherFocusReason); });
}

void CredentialsPanel::connectDetail()
{
    const auto act = [this](auto action) {
        return [this, action] { (m_actions.*action)(m_detail->credential()); };
    };
    const auto live = [this](auto action) {
        return [this, action] { (m_lifecycle.*action)(m_detail->credential()); };
    };
    connect(m_detail, &CredentialDetail::backAsked, this, [this] {
        m_panes->closeDetail();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_detail, &CredentialDetail::disableAsked, this, live(&CredentialLifecycle::disable));
    connect(m_detail, &CredentialDetail::enableAsked, this, live(&CredentialLifecycle::enable));
    connect(m_detail, &CredentialDetail::editAsked, this, act(&CredentialActions::edit));
    connect(m_detail, &CredentialDetail::deleteAsked, this, live(&CredentialLifecycle::remove));
    connect(m_detail, &CredentialDetail::rotateAsked, this, act(&CredentialActions::rotate));
    connect(m_detail, &CredentialDetail::workAsAsked, this, live(&CredentialLifecycle::workAs));
    const TokenCard *token = m_detail->tokenCard();
    connect(token, &TokenCard::getAsked, this, act(&CredentialActions::getToken));
    connect(token, &TokenCard::testAsked, this, act(&CredentialActions::test));
    connect(token, &TokenCard::revokeAsked, this, act(&CredentialActions::revoke));
    connect(token, &TokenCard::explainAsked, this,
            [this] { m_actions.explain(m_detail->credential(), errorOf(m_detail->credential().problem)); });
    const AbilitySection *abilities = m_detail->abilities();
    connect(abilities, &AbilitySection::failed, &m_actions, &CredentialActions::showTokenError);
    connect(abilities, &AbilitySection::checked, &m_levels, &LevelFinding::receive);
    connect(abilities, &AbilitySection::recordAsked, this,
            [this](ScopeLevel level) { m_actions.recordLevel(m_detail->credential(), level); });
    const SecretField *secret = m_detail->secretField();
    connect(secret, &SecretField::pasteRequested, this, act(&CredentialActions::pasteSecret));
    connect(secret, &SecretField::unlockRequested, &m_tools.keychain, &KeychainState::unlock);
    connect(secret, &SecretField::failed, &m_actions, &CredentialActions::showError);
}

void CredentialsPanel::connectLifecycle()
{
    const auto follow = [this] { m_detail->setBusy(m_actions.isBusy() || m_lifecycle.isBusy()); };
    connect(&m_actions, &CredentialActions::touched, this, &CredentialsPanel::showPair);
    connect(&m_actions, &CredentialActions::changed, this, &CredentialsPanel::reload);
    connect(&m_actions, &CredentialActions::busyChanged, this, follow);
    connect(&m_actions, &CredentialActions::enableAsked, &m_lifecycle, &CredentialLifecycle::enable);
    connect(&m_actions, &CredentialActions::addressAsked, this, &CredentialsPanel::addressAsked);
    connect(&m_actions, &CredentialActions::activityAsked, this, &CredentialsPanel::activityAsked);
    connect(&m_lifecycle, &CredentialLifecycle::touched, this, &CredentialsPanel::showPair);
    connect(&m_lifecycle, &CredentialLifecycle::busyChanged, this, follow);
    connect(&m_lifecycle.watches(), &CredentialWatches::changed, this, &CredentialsPanel::reload);
    connect(&m_interchange, &InterchangeActions::imported, this, &CredentialsPanel::showPair);
    m_lifecycle.follow(*m_watch);
}

void CredentialsPanel::connectSession()
{
    connect(&m_session.credentials(), &CredentialRegister::changed, this, [this](TenantId tenant) {
        if (tenant == m_session.tenant().id)
            reloadSoon();
    });
    connect(&m_session, &Session::tokenChanged, this, &CredentialsPanel::reloadSoon);
    connect(&m_session, &Session::workingCredentialChanged, this, &CredentialsPanel::reloadSoon);
    connect(&m_tools.keychain, &KeychainState::changed, m_detail, &CredentialDetail::refresh);
    connect(&m_tools.ticker, &Ticker::ticked, &m_model, &CredentialModel::tick);
}

void CredentialsPanel::showHygiene(bool shown)
{
    m_row->setOfList(!shown);
    applyFilter();
    if (shown)
        m_hygiene->choose(m_detail->credential().id);
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void CredentialsPanel::takeStep(CredentialId id, HygieneStep step)
{
    const CredentialRow *row = m_model.row(id);
    if (!row)
        return;
    const ApiCredential credential = row->credential;
    switch (step) {
    case HygieneStep::Rotate:
        return m_actions.rotate(credential);
    case HygieneStep::PasteSecret:
        return m_actions.pasteSecret(credential);
    case HygieneStep::CheckLevel:
        if (credential.secretMissing) // without it there is nothing to check with
            return m_actions.pasteSecret(credential);
        m_panes->openDetail();
        m_levels.expect(credential);
        return m_detail->abilities()->check();
    case HygieneStep::Disable:
        return m_lifecycle.disable(credential);
    case HygieneStep::Delete:
        return m_lifecycle.remove(credential);
    case HygieneStep::AddNote:
        return m_actions.edit(credential);
    }
}

/// Once for all that happens in one turn of the event loop: a token that comes changes four things.
void CredentialsPanel::reloadSoon()
{
    if (std::exchange(m_isReloadDue, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isReloadDue)
                reload();
        },
        Qt::QueuedConnection);
}

void CredentialsPanel::reload()
{
    m_isReloadDue = false;
    const Result<std::vector<ApiCredential>> list = m_session.credentials().list(m_session.tenant().id);
    if (!list) {
        banner()->showError(list.error());
        return;
    }
    const std::optional<ApiCredential> working = m_session.workingCredential();
    std::vector<CredentialRow> rows;
    rows.reserve(list->size());
    for (const ApiCredential &credential : *list) {
        CredentialRow row{.credential = credential};
        if (const TokenSource *source = m_session.existingTokenSource(credential.id);
            source && source->current())
            row.tokenDeadline = source->current()->deadline;
        row.isDisabling = m_lifecycle.watches().isDisabling(credential.id);
        row.isAtWork = working && working->id == credential.id;
        rows.push_back(std::move(row));
    }
    m_model.setRows(std::move(rows));
    m_hygiene->setCredentials(*list);
    showCounts();
    showPage();
    showSelected();
}

void CredentialsPanel::showPair(CredentialId id)
{
    reload();
    m_list->select(id);
}

void CredentialsPanel::showCounts()
{
    m_row->setCounts(m_model);
    m_hygieneButton->setText(m_hygiene->count() == 0 ? tr("Hygiene")
                                                     : tr("Hygiene · %1").arg(m_hygiene->count()));
}

void CredentialsPanel::showPage()
{
    setEmptyState(m_model.total() == 0 ? makeEmptyState() : nullptr);
    setButtonRole(m_add, m_model.total() == 0 ? ButtonRole::Plain : ButtonRole::Main); // one in sight
    m_nothing->setTexts(tr("Nothing matches"), m_row->nothingText());
    m_pages->setCurrentWidget(m_hygieneButton->isChecked() ? static_cast<QWidget *>(m_hygiene)
                              : m_model.rowCount() == 0    ? static_cast<QWidget *>(m_nothing)
                                                           : static_cast<QWidget *>(m_list));
}

EmptyState *CredentialsPanel::makeEmptyState()
{
    auto *empty = new EmptyState(Icon::Key, tr("No API credentials yet"),
                                 SandboxPortal::isFor(m_session.tenant())
                                     ? tr("The sandbox makes a pair here.")
                                     : tr("A pair is made in the portal and taken over from there."));
    QPushButton *add = empty->setMainButton(Icon::Plus, tr("New credential…"));
    add->setObjectName(u"credentials.empty.new"_s);
    connect(add, &QPushButton::clicked, &m_lifecycle, &CredentialLifecycle::create);
    return empty;
}

void CredentialsPanel::applyFilter()
{
    const bool hygiene = m_hygieneButton->isChecked(); // then the list behind it has every pair
    m_model.setFilter(hygiene ? std::nullopt : m_row->group(), hygiene ? QString() : m_row->text());
    m_hygiene->setFilter(m_row->text());
    showPage();
    showSelected();
}

void CredentialsPanel::showSelected()
{
    const auto working = m_session.workingCredential();
    const CredentialRow *row = m_list->choose(working ? std::optional(working->id) : std::nullopt);
    if (row) { // none where the filter leaves nothing
        m_detail->setCredential(row->credential, row->isDisabling);
        m_watch->setCredential(row->credential);
    } else {
        m_detail->setNone();
    }
    m_panes->setHasDetail(row != nullptr);
}

} // namespace latchkey
