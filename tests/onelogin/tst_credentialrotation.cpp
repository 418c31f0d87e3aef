// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialrotation.h"

#include "onelogin/freename.h"
#include "secrets/secretstore.h"
#include "store/workspace.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QCoreApplication>
#include <QDir>
#include <QNetworkProxy>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Secrets that outlive the process, as those of a keychain do.
class FolderStore final : public SecretStore
{
public:
    explicit FolderStore(const QString &path)
        : m_folder(path)
    {
        QDir().mkpath(path);
    }

    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        QFile file(pathOf(key));
        const bool written =
            file.open(QFile::WriteOnly) && file.write(secret.bytes().toByteArray()) == secret.size();
        finishLater<void>(continuation, written ? Result<void>() : fail(ErrorKind::KeychainFailure, {}));
    }
    void get(const QString &key, Continuation<Secret> continuation) override
    {
        QFile file(pathOf(key));
        if (!file.open(QFile::ReadOnly))
            return finishLater<Secret>(continuation, fail(ErrorKind::SecretMissing, {}));
        QByteArray bytes = file.readAll();
        finishLater<Secret>(continuation, Secret::takeFrom(bytes));
    }
    void remove(const QString &key, Continuation<> continuation) override
    {
        QFile::remove(pathOf(key));
        finishLater<void>(continuation, {});
    }

    qsizetype count() const { return m_folder.entryList(QDir::Files).size(); }

private:
    QString pathOf(const QString &key) const { return m_folder.filePath(QString(key).replace(u'/', u'_')); }

    QDir m_folder;
};

/// What the program is made of, on a folder of its own.
struct Program
{
    explicit Program(const QString &folder)
        : workspace(std::move(*Workspace::open(folder)))
        , store(folder + u"/secrets"_s)
        , credentials(*workspace, store, store)
    {
    }

    SystemClock clock{};
    QNetworkAccessManager network{};
    HttpClient http{network, clock};
    std::unique_ptr<Workspace> workspace;
    FolderStore store;
    CredentialRegister credentials;
};

const WatchPace kQuick{.waits = {20ms}, .limit = 5s};

/// Takes a rotation one step on.
Result<void> advance(CredentialRotation &rotation)
{
    const ApiCredential old = *rotation.oldPair();
    const auto drop = [](const auto &result) { return result.map([](const auto &) {}); };
    switch (rotation.step()) {
    case RotationStep::MakePair:
        return drop(waitFor<ApiCredential>([&](auto next) {
            rotation.makePair({.name = old.name + u"-2"_s, .level = ScopeLevel::ReadUsers}, next);
        }));
    case RotationStep::TestPair:
        return drop(waitFor<ManagementToken>([&](auto next) { rotation.test(next); }));
    case RotationStep::HandOver:
        return rotation.confirmHandOver();
    case RotationStep::DisableOld:
        return drop(waitFor<SwitchOutcome>([&](auto next) { rotation.disableOld(next); }));
    case RotationStep::Watch:
        return drop(waitFor<WatchVerdict>([&](auto next) { rotation.watch(kQuick, next); }));
    case RotationStep::DeleteOld:
        return drop(waitFor<RemovalOutcome>([&](auto next) { rotation.deleteOld(next); }));
    }
    return {};
}

/// Rotates `oldName` from wherever it is to the end; killed at the `killAt`th exchange or change.
int rotateIn(const QString &folder, const QString &oldName, int killAt)
{
    Program program(folder);
    int points = 0;
    const auto point = [&points, killAt] {
        if (++points == killAt)
            std::raise(SIGKILL);
    };
    QObject context;
    QObject::connect(&program.http, &HttpClient::exchanged, &context, point);
    QObject::connect(&program.credentials, &CredentialRegister::changed, &context, point);
    Session session(program.workspace->tenants()->front(), program.http, program.credentials, program.clock);
    std::vector<Rotation> begun = *program.workspace->rotations().all(session.tenant().id);
    if (begun.empty()) {
        for (const ApiCredential &each : session.registered()) {
            if (each.name == oldName)
                begun.push_back(*CredentialRotation::begin(session, each));
        }
    }
    if (begun.empty())
        return 0; // it was through
    CredentialRotation rotation(session, begun.front());
    QObject::connect(&rotation, &CredentialRotation::changed, &context, point);
    if (!waitFor<void>([&](auto next) { rotation.recover(next); }))
        return 3;
    while (!rotation.isOver()) {
        if (const Result<void> done = advance(rotation); !done) {
            fprintf(stderr, "%s\n", describe(done.error()).constData());
            return 10 + static_cast<int>(rotation.step());
        }
    }
    return 0;
}

} // namespace

class CredentialRotationTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void goesThroughAllSteps();
    void oneRotationOfAPair();
    void remembersStepAndNote();
    void eachStepHasItsTurn();
    void aPairThatGetsNoTokenIsNotHandedOver();
    void aDisableThatTheTenantDidNotTakeIsNotWatched();
    void aPairStillAcceptedIsWatchedAgain();
    void anotherPairOfTheRegisterTakesOver();
    void followsWhatIsDoneElsewhere();
    void aPairWithoutAnOwnerIsNotWatched();
    void onlyOneOfTwoWindowsMakesThePair();
    void givingUpLeavesBothPairs();
    void namesTheNewPairFreely();
    void killedAnywhereItGoesOn();

private:
    void begin();
    void open(const QString &folder, const QString &name);
    std::vector<PortalCredential> atPortal();

    std::unique_ptr<SandboxProcess> m_sandbox;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<CredentialRotation> m_rotation;
    CredentialId m_old{};
};

void CredentialRotationTest::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(QStringList{u"--disable-delay"_s, u"0"_s});
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->problem()));
}

void CredentialRotationTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void CredentialRotationTest::cleanup()
{
    m_rotation.reset();
    m_session.reset();
    m_program.reset();
    m_folder.reset();
}

/// A workspace with one pair that the portal has made.
void CredentialRotationTest::open(const QString &folder, const QString &name)
{
    m_program = std::make_unique<Program>(folder);
    const Result<Tenant> tenant = m_program->workspace->addTenant(
        {.name = u"Sandbox"_s, .baseUrl = m_sandbox->url(), .type = TenantType::Sandbox});
    QVERIFY_OK(tenant);
    const SandboxPortal portal(m_program->http, *tenant);
    const auto made = waitFor<PortalPair>(
        [&](auto next) { portal.create(name, ScopeLevel::ReadUsers, PortalId{1'000'000}, next); });
    QVERIFY_OK(made);
    const auto added = waitFor<ApiCredential>([&](auto next) {
        m_program->credentials.add({.tenant = tenant->id,
                                    .name = name,
                                    .clientId = made->credential.clientId,
                                    .level = ScopeLevel::ReadUsers},
                                   made->secret, next);
    });
    QVERIFY_OK(added);
    m_old = added->id;
    m_session = std::make_unique<Session>(*tenant, m_program->http, m_program->credentials, m_program->clock);
}

void CredentialRotationTest::begin()
{
    static int number = 0;
    m_folder = std::make_unique<QTemporaryDir>();
    open(m_folder->path(), u"nightly-%1"_s.arg(++number));
    const auto begun = CredentialRotation::begin(*m_session, m_session->registered().front());
    QVERIFY_OK(begun);
    m_rotation = std::make_unique<CredentialRotation>(*m_session, *begun);
}

std::vector<PortalCredential> CredentialRotationTest::atPortal()
{
    const SandboxPortal portal(m_program->http, m_session->tenant());
    return waitFor<std::vector<PortalCredential>>([&](auto next) { portal.list(next); })
        .value_or(std::vector<PortalCredential>());
}

void CredentialRotationTest::goesThroughAllSteps()
{
    begin();
    const QString oldName = m_rotation->oldPair()->name;
    for (int step = 0; step < kRotationSteps; ++step) {
        QCOMPARE(static_cast<int>(m_rotation->step()), step);
        QVERIFY_OK(advance(*m_rotation));
    }
    QVERIFY(m_rotation->isOver());
    QCOMPARE(m_session->registered().size(), size_t(1));
    QCOMPARE(m_session->registered().front().name, oldName + u"-2"_s);
    QVERIFY(m_program->workspace->rotations().all(m_session->tenant().id)->empty());
    QCOMPARE(m_program->store.count(), 1);
}

void CredentialRotationTest::oneRotationOfAPair()
{
    begin();
    const auto again = CredentialRotation::begin(*m_session, *m_rotation->oldPair());
    QVERIFY_OK(again);
    QCOMPARE(again->id, m_rotation->rotation().id);
    QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(CredentialRotation::of(*m_session, m_rotation->newPair()->id)->id, again->id);
    QVERIFY(!CredentialRotation::of(*m_session, CredentialId{4711}));
}

void CredentialRotationTest::remembersStepAndNote()
{
    begin();
    QVERIFY_OK(advance(*m_rotation));
    QVERIFY_OK(advance(*m_rotation));
    QVERIFY_OK(m_rotation->setNote(u"nightly sync, CI"_s));
    const CredentialId fresh = m_rotation->newPair()->id;
    m_rotation.reset();
    m_session.reset();
    m_program.reset();
    m_program = std::make_unique<Program>(m_folder->path());
    m_session = std::make_unique<Session>(m_program->workspace->tenants()->front(), m_program->http,
                                          m_program->credentials, m_program->clock);
    const auto found = CredentialRotation::of(*m_session, m_old);
    QVERIFY(found);
    QCOMPARE(found->step, RotationStep::HandOver);
    QCOMPARE(found->note, u"nightly sync, CI"_s);
    QCOMPARE(found->newPair, fresh);
}

void CredentialRotationTest::eachStepHasItsTurn()
{
    begin();
    const auto refused = [](const auto &result) {
        return !result && result.error().kind == ErrorKind::InvalidInput;
    };
    QVERIFY(refused(waitFor<ManagementToken>([&](auto next) { m_rotation->test(next); })));
    QVERIFY(refused(m_rotation->confirmHandOver()));
    QVERIFY(refused(waitFor<SwitchOutcome>([&](auto next) { m_rotation->disableOld(next); })));
    QVERIFY(refused(waitFor<WatchVerdict>([&](auto next) { m_rotation->watch(kQuick, next); })));
    QVERIFY(refused(waitFor<RemovalOutcome>([&](auto next) { m_rotation->deleteOld(next); })));
    QVERIFY(refused(m_rotation->adopt(m_old)));
    QVERIFY_OK(advance(*m_rotation));
    QVERIFY(refused(waitFor<ApiCredential>([&](auto next) { m_rotation->makePair({}, next); })));
}

void CredentialRotationTest::aPairThatGetsNoTokenIsNotHandedOver()
{
    begin();
    QVERIFY_OK(advance(*m_rotation));
    const SandboxPortal portal(m_program->http, m_session->tenant());
    const auto found = waitFor<std::optional<PortalCredential>>(
        [&](auto next) { portal.find(m_rotation->newPair()->clientId, next); });
    QVERIFY_OK(waitFor<void>([&](auto next) { portal.remove((*found)->id, next); }));
    const auto tested = waitFor<ManagementToken>([&](auto next) { m_rotation->test(next); });
    QVERIFY(!tested);
    QCOMPARE(tested.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(m_rotation->step(), RotationStep::TestPair);
}

void CredentialRotationTest::aDisableThatTheTenantDidNotTakeIsNotWatched()
{
    begin();
    for (int step = 0; step < 3; ++step)
        QVERIFY_OK(advance(*m_rotation));
    std::vector<RotationStep> seen;
    connect(m_rotation.get(), &CredentialRotation::changed, this,
            [&] { seen.push_back(m_rotation->step()); });
    QNetworkProxy nobody(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, 1); // offline
    m_program->network.setProxy(nobody);
    QVERIFY(!advance(*m_rotation));
    QCOMPARE(m_rotation->oldPair()->state, CredentialState::Disabled); // here alone
    QCOMPARE(m_rotation->step(), RotationStep::DisableOld);
    QVERIFY(seen.empty());

    m_program->network.setProxy(QNetworkProxy::NoProxy);
    QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(m_rotation->step(), RotationStep::Watch);
    QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(m_rotation->step(), RotationStep::DeleteOld);
}

void CredentialRotationTest::aPairStillAcceptedIsWatchedAgain()
{
    begin();
    for (int step = 0; step < 4; ++step)
        QVERIFY_OK(advance(*m_rotation));
    const SandboxPortal portal(m_program->http, m_session->tenant());
    const auto found = waitFor<std::optional<PortalCredential>>(
        [&](auto next) { portal.find(m_rotation->oldPair()->clientId, next); });
    QVERIFY_OK(waitFor<PortalCredential>(
        [&](auto next) { portal.setState((*found)->id, PortalState::Enabled, next); }));
    const WatchPace once{.waits = {20ms}, .limit = 1ms};
    const auto verdict = waitFor<WatchVerdict>([&](auto next) { m_rotation->watch(once, next); });
    QVERIFY_OK(verdict);
    QCOMPARE(*verdict, WatchVerdict::StillAccepted);
    QCOMPARE(m_rotation->step(), RotationStep::Watch);
    QVERIFY_OK(waitFor<PortalCredential>(
        [&](auto next) { portal.setState((*found)->id, PortalState::Disabled, next); }));
    QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(m_rotation->step(), RotationStep::DeleteOld);
}

void CredentialRotationTest::anotherPairOfTheRegisterTakesOver()
{
    begin();
    const auto other = m_sandbox->credential(u"billing-service");
    const auto added = waitFor<ApiCredential>([&](auto next) {
        m_program->credentials.add(
            {.tenant = m_session->tenant().id, .name = other.name, .clientId = other.clientId},
            Secret::fromText(other.clientSecret), next);
    });
    QVERIFY_OK(added);
    QVERIFY_OK(m_rotation->adopt(added->id));
    QCOMPARE(m_rotation->step(), RotationStep::TestPair);
    QCOMPARE(m_rotation->rotation().newName, other.name);
}

void CredentialRotationTest::followsWhatIsDoneElsewhere()
{
    begin();
    for (int step = 0; step < 3; ++step)
        QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(m_rotation->step(), RotationStep::DisableOld);
    QVERIFY_OK(m_program->credentials.setState(m_old, CredentialState::Disabled));
    QCOMPARE(m_rotation->step(), RotationStep::Watch);
    QVERIFY_OK(m_program->credentials.setState(m_old, CredentialState::Enabled));
    QCOMPARE(m_rotation->step(), RotationStep::DisableOld);
    QVERIFY_OK(
        waitFor<void>([&](auto next) { m_program->credentials.remove(*m_rotation->oldPair(), next); }));
    QVERIFY(m_rotation->isOver());
    QVERIFY(m_program->workspace->rotations().all(m_session->tenant().id)->empty());

    cleanup();
    begin();
    QVERIFY_OK(advance(*m_rotation));
    QVERIFY_OK(advance(*m_rotation));
    QVERIFY_OK(
        waitFor<void>([&](auto next) { m_program->credentials.remove(*m_rotation->newPair(), next); }));
    QCOMPARE(m_rotation->step(), RotationStep::MakePair);
}

void CredentialRotationTest::aPairWithoutAnOwnerIsNotWatched()
{
    begin();
    QVERIFY_OK(
        m_program->credentials.markUsed(m_old, m_program->clock.now(), CredentialProblem::OwnerDeleted));
    for (int step = 0; step < 4; ++step)
        QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(m_rotation->step(), RotationStep::DeleteOld);
}

void CredentialRotationTest::onlyOneOfTwoWindowsMakesThePair()
{
    begin();
    const Rotation begun = m_rotation->rotation();
    CredentialRotation other(*m_session, begun);
    const QString name = m_rotation->oldPair()->name;
    m_rotation->makePair({.name = name + u"-a"_s, .level = ScopeLevel::ReadUsers},
                         then(m_rotation.get(), [](const Result<ApiCredential> &) {}));
    const auto second = waitFor<ApiCredential>(
        [&](auto next) { other.makePair({.name = name + u"-b"_s, .level = ScopeLevel::ReadUsers}, next); });
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Storage);
    QCOMPARE(other.rotation().newName, name + u"-a"_s); // read again
    QTRY_COMPARE(other.step(), RotationStep::TestPair);

    // What a window read before takes nothing back, and does not end what has gone on.
    RotationLog &log = m_program->workspace->rotations();
    Rotation stale = begun;
    stale.note = u"nightly sync"_s;
    QVERIFY(!log.update(begun, stale));
    QVERIFY(!log.strike(begun));
    const Rotation kept = log.all(m_session->tenant().id)->front();
    QCOMPARE(kept.newName, name + u"-a"_s);
    QVERIFY(kept.newPair.isValid());
}

void CredentialRotationTest::givingUpLeavesBothPairs()
{
    begin();
    QVERIFY_OK(advance(*m_rotation));
    QVERIFY_OK(m_rotation->giveUp());
    QVERIFY(m_rotation->isOver());
    QCOMPARE(m_session->registered().size(), size_t(2));
    QVERIFY(!CredentialRotation::of(*m_session, m_old));
}

void CredentialRotationTest::namesTheNewPairFreely()
{
    begin();
    const QString name = m_rotation->oldPair()->name;
    QCOMPARE(freeName(*m_program->workspace, m_session->tenant().id, name), name + u"-2"_s);
    QVERIFY_OK(advance(*m_rotation));
    QCOMPARE(freeName(*m_program->workspace, m_session->tenant().id, name), name + u"-3"_s);
    const auto removal = m_program->workspace->operations().begin({.tenant = m_session->tenant().id,
                                                                   .credential = m_rotation->newPair()->id,
                                                                   .kind = OperationKind::Remove});
    QVERIFY_OK(removal);
    QVERIFY_OK(m_program->credentials.hide(*removal));
    QCOMPARE(freeName(*m_program->workspace, m_session->tenant().id, name),
             name + u"-3"_s); // the row is still there
}

void CredentialRotationTest::killedAnywhereItGoesOn()
{
    int kills = 0;
    for (bool wasKilled = true; wasKilled; ++kills) {
        QTemporaryDir folder;
        const QString name = u"killed-%1"_s.arg(kills + 1);
        open(folder.path(), name);
        const qint64 tenant = m_session->tenant().id.value;
        cleanup();

        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        const auto run = [&](int killAt) {
            child.start(QCoreApplication::applicationFilePath(),
                        {u"--rotate"_s, folder.path(), name, QString::number(killAt)});
            return child.waitForFinished(60'000);
        };
        QVERIFY(run(kills + 1));
        wasKilled = child.exitStatus() == QProcess::CrashExit;
        QVERIFY2(wasKilled || child.exitCode() == 0, qPrintable(QString::number(child.exitCode())));
        QVERIFY(run(0));
        QCOMPARE(child.exitStatus(), QProcess::NormalExit);
        QVERIFY2(child.exitCode() == 0,
                 qPrintable(u"killed at %1, then %2"_s.arg(kills + 1).arg(child.exitCode())));

        m_program = std::make_unique<Program>(folder.path());
        m_session = std::make_unique<Session>(m_program->workspace->tenants()->front(), m_program->http,
                                              m_program->credentials, m_program->clock);
        QStringList kept;
        for (const ApiCredential &each : m_session->registered())
            kept.append(each.name);
        QCOMPARE(kept, QStringList{name + u"-2"_s});
        QStringList there;
        for (const PortalCredential &each : atPortal()) {
            if (each.name == name || each.name == name + u"-2"_s)
                there.append(each.name);
        }
        QCOMPARE(there, QStringList{name + u"-2"_s});
        QVERIFY(m_program->workspace->rotations().all({tenant})->empty());
        QVERIFY(m_program->workspace->operations().all({tenant})->empty());
        QCOMPARE(m_program->store.count(), 1);
        cleanup();
    }
    QVERIFY2(kills > 12, qPrintable(QString::number(kills))); // it was killed at every step
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 5 && arguments.at(1) == u"--rotate"_s)
        return rotateIn(arguments.at(2), arguments.at(3), arguments.at(4).toInt());
    CredentialRotationTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_credentialrotation.moc"
