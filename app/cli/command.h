// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/secretinput.h"
#include "net/httpclient.h"
#include "oidc/jwkscache.h"
#include "oidc/profileregister.h"
#include "onelogin/apiclient.h"
#include "onelogin/credentialregister.h"
#include "onelogin/session.h"
#include "onelogin/tokensource.h"
#include "secrets/keychainstore.h"
#include "secrets/memorystore.h"
#include "store/workspace.h"

#include <memory>

namespace latchkey::cli {

/// One run of one verb: what was typed, the services it needs, made when they are needed, and the
/// one way in which it ends.
class Command : public QObject
{
    Q_OBJECT

public:
    explicit Command(Arguments arguments, QObject *parent = nullptr);
    ~Command() override;

    void run();

    bool has(const QString &option) const { return m_arguments.has(option); }
    QString value(const QString &option) const { return m_arguments.value(option); }
    QStringList values(const QString &option) const { return m_arguments.options.value(option); }
    /// A whole number of the option, or the fallback where it is not given. Error InvalidInput names the
    /// limits.
    Result<int> number(const QString &option, int fallback, int least, int most) const;
    QString argument(qsizetype index) const { return m_arguments.positional.value(index); }

    // How it ends. Exactly one of them is called, once.
    void succeed(const QJsonObject &json, const QString &text, Exit code = Exit::Done);
    void succeedWith(QByteArrayView bytes); ///< on standard output, as they are
    void refuse(const Error &error);
    void refuse(const Error &error, Exit code);
    void refuseUsage(const QString &message);

    JwksCache &issuerKeys() { return m_issuerKeys; }
    HttpClient &http() { return m_http; }
    const Clock &clock() const { return m_clock; }
    SecretInput &secrets() { return m_secrets; }

    /// From --url, or the workspace's --tenant.
    Result<Tenant> tenant();
    /// A tenant of the workspace.
    Result<Tenant> tenantNamed(const QString &name);
    Result<Workspace *> workspace();
    QString workspaceFolder() const; ///< there may be none yet
    /// Of the workspace, which must have been opened.
    CredentialRegister &credentials();
    ProfileRegister &profiles();
    Result<ApiCredential> credential(const Tenant &tenant);
    Result<ApiCredential> credentialNamed(const Tenant &tenant, const QString &name);
    /// The open tenant, for what needs more than one request or more than one place.
    Session &session(const Tenant &tenant);

    /// Calls back with the token source of the API credential asked for, or ends the run.
    void withTokens(const std::function<void(TokenSource &)> &callback);
    void withApi(const std::function<void(ApiClient &)> &callback);

    /// Why the file that an option names may not be written: one that exists is somebody's, an earlier one
    /// perhaps, and is replaced with --force alone. Empty where it may. What is no file is refused later.
    QString outputProblem(const QString &option) const;

    /// Goes on with the value; an error ends the run.
    template<typename T, typename Callable>
    Continuation<T> expect(Callable callable)
    {
        return Continuation<T>(this, [this, callable = std::move(callable)](Result<T> result) {
            if (!result)
                refuse(result.error());
            else if constexpr (std::is_void_v<T>)
                callable();
            else
                callable(std::move(*result));
        });
    }

private:
    Result<void> setUpHttp();
    KeychainStore &keychain();

    Arguments m_arguments;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    HttpClient m_http;
    JwksCache m_issuerKeys;
    SecretInput m_secrets;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<KeychainStore> m_keychain;
    MemoryStore m_session;
    std::unique_ptr<CredentialRegister> m_credentials;
    std::unique_ptr<ProfileRegister> m_profiles;
    std::unique_ptr<Session> m_tenantSession;
    std::unique_ptr<TokenSource> m_tokens;
    std::unique_ptr<ApiClient> m_api;
};

} // namespace latchkey::cli
