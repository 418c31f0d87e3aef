// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/reviewcard.h"
#include "grants/grantapply.h"
#include "widgets/dialogframe.h"

#include <QTimer>

#include <memory>

class QShortcut;

namespace latchkey {

class Session;

/// Shows the exact change before it is made, reads the client apps again, applies row by row, and
/// says what is stored. The plan is rebased on what was read last.
class ReviewDialog final : public DialogFrame
{
    Q_OBJECT

public:
    /// Session and plan must outlive the dialog.
    ReviewDialog(Session &session, AuthServer server, std::vector<Scope> scopes, GrantPlan &plan,
                 QWidget *parent = nullptr);

    void reject() override;

signals:
    /// The plan has taken a fresh list of client apps.
    void planRebased();
    void progressed(const latchkey::AppliedChange &change);
    /// Nothing is under way any more.
    void applied(const std::vector<latchkey::AppliedChange> &changes);

private:
    enum class Phase { Reading, Ready, Failed, Conflict, Nothing, Applying, Done };

    void makeBody();
    void makeButtons();
    void showChanges();
    void readAgain();
    void takeReading(const std::vector<ClientApp> &apps);
    void takeTheirs();
    void apply();
    void showProgress(qsizetype row);
    void finish();
    void setPhase(Phase phase);
    void updateFreshness();
    int lineCount() const;
    int storedCount() const;

    Session &m_session;
    AuthServer m_server;
    std::vector<Scope> m_scopes;
    GrantPlan &m_plan;
    std::unique_ptr<GrantApply> m_apply;
    std::vector<ClientApp> m_found; ///< as last read
    std::vector<AppliedChange> m_applied;
    std::vector<ReviewCard *> m_cards;
    QDateTime m_readAt;
    QTimer m_second;
    std::vector<QShortcut *> m_mainKeys;
    Phase m_phase = Phase::Reading;

    class OutcomeBar *m_bar = nullptr;
    QVBoxLayout *m_cardColumn = nullptr;
    QWidget *m_effect = nullptr;
    Glyph *m_freshGlyph = nullptr;
    Label *m_fresh = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_go = nullptr;
};

} // namespace latchkey
