// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialcreation.h"
#include "onelogin/credentialremoval.h"
#include "onelogin/credentialswitch.h"
#include "onelogin/disablewatch.h"
#include "onelogin/unfinishedwork.h"
#include "store/rotation.h"

namespace latchkey {

/// One pair taking the place of another: made, tested, handed over; then the old one disabled, watched
/// until the tenant refuses it, and deleted.
///
/// The workspace knows the step before its effect begins, and a step is over when the fact that proves it
/// is seen: so it goes on where it was, whatever ended the program. Destroying it stops waiting; what is
/// half done then is settled by recover().
class CredentialRotation : public QObject
{
    Q_OBJECT

public:
    /// The one of that old pair, begun now if there is none.
    static Result<Rotation> begin(Session &session, const ApiCredential &old);
    /// One of that old pair that nobody knows of: it begins with its first effect.
    static Rotation planned(const Session &session, const ApiCredential &old);
    /// The one in which the pair takes part, as the old or the new one.
    static std::optional<Rotation> of(Session &session, CredentialId pair);

    /// The session must outlive it.
    CredentialRotation(Session &session, Rotation rotation, QObject *parent = nullptr);

    const Rotation &rotation() const { return m_rotation; }
    bool isBegun() const { return m_rotation.id.isValid(); }
    RotationStep step() const { return m_rotation.step; }
    /// The old pair is gone, or the rotation was given up.
    bool isOver() const { return m_isOver; }
    std::optional<ApiCredential> oldPair() const { return pair(m_rotation.oldPair); }
    std::optional<ApiCredential> newPair() const { return pair(m_rotation.newPair); }

    /// Settles what an earlier run of the program left half done at this tenant; a new pair that was made
    /// but not stored is kept. To be called before the steps of a rotation that was begun before.
    void recover(Continuation<> continuation);
    /// Whether there is something to recover.
    bool isInterrupted() const;

    /// Step 1 where the tenant has a portal we may write to; the name is noted first.
    void makePair(const CredentialDraft &draft, Continuation<ApiCredential> continuation);
    /// Step 1 elsewhere: a pair that is in the register. InvalidInput for the old one itself.
    Result<void> adopt(CredentialId newPair);
    /// Step 2: the new pair gets a token.
    void test(Continuation<ManagementToken> continuation);
    /// Step 3: a person says that nothing uses the old pair any more.
    Result<void> confirmHandOver();
    Result<void> setNote(const QString &note);
    /// Step 4.
    void disableOld(Continuation<SwitchOutcome> continuation);
    /// Step 5. StillAccepted leaves the step as it is.
    void watch(const WatchPace &pace, Continuation<WatchVerdict> continuation);
    const DisableWatch *watching() const { return m_watch.get(); }
    /// Step 6: the end. It cannot be undone.
    void deleteOld(Continuation<RemovalOutcome> continuation);
    /// Forgets the rotation; both pairs stay as they are.
    Result<void> giveUp();

signals:
    /// Begun, another step, another pair, another note, or over.
    void changed();

private:
    std::optional<ApiCredential> pair(CredentialId id) const;
    Result<void> beginNow();
    void unbegin();
    Result<void> store(Rotation next);
    Result<void> moveTo(RotationStep step);
    Error notThisStep() const;
    void refresh();
    void reconcile();
    void receiveSettled(const std::vector<SettledOperation> &settled, const Continuation<> &continuation);
    bool isOldDisabled() const;
    RotationStep provenStep() const;

    Session &m_session;
    Rotation m_rotation;
    bool m_isOver = false;
    std::unique_ptr<UnfinishedWork> m_unfinished;
    std::unique_ptr<CredentialCreation> m_creation;
    std::unique_ptr<CredentialSwitch> m_switch;
    std::unique_ptr<DisableWatch> m_watch;
    std::unique_ptr<CredentialRemoval> m_removal;
};

} // namespace latchkey
