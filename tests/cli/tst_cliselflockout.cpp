// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cligrantstest.h"
#include "store/loginstore.h"
#include "support/faultproxy.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What it takes to change grants that a login profile kept here needs, by the real latchkey-cli.
class TestCliSelfLockout : public CliGrantsTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void breaksAProfileKeptHereOnlyIfItsAppIsNamed();
    void aNameOfServerAndAppConfirmsNeither();
    void theServerIsConfirmedByItsIdWhereAnAppHasItsName();

private:
    /// A profile of billing-service at the tenant that is in use here.
    void keepProfile() const
    {
        const auto workspace = Workspace::open(m_folder->path());
        LoginProfile profile{.tenant = m_tenant, .name = u"nightly-invoices"_s};
        profile.request.clientId = m_sandbox->app(u"billing-service").clientId;
        profile.request.resource = m_sandbox->server(u"Invoices API").resourceIdentifier;
        profile.request.scopes = {u"read:invoices"_s};
        QVERIFY_OK((*workspace)->logins().addProfile(profile));
    }
    /// To what the server is called, whatever it was called before.
    CliRun rename(const QString &name)
    {
        const SandboxProcess::Credential pair = m_sandbox->credential(u"grants-admin");
        return runCli({u"servers"_s, u"update"_s, QString::number(m_sandbox->server(u"Invoices API").id),
                       u"--rename"_s, name, u"--tenant"_s, m_name, u"--client-id"_s, pair.clientId,
                       u"--data-dir"_s, m_folder->path(), u"--no-input"_s},
                      {{u"LATCHKEY_CLIENT_SECRET"_s, pair.clientSecret}});
    }
    static bool asksFor(const CliRun &run, const QString &name)
    {
        const QString message = run.json()["error"_L1]["message"_L1].toString();
        return run.code == 1 && message.endsWith(u"Give --confirm \"%1\" to do it all the same."_s.arg(name));
    }
};

void TestCliSelfLockout::breaksAProfileKeptHereOnlyIfItsAppIsNamed()
{
    const SandboxProcess::App app = m_sandbox->app(u"billing-service");
    const CliRun kept =
        runCli({u"login"_s, u"client-credentials"_s, u"--tenant"_s, u"acme"_s, u"--data-dir"_s,
                m_folder->path(), u"--app-id"_s, app.clientId, u"--auth"_s, app.auth, u"--scope"_s,
                u"read:invoices"_s, u"--resource"_s, m_sandbox->server(u"Invoices API").resourceIdentifier,
                u"--save-as"_s, u"nightly-invoices"_s, u"--no-input"_s},
               {{u"LATCHKEY_APP_SECRET"_s, app.clientSecret}});
    QVERIFY2(kept.code == 0, kept.err.constData());
    const QStringList before = scopesNow();
    const QString file = m_folder->filePath(u"grants.yaml"_s);
    {
        QFile grants(file);
        QVERIFY(grants.open(QIODevice::WriteOnly));
        grants.write("schema: 1\nserver:\n  name: Invoices API\napps:\n  - app: billing-service\n"
                     "    scopes: [write:invoices]\n");
    }
    const QStringList apply{u"apply"_s, file, u"--keep-unlisted"_s, u"--yes"_s};
    const auto isRefused = [](const CliRun &run) {
        const QString message = run.json()["error"_L1]["message"_L1].toString();
        return run.code == 1 && message.contains(u"What billing-service loses is in use here."_s) &&
               message.contains(u"nightly-invoices"_s) &&
               message.contains(u"--confirm \"billing-service\""_s);
    };
    QVERIFY(isRefused(set({u"--none"_s})));
    QVERIFY(isRefused(set({u"--remove"_s, u"--confirm"_s, u"portal-web"_s})));
    QVERIFY(isRefused(run(apply)));
    QVERIFY(isRefused(run(apply + QStringList{u"--confirm"_s, u"Billing-Service"_s})));
    const SandboxProcess::Credential pair = m_sandbox->credential(u"grants-admin");
    const QStringList byAddress{u"--url"_s,       m_sandbox->url().toString(),
                                u"--data-dir"_s,  m_folder->path(),
                                u"--client-id"_s, pair.clientId,
                                u"--no-input"_s,  u"--json"_s};
    QVERIFY(isRefused(runCli(
        QStringList{u"grants"_s, u"set"_s, u"Invoices API"_s, u"--app"_s, u"billing-service"_s, u"--none"_s} +
            byAddress,
        {{u"LATCHKEY_CLIENT_SECRET"_s, pair.clientSecret}})));
    {
        const auto workspace = Workspace::open(m_folder->path());
        QVERIFY_OK((*workspace)->addTenant({.name = u"acme again"_s, .baseUrl = m_sandbox->url()}));
    }
    m_name = u"acme again"_s;
    QVERIFY(isRefused(set({u"--none"_s})));
    m_name = u"acme"_s;
    QCOMPARE(scopesNow(), before);
    QVERIFY(entries().isEmpty());

    QCOMPARE(set({u"--scope"_s, u"read:invoices"_s}).code, 0); // which the profile still gets
    const QStringList confirmed{u"--confirm"_s, u"portal-web"_s, u"--confirm"_s, u"billing-service"_s};
    QCOMPARE(run(apply + confirmed).code, 0);
    QCOMPARE(scopesNow(), QStringList{u"write:invoices"_s});
    QCOMPARE(set({u"--scope"_s, u"read:invoices"_s}).code, 0);
    const QString id = QString::number(entries().first()["id"_L1].toInteger());
    QVERIFY(isRefused(run({u"undo"_s, id, u"--yes"_s})));
    QCOMPARE(scopesNow(), QStringList{u"read:invoices"_s});
    QCOMPARE(run({u"undo"_s, id, u"--yes"_s, u"--confirm"_s, u"Invoices API"_s}).code, 0); // all of its apps
    QCOMPARE(scopesNow(), QStringList{u"write:invoices"_s});
}

void TestCliSelfLockout::aNameOfServerAndAppConfirmsNeither()
{
    keepProfile();
    const CliRun renamed = rename(u"billing-service"_s);
    QVERIFY2(renamed.code == 0, renamed.all().constData());
    const QString app = QString::number(m_sandbox->app(u"billing-service").id);
    const QString server = QString::number(m_sandbox->server(u"Invoices API").id);
    const auto revoke = [this](const QStringList &confirmed) {
        QStringList words{u"set"_s, u"billing-service"_s, u"--app"_s, u"billing-service"_s, u"--none"_s};
        for (const QString &name : confirmed)
            words += {u"--confirm"_s, name};
        return run(words);
    };
    QVERIFY(asksFor(revoke({}), app));
    QVERIFY(asksFor(revoke({u"billing-service"_s}), app));
    const CliRun byServer = revoke({server}); // which stands for all apps
    QVERIFY2(byServer.code == 0, byServer.all().constData());
    QCOMPARE(run({u"set"_s, server, u"--app"_s, u"billing-service"_s, u"--scope"_s, u"read:invoices"_s}).code,
             0);
    QCOMPARE(revoke({app}).code, 0);
}

void TestCliSelfLockout::theServerIsConfirmedByItsIdWhereAnAppHasItsName()
{
    const qint64 appId = m_sandbox->app(u"billing-service").id;
    FaultProxy proxy(m_sandbox->url());
    {
        const auto workspace = Workspace::open(m_folder->path());
        const auto tenant = (*workspace)->addTenant({.name = u"behind"_s, .baseUrl = proxy.url()});
        QVERIFY_OK(tenant);
        m_tenant = tenant->id;
        m_name = tenant->name;
    }
    keepProfile();
    // Whose client_id cannot be read, so that nobody knows what breaks.
    proxy.setScript([&](const Arrival &arrival, const FaultProxy::Forward &forward) {
        return arrival.target.endsWith("/apps/" + QByteArray::number(appId))
                   ? FaultServer::answer(404, R"({"name":"Not Found","message":"No","statusCode":404})")
                   : forward(arrival);
    });
    const QString server = QString::number(m_sandbox->server(u"Invoices API").id);
    const QStringList revoke{u"set"_s, server, u"--app"_s, QString::number(appId), u"--none"_s};
    QVERIFY(asksFor(run(revoke), u"Invoices API"_s));
    const CliRun renamed = rename(u"billing-service"_s);
    QVERIFY2(renamed.code == 0, renamed.all().constData());
    const QStringList before = scopesNow(server);
    QVERIFY(asksFor(run(revoke), server));
    QVERIFY(asksFor(run(revoke + QStringList{u"--confirm"_s, u"billing-service"_s}), server));
    QCOMPARE(scopesNow(server), before);
    const CliRun confirmed = run(revoke + QStringList{u"--confirm"_s, server});
    QVERIFY2(confirmed.code == 0, confirmed.all().constData());
    QVERIFY(scopesNow(server).isEmpty());
}

QTEST_GUILESS_MAIN(TestCliSelfLockout)
#include "tst_cliselflockout.moc"
