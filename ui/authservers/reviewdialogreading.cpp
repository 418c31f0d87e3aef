// SPDX-License-Identifier: GPL-3.0-or-later
// What a review reads before it can be applied.
#include "authservers/lockoutcard.h"
#include "authservers/reviewdialog.h"
#include "core/plaintext.h"
#include "grants/grantsreader.h"
#include "onelogin/session.h"

#include <QPushButton>

#include <algorithm>

namespace latchkey {

namespace {

bool isSame(const Scope &left, const Scope &right)
{
    return left.id == right.id && left.value == right.value && left.description == right.description;
}

} // namespace

void ReviewDialog::readAgain()
{
    m_isServerGone = false;
    ApiClient *api = m_session.api();
    if (!api)
        return failReading(tr("No API credential is at work, so the client apps cannot be read again."));
    connect(api, &ApiClient::waiting, this, &ReviewDialog::followWaiting, Qt::UniqueConnection);
    m_waitLeft = {};
    setPhase(Phase::Reading);
    m_reading = std::make_unique<QObject>();
    auto *reader = new GrantsReader(*api, m_reading.get());
    reader->start(
        {m_server}, GrantsReader::Apps::Leave, then(m_reading.get(), [this](Result<TenantGrants> grants) {
            if (grants)
                return takeReading(std::move(grants->servers.front()));
            m_isServerGone = grants.error().kind == ErrorKind::NotFound;
            failReading(m_isServerGone
                            ? tr("The authorization server %1 no longer exists at the tenant, so its "
                                 "staged changes cannot be applied.")
                                  .arg(plainLine(m_server.name))
                            : tr("The client apps could not be read again. %1").arg(grants.error().message));
        }));
}

void ReviewDialog::failReading(const QString &sentence)
{
    setPhase(Phase::Failed);
    m_note->tellFailure(sentence);
    m_go->setToolTip(sentence);
    refit();
}

void ReviewDialog::takeReading(ServerGrants server)
{
    m_readAt = m_session.clock().now();
    m_found = std::move(server.clientApps);
    if (!std::ranges::equal(m_scopes, server.scopes, isSame)) {
        takeScopes(std::move(server.scopes));
        if (m_plan.isEmpty())
            return setPhase(Phase::Nothing);
    }
    lookForConflicts();
}

/// A grant of a scope that is gone would be refused, and what is sound of the same app with it.
void ReviewDialog::takeScopes(std::vector<Scope> scopes)
{
    m_conflicts.drop(dropGoneScopes(m_plan, m_scopes, scopes));
    takeUnlisted(m_plan, scopes, m_found);
    m_scopes = std::move(scopes);
    emit scopesRead(m_scopes);
    emit planRebased();
    showChanges();
}

void ReviewDialog::lookForConflicts()
{
    m_conflicts.find(*m_cards, m_found);
    if (m_conflicts.hasFulfilled()) // nobody decides about what the tenant has already
        return takeFresh(withAsLoaded(m_found, m_conflicts.changes(*m_cards)));
    if (m_conflicts.isEmpty())
        return lookForLockouts();
    showCounts();
    setPhase(Phase::Conflict);
    refit();
}

/// What is used on this computer shall not break unseen.
void ReviewDialog::lookForLockouts()
{
    ApiClient *api = m_session.api();
    if (!api)
        return readAgain();
    setPhase(Phase::Reading);
    m_lockouts->look(
        m_session, m_server, m_cards->changes(), then(m_reading.get(), [this](const Result<> &looked) {
            if (!looked)
                return failReading(tr("Whether this breaks what is used here could not be found out. %1")
                                       .arg(looked.error().message));
            setPhase(Phase::Ready);
            refit();
        }));
}

} // namespace latchkey
