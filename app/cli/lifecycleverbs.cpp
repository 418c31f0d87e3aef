// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"
#include "onelogin/credentialrepair.h"
#include "onelogin/disablewatch.h"
#include "onelogin/portalpath.h"
#include "store/rows.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString withWarning(const QString &text, const std::optional<Error> &warning)
{
    return warning ? text + u'\n' + errorText(*warning) : text + u'\n';
}

QJsonObject outcomeJson(Command &command, Session &session, const SwitchOutcome &outcome)
{
    const Result<ApiCredential> row = command.credentialNamed(session.tenant(), command.argument(0));
    return {{u"credential"_s, row ? QJsonValue(credentialJson(*row)) : QJsonValue(QJsonValue::Null)},
            {u"at_tenant"_s, outcome.isAtTenant},
            {u"warning"_s, toJson(outcome.warning)}};
}

void receiveVerdict(Command &command, QJsonObject json, WatchVerdict verdict)
{
    const bool isRefused = verdict == WatchVerdict::Refused;
    json.insert(u"verdict"_s, isRefused ? u"refused"_s : u"still_accepted"_s);
    command.succeed(json,
                    isRefused ? Command::tr("The tenant refuses %1 now.\n").arg(command.argument(0))
                              : Command::tr("The tenant still accepts %1.\n").arg(command.argument(0)),
                    isRefused ? Exit::Done : Exit::Refused);
}

void watch(Command &command, Session &session, const ApiCredential &credential, const QJsonObject &json)
{
    auto *watch = new DisableWatch(session, credential, {}, &session);
    QObject::connect(watch, &DisableWatch::asked, &command, [&command](const std::optional<Error> &trouble) {
        if (trouble)
            printError(errorText(*trouble));
        else
            printError(Command::tr("The tenant still accepts %1.\n").arg(command.argument(0)));
    });
    watch->start(command.expect<WatchVerdict>(
        [&command, json](WatchVerdict verdict) { receiveVerdict(command, json, verdict); }));
}

void receiveDisabled(Command &command, Session &session, const ApiCredential &credential,
                     const SwitchOutcome &outcome)
{
    if (outcome.warning)
        printError(errorText(*outcome.warning));
    if (!outcome.isAtTenant)
        printError(Command::tr("The tenant still accepts %1 until it is disabled in the portal, under %2.\n")
                       .arg(credential.name, portalPath()));
    const QJsonObject json = outcomeJson(command, session, outcome);
    if (command.has(u"wait"_s))
        return watch(command, session, credential, json);
    command.succeed(json, outcome.isAtTenant
                              ? Command::tr("%1 is disabled here and at the tenant.\n").arg(credential.name)
                              : Command::tr("%1 is disabled here.\n").arg(credential.name));
}

QString removalText(const ApiCredential &credential, const RemovalOutcome &outcome)
{
    if (outcome.wasUnknown)
        return outcome.isLeftHere
                   ? Command::tr("The tenant does not know %1. Here its row is left, hidden, and perhaps its "
                                 "secret: latchkey-cli credentials repair removes them.")
                         .arg(credential.name)
                   : Command::tr("%1 is deleted here. The tenant does not know it.").arg(credential.name);
    if (outcome.isLeftHere)
        return Command::tr(
                   "%1 is deleted at the tenant. Here its row is left, hidden, and perhaps its secret: "
                   "latchkey-cli credentials repair removes them.")
            .arg(credential.name);
    return outcome.isGoneAtTenant
               ? Command::tr("%1 is deleted here and at the tenant.").arg(credential.name)
               : Command::tr("%1 is deleted here. At the tenant it stays until it is deleted "
                             "in the portal, under %2.")
                     .arg(credential.name, portalPath());
}

QJsonObject operationJson(const Operation &operation)
{
    return {{u"name"_s, operation.name},
            {u"kind"_s, operationKindKey(operation.kind)},
            {u"step"_s, operationStepKey(operation.step)},
            {u"started_at"_s, toJson(operation.startedAt)},
            {u"explanation"_s, UnfinishedWork::explanation(operation)}};
}

/// One run of `credentials repair`: removals, then what was interrupted, then leftovers, then a look.
class RepairRun : public QObject
{
    Q_DECLARE_TR_FUNCTIONS(RepairRun)

public:
    RepairRun(Command &command, Session &session)
        : QObject(&session)
        , m_command(command)
        , m_session(session)
        , m_work(session)
        , m_repair(session)
    {
    }

    void start()
    {
        // What keeps a removal from going through is told by the look at the end.
        m_session.credentials().finishRemovals(then(this, [this](const Result<void> &) { settle(); }));
    }

private:
    void settle()
    {
        m_work.settle(m_command.expect<std::vector<SettledOperation>>(
            [this](const std::vector<SettledOperation> &settled) {
                for (const SettledOperation &each : settled) {
                    if (each.isSettled)
                        noteSettled(each.operation);
                    else if (each.operation.kind == OperationKind::Create && !each.error)
                        m_made.push_back(each.operation);
                    if (each.error)
                        m_error = each.error;
                }
                decideNext();
            }));
    }
    void decideNext()
    {
        if (m_made.empty() || (!m_command.has(u"keep"_s) && !m_command.has(u"discard"_s)))
            return removeLeftovers();
        const Operation operation = m_made.back();
        m_made.pop_back();
        if (m_command.has(u"keep"_s)) {
            m_work.keep(operation, operation.name,
                        then(this, [this, operation](const Result<ApiCredential> &kept) {
                            receive(operation, kept.map([](const ApiCredential &) {}));
                        }));
            return;
        }
        m_work.deleteAtTenant(operation, then(this, [this, operation](const Result<void> &deleted) {
                                  receive(operation, deleted);
                              }));
    }
    void receive(const Operation &operation, const Result<void> &done)
    {
        if (done)
            noteSettled(operation);
        else
            m_error = done.error();
        decideNext();
    }
    void removeLeftovers()
    {
        m_session.credentials().removeLeftovers(then(this, [this](const Result<void> &) {
            m_repair.look(
                m_command.expect<RepairReport>([this](const RepairReport &report) { tell(report); }));
        }));
    }
    void noteSettled(const Operation &operation)
    {
        m_settled.append(operationJson(operation));
        m_text += tr("Settled: %1").arg(UnfinishedWork::explanation(operation)) + u'\n';
    }
    static QString youngText(const YoungLeftovers &young)
    {
        // A clock without seconds is read.
        const QString when = young.oldAt.toLocalTime().addSecs(59).toString(u"HH:mm"_s);
        return young.count == 1 ? tr("1 leftover is younger than 10 minutes; look again at %1.").arg(when)
                                : tr("%1 leftovers are younger than 10 minutes; look again at %2.")
                                      .arg(young.count)
                                      .arg(when);
    }
    void tell(const RepairReport &report)
    {
        QJsonArray unfinished;
        QJsonArray missing;
        for (const Operation &operation : report.unfinished) {
            unfinished.append(operationJson(operation));
            m_text += tr("Left: %1").arg(UnfinishedWork::explanation(operation)) + u'\n';
            if (operation.kind == OperationKind::Create)
                m_text += tr("  --keep keeps the pair, --discard deletes it at the tenant.") + u'\n';
        }
        for (const ApiCredential &row : report.missing) {
            missing.append(row.name);
            m_text += tr("The secret of %1 is missing.").arg(row.name) + u'\n';
        }
        if (report.young.count > 0)
            m_text += youngText(report.young) + u'\n';
        if (report.isEmpty())
            m_text += tr("Keychain, workspace and tenant agree.") + u'\n';
        if (m_error)
            printError(errorText(*m_error));
        m_command.succeed({{u"settled"_s, m_settled},
                           {u"unfinished"_s, unfinished},
                           {u"missing"_s, missing},
                           {u"leftovers"_s, report.leftovers.size()},
                           {u"young_leftovers"_s, report.young.count},
                           {u"look_again_at"_s, toJson(report.young.oldAt)},
                           {u"error"_s, toJson(m_error)}},
                          m_text,
                          m_error            ? exitCode(*m_error)
                          : report.isEmpty() ? Exit::Done
                                             : Exit::Refused);
    }

    Command &m_command;
    Session &m_session;
    UnfinishedWork m_work;
    CredentialRepair m_repair;
    std::vector<Operation> m_made; ///< pairs at the sandbox that nobody has decided on
    QJsonArray m_settled;
    QString m_text;
    std::optional<Error> m_error;
};

} // namespace

void credentialsDisable(Command &command)
{
    withCredential(command, [&command](Session &session, const ApiCredential &credential) {
        auto *change = new CredentialSwitch(session, credential, &session);
        change->disable(
            command.expect<SwitchOutcome>([&command, &session, credential](const SwitchOutcome &outcome) {
                receiveDisabled(command, session, credential, outcome);
            }));
    });
}

void credentialsEnable(Command &command)
{
    withCredential(command, [&command](Session &session, const ApiCredential &credential) {
        auto *change = new CredentialSwitch(session, credential, &session);
        change->enable(command.expect<SwitchOutcome>([&command, &session,
                                                      credential](const SwitchOutcome &outcome) {
            QJsonObject json = outcomeJson(command, session, outcome);
            json.insert(u"accepted"_s, !outcome.warning);
            const QString text =
                outcome.warning ? Command::tr("%1 is enabled here, but gets no token.").arg(credential.name)
                                : Command::tr("%1 is enabled and gets a token.").arg(credential.name);
            command.succeed(json, withWarning(text, outcome.warning),
                            outcome.warning ? exitCode(*outcome.warning) : Exit::Done);
        }));
    });
}

void credentialsDelete(Command &command)
{
    withCredential(command, [&command](Session &session, const ApiCredential &credential) {
        auto *removal = new CredentialRemoval(session, credential, &session);
        removal->start(CredentialRemoval::Undo::None,
                       command.expect<RemovalOutcome>([&command, credential](const RemovalOutcome &outcome) {
                           command.succeed({{u"deleted"_s, credential.name},
                                            {u"at_tenant"_s, outcome.isGoneAtTenant && !outcome.wasUnknown},
                                            {u"unknown_at_tenant"_s, outcome.wasUnknown},
                                            {u"left_here"_s, outcome.isLeftHere},
                                            {u"warning"_s, toJson(outcome.warning)}},
                                           withWarning(removalText(credential, outcome), outcome.warning),
                                           outcome.isLeftHere ? exitCode(*outcome.warning) : Exit::Done);
                       }));
    });
}

void credentialsRepair(Command &command)
{
    if (command.has(u"keep"_s) && command.has(u"discard"_s))
        return command.refuseUsage(Command::tr("Use --keep or --discard, not both."));
    withSession(command, [&command](Session &session) { (new RepairRun(command, session))->start(); });
}

} // namespace latchkey::cli
