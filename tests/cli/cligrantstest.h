// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/clirun.h"
#include "store/workspace.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"

#include <QJsonArray>
#include <QTemporaryDir>

namespace latchkey {

/// A sandbox that a workspace knows as "acme", and the real latchkey-cli with the verbs of grants.
class CliGrantsTest : public QObject
{
protected:
    void open()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_sandbox = std::make_unique<SandboxProcess>();
        QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->problem()));
        m_folder = std::make_unique<QTemporaryDir>();
        const auto workspace = Workspace::open(m_folder->path());
        const auto tenant =
            (*workspace)->addTenant({.name = QStringLiteral("acme"), .baseUrl = m_sandbox->url()});
        QVERIFY_OK(tenant);
        m_tenant = tenant->id;
        m_name = tenant->name;
    }
    CliRun run(const QStringList &words, const QStringList &more = {QStringLiteral("--json")})
    {
        const SandboxProcess::Credential pair = m_sandbox->credential(u"grants-admin");
        return runCli(QStringList{QStringLiteral("grants")} + words +
                          QStringList{QStringLiteral("--tenant"), m_name, QStringLiteral("--client-id"),
                                      pair.clientId, QStringLiteral("--data-dir"), m_folder->path(),
                                      QStringLiteral("--no-input")} +
                          more,
                      {{QStringLiteral("LATCHKEY_CLIENT_SECRET"), pair.clientSecret}});
    }
    CliRun set(const QStringList &more)
    {
        return run(QStringList{QStringLiteral("set"), QStringLiteral("Invoices API"), QStringLiteral("--app"),
                               QStringLiteral("billing-service")} +
                   more);
    }
    QJsonArray entries(const QStringList &words = {QStringLiteral("changes")})
    {
        return run(words).json().value(QLatin1StringView("entries")).toArray();
    }
    QStringList scopesNow(const QString &server = QStringLiteral("Invoices API"))
    {
        const QJsonArray grants =
            run({QStringLiteral("list"), server}).json().value(QLatin1StringView("grants")).toArray();
        for (const QJsonValue each : grants) {
            if (each[QLatin1StringView("app")].toString() == QLatin1StringView("billing-service"))
                return each[QLatin1StringView("scopes")].toVariant().toStringList();
        }
        return {QStringLiteral("(no client app)")};
    }

    std::unique_ptr<SandboxProcess> m_sandbox;
    std::unique_ptr<QTemporaryDir> m_folder;
    TenantId m_tenant;
    QString m_name;
};

} // namespace latchkey
