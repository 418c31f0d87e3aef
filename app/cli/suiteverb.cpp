// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkreport.h"
#include "cli/loginreport.h"
#include "cli/profilechoice.h"
#include "cli/verbs.h"
#include "core/plaintext.h"
#include "interchange/junitreport.h"
#include "interchange/privatefile.h"
#include "jose/tokencheck.h"
#include "store/loginstore.h"

#include <QSaveFile>

#include <algorithm>
#include <set>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

using State = SuiteRun::State;

QString stateKey(State state)
{
    switch (state) {
    case State::Waiting:
    case State::Running:
        break;
    case State::Passed:
        return u"passed"_s;
    case State::Failed:
        return u"failed"_s;
    case State::Error:
        return u"error"_s;
    case State::Skipped:
        return u"skipped"_s;
    }
    return {};
}

bool needsSecret(const LoginProfile &profile)
{
    return profile.request.auth != ClientAuth::None && !profile.keepsSecret;
}

bool needsPassword(const LoginProfile &profile)
{
    return profile.request.grant == Grant::Password && !profile.keepsPassword;
}

/// Secrets from outside for the profiles that keep none. One secret must not go to several apps or users: it
/// would be told to the wrong one, and a wrong password counts toward a lock-out.
Result<Secret> readShared(Command &command, const std::vector<ChosenProfile> &profiles,
                          bool (*needs)(const LoginProfile &), QString (*owner)(const LoginRequest &),
                          const char *variable, const QString &prompt)
{
    std::set<QString> owners;
    QStringList names;
    for (const ChosenProfile &each : profiles) {
        if (!needs(each.profile))
            continue;
        owners.insert(each.profile.request.issuer.toString() + u' ' + owner(each.profile.request));
        names.append(each.profile.name);
    }
    if (owners.empty())
        return Secret();
    if (owners.size() > 1)
        return fail(ErrorKind::InvalidInput,
                    Command::tr("%1 can be for one of them only, and these profiles keep none: %2")
                        .arg(QString::fromLatin1(variable), names.join(u", "_s)));
    return command.secrets().read(variable, prompt);
}

Result<LoginSuite::Options> optionsOf(const Command &command)
{
    LoginSuite::Options options{.goesOnAfterFailure = command.has(u"keep-going"_s),
                                .withBrowser = command.has(u"browser"_s)};
    return command.number(u"parallel"_s, options.parallel, 1, 8).map([&options](int parallel) {
        options.parallel = parallel;
        return options;
    });
}

/// One run of `login run`: the suite, what is told of it while it runs, and its end.
class SuiteCommand : public QObject
{
public:
    SuiteCommand(Command &command, std::vector<ChosenProfile> profiles, const LoginSuite::Options &options)
        : QObject(&command)
        , m_command(command)
        , m_profiles(std::move(profiles))
        , m_options(options)
    {
    }

    void start();

private:
    Result<void> prepare();
    void giveRequest(const LoginProfile &profile, const Continuation<LoginRequest> &continuation);
    void hear(qsizetype index);
    void finish();
    Result<void> writeJUnit();
    Exit exitOf(const std::vector<SuiteRun> &runs) const;
    QJsonObject runJson(const ChosenProfile &chosen, const SuiteRun &run) const;
    int count(State state) const;

    Command &m_command;
    std::vector<ChosenProfile> m_profiles;
    LoginSuite::Options m_options;
    Secret m_secret{};
    Secret m_password{};
    std::unique_ptr<QSaveFile> m_junit;
    std::unique_ptr<LoginSuite> m_suite;
    bool m_historyFailed = false;
};

/// All that can fail before the first login.
Result<void> SuiteCommand::prepare()
{
    const Result<Secret> secret = readShared(
        m_command, m_profiles, needsSecret, [](const LoginRequest &request) { return request.clientId; },
        "LATCHKEY_APP_SECRET", Command::tr("The app's client secret"));
    if (!secret)
        return fail(secret.error());
    m_secret = *secret;
    const Result<Secret> password = readShared(m_command, m_profiles, needsPassword, lockOutKey,
                                               "LATCHKEY_PASSWORD", Command::tr("The user's password"));
    if (!password)
        return fail(password.error());
    m_password = *password;
    if (!m_command.has(u"junit"_s))
        return {};
    m_junit = std::make_unique<QSaveFile>(m_command.value(u"junit"_s));
    Result<void> opened = openPrivateFile(*m_junit);
    if (!opened)
        opened.error().message += u' ' + Command::tr("No login was run.");
    return opened;
}

void SuiteCommand::start()
{
    if (const Result<void> ready = prepare(); !ready)
        return m_command.refuse(ready.error());
    const auto source = [this](const LoginProfile &profile, const Continuation<LoginRequest> &continuation) {
        giveRequest(profile, continuation);
    };
    m_suite = std::make_unique<LoginSuite>(m_command.http(), m_command.clock(), source, m_options);
    connect(m_suite.get(), &LoginSuite::changed, this, &SuiteCommand::hear);
    connect(m_suite.get(), &LoginSuite::browserNeeded, this, [this](qsizetype index, const QUrl &url) {
        printError(Command::tr("%1: open this address in a browser on this computer:")
                       .arg(plainLine(m_profiles.at(static_cast<size_t>(index)).profile.name)) +
                   u'\n' + url.toString(QUrl::FullyEncoded) + u'\n');
    });
    connect(m_suite.get(), &LoginSuite::finished, this, &SuiteCommand::finish);
    std::vector<LoginProfile> profiles;
    for (const ChosenProfile &each : m_profiles)
        profiles.push_back(each.profile);
    if (const QString warning = LoginSuite::aliasWarning(profiles); !warning.isEmpty())
        printError(warning + u'\n');
    m_suite->start(std::move(profiles));
}

void SuiteCommand::giveRequest(const LoginProfile &profile, const Continuation<LoginRequest> &continuation)
{
    m_command.profiles().request(profile, after<LoginRequest>(continuation, [=, this](LoginRequest request) {
                                     if (needsSecret(profile))
                                         request.clientSecret = m_secret;
                                     if (needsPassword(profile))
                                         request.password = m_password;
                                     continuation(std::move(request));
                                 }));
}

void SuiteCommand::hear(qsizetype index)
{
    const SuiteRun &run = m_suite->runs().at(static_cast<size_t>(index));
    if (!run.isOver())
        return;
    printError(u"%1: %2\n"_s.arg(plainLine(run.profile.name), stateKey(run.state)));
    if (!run.wasRun())
        return;
    const Result<LoginRecord> kept =
        (*m_command.workspace())->logins().addRecord(recordOf(run.profile, run.result, run.at));
    if (!kept && !m_historyFailed)
        printError(errorText(kept.error()));
    m_historyFailed |= !kept;
}

int SuiteCommand::count(State state) const
{
    const std::vector<SuiteRun> &runs = m_suite->runs();
    return static_cast<int>(
        std::count_if(runs.begin(), runs.end(), [state](const SuiteRun &run) { return run.state == state; }));
}

QJsonObject SuiteCommand::runJson(const ChosenProfile &chosen, const SuiteRun &run) const
{
    const bool isAnswer = run.wasRun() && run.result;
    const std::optional<TokenVerdict> verdict = isAnswer ? run.result->idTokenVerdict : std::nullopt;
    QJsonObject json{{u"tenant"_s, chosen.tenant.name},
                     {u"name"_s, run.profile.name},
                     {u"expect"_s, orNull(run.profile.expectation.text())},
                     {u"result"_s, stateKey(run.state)},
                     {u"reason"_s, orNull(run.reason)},
                     {u"duration_ms"_s, static_cast<qint64>(run.duration.count())}};
    json.insert(u"ok"_s, isAnswer ? QJsonValue(run.result->ok) : QJsonValue::Null);
    json.insert(u"status"_s, isAnswer ? QJsonValue(run.result->httpStatus) : QJsonValue::Null);
    json.insert(u"error"_s, isAnswer ? orNull(run.result->error) : QJsonValue::Null);
    json.insert(u"error_description"_s, isAnswer ? orNull(run.result->errorDescription) : QJsonValue::Null);
    json.insert(u"request_id"_s, isAnswer ? orNull(run.result->requestId) : QJsonValue::Null);
    json.insert(u"id_token_verified"_s, verdict ? QJsonValue(isVerified(verdict->checks)) : QJsonValue::Null);
    json.insert(u"id_token_checks"_s, verdict ? QJsonValue(checksJson(verdict->checks)) : QJsonValue::Null);
    json.insert(u"failure"_s,
                run.wasRun() && !run.result ? QJsonValue(errorJson(run.result.error())) : QJsonValue::Null);
    return json;
}

Result<void> SuiteCommand::writeJUnit()
{
    if (!m_junit)
        return {};
    std::vector<JUnitSuite> suites;
    for (size_t i = 0; i < m_profiles.size(); ++i) {
        const QString &tenant = m_profiles[i].tenant.name;
        const auto same = std::find_if(suites.begin(), suites.end(),
                                       [&tenant](const JUnitSuite &suite) { return suite.name == tenant; });
        JUnitSuite &suite = same == suites.end() ? suites.emplace_back(JUnitSuite{.name = tenant}) : *same;
        suite.runs.push_back(m_suite->runs()[i]);
    }
    m_junit->write(junitReport(suites));
    if (m_junit->commit())
        return {};
    return fail(ErrorKind::Storage, Command::tr("The file %1 cannot be written.").arg(m_junit->fileName()),
                m_junit->errorString());
}

/// A difference outweighs what could not be found out. A browser login that nobody asked for is no
/// difference, unless nothing else was run.
Exit SuiteCommand::exitOf(const std::vector<SuiteRun> &runs) const
{
    const bool differs = std::any_of(runs.begin(), runs.end(), [this](const SuiteRun &run) {
        const bool isLeftOut =
            run.profile.request.grant == Grant::AuthorizationCode && !m_options.withBrowser;
        return run.state == State::Failed || (run.state == State::Skipped && !isLeftOut);
    });
    if (differs || count(State::Skipped) == static_cast<int>(runs.size()))
        return Exit::Refused;
    const auto error =
        std::find_if(runs.begin(), runs.end(), [](const SuiteRun &run) { return run.state == State::Error; });
    if (error == runs.end())
        return Exit::Done;
    const Exit code = exitCode(error->result.error());
    return code == Exit::Usage ? Exit::Refused : code;
}

void SuiteCommand::finish()
{
    const Result<void> written = writeJUnit();
    if (!written) // the logins were run all the same: what came of them is told
        printError(errorText(written.error()));
    QJsonArray json;
    std::vector<QStringList> rows;
    for (size_t i = 0; i < m_profiles.size(); ++i) {
        const SuiteRun &run = m_suite->runs()[i];
        json.append(runJson(m_profiles[i], run));
        rows.push_back({run.profile.name, m_profiles[i].tenant.name, stateKey(run.state),
                        u"%1 s"_s.arg(static_cast<double>(run.duration.count()) / 1000, 0, 'f', 1),
                        run.reason});
    }
    const QString sum = Command::tr("%1 passed, %2 failed, %3 with an error, %4 skipped")
                            .arg(count(State::Passed))
                            .arg(count(State::Failed))
                            .arg(count(State::Error))
                            .arg(count(State::Skipped));
    m_command.succeed({{u"runs"_s, json},
                       {u"passed"_s, count(State::Passed)},
                       {u"failed"_s, count(State::Failed)},
                       {u"errors"_s, count(State::Error)},
                       {u"skipped"_s, count(State::Skipped)}},
                      table({Command::tr("NAME"), Command::tr("TENANT"), Command::tr("RESULT"),
                             Command::tr("TIME"), Command::tr("WHY")},
                            rows) +
                          sum + u'\n',
                      written ? exitOf(m_suite->runs()) : exitCode(written.error()));
}

} // namespace

void loginRun(Command &command)
{
    const bool wantsNamed = !command.argument(0).isEmpty();
    if (wantsNamed == command.has(u"all"_s))
        return command.refuseUsage(Command::tr("Name the profiles to run, or run them with --all."));
    if (const QString problem = command.outputProblem(u"junit"_s); !problem.isEmpty())
        return command.refuseUsage(problem);
    const Result<LoginSuite::Options> options = optionsOf(command);
    if (!options)
        return command.refuse(options.error());
    const Result<std::vector<ChosenProfile>> all = profilesMeant(command);
    if (!all)
        return command.refuse(all.error());
    std::vector<ChosenProfile> chosen;
    for (qsizetype i = 0; !command.argument(i).isEmpty(); ++i) {
        const Result<ChosenProfile> named = profileNamed(*all, command.argument(i));
        if (!named)
            return command.refuse(named.error(), Exit::Usage);
        chosen.push_back(*named);
    }
    if (!wantsNamed)
        chosen = *all;
    if (chosen.empty())
        return command.refuse(
            Error{.kind = ErrorKind::NotFound, .message = Command::tr("There are no login profiles.")});
    (new SuiteCommand(command, std::move(chosen), *options))->start();
}

} // namespace latchkey::cli
