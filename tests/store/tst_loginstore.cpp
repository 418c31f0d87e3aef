// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "store/loginstore.h"
#include "store/migrations.h"
#include "store/workspace.h"
#include "support/qtest_result.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kCanary = u"canary-5ecret-of-the-test"_s;
const QDateTime kNoon(QDate(2026, 1, 2), QTime(12, 0, 0, 250), Qt::UTC);

LoginProfile sampleProfile(TenantId tenant, const QString &name = u"Portal, jdoe"_s)
{
    LoginRequest request{.grant = Grant::AuthorizationCode,
                         .issuer = QUrl(u"https://acme.example.com/oidc/2"_s),
                         .clientId = u"0123"_s,
                         .auth = ClientAuth::Post,
                         .username = u"jdoe.test"_s,
                         .scopes = {u"openid"_s, u"read:invoices"_s},
                         .resource = u"https://api.example.com/invoices"_s,
                         .parameters = {{u"audience"_s, u"a b"_s}, {u"ui_locales"_s, u"ar"_s}},
                         .prompt = u"login"_s,
                         .loginHint = u"jdoe.test"_s,
                         .acrValues = u"onelogin:nist:level:1:re-auth"_s,
                         .redirectPort = 8080};
    request.endpoints.tokenEndpoint = QUrl(u"https://acme.example.com/other/token"_s);
    request.endpoints.jwksUri = QUrl(u"https://acme.example.com/other/certs"_s);
    return {.tenant = tenant,
            .name = name,
            .request = request,
            .expectation = {.kind = LoginExpectation::Kind::Error,
                            .error = u"invalid_request"_s,
                            .description = u"MFA"_s},
            .keepsSecret = true,
            .keepsPassword = true,
            .keepsClaims = true,
            .secretKey = u"latchkey/secret of "_s + name,
            .passwordKey = u"latchkey/password of "_s + name};
}

LoginOutcome sampleOutcome(const QDateTime &at, std::optional<std::chrono::seconds> lifetime = 600s)
{
    IssuedToken access{.value = Secret::fromText(kCanary),
                       .kind = TokenKind::Jwt,
                       .decoded = DecodedJwt{},
                       .expiresIn = lifetime};
    access.claims = {{u"sub"_s, u"4711"_s}, {u"scope"_s, u"read:invoices"_s}};
    return {.ok = true,
            .httpStatus = 200,
            .requestId = u"req-1"_s,
            .at = at,
            .duration = 1900ms,
            .requests = 3,
            .accessToken = access,
            .refreshToken = IssuedToken{.value = Secret::fromText(kCanary)},
            .tokenType = u"Bearer"_s,
            .grantedScopes = QStringList{u"read:invoices"_s},
            .scopesInToken = {u"read:invoices"_s},
            .notes = {u"Odd."_s}};
}

void compareRequests(const LoginRequest &found, const LoginRequest &expected)
{
    QCOMPARE(found.grant, expected.grant);
    QCOMPARE(found.issuer, expected.issuer);
    QCOMPARE(found.clientId, expected.clientId);
    QVERIFY(found.clientSecret.isEmpty());
    QCOMPARE(found.auth, expected.auth);
    QCOMPARE(found.username, expected.username);
    QVERIFY(found.password.isEmpty());
    QCOMPARE(found.scopes, expected.scopes);
    QCOMPARE(found.resource, expected.resource);
    QCOMPARE(found.parameters, expected.parameters);
    QCOMPARE(found.prompt, expected.prompt);
    QCOMPARE(found.loginHint, expected.loginHint);
    QCOMPARE(found.acrValues, expected.acrValues);
    QCOMPARE(found.redirectPort, expected.redirectPort);
    QCOMPARE(found.endpoints.tokenEndpoint, expected.endpoints.tokenEndpoint);
    QCOMPARE(found.endpoints.authorizationEndpoint, expected.endpoints.authorizationEndpoint);
    QCOMPARE(found.endpoints.jwksUri, expected.endpoints.jwksUri);
}

} // namespace

class TestLoginStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void profilesComeBackAsTheyWereSaved();
    void anAddressMayBeThatOfSeveralTenants();
    void aNameOccursOnceInATenant();
    void saysWhenAProfileIsGone();
    void keysAreLeftoversUntilAProfileTakesThemAndAgainWhenItHasOthers();
    void recordsComeBackAsTheyWereSaved();
    void aFailureComesBackAsItWas();
    void nothingSecretLiesInTheWorkspace();
    void claimsAreKeptOnlyIfAskedFor();
    void keepsTheNewestThousandOfATenant();
    void clearsWhatHasExpired_data();
    void clearsWhatHasExpired();
    void aRemovedProfileLeavesItsHistory();
    void aRemovedTenantTakesEverythingAlong();
    void tellsWhatHasChanged();
    void aNewerVersionsFileIsReadAndNotWritten();

private:
    LoginStore &logins() { return m_workspace->logins(); }
    LoginRecord record(const Result<LoginOutcome> &result, Claims claims = Claims::Dropped)
    {
        LoginRecord record = recordOf(sampleProfile(m_tenant).request, result, kNoon, claims);
        record.tenant = m_tenant;
        record.name = u"Portal, jdoe"_s;
        return record;
    }
    QStringList leftovers() const
    {
        return m_workspace->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60))
            .value_or(QStringList{u"unreadable"_s});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    TenantId m_tenant;
};

void TestLoginStore::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    auto workspace = Workspace::open(m_folder->path());
    QVERIFY_OK(workspace);
    m_workspace = std::move(*workspace);
    m_tenant =
        m_workspace->addTenant({.name = u"acme"_s, .baseUrl = QUrl(u"https://acme.example.com"_s)})->id;
}

void TestLoginStore::cleanup()
{
    m_workspace.reset();
}

void TestLoginStore::profilesComeBackAsTheyWereSaved()
{
    const LoginProfile sample = sampleProfile(m_tenant);
    const Result<LoginProfile> added = logins().addProfile(sample);
    QVERIFY_OK(added);
    QVERIFY(added->id.isValid());
    const Result<LoginProfile> found = logins().profile(added->id);
    QVERIFY_OK(found);
    compareRequests(found->request, sample.request);
    QCOMPARE(found->tenant, m_tenant);
    QCOMPARE(found->name, sample.name);
    QVERIFY(found->expectation == sample.expectation);
    QVERIFY(found->keepsSecret && found->keepsPassword && found->keepsClaims);
    QCOMPARE(found->place, SecretPlace::Keychain);
    QCOMPARE(found->secretKey, sample.secretKey);
    QCOMPARE(found->passwordKey, sample.passwordKey);

    LoginProfile changed = *found;
    changed.name = u"Billing"_s;
    changed.request.grant = Grant::ClientCredentials;
    changed.expectation = {.kind = LoginExpectation::Kind::Success};
    changed.passwordKey.clear();
    QVERIFY_OK(logins().updateProfile(changed));
    const Result<std::vector<LoginProfile>> all = logins().profiles(m_tenant);
    QVERIFY_OK(all);
    QCOMPARE(all->size(), 1u);
    QCOMPARE(all->front().name, u"Billing"_s);
    QCOMPARE(all->front().request.grant, Grant::ClientCredentials);
    QVERIFY(all->front().expectation == changed.expectation);
    QVERIFY(!all->front().keepsPassword);
}

void TestLoginStore::anAddressMayBeThatOfSeveralTenants()
{
    const QUrl address(u"https://acme.example.com"_s);
    const auto again = m_workspace->addTenant({.name = u"acme again"_s, .baseUrl = address});
    const auto other =
        m_workspace->addTenant({.name = u"other"_s, .baseUrl = QUrl(u"https://other.example.com"_s)});
    QVERIFY_OK(logins().addProfile(sampleProfile(m_tenant, u"nightly"_s)));
    QVERIFY_OK(logins().addProfile(sampleProfile(again->id, u"daily"_s)));
    LoginProfile elsewhere = sampleProfile(other->id, u"hourly"_s);
    elsewhere.request.issuer = QUrl(u"https://other.example.com/oidc/2"_s);
    elsewhere.request.endpoints = {};
    QVERIFY_OK(logins().addProfile(elsewhere));
    elsewhere.name = u"weekly"_s;
    elsewhere.request.issuer = QUrl(u"https://acme.example.com:443/oidc/2"_s);
    QVERIFY_OK(logins().addProfile(elsewhere));
    const Result<std::vector<LoginProfile>> found = logins().profilesAt(address);
    QVERIFY_OK(found);
    QCOMPARE(found->size(), 3u);
    QCOMPARE(found->at(0).name, u"daily"_s);
    QCOMPARE(found->at(1).name, u"nightly"_s);
    QCOMPARE(found->at(2).name, u"weekly"_s); // of another tenant, with an issuer here
}

void TestLoginStore::aNameOccursOnceInATenant()
{
    const Result<LoginProfile> first = logins().addProfile(sampleProfile(m_tenant, u"Büro"_s));
    QVERIFY_OK(first);
    QCOMPARE(logins().addProfile(sampleProfile(m_tenant, u"BÜRO"_s)).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(logins().addProfile(sampleProfile(m_tenant, u" "_s)).error().kind, ErrorKind::InvalidInput);
    QVERIFY_OK(logins().updateProfile(*first)); // its own name is not in the way
    const TenantId other =
        m_workspace->addTenant({.name = u"other"_s, .baseUrl = QUrl(u"https://other.example.com"_s)})->id;
    QVERIFY_OK(logins().addProfile(sampleProfile(other, u"Büro"_s)));
    LoginProfile second = *logins().addProfile(sampleProfile(m_tenant, u"second"_s));
    second.name = u"büro"_s;
    QCOMPARE(logins().updateProfile(second).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(logins().profile(second.id)->name, u"second"_s);
}

void TestLoginStore::saysWhenAProfileIsGone()
{
    LoginProfile profile = sampleProfile(m_tenant);
    profile.id = {41};
    QCOMPARE(logins().profile({41}).error().kind, ErrorKind::Storage);
    QCOMPARE(logins().updateProfile(profile).error().kind, ErrorKind::Storage);
    QCOMPARE(logins().removeProfile({41}).error().kind, ErrorKind::Storage);
}

void TestLoginStore::keysAreLeftoversUntilAProfileTakesThemAndAgainWhenItHasOthers()
{
    const LoginProfile sample = sampleProfile(m_tenant);
    QVERIFY_OK(m_workspace->noteKeychainItems({sample.secretKey, sample.passwordKey}));
    QCOMPARE(leftovers().size(), 2);
    LoginProfile profile = *logins().addProfile(sample);
    QVERIFY(leftovers().isEmpty());
    QVERIFY_OK(m_workspace->forgetKeychainItem(sample.secretKey)); // it is the profile's
    profile.passwordKey.clear();
    QVERIFY_OK(logins().updateProfile(profile));
    QCOMPARE(leftovers(), QStringList{sample.passwordKey});
    QVERIFY_OK(logins().removeProfile(profile.id));
    QCOMPARE(leftovers().size(), 2);

    LoginProfile inMemory = sampleProfile(m_tenant, u"session"_s);
    inMemory.place = SecretPlace::Session;
    QVERIFY_OK(logins().addProfile(inMemory));
    QCOMPARE(leftovers().size(), 2);
}

void TestLoginStore::recordsComeBackAsTheyWereSaved()
{
    LoginRecord sample = record(sampleOutcome(kNoon), Claims::Kept);
    sample.profile = logins().addProfile(sampleProfile(m_tenant))->id;
    sample.metExpectation = false;
    const Result<LoginRecord> added = logins().addRecord(sample);
    QVERIFY_OK(added);
    const Result<std::vector<LoginRecord>> all = logins().records(m_tenant);
    QVERIFY_OK(all);
    QCOMPARE(all->size(), 1u);
    const LoginRecord &found = all->front();
    QCOMPARE(found.id, added->id);
    QCOMPARE(found.tenant, m_tenant);
    QCOMPARE(found.profile, sample.profile);
    QCOMPARE(found.name, sample.name);
    compareRequests(found.request, sampleProfile(m_tenant).request);
    QCOMPARE(found.at, kNoon);
    QCOMPARE(found.duration, 1900ms);
    QCOMPARE(found.requests, 3);
    QVERIFY(found.ok);
    QCOMPARE(found.httpStatus, 200);
    QCOMPARE(found.requestId, u"req-1"_s);
    QVERIFY(!found.failure);
    QCOMPARE(found.tokenType, u"Bearer"_s);
    QCOMPARE(*found.grantedScopes, QStringList{u"read:invoices"_s});
    QCOMPARE(found.scopesInToken, QStringList{u"read:invoices"_s});
    QCOMPARE(found.accessToken->kind, TokenKind::Jwt);
    QCOMPARE(found.accessToken->size, kCanary.size());
    QCOMPARE(*found.accessToken->expiresIn, 600s);
    QCOMPARE(found.accessToken->endsAt, kNoon.addSecs(600));
    QCOMPARE(found.accessToken->claims.value("sub"_L1).toString(), u"4711"_s);
    QVERIFY(!found.idToken);
    QCOMPARE(found.refreshToken->kind, TokenKind::Opaque);
    QVERIFY(!found.refreshToken->expiresIn);
    QVERIFY(!found.refreshToken->endsAt.isValid());
    QCOMPARE(found.notes, QStringList{u"Odd."_s});
    QCOMPARE(found.metExpectation, std::optional<bool>(false));
    QCOMPARE(found.tokensEndAt(), kNoon.addSecs(600));
}

void TestLoginStore::aFailureComesBackAsItWas()
{
    const Result<LoginOutcome> failed = fail({.kind = ErrorKind::Tls,
                                              .message = u"It could not prove who it is."_s,
                                              .detail = u"expired"_s,
                                              .reason = u"certificate_expired"_s,
                                              .code = u"c"_s,
                                              .vendorText = u"v"_s,
                                              .httpStatus = 502,
                                              .requestId = u"req-2"_s});
    QVERIFY_OK(logins().addRecord(record(failed)));
    const LoginRecord found = logins().records(m_tenant)->front();
    QVERIFY(!found.ok);
    QCOMPARE(found.at, kNoon);
    QVERIFY(!found.metExpectation);
    QVERIFY(!found.grantedScopes);
    QVERIFY(!found.tokensEndAt().isValid());
    QVERIFY(found.failure);
    QCOMPARE(found.failure->kind, ErrorKind::Tls);
    QCOMPARE(found.failure->message, failed.error().message);
    QCOMPARE(found.failure->detail, failed.error().detail);
    QCOMPARE(found.failure->reason, failed.error().reason);
    QCOMPARE(found.failure->code, failed.error().code);
    QCOMPARE(found.failure->vendorText, failed.error().vendorText);
    QCOMPARE(found.failure->httpStatus, 502);
    QCOMPARE(found.failure->requestId, u"req-2"_s);
}

void TestLoginStore::nothingSecretLiesInTheWorkspace()
{
    LoginProfile profile = sampleProfile(m_tenant);
    profile.request.clientSecret = Secret::fromText(kCanary);
    profile.request.password = Secret::fromText(kCanary);
    profile.request.issuer.setUserInfo(u"jdoe:"_s + kCanary);
    profile.request.parameters.append({u"anything"_s, kCanary});
    QVERIFY_OK(logins().addProfile(profile));
    LoginRequest request = profile.request;
    request.parameters.append({u"client_assertion"_s, kCanary});
    LoginRecord record = recordOf(request, sampleOutcome(kNoon), kNoon, Claims::Kept);
    record.tenant = m_tenant;
    QVERIFY_OK(logins().addRecord(record));
    const QByteArray raw = kCanary.toUtf8();
    const QList<QByteArray> needles{
        raw, raw.toBase64().left(24), raw.toHex(),
        QByteArray(reinterpret_cast<const char *>(kCanary.utf16()), 2 * kCanary.size())};
    const QDir folder(m_folder->path());
    bool sawRecord = false;
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        sawRecord = sawRecord || content.contains("req-1");
        for (const QByteArray &needle : needles)
            QVERIFY2(!content.contains(needle), qPrintable(name));
    }
    QVERIFY(sawRecord); // the search does look where the rows are
}

void TestLoginStore::claimsAreKeptOnlyIfAskedFor()
{
    QVERIFY_OK(logins().addRecord(record(sampleOutcome(kNoon))));
    QVERIFY(logins().records(m_tenant)->front().accessToken->claims.isEmpty());
    LoginOutcome huge = sampleOutcome(kNoon);
    huge.accessToken->claims.insert(u"groups"_s, QString(100'000, u'g'));
    QVERIFY_OK(logins().addRecord(record(huge, Claims::Kept)));
    QVERIFY(logins().records(m_tenant)->front().accessToken->claims.isEmpty());
    QCOMPARE(logins().records(m_tenant)->front().accessToken->kind, TokenKind::Jwt);
}

void TestLoginStore::keepsTheNewestThousandOfATenant()
{
    const TenantId other =
        m_workspace->addTenant({.name = u"other"_s, .baseUrl = QUrl(u"https://other.example.com"_s)})->id;
    LoginRecord foreign = record(sampleOutcome(kNoon));
    foreign.tenant = other;
    QVERIFY_OK(logins().addRecord(foreign));
    for (int i = 0; i < LoginStore::kMostRecords + 3; ++i) {
        LoginRecord run = record(sampleOutcome(kNoon));
        run.name = QString::number(i);
        QVERIFY_OK(logins().addRecord(run));
    }
    const Result<std::vector<LoginRecord>> all = logins().records(m_tenant, 5000);
    QVERIFY_OK(all);
    QCOMPARE(all->size(), static_cast<size_t>(LoginStore::kMostRecords));
    QCOMPARE(all->front().name, QString::number(LoginStore::kMostRecords + 2));
    QCOMPARE(all->back().name, u"3"_s);
    QCOMPARE(logins().records(m_tenant, 2)->size(), 2u);
    QCOMPARE(logins().records(other)->size(), 1u);
}

void TestLoginStore::clearsWhatHasExpired_data()
{
    QTest::addColumn<LoginStore::Expired>("what");
    QTest::newRow("runs") << LoginStore::Expired::Runs;
    QTest::newRow("claims") << LoginStore::Expired::Claims;
}

void TestLoginStore::clearsWhatHasExpired()
{
    QFETCH(LoginStore::Expired, what);
    const auto add = [this](const QString &name, const Result<LoginOutcome> &result) {
        LoginRecord run = record(result, Claims::Kept);
        run.name = name;
        QVERIFY_OK(logins().addRecord(run));
    };
    add(u"expired"_s, sampleOutcome(kNoon.addSecs(-3600)));
    LoginOutcome later = sampleOutcome(kNoon.addSecs(-3600));
    later.idToken = *later.accessToken;
    later.idToken->expiresIn = 4000s;
    add(u"one token still valid"_s, later);
    add(u"ends now"_s, sampleOutcome(kNoon.addSecs(-600)));
    add(u"valid"_s, sampleOutcome(kNoon));
    add(u"end not known"_s, sampleOutcome(kNoon.addSecs(-3600), std::nullopt));
    add(u"refused"_s, LoginOutcome{.error = u"invalid_client"_s, .at = kNoon.addSecs(-3600)});

    const Result<int> cleared = logins().clearExpired(m_tenant, kNoon, what);
    QVERIFY_OK(cleared);
    QCOMPARE(*cleared, 2);
    QStringList left;
    QStringList withClaims;
    const Result<std::vector<LoginRecord>> all = logins().records(m_tenant);
    QVERIFY_OK(all);
    for (const LoginRecord &run : *all) {
        left.prepend(run.name);
        if (run.accessToken && !run.accessToken->claims.isEmpty())
            withClaims.prepend(run.name);
    }
    const QStringList rest{u"one token still valid"_s, u"valid"_s, u"end not known"_s};
    QCOMPARE(withClaims, rest);
    QCOMPARE(left.size(), what == LoginStore::Expired::Runs ? 4 : 6);
    QVERIFY(left.contains(u"refused"_s));
    QCOMPARE(*logins().clearExpired(m_tenant, kNoon, what), 0);
}

void TestLoginStore::aRemovedProfileLeavesItsHistory()
{
    const LoginProfile profile = *logins().addProfile(sampleProfile(m_tenant));
    LoginRecord run = record(sampleOutcome(kNoon));
    run.profile = profile.id;
    QVERIFY_OK(logins().addRecord(run));
    QVERIFY_OK(logins().removeProfile(profile.id));
    const Result<std::vector<LoginRecord>> all = logins().records(m_tenant);
    QCOMPARE(all->size(), 1u);
    QVERIFY(!all->front().profile.isValid());
    QVERIFY_OK(logins().clearRecords(m_tenant));
    QVERIFY(logins().records(m_tenant)->empty());
}

void TestLoginStore::aRemovedTenantTakesEverythingAlong()
{
    const LoginProfile profile = *logins().addProfile(sampleProfile(m_tenant));
    QVERIFY_OK(logins().addRecord(record(sampleOutcome(kNoon))));
    QVERIFY_OK(m_workspace->removeTenant(m_tenant));
    QVERIFY(logins().profiles(m_tenant)->empty());
    QVERIFY(logins().records(m_tenant)->empty());
    QStringList keys{profile.secretKey, profile.passwordKey};
    QStringList left = leftovers(); // the keychain still has them
    left.sort();
    keys.sort();
    QCOMPARE(left, keys);
}

void TestLoginStore::tellsWhatHasChanged()
{
    QSignalSpy profiles(&logins(), &LoginStore::profilesChanged);
    QSignalSpy records(&logins(), &LoginStore::recordsChanged);
    LoginProfile profile = *logins().addProfile(sampleProfile(m_tenant));
    QVERIFY_OK(logins().updateProfile(profile));
    QVERIFY_OK(logins().removeProfile(profile.id));
    QCOMPARE(profiles.count(), 3);
    QVERIFY_OK(logins().addRecord(record(sampleOutcome(kNoon))));
    QVERIFY_OK(logins().clearExpired(m_tenant, kNoon, LoginStore::Expired::Runs)); // nothing
    QCOMPARE(records.count(), 1);
    QVERIFY_OK(logins().clearExpired(m_tenant, kNoon.addDays(1), LoginStore::Expired::Runs));
    QCOMPARE(records.count(), 2);
}

void TestLoginStore::aNewerVersionsFileIsReadAndNotWritten()
{
    const LoginProfile profile = *logins().addProfile(sampleProfile(m_tenant));
    m_workspace.reset();
    {
        QSqlDatabase raw = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
        raw.setDatabaseName(m_folder->filePath(u"workspace.sqlite"_s));
        QVERIFY(raw.open());
        QVERIFY_OK(run(raw, u"PRAGMA user_version = %1"_s.arg(latestSchemaVersion() + 1)));
        closeDatabase(raw);
    }
    auto workspace = Workspace::open(m_folder->path());
    QVERIFY_OK(workspace);
    m_workspace = std::move(*workspace);
    QCOMPARE(logins().profiles(m_tenant)->size(), 1u);
    QCOMPARE(logins().updateProfile(profile).error().kind, ErrorKind::StorageTooNew);
    QCOMPARE(logins().addRecord(record(sampleOutcome(kNoon))).error().kind, ErrorKind::StorageTooNew);
    QCOMPARE(logins().clearRecords(m_tenant).error().kind, ErrorKind::StorageTooNew);
}

QTEST_GUILESS_MAIN(TestLoginStore)
#include "tst_loginstore.moc"
