// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialrotation.h"

#include "store/rows.h"
#include "store/workspace.h"

#include <algorithm>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

RotationLog &logOf(const Session &session)
{
    return session.credentials().workspace().rotations();
}

template<typename Matches>
const ApiCredential *findPair(const Session &session, Matches matches)
{
    const auto &all = session.registered();
    const auto found = std::find_if(all.begin(), all.end(), matches);
    return found == all.end() ? nullptr : &*found;
}

/// Ends a flow that is calling us, and hands its result on.
template<typename T, typename Flow>
void endWith(std::unique_ptr<Flow> &flow, const Continuation<T> &continuation, const Result<T> &result)
{
    if (flow)
        flow.release()->deleteLater();
    continuation(result); // may end the rotation
}

} // namespace

Result<Rotation> CredentialRotation::begin(Session &session, const ApiCredential &old)
{
    return logOf(session).begin({.tenant = session.tenant().id, .oldPair = old.id});
}

Rotation CredentialRotation::planned(const Session &session, const ApiCredential &old)
{
    return {.tenant = session.tenant().id, .oldPair = old.id};
}

std::optional<Rotation> CredentialRotation::of(Session &session, CredentialId pair)
{
    const Result<std::vector<Rotation>> all = logOf(session).all(session.tenant().id);
    if (!all)
        return std::nullopt;
    const auto found = std::find_if(all->begin(), all->end(), [pair](const Rotation &rotation) {
        return rotation.oldPair == pair || rotation.newPair == pair;
    });
    return found == all->end() ? std::nullopt : std::optional(*found);
}

CredentialRotation::CredentialRotation(Session &session, Rotation rotation, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_rotation(std::move(rotation))
{
    connect(&session.credentials(), &CredentialRegister::changed, this, [this](TenantId tenant) {
        if (tenant == m_rotation.tenant)
            reconcile();
    });
    reconcile();
}

std::optional<ApiCredential> CredentialRotation::pair(CredentialId id) const
{
    const ApiCredential *found =
        findPair(m_session, [id](const ApiCredential &each) { return each.id == id; });
    return found ? std::optional(*found) : std::nullopt;
}

Error CredentialRotation::notThisStep() const
{
    return {.kind = ErrorKind::InvalidInput, .message = tr("The rotation is at another step.")};
}

/// Before the first effect of a planned one. Another window may have begun one meanwhile.
Result<void> CredentialRotation::beginNow()
{
    const Result<Rotation> begun = logOf(m_session).begin(m_rotation);
    if (!begun)
        return fail(begun.error());
    const bool isOurs =
        begun->step == m_rotation.step && begun->newName.isEmpty() && !begun->newPair.isValid();
    m_rotation = *begun;
    if (isOurs)
        return {};
    emit changed();
    return fail(notThisStep());
}

/// The first effect came to nothing.
void CredentialRotation::unbegin()
{
    if (!logOf(m_session).strike(m_rotation))
        return;
    m_rotation = {.tenant = m_rotation.tenant, .oldPair = m_rotation.oldPair};
    emit changed();
}

Result<void> CredentialRotation::store(Rotation next)
{
    if (!isBegun()) {
        if (const Result<void> begun = beginNow(); !begun)
            return begun;
        next.id = m_rotation.id;
        next.startedAt = m_rotation.startedAt;
    }
    const Result<Rotation> stored = logOf(m_session).update(m_rotation, next);
    if (!stored) {
        refresh();
        return fail(stored.error());
    }
    m_rotation = *stored;
    emit changed();
    return {};
}

Result<void> CredentialRotation::moveTo(RotationStep step)
{
    Rotation next = m_rotation;
    next.step = step;
    return store(next);
}

/// A disable that is under way, or was interrupted, has not reached the tenant yet.
bool CredentialRotation::isOldDisabled() const
{
    if (oldPair()->state != CredentialState::Disabled)
        return false;
    const Result<std::optional<Operation>> begun =
        m_session.credentials().workspace().operations().ofCredential(m_rotation.oldPair);
    return begun && !(*begun && (*begun)->kind == OperationKind::Disable);
}

/// Where the facts in the register put it: forward where one was seen meanwhile, back where one is gone.
RotationStep CredentialRotation::provenStep() const
{
    const RotationStep step = m_rotation.step;
    const bool isDisabled = isOldDisabled();
    if (!newPair() && step <= RotationStep::HandOver)
        return RotationStep::MakePair;
    if (newPair() && step == RotationStep::MakePair)
        return RotationStep::TestPair;
    if (step == RotationStep::DisableOld && isDisabled)
        return RotationStep::Watch;
    if (step > RotationStep::DisableOld && !isDisabled)
        return RotationStep::DisableOld;
    // The tenant answers 500 for it, disabled or not; there is nothing to wait for.
    if (step == RotationStep::Watch && oldPair()->problem == CredentialProblem::OwnerDeleted)
        return RotationStep::DeleteOld;
    return step;
}

/// What another window made of it.
void CredentialRotation::refresh()
{
    if (!isBegun())
        return;
    const Result<std::vector<Rotation>> all = logOf(m_session).all(m_rotation.tenant);
    if (!all)
        return;
    const auto found = std::find_if(all->begin(), all->end(),
                                    [this](const Rotation &each) { return each.id == m_rotation.id; });
    const auto facts = [](const Rotation &each) {
        return std::tie(each.newPair, each.newName, each.step, each.note);
    };
    m_isOver = found == all->end();
    if (!m_isOver && facts(*found) == facts(m_rotation))
        return;
    if (!m_isOver)
        m_rotation = *found;
    emit changed();
}

void CredentialRotation::reconcile()
{
    if (m_isOver)
        return;
    refresh();
    if (m_isOver)
        return;
    if (!oldPair()) {
        m_isOver = true;
        emit changed();
        return;
    }
    Rotation next = m_rotation;
    if (!newPair())
        next.newPair = {};
    if (!newPair() && !m_rotation.newName.isEmpty()) {
        // Made under the name that was noted, but the program ended before this was.
        const auto isIt = [this](const ApiCredential &each) {
            return each.id != m_rotation.oldPair && nameKey(each.name) == nameKey(m_rotation.newName) &&
                   each.addedAt >= m_rotation.startedAt;
        };
        if (const ApiCredential *made = findPair(m_session, isIt))
            next.newPair = made->id;
    }
    if (next.newPair != m_rotation.newPair && !store(next))
        return; // another window is at it
    for (RotationStep step = provenStep(); step != m_rotation.step; step = provenStep()) {
        if (!moveTo(step))
            return;
    }
}

bool CredentialRotation::isInterrupted() const
{
    const Result<std::vector<Operation>> left = UnfinishedWork(m_session).list();
    return left && !left->empty();
}

void CredentialRotation::recover(Continuation<> continuation)
{
    using Settled = std::vector<SettledOperation>;
    m_unfinished = std::make_unique<UnfinishedWork>(m_session);
    m_unfinished->settle(then(m_unfinished.get(), [this, continuation](const Result<Settled> &settled) {
        if (settled)
            receiveSettled(*settled, continuation);
        else
            endWith(m_unfinished, continuation, Result<void>(fail(settled.error())));
    }));
}

void CredentialRotation::receiveSettled(const std::vector<SettledOperation> &settled,
                                        const Continuation<> &continuation)
{
    Result<void> result;
    for (const SettledOperation &each : settled) {
        const Operation &operation = each.operation;
        const bool isNew = operation.kind == OperationKind::Create && !newPair() &&
                           nameKey(operation.name) == nameKey(m_rotation.newName);
        const bool isOurs = isNew || operation.credential == m_rotation.oldPair;
        if (isOurs && each.error)
            result = fail(*each.error);
        else if (isNew && !each.isSettled)
            return m_unfinished->keep(
                operation, operation.name,
                then(m_unfinished.get(), [this, continuation](const Result<ApiCredential> &kept) {
                    endWith(m_unfinished, continuation, kept.map([](const ApiCredential &) {}));
                }));
    }
    reconcile();
    endWith(m_unfinished, continuation, result);
}

void CredentialRotation::makePair(const CredentialDraft &draft, Continuation<ApiCredential> continuation)
{
    if (step() != RotationStep::MakePair)
        return finishLater<ApiCredential>(continuation, fail(notThisStep()));
    const bool isFirst = !isBegun();
    Rotation next = m_rotation;
    next.newName = draft.name.trimmed();
    if (const Result<void> noted = store(next); !noted)
        return finishLater<ApiCredential>(continuation, fail(noted.error()));
    m_creation = std::make_unique<CredentialCreation>(m_session);
    m_creation->start(
        draft, then(m_creation.get(), [this, isFirst, continuation](const Result<ApiCredential> &made) {
            if (made)
                (void)adopt(made->id); // else reconcile() knows it by its name
            else if (isFirst && !m_creation->isMade() && made.error().kind != ErrorKind::OutcomeUnknown)
                unbegin();
            endWith(m_creation, continuation, made);
        }));
}

Result<void> CredentialRotation::adopt(CredentialId newPair)
{
    const std::optional<ApiCredential> chosen = pair(newPair);
    if (!chosen || newPair == m_rotation.oldPair)
        return fail(ErrorKind::InvalidInput, tr("Choose another pair than the one to be replaced."));
    if (m_rotation.newPair == newPair)
        return {};
    Rotation next = m_rotation;
    next.newPair = newPair;
    next.newName = chosen->name;
    next.step = RotationStep::TestPair;
    return store(next);
}

void CredentialRotation::test(Continuation<ManagementToken> continuation)
{
    const std::optional<ApiCredential> fresh = newPair();
    if (step() != RotationStep::TestPair || !fresh)
        return finishLater<ManagementToken>(continuation, fail(notThisStep()));
    m_session.tokenSource(*fresh).fetch(then(
        continuation.context(), [self = QPointer(this), continuation](const Result<ManagementToken> &token) {
            Result<ManagementToken> result = token;
            if (token && self && self->step() == RotationStep::TestPair) {
                if (const Result<void> moved = self->moveTo(RotationStep::HandOver); !moved)
                    result = fail(moved.error());
            }
            continuation(result);
        }));
}

Result<void> CredentialRotation::confirmHandOver()
{
    return step() == RotationStep::HandOver ? moveTo(RotationStep::DisableOld) : fail(notThisStep());
}

Result<void> CredentialRotation::setNote(const QString &note)
{
    Rotation next = m_rotation;
    next.note = note;
    return note == m_rotation.note ? Result<void>() : store(next);
}

void CredentialRotation::disableOld(Continuation<SwitchOutcome> continuation)
{
    const std::optional<ApiCredential> old = oldPair();
    if (step() != RotationStep::DisableOld || !old)
        return finishLater<SwitchOutcome>(continuation, fail(notThisStep()));
    m_switch = std::make_unique<CredentialSwitch>(m_session, *old);
    m_switch->disable(then(m_switch.get(), [this, continuation](const Result<SwitchOutcome> &outcome) {
        reconcile();
        endWith(m_switch, continuation, outcome);
    }));
}

void CredentialRotation::watch(const WatchPace &pace, Continuation<WatchVerdict> continuation)
{
    const std::optional<ApiCredential> old = oldPair();
    if (step() != RotationStep::Watch || !old)
        return finishLater<WatchVerdict>(continuation, fail(notThisStep()));
    m_watch = std::make_unique<DisableWatch>(m_session, *old, pace);
    m_watch->start(then(m_watch.get(), [this, continuation](const Result<WatchVerdict> &verdict) {
        Result<WatchVerdict> result = verdict;
        if (verdict && *verdict == WatchVerdict::Refused && step() == RotationStep::Watch) {
            if (const Result<void> moved = moveTo(RotationStep::DeleteOld); !moved)
                result = fail(moved.error());
        }
        endWith(m_watch, continuation, result);
    }));
}

void CredentialRotation::deleteOld(Continuation<RemovalOutcome> continuation)
{
    const std::optional<ApiCredential> old = oldPair();
    if (step() != RotationStep::DeleteOld || !old)
        return finishLater<RemovalOutcome>(continuation, fail(notThisStep()));
    m_removal = std::make_unique<CredentialRemoval>(m_session, *old);
    m_removal->start(CredentialRemoval::Undo::None,
                     then(m_removal.get(), [this, continuation](const Result<RemovalOutcome> &outcome) {
                         reconcile();
                         endWith(m_removal, continuation, outcome);
                     }));
}

Result<void> CredentialRotation::giveUp()
{
    const Result<void> struck = isBegun() ? logOf(m_session).strike(m_rotation) : Result<void>();
    if (struck) {
        m_isOver = true;
        emit changed();
    }
    return struck;
}

} // namespace latchkey
