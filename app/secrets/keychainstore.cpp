// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainstore.h"

#include "secrets/secretserviceprobe.h"

#include <QLibrary>
#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <optional>

// What QtKeychain 0.13 says and what is so: for a locked keyring it reads "not found" and deletes
// with success and without effect; it never answers while the service hangs, and runs one job at a
// time without a way to cancel it. Therefore: the service is asked first whether it is open, and
// again before any failure is believed; a write is read back; a delete is looked for; every
// operation has a deadline here. Text mode cuts at NUL and leaves a second item behind: binary
// always. A job that has started is never deleted: libsecret holds a bare pointer to it. libsecret
// keeps its session with a service that was restarted and then fails for ever.

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

#ifdef Q_OS_LINUX
constexpr bool kHasSecretService = true;
#else
constexpr bool kHasSecretService = false; // the system's own keychain answers truthfully
#endif

constexpr std::chrono::seconds kTimeout{10};
constexpr int kPatienceWithPeople = 6;
const QString kService = u"latchkey"_s;

Continuation<Secret> withoutSecret(const Continuation<> &continuation)
{
    return {continuation.context(), [continuation](const Result<Secret> &result) {
                continuation(result ? Result<void>() : Result<void>(fail(result.error())));
            }};
}

/// Lets libsecret begin a new session with the service.
void forgetLibsecretSession()
{
    QLibrary libsecret(u"secret-1"_s, 0);
    if (auto *disconnect = reinterpret_cast<void (*)()>(libsecret.resolve("secret_service_disconnect")))
        disconnect();
}

Error explain(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {.kind = ErrorKind::SecretMissing,
                .message = KeychainStore::tr("The keychain holds no such secret."),
                .detail = job.errorString()};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {.kind = ErrorKind::KeychainUnavailable,
                .message =
                    KeychainStore::tr("No keychain service is running. Keep secrets for this session only."),
                .detail = job.errorString()};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {.kind = ErrorKind::KeychainFailure,
                .message = KeychainStore::tr("The keychain denied access to the secret."),
                .detail = job.errorString()};
    default:
        return {.kind = ErrorKind::KeychainFailure,
                .message = KeychainStore::tr("The keychain reported an error."),
                .detail = job.errorString()};
    }
}

} // namespace

class KeychainStore::Private : public QObject
{
public:
    enum class Task { Put, Get, Remove, Unlock };
    struct Operation
    {
        Task task = Task::Get;
        QString key{};
        Secret secret{};
        Continuation<Secret> finished;
    };

    Private();
    void enqueue(Operation operation);

    std::chrono::milliseconds timeout = kTimeout;

private:
    using Done = std::function<void(Result<void>)>;

    void schedule();
    void startNext();
    void put();
    void get();
    void remove();
    void unlock();
    void read(std::function<void(Result<Secret>)> done);
    void whenOpen(std::function<void()> next);
    void run(QKeychain::Job *job, Done done);
    void finish(Result<Secret> result);
    Error timeoutError(const QString &detail) const;

    SecretServiceProbe m_service;
    QString m_owner; ///< the process behind the service when it was last open
    std::deque<Operation> m_queue;
    std::optional<Operation> m_operation;
    std::unique_ptr<QObject>
        m_running; ///< the context of the operation's steps; gone: late answers are dropped
    QTimer m_deadline;
    /// Also set after the deadline of its operation, until it returns at last. While it is, QtKeychain
    /// would only queue another job behind it, so operations fail at once.
    QPointer<QKeychain::Job> m_job;
};

KeychainStore::Private::Private()
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_service.forgetPrompt();
        finish(fail(timeoutError(tr("The request was given up; the keychain may still complete it."))));
    });
}

void KeychainStore::Private::enqueue(Operation operation)
{
    m_queue.push_back(std::move(operation));
    schedule();
}

void KeychainStore::Private::schedule()
{
    QMetaObject::invokeMethod(
        this, [this] { startNext(); }, Qt::QueuedConnection);
}

void KeychainStore::Private::startNext()
{
    while (!m_queue.empty() && !m_queue.front().finished.context())
        m_queue.pop_front(); // cancelled while it waited
    if (m_operation || m_queue.empty())
        return;
    m_operation = std::move(m_queue.front());
    m_queue.pop_front();
    m_running = std::make_unique<QObject>();
    if (m_job)
        return finish(fail(timeoutError(tr("The keychain has not answered an earlier request yet."))));
    m_deadline.start(m_operation->task == Task::Unlock ? kPatienceWithPeople * timeout : timeout);
    switch (m_operation->task) {
    case Task::Put:
        return put();
    case Task::Get:
        return get();
    case Task::Remove:
        return remove();
    case Task::Unlock:
        return unlock();
    }
}

void KeychainStore::Private::finish(Result<Secret> result)
{
    m_deadline.stop();
    m_running.reset();
    const Continuation<Secret> finished = m_operation->finished;
    m_operation.reset();
    schedule();
    finished(std::move(result));
}

Error KeychainStore::Private::timeoutError(const QString &detail) const
{
    return {.kind = ErrorKind::KeychainTimeout,
            .message = tr("The keychain did not answer in time. Look whether it waits for a password."),
            .detail = detail};
}

void KeychainStore::Private::whenOpen(std::function<void()> next)
{
    if (!kHasSecretService)
        return next();
    m_service.checkOpen(then(m_running.get(), [this, next = std::move(next)](const Result<void> &open) {
        if (!open)
            return finish(fail(open.error()));
        if (m_owner != m_service.owner()) {
            m_owner = m_service.owner();
            forgetLibsecretSession();
        }
        next();
    }));
}

void KeychainStore::Private::run(QKeychain::Job *job, Done done)
{
    job->setAutoDelete(true);
    job->setInsecureFallback(false); // never a plain file, whatever the default becomes
    job->setKey(m_operation->key);
    m_job = job;
    connect(job, &QKeychain::Job::finished, this, [this] { m_job = nullptr; });
    connect(job, &QKeychain::Job::finished, m_running.get(), [this, job, done = std::move(done)] {
        if (job->error() == QKeychain::NoError)
            return done({});
        // It may have been locked or gone away meanwhile, which QtKeychain would not tell.
        whenOpen([done, error = explain(*job)] { done(fail(error)); });
    });
    job->start();
}

void KeychainStore::Private::read(std::function<void(Result<Secret>)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(kService);
    run(job, [job, done = std::move(done)](const Result<void> &result) {
        if (!result)
            return done(fail(result.error()));
        QByteArray bytes = job->binaryData();
        done(Secret::takeFrom(bytes));
    });
}

void KeychainStore::Private::get()
{
    whenOpen([this] { read([this](const Result<Secret> &found) { finish(found); }); });
}

void KeychainStore::Private::put()
{
    whenOpen([this] {
        auto *job = new QKeychain::WritePasswordJob(kService);
        job->setBinaryData(m_operation->secret.bytes().toByteArray());
        run(job, [this](const Result<void> &written) {
            if (!written)
                return finish(fail(written.error()));
            read([this](const Result<Secret> &found) {
                if (found && *found == m_operation->secret)
                    return finish(found);
                finish(fail(
                    ErrorKind::KeychainFailure,
                    tr("The keychain did not keep the secret: what it gave back is not what was stored."),
                    found ? QString() : found.error().message));
            });
        });
    });
}

void KeychainStore::Private::remove()
{
    whenOpen([this] {
        run(new QKeychain::DeletePasswordJob(kService), [this](const Result<void> &removed) {
            if (!removed && removed.error().kind != ErrorKind::SecretMissing)
                return finish(fail(removed.error()));
            read([this](const Result<Secret> &found) {
                if (found)
                    finish(fail(ErrorKind::KeychainFailure, tr("The keychain did not remove the secret.")));
                else if (found.error().kind == ErrorKind::SecretMissing)
                    finish(Secret());
                else
                    finish(found);
            });
        });
    });
}

void KeychainStore::Private::unlock()
{
    if (!kHasSecretService)
        return finish(Secret());
    m_service.unlock(then(m_running.get(), [this](const Result<void> &unlocked) {
        finish(unlocked ? Result<Secret>(Secret()) : Result<Secret>(fail(unlocked.error())));
    }));
}

KeychainStore::KeychainStore(QObject *parent)
    : SecretStore(parent)
    , d(std::make_unique<Private>())
{
}

KeychainStore::~KeychainStore() = default;

void KeychainStore::put(const QString &key, const Secret &secret, Continuation<> continuation)
{
    d->enqueue(
        {.task = Private::Task::Put, .key = key, .secret = secret, .finished = withoutSecret(continuation)});
}

void KeychainStore::get(const QString &key, Continuation<Secret> continuation)
{
    d->enqueue({.task = Private::Task::Get, .key = key, .finished = std::move(continuation)});
}

void KeychainStore::remove(const QString &key, Continuation<> continuation)
{
    d->enqueue({.task = Private::Task::Remove, .key = key, .finished = withoutSecret(continuation)});
}

void KeychainStore::unlock(Continuation<> continuation)
{
    d->enqueue({.task = Private::Task::Unlock, .finished = withoutSecret(continuation)});
}

void KeychainStore::setTimeout(std::chrono::milliseconds timeout)
{
    d->timeout = timeout;
}

QString KeychainStore::serviceName()
{
#if defined(Q_OS_MACOS)
    return u"Keychain"_s;
#elif defined(Q_OS_WIN)
    return u"Credential Manager"_s;
#else
    return u"Secret Service"_s;
#endif
}

} // namespace latchkey
