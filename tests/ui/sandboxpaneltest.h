// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialspanel.h"
#include "sandboxtenant.h"
#include "style/latchkeystyle.h"
#include "support/waitfor.h"
#include "translations.h"
#include "ui/appfixture.h"

#include <QJsonDocument>
#include <QLabel>
#include <QTreeView>

namespace latchkey {

/// A test of the panel of credentials at a sandbox of its own.
class SandboxPanelTest : public QObject
{
protected:
    static void setUpApplication()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void makeApp()
    {
        failOnWarnings();
        m_app = std::make_unique<AppFixture>();
    }
    void endApp()
    {
        m_panel.reset();
        m_session.reset();
        m_app.reset();
        m_tenant.reset();
    }
    /// The sandbox as the window enters it; or as a tenant of another kind, with the pairs of these names.
    void openSandbox(TenantType type, const QStringList &names, const QStringList &arguments = {})
    {
        m_tenant = std::make_unique<SandboxProcess>(arguments);
        QVERIFY2(m_tenant->start(), qPrintable(m_tenant->problem()));
        const Result<Tenant> tenant = type == TenantType::Sandbox ? enter() : addTenant(type);
        QVERIFY_OK(tenant);
        if (type != TenantType::Sandbox) {
            for (const QString &name : names)
                QVERIFY_OK(adopt(*tenant, name));
        }
        m_session = std::make_unique<Session>(*tenant, m_app->http, m_app->credentials, m_app->clock);
        m_panel = std::make_unique<CredentialsPanel>(*m_session, m_app->tools());
        m_panel->resize(1052, 720);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    /// In the list; invalid: it is not there.
    QModelIndex find(const QString &name) const
    {
        const QAbstractItemModel *model = list()->model();
        return model
            ->match(model->index(0, CredentialModel::Name), Qt::DisplayRole, name, 1,
                    Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
    bool select(const QString &name)
    {
        const QModelIndex found = find(name);
        if (!found.isValid())
            return false;
        list()->scrollTo(found);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualRect(found).center());
        return m_panel->findChild<QLabel *>(QStringLiteral("credential.name"))->text() == name;
    }

    std::unique_ptr<AppFixture> m_app;
    std::unique_ptr<SandboxProcess> m_tenant;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<CredentialsPanel> m_panel;

private:
    QTreeView *list() const { return shown<QTreeView>(*m_panel, QStringLiteral("credentials.list")); }
    Result<Tenant> enter()
    {
        const auto greeting = readSandboxGreeting(QJsonDocument(m_tenant->line()).toJson());
        if (!greeting)
            return fail(greeting.error());
        SandboxTenant entry(m_app->credentials, *greeting);
        return waitFor<Tenant>([&](auto next) { entry.run(next); });
    }
    Result<Tenant> addTenant(TenantType type)
    {
        return m_app->workspace->addTenant(
            {.name = QStringLiteral("acme-dev"), .baseUrl = m_tenant->url(), .type = type});
    }
    Result<ApiCredential> adopt(const Tenant &tenant, const QString &name)
    {
        const auto pair = m_tenant->credential(name);
        return waitFor<ApiCredential>([&](auto next) {
            m_app->credentials.add({.tenant = tenant.id, .name = pair.name, .clientId = pair.clientId},
                                   Secret::fromText(pair.clientSecret), next);
        });
    }
};

} // namespace latchkey
