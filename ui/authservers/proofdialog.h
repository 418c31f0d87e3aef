// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "oidc/loginflow.h"
#include "sandboxhints.h"
#include "widgets/dialogframe.h"

#include <memory>

namespace latchkey {

class FormField;
class PasswordField;
class ProfileRegister;
class Session;

/// What a client-credentials login of an app is to prove.
struct ProofQuestion
{
    AppId app{};
    QString appName{};
    AuthServer server{};
    QStringList scopes{}; ///< those that the tenant grants it
};

/// Logs in as a client app and shows whether the token carries what the grid says: requested, granted, in
/// the token. Nothing is changed.
class ProofDialog final : public DialogFrame
{
    Q_OBJECT

public:
    /// The session and the profiles must outlive it. Profiles may be null; hints are a sandbox's own.
    ProofDialog(Session &session, ProfileRegister *profiles, const SandboxHints &hints,
                ProofQuestion question, QWidget *parent = nullptr);
    ~ProofDialog() override;

private:
    void makeBody();
    void readApp();
    void failReading(const Error &error);
    void takeApp(const OidcApp &app);
    void findSecret();
    void takeSecret(const Secret &secret, const QString &from);
    void updateRun();
    void run();
    void finish(const Result<LoginOutcome> &result);
    void showNone(bool isRead);
    void explain(const Error &error);
    void takeStep(const QString &action);
    void showResult(QWidget *result);

    Session &m_session;
    ProfileRegister *m_profiles;
    SandboxHints m_hints;
    ProofQuestion m_question;
    OidcApp m_app;
    Secret m_known; ///< the secret found; empty: to be typed
    std::unique_ptr<QObject> m_reading;
    std::unique_ptr<LoginFlow> m_flow;
    PasswordField *m_secret = nullptr;
    FormField *m_secretField = nullptr;
    QWidget *m_result = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace latchkey
