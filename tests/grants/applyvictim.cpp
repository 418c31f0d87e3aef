// SPDX-License-Identifier: GPL-3.0-or-later
// Applies the plan in FOLDER/plan.json and is killed at its n-th step: applyvictim FOLDER STEP CLIENT_ID,
// with the secret in LATCHKEY_CLIENT_SECRET. Steps: each request before it leaves and when its answer is
// there but not read, and each time the journal was written.
#include "grants/grantapply.h"
#include "grants/grantjournal.h"
#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "store/workspace.h"
#include "support/countednetwork.h"

#include <QCoreApplication>
#include <QFile>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

ScopeSet scopesFrom(const QJsonValue &json)
{
    ScopeSet scopes;
    for (const QJsonValue id : json.toArray())
        scopes.insert({id.toInteger()});
    return scopes;
}

std::vector<GrantChange> changesFrom(const QJsonObject &plan)
{
    std::vector<GrantChange> changes;
    for (const QJsonValue each : plan.value("changes"_L1).toArray())
        changes.push_back({.action = grantActionFromKey(each["action"_L1].toString()),
                           .app = {each["app"_L1].toInteger()},
                           .appName = each["name"_L1].toString(),
                           .before = scopesFrom(each["before"_L1]),
                           .after = scopesFrom(each["after"_L1])});
    return changes;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const auto workspace = Workspace::open(words.value(1));
    QFile file(words.value(1) + u"/plan.json"_s);
    if (!workspace || !file.open(QIODevice::ReadOnly))
        return 2;
    const QJsonObject plan = QJsonDocument::fromJson(file.readAll()).object();
    Steps steps;
    SystemClock clock;
    CountedNetwork network(steps);
    HttpClient http(network, clock);
    const Tenant tenant = (*workspace)->tenants()->front();
    const Secret secret = Secret::fromText(qEnvironmentVariable("LATCHKEY_CLIENT_SECRET"));
    TokenSource tokens(http, clock, tenant.baseUrl, words.value(3), u"victim"_s,
                       [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
    ApiClient api(http, tokens, clock, tenant.baseUrl, u"victim"_s);
    const AuthServer server{.id = {plan.value("server"_L1).toInteger()}, .name = u"Scale API"_s};
    GrantJournal &journal = (*workspace)->grantJournal();
    QObject::connect(&journal, &GrantJournal::changed, &journal, [&steps] { steps.pass(); });
    GrantApply apply(AuthServersApi(api), server.id, changesFrom(plan), clock);
    apply.setJournal(journal, journalHead(tenant, server, {}, u"victim"_s, ChangeOrigin::Window));
    QObject::connect(&apply, &GrantApply::finished, &application, [] { QCoreApplication::exit(0); });
    steps.begin(words.value(2).toInt());
    apply.start();
    return QCoreApplication::exec();
}
