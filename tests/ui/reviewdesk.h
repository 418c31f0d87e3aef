// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/reviewdialog.h"
#include "grants/grantjournal.h"
#include "oidc/loginprofile.h"
#include "onelogin/authserversapi.h"
#include "store/loginstore.h"
#include "ui/opensandbox.h"
#include "ui/testclipboard.h"
#include "widgets/label.h"

#include <QPushButton>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;

/// The review of staged changes at a sandbox, without the panel around it.
class ReviewDesk
{
protected:
    void close()
    {
        m_dialog.reset();
        m_sandbox.reset();
    }
    Result<void> open(const QStringList &arguments = {}, TenantType type = TenantType::Sandbox,
                      const QString &server = u"Invoices API"_s)
    {
        m_sandbox = std::make_unique<OpenSandbox>(arguments);
        m_sandbox->isBehindProxy = m_isBehindProxy;
        if (const Result<void> opened = m_sandbox->open(u"grants-admin"_s, false, type); !opened)
            return opened;
        const SandboxProcess::Server made = m_sandbox->process.server(server);
        m_server = {.id = {made.id}, .name = server, .resourceIdentifier = made.resourceIdentifier};
        const auto scopes = waitFor<std::vector<Scope>>([this](auto k) { api().scopes(m_server.id, k); });
        const auto apps =
            waitFor<std::vector<ClientApp>>([this](auto k) { api().clientApps(m_server.id, k); });
        if (!scopes || !apps)
            return fail(scopes ? apps.error() : scopes.error());
        m_scopes = *scopes;
        m_loaded = *apps;
        m_plan = GrantPlan(m_loaded);
        return {};
    }
    AuthServersApi api() const { return AuthServersApi(*m_sandbox->session->api()); }
    /// Every app gets other scopes than it has.
    void turnOver()
    {
        std::map<AppId, ScopeSet> edits;
        for (const ClientApp &app : m_loaded)
            edits.emplace(app.id, app.scopes == ScopeSet{m_scopes[0].id} ? ScopeSet{m_scopes[1].id}
                                                                         : ScopeSet{m_scopes[0].id});
        m_plan.setWanted(edits);
    }
    void showDialog(QWidget *window = nullptr)
    {
        m_dialog = std::make_unique<ReviewDialog>(*m_sandbox->session, m_clipboard, m_server, m_scopes,
                                                  m_plan, window);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    QPushButton *button(const QString &name) const { return m_dialog->findChild<QPushButton *>(name); }
    void click(const QString &name, int number = 0) const
    {
        QTest::mouseClick(m_dialog->findChildren<QPushButton *>(name).at(number), Qt::LeftButton);
    }
    bool isDone() const { return m_dialog->windowTitle().endsWith(u"stored"_s); }
    QString freshness() const { return m_dialog->findChild<Label *>(u"reviewFreshness"_s)->text(); }
    QStringList stateWords() const
    {
        QStringList words;
        for (const Label *state : m_dialog->findChildren<Label *>(u"reviewState"_s))
            words.append(state->text());
        return words;
    }
    std::optional<ScopeSet> stored(AppId app) const
    {
        const auto apps =
            waitFor<std::vector<ClientApp>>([this](auto k) { api().clientApps(m_server.id, k); });
        return ClientAppIndex(apps.value_or(std::vector<ClientApp>())).scopesOf(app);
    }
    const ClientApp &app(const QString &name) const
    {
        return *std::ranges::find(m_loaded, name, &ClientApp::name);
    }
    ScopeId scope(const QString &value) const
    {
        return std::ranges::find(m_scopes, value, &Scope::value)->id;
    }
    /// A login profile that asks this server for these scopes, with an app of the sandbox.
    Result<LoginProfile> keepProfile(const QString &name, QStringView client, const QStringList &scopes)
    {
        LoginProfile profile;
        profile.tenant = m_sandbox->session->tenant().id;
        profile.name = name;
        profile.request.issuer = m_sandbox->process.issuer();
        profile.request.clientId = m_sandbox->process.app(client).clientId;
        profile.request.resource = m_server.resourceIdentifier;
        profile.request.scopes = scopes;
        return m_sandbox->workspace->logins().addProfile(profile);
    }

    bool m_isBehindProxy = false; ///< to be set before open()
    std::unique_ptr<OpenSandbox> m_sandbox;
    AuthServer m_server;
    std::vector<Scope> m_scopes;
    std::vector<ClientApp> m_loaded;
    GrantPlan m_plan;
    TestClipboard m_clipboard;
    std::unique_ptr<ReviewDialog> m_dialog;
};

} // namespace latchkey
