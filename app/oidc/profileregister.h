// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/continuation.h"
#include "oidc/loginprofile.h"

#include <memory>
#include <vector>

namespace latchkey {

class SecretStore;
class Workspace;

/// The login profiles: rows of the workspace, and the secrets that they keep in the keychain or, for this
/// session only, in memory. Secret and row agree whatever fails; what a crash or the keychain leaves is in
/// the index of the keychain, where CredentialRegister::removeLeftovers() finds it.
class ProfileRegister : public QObject
{
    Q_OBJECT

public:
    /// All references must outlive it.
    ProfileRegister(Workspace &workspace, SecretStore &keychain, SecretStore &session,
                    QObject *parent = nullptr);

    /// Adds it where it has no id, else changes it; its place stays. A secret that is to be kept comes with
    /// the request, or stays as it is where the request has none; one that is not to be kept is removed. An
    /// error: nothing has changed. InvalidInput: the name.
    /// The value of a parameter that is not known to be harmless is kept like a secret that is to be kept.
    void save(LoginProfile profile, const Continuation<LoginProfile> &continuation);
    /// With the secrets that it keeps.
    void duplicate(const LoginProfile &profile, const QString &name,
                   const Continuation<LoginProfile> &continuation);
    Result<void> rename(LoginProfileId id, const QString &name);
    /// What to send, with the secrets that are kept. SecretMissing if one of them is gone.
    void request(const LoginProfile &profile, const Continuation<LoginRequest> &continuation);
    /// The secrets first, then the row.
    void remove(const LoginProfile &profile, const Continuation<> &continuation);

    Workspace &workspace() const { return m_workspace; }

private:
    struct Saving;
    using SavingPtr = std::shared_ptr<Saving>;

    void moveParameters();
    Result<SavingPtr> prepare(LoginProfile profile, const Continuation<LoginProfile> &continuation);
    void storeNext(const SavingPtr &saving, size_t index);
    void writeRow(const SavingPtr &saving);
    void takeBack(const SavingPtr &saving, size_t count, const Error &why);
    void drop(SecretPlace place, QStringList keys, const std::function<void()> &done);
    void fetchNext(const LoginProfile &profile, LoginRequest request, QStringList keys,
                   const Continuation<LoginRequest> &continuation);
    void removeNext(const LoginProfile &profile, QStringList keys, const Continuation<> &continuation);
    SecretStore &storeOf(SecretPlace place) const;

    Workspace &m_workspace;
    SecretStore &m_keychain;
    SecretStore &m_session;
};

} // namespace latchkey
