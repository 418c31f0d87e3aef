// SPDX-License-Identifier: GPL-3.0-or-later
// killedimport DATA_DIR KEYCHAIN_FILE STEP: imports three credentials into the first tenant and kills itself
// at the STEP-th of its steps, from 1; ends with 0 when there were fewer.
#include "interchange/credentialimport.h"
#include "onelogin/credentialregister.h"
#include "secrets/memorystore.h"
#include "store/workspace.h"
#include "support/countedstore.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 4)
        return 2;
    Steps steps;
    const auto step = [&steps] { steps.pass(); };
    Result<std::unique_ptr<Workspace>> workspace = Workspace::open(words[1]);
    if (!workspace)
        return 2;
    CountedStore keychain(steps, words[2]);
    MemoryStore session;
    CredentialRegister credentials(**workspace, keychain, session);
    const TenantId tenant = (*workspace)->tenants()->front().id;
    std::vector<FoundCredential> rows;
    for (const QString &number : {u"1"_s, u"2"_s, u"3"_s})
        rows.push_back({.name = u"row "_s + number,
                        .clientId = u"fakeid-"_s + number,
                        .clientSecret = Secret::fromText(u"fakesecret-"_s + number)});
    auto *import = new CredentialImport(credentials, tenant, SecretPlace::Keychain);
    QObject::connect(import, &CredentialImport::progressed, import, step);
    QObject::connect(workspace->get(), &Workspace::credentialsChanged, import, step);
    steps.begin(words[3].toInt());
    import->start(rows, then(&application, [&step](const Result<std::vector<ApiCredential>> &added) {
                      step();
    QCoreApplication::exit(added ? 0 : 1);
}));
step();
return QCoreApplication::exec();
}
