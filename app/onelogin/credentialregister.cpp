// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialregister.h"

#include "core/credentialtext.h"
#include "secrets/secretstore.h"
#include "store/workspace.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Another window may be between noting a key and writing its row; what is older was left behind.
constexpr std::chrono::seconds kLeftoverAge = std::chrono::minutes(10);

Result<ApiCredential> newCredential(const CredentialDraft &draft)
{
    ApiCredential credential{.tenant = draft.tenant,
                             .name = draft.name.trimmed(),
                             .clientId = draft.clientId,
                             .level = draft.level,
                             .note = draft.note,
                             .place = draft.place,
                             .secretKey = newSecretKey(),
                             .addedAt = QDateTime::currentDateTimeUtc()};
    if (const Result<void> checked = checkClientId(credential.clientId); !checked)
        return fail(checked.error());
    return credential;
}

Error missingSecret(const ApiCredential &credential, Error error)
{
    error.message =
        credential.place == SecretPlace::Session
            ? CredentialRegister::tr("The secret of %1 was kept for an earlier session only. Paste it again.")
            : CredentialRegister::tr("The secret of %1 is no longer in the keychain. Paste it again.");
    error.message = error.message.arg(credential.name);
    return error;
}

} // namespace

CredentialRegister::CredentialRegister(Workspace &workspace, SecretStore &keychain, SecretStore &session,
                                       QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_keychain(keychain)
    , m_session(session)
{
    connect(&workspace, &Workspace::credentialsChanged, this, &CredentialRegister::changed);
    m_removalTimer.setSingleShot(true);
    // What cannot go now stays hidden, and is tried again at the next start.
    m_removalTimer.callOnTimeout(this, [this] { finishRemovals(then(this, [](const Result<void> &) {})); });
}

SecretStore &CredentialRegister::storeOf(SecretPlace place) const
{
    return place == SecretPlace::Keychain ? m_keychain : m_session;
}

Result<std::vector<ApiCredential>> CredentialRegister::list(TenantId tenant) const
{
    return m_workspace.credentials(tenant);
}

/// Notes the key in the index of the keychain, then stores the secret. An error comes back at once
/// where nothing was begun.
Result<void> CredentialRegister::store(const ApiCredential &credential, const Secret &secret,
                                       Continuation<> continuation)
{
    Result<void> ready = checkClientSecret(secret);
    if (ready)
        ready = m_workspace.checkName(credential);
    if (ready && m_workspace.isReadOnly())
        ready = fail(ErrorKind::StorageTooNew, m_workspace.readOnlyReason());
    if (ready && credential.place == SecretPlace::Keychain)
        ready = m_workspace.noteKeychainItem(credential.secretKey);
    if (ready)
        storeOf(credential.place).put(credential.secretKey, secret, std::move(continuation));
    return ready;
}

/// Removes a secret that has no row. If that fails its key stays in the index: a leftover. A keychain
/// that does not answer is not asked a second time; a write that comes through late is a leftover too.
void CredentialRegister::takeBack(const ApiCredential &credential, const Result<void> &put,
                                  std::function<void()> done)
{
    if (!put && put.error().kind == ErrorKind::KeychainTimeout)
        return done();
    const QString key = credential.secretKey;
    storeOf(credential.place)
        .remove(key, then(this, [this, key, done = std::move(done)](Result<void> removed) {
                    if (removed)
                        (void)m_workspace.forgetKeychainItem(key);
                    done();
                }));
}

void CredentialRegister::checkDraft(const CredentialDraft &draft, Continuation<> continuation)
{
    Result<void> ready = m_workspace.checkName({.tenant = draft.tenant, .name = draft.name.trimmed()});
    if (ready && m_workspace.isReadOnly())
        ready = fail(ErrorKind::StorageTooNew, m_workspace.readOnlyReason());
    const QString key = newSecretKey();
    if (ready && draft.place == SecretPlace::Keychain)
        ready = m_workspace.noteKeychainItem(key);
    if (!ready)
        return finishLater(continuation, ready);
    storeOf(draft.place).probe(key, then(this, [this, key, continuation](const Result<void> &works) {
                                   if (works)
                                       (void)m_workspace.forgetKeychainItem(key);
                                   continuation(works);
                               }));
}

void CredentialRegister::add(const CredentialDraft &draft, const Secret &secret,
                             Continuation<ApiCredential> continuation)
{
    const Result<ApiCredential> checked = newCredential(draft);
    if (!checked)
        return finishLater(continuation, checked);
    const ApiCredential &credential = *checked;
    auto stored = then(this, [this, credential, continuation](Result<void> put) {
        Result<ApiCredential> added = fail(put ? Error{} : put.error());
        if (put && continuation.context())
            added = m_workspace.addCredential(credential);
        if (added)
            continuation(added);
        else
            takeBack(credential, put, [added, continuation] { continuation(added); });
    });
    if (Result<void> begun = store(credential, secret, stored); !begun)
        finishLater<ApiCredential>(continuation, fail(begun.error()));
}

void CredentialRegister::secret(const ApiCredential &credential, Continuation<Secret> continuation)
{
    auto got = then(this, [this, credential, continuation](Result<Secret> found) {
        if (found) {
            rememberMissing(credential.id, false);
        } else if (found.error().kind == ErrorKind::SecretMissing) {
            rememberMissing(credential.id, true);
            found = fail(missingSecret(credential, found.error()));
        }
        continuation(std::move(found));
    });
    storeOf(credential.place).get(credential.secretKey, got);
}

void CredentialRegister::noteLostSecrets(TenantId tenant)
{
    struct Round
    {
        qsizetype waiting = 0;
        std::vector<CredentialId> lost{};
    };
    const auto round = std::make_shared<Round>();
    const Result<std::vector<ApiCredential>> all = list(tenant);
    for (const ApiCredential &each : all.value_or(std::vector<ApiCredential>{})) {
        if (each.place != SecretPlace::Session || each.secretMissing)
            continue;
        ++round->waiting;
        m_session.get(each.secretKey,
                      then(this, [this, round, tenant, id = each.id](const Result<Secret> &found) {
                          if (!found && found.error().kind == ErrorKind::SecretMissing)
                              round->lost.push_back(id);
                          if (--round->waiting == 0 && !round->lost.empty())
                              (void)m_workspace.noteMissingSecrets(tenant, round->lost);
                      }));
    }
}

void CredentialRegister::rememberMissing(CredentialId id, bool missing)
{
    Result<ApiCredential> row = m_workspace.credential(id);
    if (!row || row->secretMissing == missing || m_workspace.isReadOnly())
        return;
    row->secretMissing = missing;
    (void)m_workspace.updateCredential(*row);
}

void CredentialRegister::replaceSecret(const ApiCredential &credential, const Secret &secret,
                                       SecretPlace place, Continuation<> continuation)
{
    const Result<ApiCredential> old = m_workspace.credential(credential.id);
    if (!old)
        return finishLater<void>(continuation, fail(old.error()));
    ApiCredential next = *old;
    next.place = place;
    next.problem = CredentialProblem::None;
    next.secretMissing = false;
    next.secretKey = newSecretKey(); // the old secret stays whole until the row names the new one
    auto stored = then(this, [this, old = *old, next, continuation](Result<void> put) {
        Result<void> replaced = put;
        if (put && continuation.context())
            replaced = m_workspace.updateCredential(next);
        const bool isDone = replaced && continuation.context();
        takeBack(isDone ? old : next, put, [replaced, continuation] { continuation(replaced); });
    });
    if (Result<void> begun = store(next, secret, stored); !begun)
        finishLater(continuation, begun);
}

Result<void> CredentialRegister::setState(CredentialId id, CredentialState state)
{
    Result<ApiCredential> row = m_workspace.credential(id);
    if (!row)
        return fail(row.error());
    row->state = state;
    return m_workspace.updateCredential(*row);
}

Result<void> CredentialRegister::update(const ApiCredential &credential)
{
    Result<ApiCredential> row = m_workspace.credential(credential.id);
    if (!row)
        return fail(row.error());
    row->name = credential.name.trimmed();
    row->level = credential.level;
    row->note = credential.note;
    return m_workspace.updateCredential(*row);
}

Result<void> CredentialRegister::markUsed(CredentialId id, const QDateTime &when, CredentialProblem problem)
{
    Result<ApiCredential> row = m_workspace.credential(id);
    if (!row)
        return fail(row.error());
    row->usedAt = when;
    row->problem = problem;
    return m_workspace.updateCredential(*row);
}

void CredentialRegister::remove(const ApiCredential &credential, Continuation<> continuation)
{
    if (m_workspace.isReadOnly())
        return finishLater<void>(continuation, fail(ErrorKind::StorageTooNew, m_workspace.readOnlyReason()));
    storeOf(credential.place)
        .remove(credential.secretKey, then(this, [this, credential, continuation](Result<void> removed) {
                    if (!removed)
                        return continuation(removed);
                    removed = m_workspace.removeCredential(credential.id);
                    if (removed)
                        (void)m_workspace.forgetKeychainItem(credential.secretKey);
                    else
                        rememberMissing(credential.id, true);
                    continuation(removed);
                }));
}

Result<Operation> CredentialRegister::hide(const Operation &removal)
{
    Operation hidden = removal;
    hidden.step = OperationStep::Hidden;
    Result<Operation> done = m_workspace.operations().advance(removal, hidden);
    if (!done)
        return done;
    if (!m_removalTimer.isActive() || m_removalTimer.remainingTimeAsDuration() > m_undoTime)
        m_removalTimer.start(m_undoTime);
    emit changed(removal.tenant);
    return done;
}

Result<void> CredentialRegister::undoRemoval(CredentialId id, const std::optional<Operation> &before)
{
    const Result<std::optional<Operation>> removal = m_workspace.operations().ofCredential(id);
    if (!removal)
        return fail(removal.error());
    if (!*removal || (*removal)->step != OperationStep::Hidden)
        return fail(ErrorKind::Storage, tr("It is too late: the API credential is gone."));
    const Result<void> undone = m_workspace.operations().takeBack(**removal, before);
    if (undone)
        emit changed((*removal)->tenant);
    return undone;
}

void CredentialRegister::finishRemoval(const Operation &removal, Continuation<> continuation)
{
    Operation going = removal;
    going.step = OperationStep::Final;
    const Result<Operation> claimed = m_workspace.operations().advance(removal, going);
    const Result<ApiCredential> row =
        claimed ? m_workspace.credential(removal.credential) : Result<ApiCredential>(fail(claimed.error()));
    if (!row)
        return finishLater<void>(continuation, fail(row.error()));
    if (removal.step == OperationStep::Begun)
        emit changed(removal.tenant); // it is hidden from now on
    // Whoever asked may go: what was begun here ends with the register.
    auto handle = m_workspace.operations().hold(removal.id);
    remove(*row, then(this, [handle, continuation](const Result<void> &removed) mutable {
        handle.reset(); // whoever hears of it may try again at once
        continuation(removed);
    }));
}

std::chrono::milliseconds CredentialRegister::timeToUndo(const Operation &removal) const
{
    using std::chrono::milliseconds;
    const milliseconds age(removal.changedAt.msecsTo(QDateTime::currentDateTimeUtc()));
    // A clock that was set back must not keep it for ever.
    if (removal.step == OperationStep::Final || age < milliseconds(0))
        return milliseconds(0);
    return std::max(m_undoTime - age, milliseconds(0));
}

void CredentialRegister::finishRemovals(Continuation<> continuation)
{
    Result<std::vector<Operation>> removals = m_workspace.operations().removals();
    if (!removals)
        return finishLater<void>(continuation, fail(removals.error()));
    std::erase_if(*removals, [this](const Operation &removal) {
        return timeToUndo(removal).count() > 0 ||
               (removal.step == OperationStep::Final && m_workspace.operations().isUnderWay(removal));
    });
    scheduleRemovals();
    if (removals->empty())
        finishLater<void>(continuation, {});
    else
        finishNext(std::move(*removals), {}, continuation);
}

/// One after the other; the first error is what is told, and does not keep the others.
void CredentialRegister::finishNext(std::vector<Operation> removals, const Result<void> &sofar,
                                    Continuation<> continuation)
{
    if (removals.empty())
        return continuation(sofar);
    const Operation removal = removals.back();
    removals.pop_back();
    finishRemoval(removal, then(this, [this, removals, sofar, continuation](const Result<void> &removed) {
                      finishNext(removals, sofar ? removed : sofar, continuation);
                  }));
}

/// For those that can still be undone; the keychain's trouble with the others is not asked for again.
void CredentialRegister::scheduleRemovals()
{
    const Result<std::vector<Operation>> removals = m_workspace.operations().removals();
    std::optional<std::chrono::milliseconds> next;
    for (const Operation &removal : removals.value_or(std::vector<Operation>{})) {
        const std::chrono::milliseconds left = timeToUndo(removal);
        if (removal.step == OperationStep::Hidden && left.count() > 0)
            next = next ? std::min(*next, left) : left;
    }
    if (next)
        m_removalTimer.start(*next);
}

Result<QStringList> CredentialRegister::leftovers() const
{
    return m_workspace.leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(-kLeftoverAge.count()));
}

Result<YoungLeftovers> CredentialRegister::youngLeftovers() const
{
    return m_workspace.youngKeychainItems(QDateTime::currentDateTimeUtc().addSecs(-kLeftoverAge.count()))
        .map([](const std::vector<QDateTime> &times) {
            return times.empty() ? YoungLeftovers{}
                                 : YoungLeftovers{.count = static_cast<int>(times.size()),
                                                  .oldAt = times.back().addSecs(kLeftoverAge.count())};
        });
}

void CredentialRegister::removeLeftovers(Continuation<> continuation)
{
    // A newer version may know an owner of a key that is none here.
    if (m_workspace.isReadOnly())
        return finishLater<void>(continuation, fail(ErrorKind::StorageTooNew, m_workspace.readOnlyReason()));
    const Result<QStringList> keys = leftovers();
    if (keys && !keys->isEmpty())
        removeNext(*keys, continuation);
    else
        finishLater<void>(continuation, keys ? Result<void>() : Result<void>(fail(keys.error())));
}

void CredentialRegister::removeNext(QStringList keys, Continuation<> continuation)
{
    const QString key = keys.takeFirst();
    m_keychain.remove(key, then(this, [this, key, keys, continuation](Result<void> removed) {
                          if (removed)
                              removed = m_workspace.forgetKeychainItem(key);
                          if (removed && !keys.isEmpty() && continuation.context())
                              removeNext(keys, continuation);
                          else
                              continuation(removed);
                      }));
}

} // namespace latchkey
