// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/profileregister.h"
#include "secrets/memorystore.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "support/fakekeychain.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"

#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <set>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kSecret = u"canary-5ecret-of-the-app"_s;
const QString kPassword = u"canary-pa55word-of-the-user"_s;

} // namespace

/// Keychain, index and rows agree whatever fails: a secret is a row's, or a leftover that the index names.
class TestProfileRegister : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keepsSecretsInTheKeychainAndGivesThemBack();
    void keepsOnlyWhatItIsAskedTo();
    void aChangeWithoutSecretsLeavesThemAsTheyAre();
    void anotherSecretTakesThePlaceOfTheOldOne();
    void aSecretThatIsNoLongerKeptIsRemoved();
    void secretsOfTheSessionAreNotInTheKeychain();
    void keepsParametersThatMayHoldASecretInTheKeychain();
    void movesParametersOfOldRowsIntoTheKeychain();
    void refusesANameInUseBeforeAnythingIsStored();
    void renames();
    void duplicatesWithTheSecrets();
    void removesSecretsAndRow();
    void saysWhichSecretIsMissing();
    void whateverFailsAtAnAddNothingIsLostOrLeftUnseen_data();
    void whateverFailsAtAnAddNothingIsLostOrLeftUnseen();
    void whateverFailsAtAChangeTheOldSecretsStay_data();
    void whateverFailsAtAChangeTheOldSecretsStay();
    void aRemovalThatFailsKeepsTheRow_data();
    void aRemovalThatFailsKeepsTheRow();
    void aRowThatCannotBeWrittenTakesTheSecretsBack();
    void whoeverGoesAwayCancelsTheSaving();
    void aCrashAtAnyStepLeavesNothingUnseen_data();
    void aCrashAtAnyStepLeavesNothingUnseen();

private:
    LoginProfile draft(const QString &name = u"Portal, jdoe"_s) const
    {
        return {.tenant = m_tenant,
                .name = name,
                .request = {.grant = Grant::Password,
                            .issuer = QUrl(u"https://acme.example.com/oidc/2"_s),
                            .clientId = u"0123"_s,
                            .clientSecret = Secret::fromText(kSecret),
                            .username = u"jdoe.test"_s,
                            .password = Secret::fromText(kPassword)},
                .keepsSecret = true,
                .keepsPassword = true};
    }
    Result<LoginProfile> save(const LoginProfile &profile)
    {
        return waitFor<LoginProfile>([&](auto k) { m_register->save(profile, k); });
    }
    Result<LoginRequest> requestOf(const LoginProfile &profile)
    {
        return waitFor<LoginRequest>([&](auto k) { m_register->request(profile, k); });
    }
    Result<void> remove(const LoginProfile &profile)
    {
        return waitFor<void>([&](auto k) { m_register->remove(profile, k); });
    }
    std::vector<LoginProfile> rows() const
    {
        return m_workspace->logins().profiles(m_tenant).value_or(std::vector<LoginProfile>{});
    }
    QStringList leftovers() const
    {
        return m_workspace->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60))
            .value_or(QStringList{u"unreadable"_s});
    }
    /// Every key in the keychain is a row's or a leftover, and every key of a row is in the keychain.
    void agree() const
    {
        std::set<QString> known;
        for (const LoginProfile &row : rows()) {
            for (const QString &key : row.keys()) {
                QVERIFY(m_keychain->secrets.contains(key));
                QVERIFY(known.insert(key).second); // no two rows share one
                QVERIFY(!leftovers().contains(key));
            }
        }
        for (const QString &key : m_keychain->secrets.keys())
            QVERIFY(known.contains(key) || leftovers().contains(key));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<FakeKeychain> m_keychain;
    std::unique_ptr<MemoryStore> m_session;
    std::unique_ptr<ProfileRegister> m_register;
    TenantId m_tenant;
};

void TestProfileRegister::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    auto workspace = Workspace::open(m_folder->path());
    QVERIFY_OK(workspace);
    m_workspace = std::move(*workspace);
    m_keychain = std::make_unique<FakeKeychain>();
    m_session = std::make_unique<MemoryStore>();
    m_register = std::make_unique<ProfileRegister>(*m_workspace, *m_keychain, *m_session);
    m_tenant =
        m_workspace->addTenant({.name = u"acme"_s, .baseUrl = QUrl(u"https://acme.example.com"_s)})->id;
}

void TestProfileRegister::cleanup()
{
    m_register.reset();
    m_workspace.reset();
}

void TestProfileRegister::keepsSecretsInTheKeychainAndGivesThemBack()
{
    const Result<LoginProfile> saved = save(draft(u" Portal, jdoe "_s));
    QVERIFY_OK(saved);
    QCOMPARE(saved->name, u"Portal, jdoe"_s);
    QVERIFY(saved->request.clientSecret.isEmpty() && saved->request.password.isEmpty());
    static const QRegularExpression opaque(u"^latchkey/[0-9a-f]{32}$"_s);
    QVERIFY(opaque.match(saved->secretKey).hasMatch());
    QVERIFY(opaque.match(saved->passwordKey).hasMatch());
    QCOMPARE(m_keychain->secrets.size(), 2);
    agree();
    const Result<LoginRequest> request = requestOf(rows().front());
    QVERIFY_OK(request);
    QCOMPARE(request->clientSecret.revealed(), kSecret);
    QCOMPARE(request->password.revealed(), kPassword);
    QCOMPARE(request->username, u"jdoe.test"_s);
    QVERIFY(leftovers().isEmpty());
}

void TestProfileRegister::keepsOnlyWhatItIsAskedTo()
{
    LoginProfile profile = draft();
    profile.keepsPassword = false;
    const Result<LoginProfile> saved = save(profile);
    QVERIFY_OK(saved);
    QVERIFY(saved->keepsSecret && !saved->keepsPassword);
    QCOMPARE(m_keychain->secrets.size(), 1);
    QCOMPARE(m_keychain->secrets.value(saved->secretKey).revealed(), kSecret);
    const Result<LoginRequest> request = requestOf(*saved);
    QVERIFY_OK(request);
    QVERIFY(request->password.isEmpty());

    LoginProfile empty = draft(u"public"_s); // nothing there to keep
    empty.request.clientSecret = {};
    empty.keepsPassword = false;
    const Result<LoginProfile> second = save(empty);
    QVERIFY_OK(second);
    QVERIFY(!second->keepsSecret && second->secretKey.isEmpty());
    QVERIFY_OK(requestOf(*second));
    agree();
}

void TestProfileRegister::aChangeWithoutSecretsLeavesThemAsTheyAre()
{
    const LoginProfile saved = *save(draft());
    LoginProfile changed = saved;
    changed.request.scopes = {u"openid"_s};
    const Result<LoginProfile> again = save(changed);
    QVERIFY_OK(again);
    QCOMPARE(again->id, saved.id);
    QCOMPARE(again->secretKey, saved.secretKey);
    QCOMPARE(again->passwordKey, saved.passwordKey);
    QCOMPARE(rows().front().request.scopes, QStringList{u"openid"_s});
    QCOMPARE(requestOf(*again)->password.revealed(), kPassword);
    agree();
}

void TestProfileRegister::anotherSecretTakesThePlaceOfTheOldOne()
{
    const LoginProfile saved = *save(draft());
    LoginProfile changed = saved;
    changed.request.clientSecret = Secret::fromText(u"another"_s);
    changed.place = SecretPlace::Session; // where it is kept does not change
    const Result<LoginProfile> again = save(changed);
    QVERIFY_OK(again);
    QVERIFY(again->secretKey != saved.secretKey);
    QCOMPARE(again->passwordKey, saved.passwordKey);
    QCOMPARE(requestOf(*again)->clientSecret.revealed(), u"another"_s);
    QCOMPARE(m_keychain->secrets.size(), 2);
    QVERIFY(leftovers().isEmpty());
    agree();
}

void TestProfileRegister::aSecretThatIsNoLongerKeptIsRemoved()
{
    LoginProfile saved = *save(draft());
    saved.keepsPassword = false;
    const Result<LoginProfile> again = save(saved);
    QVERIFY_OK(again);
    QVERIFY(!rows().front().keepsPassword);
    QCOMPARE(m_keychain->secrets.size(), 1);
    QVERIFY(leftovers().isEmpty());
    agree();
}

void TestProfileRegister::secretsOfTheSessionAreNotInTheKeychain()
{
    LoginProfile profile = draft();
    profile.place = SecretPlace::Session;
    const Result<LoginProfile> saved = save(profile);
    QVERIFY_OK(saved);
    QVERIFY(m_keychain->secrets.isEmpty());
    QVERIFY(leftovers().isEmpty());
    QCOMPARE(requestOf(*saved)->clientSecret.revealed(), kSecret);
    m_session = std::make_unique<MemoryStore>(); // the next start
    m_register = std::make_unique<ProfileRegister>(*m_workspace, *m_keychain, *m_session);
    QCOMPARE(requestOf(*saved).error().kind, ErrorKind::SecretMissing);
    QVERIFY_OK(remove(*saved));
}

void TestProfileRegister::keepsParametersThatMayHoldASecretInTheKeychain()
{
    LoginProfile profile = draft();
    profile.request.parameters = {{u"client_assertion"_s, u"assertion-canary"_s},
                                  {u"audience"_s, u"https://api.example.com"_s},
                                  {u"anything"_s, u"other-canary"_s}};
    const QList<std::pair<QString, QString>> sent = profile.request.parameters;
    LoginProfile saved = *save(profile);
    QCOMPARE(m_keychain->secrets.size(), 4);
    const LoginProfile row = rows().front();
    QCOMPARE(row.parameterKeys.keys(), QStringList({u"anything"_s, u"client_assertion"_s}));
    const QList<std::pair<QString, QString>> inRow{
        {u"client_assertion"_s, {}}, {u"audience"_s, u"https://api.example.com"_s}, {u"anything"_s, {}}};
    QCOMPARE(row.request.parameters, inRow);
    QCOMPARE(requestOf(row)->parameters, sent);
    agree();

    saved.name = u"again"_s; // values that are not given stay as they are
    saved.request.parameters.removeLast();
    QVERIFY_OK(save(saved));
    QCOMPARE(m_keychain->secrets.size(), 3);
    QCOMPARE(requestOf(rows().front())->parameters, sent.first(2));
    agree();
    QVERIFY(leftovers().isEmpty());

    m_keychain->secrets.remove(rows().front().parameterKeys.value(u"client_assertion"_s));
    const Result<LoginRequest> lost = requestOf(rows().front());
    QCOMPARE(lost.error().kind, ErrorKind::SecretMissing);
    QCOMPARE(lost.error().message,
             u"The value of the parameter client_assertion of the profile again is no longer kept."_s);
    profile.request.parameters = {{u"x"_s, u"1"_s}, {u"x"_s, u"2"_s}};
    QCOMPARE(save(profile).error().kind, ErrorKind::InvalidInput);
}

void TestProfileRegister::movesParametersOfOldRowsIntoTheKeychain()
{
    LoginProfile profile = draft();
    profile.request.parameters = {{u"anything"_s, {}}};
    const LoginProfile saved = *save(profile);
    QVERIFY(saved.parameterKeys.isEmpty());
    m_register.reset();
    m_workspace.reset();
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"before"_s);
        file.setDatabaseName(m_folder->filePath(u"workspace.sqlite"_s));
        QVERIFY(file.open());
        QSqlQuery query(file);
        QVERIFY(query.exec(u"UPDATE login_profiles SET request = json_set(request, '$.parameters',"
                           " json('[[\"anything\",\"old-canary\"]]'))"_s));
        QCOMPARE(query.numRowsAffected(), 1);
    }
    QSqlDatabase::removeDatabase(u"before"_s);
    m_workspace = std::move(*Workspace::open(m_folder->path()));
    QCOMPARE(rows().front().request.parameters.first().second, u"old-canary"_s);
    m_register = std::make_unique<ProfileRegister>(*m_workspace, *m_keychain, *m_session);
    QTRY_COMPARE(rows().front().parameterKeys.size(), 1);
    QCOMPARE(rows().front().request.parameters.first().second, QString());
    QCOMPARE(requestOf(rows().front())->parameters.first().second, u"old-canary"_s);
    QCOMPARE(requestOf(rows().front())->password.revealed(), kPassword);
    agree();
}

void TestProfileRegister::refusesANameInUseBeforeAnythingIsStored()
{
    QVERIFY_OK(save(draft()));
    const Result<LoginProfile> second = save(draft(u"PORTAL, JDOE"_s));
    QCOMPARE(second.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(m_keychain->secrets.size(), 2);
    QVERIFY(leftovers().isEmpty());
}

void TestProfileRegister::renames()
{
    const LoginProfile saved = *save(draft());
    QVERIFY_OK(save(draft(u"second"_s)));
    QVERIFY_OK(m_register->rename(saved.id, u" first "_s));
    QCOMPARE(m_workspace->logins().profile(saved.id)->name, u"first"_s);
    QCOMPARE(m_register->rename(saved.id, u"Second"_s).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(requestOf(saved)->clientSecret.revealed(), kSecret);
    agree();
}

void TestProfileRegister::duplicatesWithTheSecrets()
{
    const LoginProfile saved = *save(draft());
    const auto duplicate = [&](const QString &name) {
        return waitFor<LoginProfile>([&](auto k) { m_register->duplicate(saved, name, k); });
    };
    const Result<LoginProfile> copy = duplicate(u"copy"_s);
    QVERIFY_OK(copy);
    QVERIFY(copy->id != saved.id);
    QCOMPARE(m_keychain->secrets.size(), 4);
    QCOMPARE(requestOf(*copy)->password.revealed(), kPassword);
    agree();
    QCOMPARE(duplicate(u"Copy"_s).error().kind, ErrorKind::InvalidInput);
    QVERIFY_OK(remove(saved)); // the copy has its own
    QCOMPARE(requestOf(*copy)->clientSecret.revealed(), kSecret);
    m_keychain->secrets.clear();
    QCOMPARE(waitFor<LoginProfile>([&](auto k) { m_register->duplicate(*copy, u"third"_s, k); }).error().kind,
             ErrorKind::SecretMissing);
    QCOMPARE(rows().size(), 1u);
}

void TestProfileRegister::removesSecretsAndRow()
{
    const LoginProfile saved = *save(draft());
    QVERIFY_OK(remove(saved));
    QVERIFY(m_keychain->secrets.isEmpty());
    QVERIFY(rows().empty());
    QVERIFY(leftovers().isEmpty());
    QCOMPARE(remove(saved).error().kind, ErrorKind::Storage);
}

void TestProfileRegister::saysWhichSecretIsMissing()
{
    const LoginProfile saved = *save(draft());
    m_keychain->secrets.remove(saved.passwordKey);
    const Result<LoginRequest> request = requestOf(saved);
    QCOMPARE(request.error().kind, ErrorKind::SecretMissing);
    QCOMPARE(request.error().message, u"The password of the profile Portal, jdoe is no longer kept."_s);
    m_keychain->secrets.clear();
    QCOMPARE(requestOf(saved).error().message,
             u"The client secret of the profile Portal, jdoe is no longer kept."_s);
    m_keychain->failWith(ErrorKind::KeychainLocked);
    QCOMPARE(requestOf(saved).error().kind, ErrorKind::KeychainLocked);
}

void TestProfileRegister::whateverFailsAtAnAddNothingIsLostOrLeftUnseen_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("stores");
    QTest::addColumn<int>("count");
    for (int step = 0; step < 2; ++step) {
        for (ErrorKind kind : {ErrorKind::KeychainLocked, ErrorKind::KeychainTimeout}) {
            for (bool stores : {false, true}) {
                for (int count : {1, -1}) {
                    QTest::addRow("put %d, %s, %s, %s", step + 1, qPrintable(kindName(kind)),
                                  stores ? "stored all the same" : "not stored",
                                  count < 0 ? "for good" : "once")
                        << step << kind << stores << count;
                }
            }
        }
    }
}

void TestProfileRegister::whateverFailsAtAnAddNothingIsLostOrLeftUnseen()
{
    QFETCH(int, step);
    QFETCH(ErrorKind, kind);
    QFETCH(bool, stores);
    QFETCH(int, count);
    m_keychain->failure = kind;
    m_keychain->failFrom = step;
    m_keychain->failCount = count;
    m_keychain->storesBeforeItFails = stores;
    const Result<LoginProfile> saved = save(draft());
    QCOMPARE(saved.error().kind, kind);
    QVERIFY(rows().empty());
    agree();
    if (count == 1 && kind != ErrorKind::KeychainTimeout)
        QVERIFY(m_keychain->secrets.isEmpty() && leftovers().isEmpty());
    m_keychain->work();
    QVERIFY_OK(save(draft())); // the same once more
    agree();
}

void TestProfileRegister::whateverFailsAtAChangeTheOldSecretsStay_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("saved");
    QTest::newRow("first put") << 0 << false;
    QTest::newRow("second put") << 1 << false;
    QTest::newRow("first removal of an old one") << 2 << true;
    QTest::newRow("second removal of an old one") << 3 << true;
}

void TestProfileRegister::whateverFailsAtAChangeTheOldSecretsStay()
{
    QFETCH(int, step);
    QFETCH(bool, saved);
    const LoginProfile before = *save(draft());
    LoginProfile changed = before;
    changed.name = u"changed"_s;
    changed.request.clientSecret = Secret::fromText(u"another"_s);
    changed.request.password = Secret::fromText(u"other"_s);
    m_keychain->failFrom = step;
    const Result<LoginProfile> result = save(changed);
    QCOMPARE(result.has_value(), saved);
    m_keychain->work();
    agree();
    const LoginProfile row = rows().front();
    QCOMPARE(row.name, saved ? changed.name : before.name);
    QCOMPARE(requestOf(row)->clientSecret.revealed(), saved ? u"another"_s : kSecret);
    QCOMPARE(requestOf(row)->password.revealed(), saved ? u"other"_s : kPassword);
    if (saved)
        QCOMPARE(leftovers().size(), 4 - step); // the old ones that could not be removed
}

void TestProfileRegister::aRemovalThatFailsKeepsTheRow_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("first") << 0;
    QTest::newRow("second") << 1;
}

void TestProfileRegister::aRemovalThatFailsKeepsTheRow()
{
    QFETCH(int, step);
    const LoginProfile saved = *save(draft());
    m_keychain->failFrom = step;
    QCOMPARE(remove(saved).error().kind, ErrorKind::KeychainLocked);
    QCOMPARE(rows().size(), 1u);
    QCOMPARE(m_keychain->secrets.size(), 2 - step);
    QVERIFY(leftovers().isEmpty());
    m_keychain->work();
    QVERIFY_OK(remove(saved));
    QVERIFY(rows().empty() && m_keychain->secrets.isEmpty() && leftovers().isEmpty());
}

void TestProfileRegister::aRowThatCannotBeWrittenTakesTheSecretsBack()
{
    // The name is taken between the check and the row.
    bool isDone = false;
    m_keychain->afterPut = [this, &isDone] {
        if (std::exchange(isDone, true))
            return;
        QVERIFY_OK(m_workspace->logins().addProfile({.tenant = m_tenant, .name = u"portal, JDOE"_s}));
    };
    QCOMPARE(save(draft()).error().kind, ErrorKind::InvalidInput);
    QVERIFY(m_keychain->secrets.isEmpty());
    QVERIFY(leftovers().isEmpty());
    QCOMPARE(rows().size(), 1u);

    // And the profile is removed while a change is under way.
    m_keychain->afterPut = {};
    LoginProfile second = *save(draft(u"second"_s));
    second.request.clientSecret = Secret::fromText(u"another"_s);
    isDone = false;
    m_keychain->afterPut = [this, second, &isDone] {
        if (std::exchange(isDone, true))
            return;
        QVERIFY_OK(m_workspace->logins().removeProfile(second.id));
    };
    QCOMPARE(save(second).error().kind, ErrorKind::Storage);
    agree(); // its old secrets are leftovers
    QCOMPARE(leftovers().size(), 2);
}

void TestProfileRegister::whoeverGoesAwayCancelsTheSaving()
{
    auto context = std::make_unique<QObject>();
    bool called = false;
    m_keychain->afterPut = [&context] { context.reset(); };
    m_register->save(draft(),
                     then(context.get(), [&called](const Result<LoginProfile> &) { called = true; }));
    QTRY_VERIFY(!context);
    QTRY_VERIFY(m_keychain->secrets.isEmpty());
    QTRY_VERIFY(leftovers().isEmpty());
    QVERIFY(rows().empty());
    QVERIFY(!called);
}

void TestProfileRegister::aCrashAtAnyStepLeavesNothingUnseen_data()
{
    QTest::addColumn<int>("steps");
    for (int steps = 0; steps <= 4; ++steps)
        QTest::addRow("after %d operations of the keychain", steps) << steps;
}

// The register goes away in the middle, as the program would: nothing is settled afterwards.
void TestProfileRegister::aCrashAtAnyStepLeavesNothingUnseen()
{
    QFETCH(int, steps);
    LoginProfile profile = *save(draft());
    profile.request.clientSecret = Secret::fromText(u"another"_s);
    profile.request.password = Secret::fromText(u"other"_s);
    int left = steps;
    bool isGone = false;
    m_keychain->beforeEach = [&] {
        if (left-- > 0 || isGone)
            return;
        isGone = true;
        m_register.release()->deleteLater(); // it is on the stack
    };
    QObject context;
    bool called = false;
    m_register->save(profile, then(&context, [&called](const Result<LoginProfile> &) { called = true; }));
    QTRY_VERIFY(isGone || called);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_keychain->beforeEach = {};
    agree();
    m_register = std::make_unique<ProfileRegister>(*m_workspace, *m_keychain, *m_session);
    const Result<LoginRequest> request = requestOf(rows().front());
    QVERIFY_OK(request);
    const bool isNew = request->clientSecret.revealed() == "another"_L1;
    QCOMPARE(request->clientSecret.revealed(), isNew ? u"another"_s : kSecret);
    QCOMPARE(request->password.revealed(), isNew ? u"other"_s : kPassword);
}

QTEST_GUILESS_MAIN(TestProfileRegister)
#include "tst_profileregister.moc"
