// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/authserverwriter.h"
#include "support/qtest_result.h"
#include "support/tenantdesk.h"

#include <QJsonDocument>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

FaultReply reset()
{
    return {.then = FaultReply::Then::Reset};
}

bool isWrite(const Arrival &arrival)
{
    return arrival.method != "GET" && arrival.target.startsWith("/api/");
}

} // namespace

/// Writes of servers, scopes and claims between a real client and a real sandbox, with a proxy between
/// them that loses answers and tells lies.
class TestAuthServerWriter : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_desk = std::make_unique<TenantDesk>();
        QVERIFY(m_desk->start());
        QVERIFY(m_desk->adopt(u"grants-admin").id.isValid());
        m_invoices = {m_desk->sandbox.server(u"Invoices API").id};
    }
    void cleanup() { m_desk.reset(); }

    void createsChangesAndDeletesAServer()
    {
        const auto created = create(partners());
        QVERIFY_OK(created);
        QCOMPARE(created->state, WriteState::Stored);
        QCOMPARE(created->found.accessTokenLifetime, 15min);
        QCOMPARE(body("POST"), QJsonObject({{u"name"_s, u"Partners API"_s},
                                            {u"description"_s, QString()},
                                            {u"configuration"_s,
                                             QJsonObject{{u"resource_identifier"_s, kResource},
                                                         {u"audiences"_s, QJsonArray{kResource}},
                                                         {u"access_token_expiration_minutes"_s, 15}}}}));
        AuthServer wanted = created->found;
        wanted.name = u"Partner API"_s;
        wanted.accessTokenLifetime.reset();
        wanted.refreshTokenLifetime.reset();
        const auto updated = update(created->found, wanted);
        QVERIFY_OK(updated);
        QCOMPARE(updated->state, WriteState::Stored);
        QCOMPARE(updated->found.name, u"Partner API"_s);
        // All that can be written, nothing that was only read, and no lifetime that is not set.
        QCOMPARE(body("PUT"),
                 QJsonObject({{u"name"_s, u"Partner API"_s},
                              {u"description"_s, QJsonValue(QJsonValue::Null)},
                              {u"configuration"_s, QJsonObject{{u"resource_identifier"_s, kResource},
                                                               {u"audiences"_s, QJsonArray{kResource}}}}}));
        QVERIFY_OK(waitFor([&](auto k) { writer().remove(wanted.id, k); }));
        QVERIFY_OK(waitFor([&](auto k) { writer().remove(wanted.id, k); })); // already gone
        const auto gone = update(wanted, wanted);
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    }

    void theRulesComeFirst()
    {
        m_desk->proxy->forget();
        const auto created = create({.name = u"A"_s});
        QVERIFY(!created);
        QCOMPARE(created.error().kind, ErrorKind::InvalidInput);
        QCOMPARE(created.error().fieldErrors.size(), size_t{2});
        QVERIFY(m_desk->proxy->arrived().empty());
    }

    void refusalsAreOnTheirFields()
    {
        answerWrites(
            400,
            R"({"field":"name","message":"Missing required field","statusCode":400,"name":"BadRequestError"})");
        auto refused = create(partners());
        QVERIFY(!refused);
        QCOMPARE(refused.error().fieldErrors.size(), size_t{1});
        QCOMPARE(refused.error().fieldErrors.front().field, u"name"_s);
        answerWrites(
            422,
            R"({"message":"Validation failed: Resource identifier can't be blank, Audiences can't be blank","statusCode":422,"name":"UnprocessableEntityError"})");
        refused = create(partners());
        QVERIFY(!refused);
        QCOMPARE(refused.error().fieldErrors.size(), size_t{2});
        QCOMPARE(refused.error().fieldErrors.back().message, u"Audiences can't be blank"_s);
        QVERIFY(refused.error().vendorText.startsWith(u"Validation failed: "_s));
    }

    void nothingIsSentOverSomeoneElsesChange()
    {
        const auto loaded = server();
        QVERIFY_OK(loaded);
        AuthServer theirs = *loaded;
        theirs.description = u"Theirs"_s;
        QVERIFY_OK(waitFor([&](auto k) { api().update(theirs, k); }));
        AuthServer wanted = *loaded;
        wanted.name = u"Mine"_s;
        m_desk->proxy->forget();
        const auto written = update(*loaded, wanted);
        QVERIFY_OK(written);
        QCOMPARE(written->state, WriteState::Conflict);
        QCOMPARE(written->differences.size(), size_t{1});
        QCOMPARE(written->differences.front().field, u"description"_s);
        QCOMPARE(written->differences.front().found, u"Theirs"_s);
        QCOMPARE(writes(), 0);
    }

    void whatIsNotStoredIsTold()
    {
        const auto loaded = server();
        QVERIFY_OK(loaded);
        m_desk->proxy->setScript([](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == "PUT" ? FaultServer::answer(200, R"({"id":1})") : forward(arrival);
        });
        AuthServer wanted = *loaded;
        wanted.name = u"Mine"_s;
        const auto written = update(*loaded, wanted);
        QVERIFY_OK(written);
        QCOMPARE(written->state, WriteState::NotStored);
        QCOMPARE(written->differences.front(), (FieldDifference{u"name"_s, u"Mine"_s, u"Invoices API"_s}));
    }

    void aLostAnswerIsSettledByReading_data()
    {
        QTest::addColumn<bool>("arrives");
        QTest::newRow("after it was stored") << true;
        QTest::newRow("before it came there") << false;
    }
    void aLostAnswerIsSettledByReading()
    {
        QFETCH(bool, arrives);
        m_desk->proxy->setScript([arrives](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (!isWrite(arrival))
                return forward(arrival);
            if (arrives)
                (void)forward(arrival);
            return reset();
        });
        m_desk->proxy->forget();
        const auto created = create(partners());
        const auto scope = addScope({.value = u"new:scope"_s});
        const auto claim = waitFor<Written<Claim>>(
            [&](auto k) { writer().add(m_invoices, Claim{.name = u"new"_s, .mapping = u"email"_s}, {}, k); });
        const auto loaded = server();
        QVERIFY_OK(loaded);
        AuthServer wanted = *loaded;
        wanted.name = u"Mine"_s;
        const auto updated = update(*loaded, wanted);
        const auto removed = waitFor([&](auto k) { writer().remove(m_invoices, k); });
        QCOMPARE(writes(), 5); // each once
        if (arrives) {
            QVERIFY_OK(created);
            QVERIFY(created->found.id.isValid());
            QVERIFY_OK(scope);
            QCOMPARE(scope->found.value, u"new:scope"_s);
            QVERIFY_OK(claim);
            QVERIFY_OK(updated);
            QVERIFY_OK(removed);
        } else {
            for (const std::optional<Error> &error :
                 {errorOf(created), errorOf(scope), errorOf(claim), errorOf(updated), errorOf(removed)}) {
                QVERIFY(error);
                QCOMPARE(error->kind, ErrorKind::Unreachable);
                QVERIFY2(error->message.startsWith(u"Not stored"_s), qPrintable(error->message));
            }
        }
    }

    void whatCannotBeReadBackMayBeStored()
    {
        bool isWritten = false;
        m_desk->proxy->setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
            if (isWrite(arrival))
                isWritten = true;
            else if (isWritten)
                return FaultServer::html(500);
            return forward(arrival);
        });
        const auto scope = addScope({.value = u"new:scope"_s});
        QVERIFY(!scope);
        QCOMPARE(scope.error().kind, ErrorKind::OutcomeUnknown);
    }

    void scopesAndClaimsGoRound()
    {
        const auto added = addScope({.value = u"new:scope"_s, .description = u"New"_s});
        QVERIFY_OK(added);
        QCOMPARE(added->all.size(), size_t{9});
        QCOMPARE(body("POST"), QJsonObject({{u"value"_s, u"new:scope"_s}, {u"description"_s, u"New"_s}}));
        Scope wanted = added->found;
        wanted.value = u"newer:scope"_s;
        const auto updated =
            waitFor<Written<Scope>>([&](auto k) { writer().update(m_invoices, added->found, wanted, k); });
        QVERIFY_OK(updated);
        QCOMPARE(updated->found.value, u"newer:scope"_s);
        const auto left =
            waitFor<std::vector<Scope>>([&](auto k) { writer().remove(m_invoices, updated->found.id, k); });
        QVERIFY_OK(left);
        QCOMPARE(left->size(), size_t{8});

        const auto claim = waitFor<Written<Claim>>([&](auto k) {
            writer().add(m_invoices, Claim{.name = u"shop"_s, .mapping = u"custom_attribute_shop"_s}, {}, k);
        });
        QVERIFY_OK(claim);
        QCOMPARE(body("POST"), QJsonObject({{u"name"_s, u"shop"_s},
                                            {u"user_attribute_mappings"_s, u"custom_attribute_shop"_s}}));
        Claim macro = claim->found;
        macro.mapping = u"_macro_"_s;
        macro.macro = u"{email}"_s;
        const auto changed =
            waitFor<Written<Claim>>([&](auto k) { writer().update(m_invoices, claim->found, macro, k); });
        QVERIFY_OK(changed);
        QCOMPARE(changed->state, WriteState::Stored);
        QCOMPARE(body("PUT"), QJsonObject({{u"name"_s, u"shop"_s},
                                           {u"user_attribute_mappings"_s, u"_macro_"_s},
                                           {u"user_attribute_macros"_s, u"{email}"_s},
                                           {u"attributes_transformations"_s, QJsonValue(QJsonValue::Null)}}));
        const auto claims =
            waitFor<std::vector<Claim>>([&](auto k) { writer().remove(m_invoices, changed->found.id, k); });
        QVERIFY_OK(claims);
        QVERIFY(std::none_of(claims->begin(), claims->end(),
                             [&](const Claim &each) { return each.id == changed->found.id; }));
    }

    void aScopeThatIsTakenIsRefusedByTheTenantToo()
    {
        const auto refused = addScope({.value = u"read:invoices"_s}); // as if the list were old
        QVERIFY(!refused);
        QCOMPARE(refused.error().httpStatus, 422);
        QCOMPARE(refused.error().fieldErrors.front().field, u"value"_s);
        QCOMPARE(refused.error().fieldErrors.front().message, u"Value has already been taken"_s);
    }

    void readsClaimsOfWhichAllButTheIdIsNull()
    {
        const auto script = [](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.target.endsWith("/claims")
                       ? FaultServer::answer(200, R"([{"attributes_transformations":null,"skip_if_blank":null,
                 "user_attribute_mappings":null,"provisioned_entitlements":null,"default_values":null,
                 "safe_entitlements_enabled":null,"label":null,"name":null,"user_attribute_macros":null,
                 "values":null,"id":320780}])")
                       : forward(arrival);
        };
        m_desk->proxy->setScript(script);
        const auto claims = waitFor<std::vector<Claim>>([&](auto k) { api().claims(m_invoices, k); });
        QVERIFY_OK(claims);
        QCOMPARE(claims->front().id, ClaimId{320780});
        QCOMPARE(claims->front().title(), QString());
    }

private:
    static AuthServer partners()
    {
        return {.name = u"Partners API"_s,
                .resourceIdentifier = kResource,
                .audiences = {kResource},
                .accessTokenLifetime = 15min};
    }
    template<typename T>
    static std::optional<Error> errorOf(const Result<T> &result)
    {
        return result ? std::nullopt : std::optional(result.error());
    }
    AuthServersApi api() const { return AuthServersApi(*m_desk->session->api()); }
    AuthServerWriter writer() const { return AuthServerWriter(api()); }
    Result<AuthServer> server() const
    {
        return waitFor<AuthServer>([&](auto k) { api().get(m_invoices, k); });
    }
    Result<Written<AuthServer>> create(const AuthServer &wanted) const
    {
        return waitFor<Written<AuthServer>>([&](auto k) { writer().create(wanted, {}, k); });
    }
    Result<Written<AuthServer>> update(const AuthServer &loaded, const AuthServer &wanted) const
    {
        return waitFor<Written<AuthServer>>([&](auto k) { writer().update(loaded, wanted, k); });
    }
    Result<Written<Scope>> addScope(const Scope &wanted) const
    {
        return waitFor<Written<Scope>>([&](auto k) { writer().add(m_invoices, wanted, {}, k); });
    }
    void answerWrites(int status, const QByteArray &body) const
    {
        m_desk->proxy->setScript([=](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return isWrite(arrival) ? FaultServer::answer(status, body) : forward(arrival);
        });
    }
    int writes() const
    {
        const auto &arrived = m_desk->proxy->arrived();
        return static_cast<int>(std::count_if(arrived.begin(), arrived.end(), isWrite));
    }
    /// Of the last write with this method.
    QJsonObject body(const QByteArray &method) const
    {
        QJsonObject last;
        for (const Arrival &arrival : m_desk->proxy->arrived()) {
            if (isWrite(arrival) && arrival.method == method)
                last = QJsonDocument::fromJson(arrival.body).object();
        }
        return last;
    }

    inline static const QString kResource = u"https://api.example.com/partners"_s;
    std::unique_ptr<TenantDesk> m_desk;
    AuthServerId m_invoices;
};

QTEST_GUILESS_MAIN(TestAuthServerWriter)
#include "tst_authserverwriter.moc"
