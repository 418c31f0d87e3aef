// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/reviewcards.h"
#include "authservers/reviewconflicts.h"
#include "authservers/reviewfoot.h"
#include "authservers/reviewnote.h"
#include "grants/grantapply.h"
#include "widgets/dialogframe.h"

#include <QTimer>

#include <memory>

class QShortcut;

namespace latchkey {

class Clipboard;
class LockoutCard;
class OutcomeBar;
class Session;
struct ServerGrants;

/// Shows the exact change before it is made, reads scopes and client apps again, applies it in batches,
/// and says what is stored. The plan is rebased on what was read last.
class ReviewDialog final : public DialogFrame
{
    Q_OBJECT

public:
    /// Session, clipboard and plan must outlive the dialog.
    ReviewDialog(Session &session, Clipboard &clipboard, AuthServer server, std::vector<Scope> scopes,
                 GrantPlan &plan, QWidget *parent = nullptr);

    /// An apply that still runs is given up, and written down as such; nobody is told.
    ~ReviewDialog() override;

    bool isApplying() const { return m_phase == ReviewPhase::Applying; }
    void reject() override;

signals:
    /// The server has others than it had; what was staged of those that are gone is out of the plan.
    void scopesRead(const std::vector<latchkey::Scope> &scopes);
    /// The plan has taken a fresh list of client apps.
    void planRebased();
    void progressed(const latchkey::AppliedChange &change);
    /// Nothing is under way any more.
    void applied(const std::vector<latchkey::AppliedChange> &changes);
    /// What is stored of this entry is to be taken back, by another plan.
    void undoAsked(latchkey::JournalEntryId entry);

private:
    using Phase = ReviewPhase;

    void makeBody();
    void makeButtons();
    void showChanges();
    void showCounts();
    void reviewAnew();
    void readAgain();
    void failReading(const QString &sentence);
    void takeReading(ServerGrants server);
    void takeScopes(std::vector<Scope> scopes);
    void lookForConflicts();
    void lookForLockouts();
    void followTyping();
    void takeFresh(const std::vector<ClientApp> &apps);
    void choose(size_t row, ConflictChoice choice);
    void keepAllMine();
    void decide();
    void removeInstead(size_t row);
    void tryAgain(size_t row);
    void apply();
    void followWaiting(std::chrono::seconds left);
    void showProgress(qsizetype row);
    void updateBar();
    void finish();
    void setPhase(Phase phase);
    void showButtons();
    void updateNote();

    Session &m_session;
    Clipboard &m_clipboard;
    AuthServer m_server;
    std::vector<Scope> m_scopes;
    GrantPlan &m_plan;
    std::unique_ptr<GrantApply> m_apply;
    std::unique_ptr<QObject> m_reading;      ///< the context of what is under way before an apply
    std::vector<ClientApp> m_found;          ///< as last read
    std::optional<AppId> m_only{};           ///< the one that is tried again
    std::optional<JournalEntryId> m_entry{}; ///< of the last apply
    std::vector<AppliedChange> m_applied;
    ReviewConflicts m_conflicts;
    std::chrono::seconds m_waitLeft{0}; ///< that the tenant asks for
    bool m_stopping = false;
    bool m_isServerGone = false;
    QDateTime m_readAt;
    QTimer m_second;
    QTimer m_barDelay;
    std::vector<QShortcut *> m_mainKeys;
    Phase m_phase = Phase::Reading;

    OutcomeBar *m_bar = nullptr;
    LockoutCard *m_lockouts = nullptr;
    ReviewCards *m_cards = nullptr;
    QWidget *m_effect = nullptr;
    ReviewNote *m_note = nullptr;
    ReviewFoot *m_foot = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_go = nullptr;
};

} // namespace latchkey
