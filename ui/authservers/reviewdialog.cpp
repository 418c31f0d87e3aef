// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewdialog.h"

#include "authservers/lockoutcard.h"
#include "authservers/outcomebar.h"
#include "grants/grantjournal.h"
#include "onelogin/session.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "widgets/messagebanner.h"

#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 740;
constexpr std::chrono::milliseconds kBarDelay{60};

/// In the order of the grid.
std::vector<GrantChange> changesByName(const GrantPlan &plan)
{
    std::vector<size_t> places(plan.rowCount());
    for (size_t place = 0; place < places.size(); ++place)
        places[plan.table().byName()[place]] = place;
    std::vector<GrantChange> changes = plan.changes();
    std::ranges::sort(changes, {},
                      [&](const GrantChange &change) { return places[*plan.table().rowOf(change.app)]; });
    return changes;
}

} // namespace

ReviewDialog::ReviewDialog(Session &session, Clipboard &clipboard, AuthServer server,
                           std::vector<Scope> scopes, GrantPlan &plan, QWidget *parent)
    : DialogFrame({}, parent)
    , m_session(session)
    , m_clipboard(clipboard)
    , m_server(std::move(server))
    , m_scopes(std::move(scopes))
    , m_plan(plan)
{
    setObjectName(u"reviewDialog"_s);
    setMinimumWidth(std::min(kWidth, parent ? parent->window()->width() - 2 * metrics::space24 : kWidth));
    //: "Invoices API in acme"
    setSubtitle(tr("%1 in %2").arg(m_server.name, session.tenant().name));
    setEnvironment(session.tenant().type);
    makeBody();
    makeButtons();
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &ReviewDialog::updateNote);
    m_barDelay.setInterval(kBarDelay);
    m_barDelay.setSingleShot(true);
    connect(&m_barDelay, &QTimer::timeout, this, &ReviewDialog::updateBar);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        if (m_phase == Phase::Reading)
            return readAgain(); // what was under way is gone with its API client
        if (m_phase != Phase::Applying)
            return;
        m_apply->giveUp(tr("The API credential at work changed before it could be read back."));
        m_apply.reset(); // its API client is gone
        banner()->showMessage(MessageBanner::Kind::Warn, tr("Stopped: the API credential at work changed."));
    });
    showChanges();
    readAgain();
}

ReviewDialog::~ReviewDialog()
{
    if (!isApplying())
        return;
    m_apply->disconnect(this); // the plan may be gone before
    m_apply->giveUp(tr("The review was closed before it could be read back."));
}

void ReviewDialog::makeBody()
{
    body()->setSpacing(10);
    m_bar = new OutcomeBar;
    m_bar->hide();
    body()->addWidget(m_bar);
    m_lockouts = new LockoutCard;
    body()->addWidget(m_lockouts);
    connect(m_lockouts, &LockoutCard::typed, this, &ReviewDialog::followTyping);
    m_cards = new ReviewCards;
    body()->addWidget(m_cards);
    connect(m_cards, &ReviewCards::fitWanted, this, [this] { refit(); });
    connect(m_cards, &ReviewCards::cardMade, this, [this](size_t row, ReviewCard *card) {
        connect(card, &ReviewCard::choiceMade, this,
                [this, row](ConflictChoice choice) { choose(row, choice); });
        connect(card, &ReviewCard::removalAsked, this, [this, row] { removeInstead(row); });
        connect(card, &ReviewCard::retryAsked, this, [this, row] { tryAgain(row); });
    });

    m_effect = makeReviewEffect(m_server);
    body()->addWidget(m_effect);
    m_note = new ReviewNote;
    addAboveFoot(m_note);
    body()->addStretch(1);
    connect(m_note->again(), &QPushButton::clicked, this, [this] {
        if (m_phase == Phase::Conflict)
            return keepAllMine();
        if (m_phase != Phase::Done)
            return readAgain();
        m_only.reset();
        reviewAnew(); // what is left
    });
}

void ReviewDialog::makeButtons()
{
    m_keep = addButton(tr("Keep editing"), QDialogButtonBox::RejectRole);
    m_keep->setObjectName(u"reviewKeep"_s);
    m_go = addButton({}, QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_go->setObjectName(u"reviewApply"_s);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_phase == Phase::Ready)
            apply();
        else if (m_phase == Phase::Done)
            accept();
    });
    for (Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        m_mainKeys.push_back(new QShortcut(QKeySequence(Qt::CTRL | key), this));
        connect(m_mainKeys.back(), &QShortcut::activated, m_go, &QPushButton::click);
    }
    m_keep->setFocus();
    m_foot = new ReviewFoot(m_session, m_clipboard, m_server.name, *m_cards);
    addToFoot(m_foot);
    connect(m_foot, &ReviewFoot::saved, this, [this](const QString &path) {
        banner()->showMessage(MessageBanner::Kind::Ok, tr("The report is saved."), path);
    });
    connect(m_foot, &ReviewFoot::undoAsked, this, [this](JournalEntryId entry) {
        accept();
        emit undoAsked(entry);
    });
}

void ReviewDialog::showChanges()
{
    m_applied.clear();
    std::vector<GrantChange> changes = changesByName(m_plan);
    const auto isAnother = [this](const GrantChange &change) { return m_only && change.app != *m_only; };
    if (std::ranges::all_of(changes, isAnother))
        m_only.reset();
    std::erase_if(changes, isAnother);
    m_cards->setChanges(std::move(changes), m_scopes);
    showCounts();
}

void ReviewDialog::showCounts()
{
    setTitle(tr("Review %n change(s)", nullptr, m_cards->lineCount()));
    m_go->setText(tr("Apply %n change(s) to %1", nullptr, m_cards->lineCount())
                      .arg(tenantTypeName(m_session.tenant().type)));
}

void ReviewDialog::reviewAnew()
{
    m_conflicts = {};
    showChanges();
    readAgain();
}

void ReviewDialog::followTyping()
{
    m_go->setEnabled(m_phase == Phase::Ready && m_lockouts->isConfirmed());
    updateNote();
}

/// The plan, on top of what is there now.
void ReviewDialog::takeFresh(const std::vector<ClientApp> &apps)
{
    m_plan.rebase(apps);
    emit planRebased();
    showChanges();
    if (m_plan.isEmpty())
        setPhase(Phase::Nothing);
    else
        lookForConflicts();
}

void ReviewDialog::choose(size_t row, ConflictChoice choice)
{
    m_conflicts.choose(row, choice);
    // Queued, because the card whose button was pressed goes.
    if (m_conflicts.areDecided())
        QMetaObject::invokeMethod(this, &ReviewDialog::decide, Qt::QueuedConnection);
}

void ReviewDialog::keepAllMine()
{
    m_conflicts.keepRest();
    decide();
}

void ReviewDialog::decide()
{
    if (m_phase != Phase::Conflict)
        return;
    m_conflicts.settle(m_plan, *m_cards);
    takeFresh(m_found);
}

void ReviewDialog::removeInstead(size_t row)
{
    if (m_phase != Phase::Done)
        return;
    m_plan.removeApp(m_cards->change(row).app);
    emit planRebased();
    reviewAnew();
}

void ReviewDialog::tryAgain(size_t row)
{
    if (m_phase != Phase::Done)
        return;
    m_only = m_cards->change(row).app;
    reviewAnew();
}

void ReviewDialog::apply()
{
    ApiClient *api = m_session.api();
    if (!api)
        return readAgain();
    m_apply = std::make_unique<GrantApply>(AuthServersApi(*api), m_server.id, m_cards->changes(),
                                           m_session.clock());
    m_apply->setJournal(m_session.credentials().workspace().grantJournal(),
                        journalHead(m_session.tenant(), m_server, m_scopes,
                                    m_session.workingCredential()->name, ChangeOrigin::Window));
    connect(m_apply.get(), &GrantApply::changed, this, [this](qsizetype row) {
        m_applied[static_cast<size_t>(row)] = m_apply->changes()[static_cast<size_t>(row)];
        showProgress(row);
    });
    connect(m_apply.get(), &GrantApply::finished, this, [this] {
        m_found = m_apply->clientApps();
        m_entry = m_apply->journalEntry();
        finish();
    });
    m_applied = m_apply->changes();
    m_stopping = false;
    m_waitLeft = {};
    setPhase(Phase::Applying);
    for (size_t row = 0; row < m_cards->count(); ++row)
        showProgress(static_cast<qsizetype>(row));
    m_apply->start();
}

void ReviewDialog::followWaiting(std::chrono::seconds left)
{
    m_waitLeft = left;
    updateNote();
    if (m_phase != Phase::Applying)
        return;
    m_keep->setText(left.count() > 0 ? tr("Stop now") : tr("Stop sending"));
    m_keep->setEnabled(left.count() > 0 || !m_stopping);
}

void ReviewDialog::showProgress(qsizetype row)
{
    const AppliedChange &applied = m_applied.at(static_cast<size_t>(row));
    m_cards->showProgress(static_cast<size_t>(row), applied);
    if (!m_barDelay.isActive())
        m_barDelay.start();
    emit progressed(applied);
}

void ReviewDialog::updateBar()
{
    m_bar->follow(*m_cards, m_applied);
    updateNote();
}

void ReviewDialog::finish()
{
    setTitle(tr("%1 of %n change(s) are stored", nullptr, m_cards->lineCount())
                 .arg(m_cards->storedCount(m_applied)));
    if (std::any_of(m_applied.begin(), m_applied.end(),
                    [](const AppliedChange &each) { return each.readAt.isValid(); }))
        m_plan.rebase(withAsLoaded(m_found, conflictsOf(m_applied)));
    setPhase(Phase::Done);
    m_cards->setSettled();
    updateBar();
    refit();
    emit applied(m_applied);
}

void ReviewDialog::setPhase(Phase phase)
{
    m_phase = phase;
    const bool before = phase != Phase::Applying && phase != Phase::Done;
    m_effect->setVisible(before && phase != Phase::Nothing);
    m_lockouts->setVisible(phase == Phase::Ready && !m_lockouts->isEmpty());
    m_bar->setVisible(!before);
    m_note->offer(phase, !m_plan.isEmpty());
    showButtons();
    if (phase == Phase::Ready)
        m_second.start();
    else
        m_second.stop();
    if (phase == Phase::Applying)
        setTitle(tr("Applying %n change(s)", nullptr, m_cards->lineCount()));
    else if (phase == Phase::Nothing)
        setTitle(tr("Nothing is left to change"));
    updateNote();
    if (phase == Phase::Nothing)
        refit();
}

void ReviewDialog::showButtons()
{
    const bool done = m_phase == Phase::Done;
    m_keep->setVisible(!done);
    m_keep->setEnabled(true);
    m_keep->setText(m_phase == Phase::Applying ? tr("Stop sending") : tr("Keep editing"));
    m_go->setVisible(m_phase != Phase::Applying && m_phase != Phase::Nothing);
    m_go->setEnabled(done || (m_phase == Phase::Ready && m_lockouts->isConfirmed()));
    if (m_phase == Phase::Nothing || m_isServerGone) // there is nothing to go on with
        m_keep->setText(tr("Close"));
    const bool breaks = m_phase == Phase::Ready && !m_lockouts->isEmpty();
    setButtonRole(m_go, breaks ? ButtonRole::DangerFill : ButtonRole::Main);
    const bool careful = breaks || m_session.tenant().type == TenantType::Production;
    const bool byEnter = !careful || done; // else the button is to be reached
    for (QShortcut *keys : m_mainKeys)
        keys->setEnabled(byEnter);
    m_go->setAutoDefault(byEnter);
    (byEnter ? m_go : m_keep)->setDefault(true);
    if (m_phase == Phase::Ready)
        (careful ? m_keep : m_go)->setFocus();
    if (done) {
        m_go->setText(tr("Done"));
        m_go->setFocus();
    }
    if (done)
        m_foot->offerOutcome(m_entry, m_cards->storedCount(m_applied) > 0);
    else
        m_foot->offerPlan(m_phase != Phase::Applying && m_phase != Phase::Nothing);
}

void ReviewDialog::updateNote()
{
    const auto settled = std::ranges::count_if(
        m_applied, [](const AppliedChange &each) { return each.state >= ApplyState::Verified; });
    m_note->tell({.phase = m_phase,
                  .waitLeft = m_waitLeft,
                  .age = std::chrono::seconds(std::max<qint64>(0, m_readAt.secsTo(m_session.clock().now()))),
                  .reviewed = static_cast<int>(m_cards->count()),
                  .conflicts = m_conflicts.count(),
                  .apps = static_cast<int>(m_applied.size()),
                  .settled = static_cast<int>(settled),
                  .stored = m_cards->storedCount(m_applied),
                  .toType = m_phase == Phase::Ready ? m_lockouts->leftToType() : 0,
                  .isWritten = m_entry.has_value(),
                  .meanwhile = m_conflicts.meanwhile()});
    m_go->setToolTip(m_go->isEnabled() ? QString() : m_note->text());
}

void ReviewDialog::reject()
{
    if (m_phase != Phase::Applying)
        return DialogFrame::reject();
    if (m_waitLeft.count() > 0)
        return m_apply->giveUp(tr("You stopped while the tenant asked to wait."));
    m_apply->stopSending();
    m_stopping = true;
    m_keep->setEnabled(false);
}

} // namespace latchkey
