// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one flow and is killed at its n-th step: lifecyclevictim FLOW STEP FOLDER
#include "onelogin/credentialcreation.h"
#include "onelogin/credentialremoval.h"
#include "onelogin/credentialswitch.h"
#include "store/workspace.h"
#include "support/countednetwork.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

template<typename T>
Continuation<T> thenExit(QObject *context)
{
    return Continuation<T>(context, [](const Result<T> &result) { QCoreApplication::exit(result ? 0 : 1); });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString flow = application.arguments().value(1);
    const int fatal = application.arguments().value(2).toInt();
    const QString folder = application.arguments().value(3);
    Steps steps;
    SystemClock clock;
    CountedNetwork network(steps);
    HttpClient http(network, clock);
    CountedStore keychain(steps, folder + u"/keychain.json"_s);
    CountedStore memory(steps, folder + u"/memory.json"_s);
    const auto workspace = Workspace::open(folder);
    if (!workspace)
        return 2;
    CredentialRegister credentials(**workspace, keychain, memory);
    credentials.setUndoTime(std::chrono::milliseconds(0));
    Session session((*workspace)->tenants()->front(), http, credentials, clock);
    CredentialCreation creation(session);
    if (flow == "create"_L1) {
        steps.begin(fatal);
        creation.start({.name = u"invoice-export"_s, .level = ScopeLevel::ReadAll},
                       thenExit<ApiCredential>(&application));
        return QCoreApplication::exec();
    }
    const ApiCredential row = session.registered().front();
    CredentialRemoval removal(session, row);
    CredentialSwitch change(session, row);
    // With a token at hand, so that there is one to revoke.
    session.tokenSource(row).token(then(&application, [&](const Result<ManagementToken> &) {
        steps.begin(fatal);
        if (flow == "delete with undo"_L1)
            removal.start(CredentialRemoval::Undo::Offered,
                          then(&application, [&](const Result<RemovalOutcome> &) {
                              // Through when the row is gone, which the register sees to by itself.
                              QObject::connect(workspace->get(), &Workspace::credentialsChanged, &application,
                                               [] { QCoreApplication::exit(0); });
                          }));
        else if (flow == "delete"_L1)
            removal.start(CredentialRemoval::Undo::None, thenExit<RemovalOutcome>(&application));
        else if (flow == "disable"_L1)
            change.disable(thenExit<SwitchOutcome>(&application));
        else
            change.enable(thenExit<SwitchOutcome>(&application));
    }));
    return QCoreApplication::exec();
}
