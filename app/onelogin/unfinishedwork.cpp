// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/unfinishedwork.h"

#include "store/workspace.h"

namespace latchkey {

namespace {

/// Runs one flow that goes when it is through, and hands on its result.
template<typename Flow, typename T>
Continuation<T> endOf(Flow *flow, std::function<void(const Result<T> &)> next)
{
    return Continuation<T>(flow, [flow, next = std::move(next)](const Result<T> &result) {
        flow->deleteLater();
        next(result);
    });
}

} // namespace

UnfinishedWork::UnfinishedWork(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_portal(session.http(), session.tenant())
{
}

Result<std::vector<Operation>> UnfinishedWork::list() const
{
    const OperationLog &operations = m_session.credentials().workspace().operations();
    return operations.all(m_session.tenant().id).map([&operations](std::vector<Operation> all) {
        std::erase_if(all, [&operations](const Operation &operation) {
            return operation.kind == OperationKind::Watch || operation.step == OperationStep::Hidden ||
                   operations.isUnderWay(operation);
        });
        return all;
    });
}

QString UnfinishedWork::explanation(const Operation &operation)
{
    QString text;
    switch (operation.kind) {
    case OperationKind::Create:
        text = operation.step == OperationStep::Made
                   ? tr("The sandbox made the pair %1, but its secret was not stored here.")
                   : tr("The sandbox was asked to make the pair %1. Whether it did was not seen.");
        break;
    case OperationKind::Remove:
        text = operation.step == OperationStep::Final
                   ? tr("%1 is deleted, but its secret could not be taken out of the keychain yet.")
                   : tr("%1 was being deleted. How far that came was not seen.");
        break;
    case OperationKind::Disable:
        text = tr("%1 was being disabled. It is not certain that the tenant knows.");
        break;
    case OperationKind::Enable:
        text = tr("%1 was being enabled. It is not certain that the tenant knows.");
        break;
    case OperationKind::Watch:
        text = tr("%1 is disabled. Whether the tenant refuses it was not seen yet.");
        break;
    }
    return text.arg(operation.name);
}

std::vector<Remedy> UnfinishedWork::remedies(const Operation &operation)
{
    switch (operation.kind) {
    case OperationKind::Create:
        return {Remedy::Keep, Remedy::DeleteAtTenant};
    case OperationKind::Remove:
        if (operation.step != OperationStep::Begun)
            return {Remedy::Finish};
        [[fallthrough]];
    case OperationKind::Disable:
    case OperationKind::Enable:
        return {Remedy::Finish, Remedy::Undo};
    case OperationKind::Watch:
        return {};
    }
    return {};
}

void UnfinishedWork::settle(Continuation<std::vector<SettledOperation>> continuation)
{
    m_continuation = std::move(continuation);
    m_settled.clear();
    Result<std::vector<Operation>> left = list();
    if (!left)
        return finishLater<std::vector<SettledOperation>>(*m_continuation, fail(left.error()));
    m_left = std::move(*left);
    QMetaObject::invokeMethod(this, &UnfinishedWork::settleNext, Qt::QueuedConnection);
}

void UnfinishedWork::settleNext()
{
    if (m_left.empty())
        return (*m_continuation)(m_settled);
    const Operation operation = m_left.front();
    m_left.erase(m_left.begin());
    if (!mayBegin(operation))
        return settleNext(); // somebody else settles it
    if (operation.kind == OperationKind::Create) {
        auto *creation = new CredentialCreation(m_session, this);
        return creation->lookAgain(
            operation, endOf<CredentialCreation, bool>(creation, [=, this](const Result<bool> &left) {
                record({.operation = operation,
                        .isSettled = left && !*left,
                        .error = left ? std::nullopt : std::optional(left.error())});
            }));
    }
    using Warning = std::optional<Error>;
    finish(operation, then(this, [this, operation](const Result<Warning> &done) {
               record({.operation = operation,
                       .isSettled = done.has_value(),
                       .error = done ? std::nullopt : Warning(done.error()),
                       .warning = done.value_or(Warning())});
           }));
}

void UnfinishedWork::record(SettledOperation settled)
{
    m_settled.push_back(std::move(settled));
    settleNext();
}

Result<void> UnfinishedWork::mayBegin(const Operation &operation) const
{
    if (!m_session.credentials().workspace().operations().isUnderWay(operation))
        return {};
    return fail(ErrorKind::Storage,
                tr("Another window or program is at work on %1. Wait until it is done.").arg(operation.name));
}

void UnfinishedWork::keep(const Operation &operation, const QString &name,
                          Continuation<ApiCredential> continuation)
{
    if (const Result<void> may = mayBegin(operation); !may)
        return finishLater<ApiCredential>(continuation, fail(may.error()));
    auto *creation = new CredentialCreation(m_session, this);
    creation->keep(operation, name,
                   endOf<CredentialCreation, ApiCredential>(
                       creation, [continuation](const Result<ApiCredential> &kept) { continuation(kept); }));
}

void UnfinishedWork::deleteAtTenant(const Operation &operation, Continuation<> continuation)
{
    if (const Result<void> may = mayBegin(operation); !may)
        return finishLater<void>(continuation, may);
    auto *creation = new CredentialCreation(m_session, this);
    creation->discard(operation,
                      endOf<CredentialCreation, void>(
                          creation, [continuation](const Result<void> &done) { continuation(done); }));
}

Result<ApiCredential> UnfinishedWork::rowOf(const Operation &operation) const
{
    return m_session.credentials().workspace().credential(operation.credential);
}

void UnfinishedWork::finish(const Operation &operation, Continuation<std::optional<Error>> continuation)
{
    using Warning = std::optional<Error>;
    const Result<ApiCredential> row = mayBegin(operation).and_then([&] { return rowOf(operation); });
    if (!row)
        return finishLater<Warning>(continuation, fail(row.error()));
    if (operation.kind == OperationKind::Remove) {
        auto *removal = new CredentialRemoval(m_session, *row, this);
        removal->resume(operation, endOf<CredentialRemoval, RemovalOutcome>(
                                       removal, [continuation](const Result<RemovalOutcome> &outcome) {
                                           continuation(outcome.map(
                                               [](const RemovalOutcome &done) { return done.warning; }));
                                       }));
        return;
    }
    auto *change = new CredentialSwitch(m_session, *row, this);
    change->resume(
        operation,
        endOf<CredentialSwitch, SwitchOutcome>(change, [continuation](const Result<SwitchOutcome> &outcome) {
            continuation(outcome.map([](const SwitchOutcome &done) { return done.warning; }));
        }));
}

void UnfinishedWork::undo(const Operation &operation, Continuation<> continuation)
{
    if (const Result<void> may = mayBegin(operation); !may)
        return finishLater<void>(continuation, may);
    if (operation.kind == OperationKind::Remove)
        return undoRemoval(operation, continuation);
    const Result<ApiCredential> row = rowOf(operation);
    if (!row)
        return finishLater<void>(continuation, fail(row.error()));
    auto *change = new CredentialSwitch(m_session, *row, this);
    const auto done =
        endOf<CredentialSwitch, SwitchOutcome>(change, [continuation](const Result<SwitchOutcome> &outcome) {
            continuation(outcome.map([](const SwitchOutcome &) {}));
        });
    if (operation.kind == OperationKind::Disable)
        change->enable(done);
    else
        change->disable(done);
}

Result<void> UnfinishedWork::strike(const Operation &operation) const
{
    return m_session.credentials().workspace().operations().strike(operation);
}

void UnfinishedWork::undoRemoval(const Operation &operation, Continuation<> continuation)
{
    if (operation.step != OperationStep::Begun)
        return finishLater<void>(continuation, m_session.credentials().undoRemoval(operation.credential));
    if (!SandboxPortal::isFor(m_session.tenant()))
        return finishLater<void>(continuation, strike(operation));
    m_portal.find(
        operation.clientId,
        then(this, [this, operation, continuation](const Result<std::optional<PortalCredential>> &found) {
            if (!found && found.error().kind != ErrorKind::NotFound)
                return continuation(fail(found.error()));
            if (found && !*found)
                return continuation(
                    fail(ErrorKind::NotFound,
                         tr("%1 is gone at the sandbox and cannot come back.").arg(operation.name)));
            continuation(strike(operation));
        }));
}

} // namespace latchkey
