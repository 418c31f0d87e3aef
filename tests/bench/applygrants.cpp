// SPDX-License-Identifier: GPL-3.0-or-later
// 2,000 grant changes applied and proven, journal on the disk included, beside `curl --parallel` making the
// very same requests: in the order that a proof needs, where a reading begins when all that it is to prove
// has its answer, over as many connections; and with no order over as many as curl likes. They take turns. At
// two tenants: one that is 20 ms away, as a tenant on the internet is at best, and one on this machine that
// answers at once, where all that is measured is how much of its two cores each of the programs leaves. What
// Qt takes of them is told beside it: the writes alone by a bare QNetworkAccessManager, without a reading.
#include "grants/grantapply.h"
#include "grants/grantjournal.h"
#include "onelogin/apiclient.h"
#include "onelogin/tokensource.h"
#include "store/workspace.h"
#include "support/sandboxprocess.h"
#include "support/waitfor.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr int kChanges = 2000;
constexpr int kScopes = 10;

struct Setting
{
    const char *name;
    int answersAfter; ///< ms
    int rounds;
    double mostTimesCurl;
};
constexpr Setting kSettings[]{
    {"A tenant 20 ms away", 20, 3, 1.5},
    {"A tenant on this machine", 0, 5, 2.6}, // wanted 1.5; see app/README.md
};

QStringList sandboxOptions(const Setting &setting)
{
    return {u"--rate-limit"_s,
            u"0"_s,
            u"--tls"_s,
            u"--apps"_s,
            QString::number(kChanges),
            u"--scopes"_s,
            QString::number(kScopes),
            u"--fault"_s,
            u"delay=%1"_s.arg(setting.answersAfter)};
}

struct Bench
{
    explicit Bench(const Setting &setting)
        : sandbox(sandboxOptions(setting))
    {
    }

    SandboxProcess sandbox;
    QTemporaryDir folder;
    SystemClock clock;
    QNetworkAccessManager network;
    HttpClient http{network, clock};
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<TokenSource> tokens;
    std::unique_ptr<ApiClient> api;
    Tenant tenant;
    AuthServerId server;
    std::vector<Scope> scopes;
    QList<Exchange> exchanges;

    bool open()
    {
        auto opened = Workspace::open(folder.path());
        if (!sandbox.start() || !opened)
            return false;
        workspace = std::move(*opened);
        if (!trustSandbox())
            return false;
        tenant = *workspace->addTenant({.name = u"acme"_s, .baseUrl = sandbox.url()});
        const SandboxProcess::Credential pair = sandbox.credential(u"grants-admin");
        const Secret secret = Secret::fromText(pair.clientSecret);
        tokens = std::make_unique<TokenSource>(
            http, clock, sandbox.url(), pair.clientId, pair.name,
            [secret](const Continuation<Secret> &k) { finishLater<Secret>(k, secret); });
        api = std::make_unique<ApiClient>(http, *tokens, clock, sandbox.url(), pair.name);
        server = {sandbox.server(u"Scale API").id};
        scopes = *waitFor<std::vector<Scope>>([&](auto k) { AuthServersApi(*api).scopes(server, k); });
        return true;
    }

    bool trustSandbox()
    {
        QFile file(certificatePath());
        return file.open(QIODevice::WriteOnly) && file.write(sandbox.certificate()) > 0 && file.flush() &&
               http.addCaFile(file.fileName());
    }

    QString certificatePath() const { return folder.filePath(u"sandbox.pem"_s); }

    /// What curl is to repeat. Not measured: nobody listens while it counts.
    void record(int round)
    {
        const auto listening = QObject::connect(&http, &HttpClient::exchanged, &http,
                                                [this](const Exchange &each) { exchanges.append(each); });
        ours(round);
        QObject::disconnect(listening);
        exchanges.removeFirst(); // the plan's own reading
    }

    std::vector<GrantChange> changes(int round)
    {
        const auto apps =
            *waitFor<std::vector<ClientApp>>([&](auto k) { AuthServersApi(*api).clientApps(server, k); });
        GrantPlan plan(apps);
        std::map<AppId, ScopeSet> wanted;
        for (const ClientApp &app : apps)
            wanted.emplace(app.id, ScopeSet{scopes.at(static_cast<size_t>(round % kScopes)).id});
        plan.setWanted(wanted);
        return plan.changes();
    }

    /// Seconds from the order to the last proof.
    double ours(int round)
    {
        const std::vector<GrantChange> wanted = changes(round);
        QElapsedTimer timer;
        timer.start();
        GrantApply apply(AuthServersApi(*api), server, wanted, clock);
        apply.setJournal(workspace->grantJournal(),
                         journalHead(tenant, {.id = server, .name = u"Scale API"_s}, scopes,
                                     u"grants-admin"_s, ChangeOrigin::CommandLine));
        QEventLoop loop;
        QObject::connect(&apply, &GrantApply::finished, &loop, &QEventLoop::quit);
        apply.start();
        loop.exec();
        const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        for (const AppliedChange &row : apply.changes()) {
            if (row.state != ApplyState::Verified)
                qFatal("A change was not proven.");
        }
        return seconds;
    }

    struct Step
    {
        QList<Exchange> requests{};
        bool isParallel = false;
    };

    /// Seconds for the recorded requests, all at once.
    double curlAtOnce() { return curl({{exchanges, true}}, {}); }

    /// The same in our order and over as many connections.
    double curlInOrder()
    {
        QList<Step> steps;
        for (const Exchange &each : std::as_const(exchanges)) {
            if (steps.isEmpty() || steps.last().isParallel != each.isWrite())
                steps.append(Step{.isParallel = each.isWrite()});
            steps.last().requests.append(each);
        }
        return curl(steps, {u"--parallel-max"_s, QString::number(GrantApply::kSideBySide)});
    }

    /// Seconds for the recorded writes alone, as many under way as an apply has here, by Qt with nothing of
    /// ours.
    double bareQt()
    {
        const ManagementToken token = *waitFor<ManagementToken>([&](auto k) { tokens->token(k); });
        QNetworkAccessManager bare;
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(certificatePath());
        QList<Exchange> writes = exchanges;
        writes.removeIf([](const Exchange &each) { return !each.isWrite(); });
        QEventLoop loop;
        qsizetype sent = 0;
        qsizetype answered = 0;
        const auto sendNext = [&](const auto &again) -> void {
            if (sent == writes.size())
                return;
            const Exchange &each = writes.at(sent++);
            QNetworkRequest request(each.url);
            request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
            request.setSslConfiguration(tls);
            request.setRawHeader("Authorization", "Bearer " + token.value.bytes().toByteArray());
            request.setRawHeader("Content-Type", "application/json");
            QNetworkReply *reply =
                bare.sendCustomRequest(request, each.method.toUtf8(), each.requestBody.toUtf8());
            QObject::connect(reply, &QNetworkReply::finished, &loop, [&, reply, again] {
                if (reply->error() != QNetworkReply::NoError)
                    qFatal("Qt failed: %s", qPrintable(reply->errorString()));
                reply->deleteLater();
                if (++answered == writes.size())
                    loop.quit();
                again(again);
            });
        };
        QElapsedTimer timer;
        timer.start();
        for (size_t i = 0; i < 2 * GrantApply::kSideBySide; ++i)
            sendNext(sendNext);
        loop.exec();
        return static_cast<double>(timer.nsecsElapsed()) / 1e9;
    }

    qsizetype readings() const
    {
        return std::ranges::count_if(exchanges, [](const Exchange &each) { return !each.isWrite(); });
    }

    double curl(const QList<Step> &steps, const QStringList &connections)
    {
        const ManagementToken token = *waitFor<ManagementToken>([&](auto k) { tokens->token(k); });
        QList<QStringList> calls;
        for (const Step &step : steps) {
            const QString config = folder.filePath(u"curl%1.conf"_s.arg(calls.size()));
            writeConfig(config, step.requests, token);
            calls.append({u"--config"_s, config});
            if (step.isParallel)
                calls.last() += QStringList{u"--parallel"_s} + connections;
        }
        QElapsedTimer timer;
        timer.start();
        for (const QStringList &arguments : std::as_const(calls)) {
            QProcess process;
            process.start(u"curl"_s, arguments);
            if (!process.waitForFinished(120'000) || process.exitCode() != 0)
                qFatal("curl failed: %s", process.readAllStandardError().constData());
        }
        return static_cast<double>(timer.nsecsElapsed()) / 1e9;
    }

    void writeConfig(const QString &path, const QList<Exchange> &requests, const ManagementToken &token) const
    {
        QFile config(path);
        if (!config.open(QIODevice::WriteOnly) ||
            !config.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            qFatal("There is no room for the configuration of curl.");
        for (const Exchange &each : requests) {
            if (&each != &requests.front())
                config.write("next\n");
            if (each.method != "GET"_L1) {
                config.write("request = \"" + each.method.toUtf8() + "\"\n");
                QByteArray body =
                    QJsonDocument::fromJson(each.requestBody.toUtf8()).toJson(QJsonDocument::Compact);
                config.write("data = \"" + body.replace('"', "\\\"") + "\"\n");
            }
            // All of it each time: what comes behind a "next" knows nothing of what went before.
            config.write("silent\nfail\ncacert = \"" + certificatePath().toUtf8() +
                         "\"\nheader = \"Authorization: Bearer " + token.value.bytes().toByteArray() +
                         "\"\nheader = \"Content-Type: application/json\"\noutput = \"/dev/null\"\nurl = \"" +
                         each.url.toEncoded() + "\"\n");
        }
    }
};

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

bool measure(const Setting &setting)
{
    Bench bench(setting);
    if (!bench.open())
        return false;
    QList<double> ours;
    QList<double> inOrder;
    QList<double> atOnce;
    QList<double> bare;
    bench.record(0);
    for (int round = 1; round <= setting.rounds; ++round) {
        ours.append(bench.ours(round));
        inOrder.append(bench.curlInOrder());
        atOnce.append(bench.curlAtOnce());
        bare.append(bench.bareQt());
    }
    const double ratio = median(ours) / median(inOrder);
    QTextStream(stdout) << setting.name << ": " << kChanges << " changes with " << bench.readings()
                        << " readings, medians of " << setting.rounds << "\n  ours " << median(ours)
                        << " s\n  curl --parallel, same order and connections " << median(inOrder)
                        << " s, ratio " << ratio << " (at most " << setting.mostTimesCurl
                        << ")\n  curl --parallel, no order and 50 connections " << median(atOnce)
                        << " s, ratio " << median(ours) / median(atOnce)
                        << "\n  QNetworkAccessManager, the writes alone " << median(bare)
                        << " s, ratio to the first curl " << median(bare) / median(inOrder) << "\n";
    return ratio <= setting.mostTimesCurl;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    bool holds = true;
    for (const Setting &setting : kSettings)
        holds = measure(setting) && holds;
    return holds ? 0 : 1;
}
