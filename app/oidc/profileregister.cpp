// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/profileregister.h"

#include "secrets/secretstore.h"
#include "store/loginstore.h"
#include "store/workspace.h"

namespace latchkey {

using namespace Qt::StringLiterals;

struct ProfileRegister::Saving
{
    struct Item
    {
        QString key{};
        Secret secret{};
    };

    LoginProfile row{};
    std::vector<Item> items{}; ///< to be stored before the row names them
    QStringList superseded{};  ///< to be removed once it does
    Continuation<LoginProfile> continuation;
};

namespace {

/// The key under which a secret is from now on; a secret that is given gets a new one, so that the old one
/// stays whole until the row names the new one.
QString nextKey(bool isKept, const Secret &given, const QString &old)
{
    if (!isKept)
        return {};
    return given.isEmpty() ? old : newSecretKey();
}

Error missing(const LoginProfile &profile, Error error, const QString &key)
{
    if (error.kind != ErrorKind::SecretMissing)
        return error;
    if (const QString parameter = profile.parameterKeys.key(key); !parameter.isEmpty())
        error.message =
            ProfileRegister::tr("The value of the parameter %1 of the profile %2 is no longer kept.")
                .arg(parameter, profile.name);
    else
        error.message = (key == profile.passwordKey
                             ? ProfileRegister::tr("The password of the profile %1 is no longer kept.")
                             : ProfileRegister::tr("The client secret of the profile %1 is no longer kept."))
                            .arg(profile.name);
    return error;
}

/// Puts a secret of the profile where the request has it.
void putIn(LoginRequest &request, const LoginProfile &profile, const QString &key, const Secret &secret)
{
    if (key == profile.secretKey)
        request.clientSecret = secret;
    if (key == profile.passwordKey)
        request.password = secret;
    for (auto &[name, value] : request.parameters) {
        if (key == profile.parameterKeys.value(name))
            value = secret.revealed();
    }
}

/// A row of before, when the value of any parameter lay in it.
bool hasSecretsInRow(const LoginProfile &row)
{
    return withoutSecrets(row.request) != row.request;
}

} // namespace

ProfileRegister::ProfileRegister(Workspace &workspace, SecretStore &keychain, SecretStore &session,
                                 QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_keychain(keychain)
    , m_session(session)
{
    QMetaObject::invokeMethod(this, &ProfileRegister::moveParameters, Qt::QueuedConnection);
}

/// Takes what older versions wrote into the rows to the keychain. What cannot be moved now is when the
/// program starts again.
void ProfileRegister::moveParameters()
{
    const Result<std::vector<Tenant>> tenants = m_workspace.tenants();
    if (!tenants || m_workspace.isReadOnly())
        return;
    for (const Tenant &tenant : *tenants) {
        const Result<std::vector<LoginProfile>> profiles = m_workspace.logins().profiles(tenant.id);
        if (!profiles)
            continue;
        for (const LoginProfile &profile : *profiles) {
            if (hasSecretsInRow(profile))
                save(profile, Continuation<LoginProfile>(this, [](const Result<LoginProfile> &) {}));
        }
    }
}

SecretStore &ProfileRegister::storeOf(SecretPlace place) const
{
    return place == SecretPlace::Keychain ? m_keychain : m_session;
}

/// Checks all that can be checked, and notes the keys of what is to be stored.
Result<ProfileRegister::SavingPtr> ProfileRegister::prepare(LoginProfile profile,
                                                            const Continuation<LoginProfile> &continuation)
{
    profile.name = profile.name.trimmed();
    LoginProfile old{.place = profile.place};
    if (profile.id.isValid()) {
        const Result<LoginProfile> found = m_workspace.logins().profile(profile.id);
        if (!found)
            return fail(found.error());
        old = *found;
    }
    if (m_workspace.isReadOnly())
        return fail(ErrorKind::StorageTooNew, m_workspace.readOnlyReason());
    if (const Result<void> named = m_workspace.logins().checkName(profile); !named)
        return fail(named.error());
    const LoginRequest &given = profile.request;
    auto saving = std::make_shared<Saving>(Saving{.row = profile, .continuation = continuation});
    LoginProfile &row = saving->row;
    row.request = withoutSecrets(given);
    row.place = old.place;
    row.secretKey = nextKey(profile.keepsSecret, given.clientSecret, old.secretKey);
    row.parameterKeys.clear();
    row.passwordKey = nextKey(profile.keepsPassword, given.password, old.passwordKey);
    row.keepsSecret = !row.secretKey.isEmpty();
    row.keepsPassword = !row.passwordKey.isEmpty();
    if (row.secretKey != old.secretKey && row.keepsSecret)
        saving->items.push_back({row.secretKey, given.clientSecret});
    if (row.passwordKey != old.passwordKey && row.keepsPassword)
        saving->items.push_back({row.passwordKey, given.password});
    for (const auto &[name, value] : given.parameters) {
        if (isOpenParameter(name))
            continue;
        if (row.parameterKeys.contains(name))
            return fail(ErrorKind::InvalidInput, tr("The parameter %1 is given twice.").arg(name));
        const QString key = nextKey(true, Secret::fromText(value), old.parameterKeys.value(name));
        if (!value.isEmpty())
            saving->items.push_back({key, Secret::fromText(value)});
        if (!key.isEmpty())
            row.parameterKeys.insert(name, key);
    }
    for (const QString &key : old.keys()) {
        if (!row.keys().contains(key))
            saving->superseded.append(key);
    }
    QStringList keys;
    for (const Saving::Item &item : saving->items)
        keys.append(item.key);
    const Result<void> noted =
        row.place == SecretPlace::Keychain ? m_workspace.noteKeychainItems(keys) : Result<void>();
    return noted.map([&saving] { return saving; });
}

void ProfileRegister::save(LoginProfile profile, const Continuation<LoginProfile> &continuation)
{
    const Result<SavingPtr> saving = prepare(std::move(profile), continuation);
    if (!saving)
        return finishLater<LoginProfile>(continuation, fail(saving.error()));
    QMetaObject::invokeMethod(
        this, [this, saving] { storeNext(*saving, 0); }, Qt::QueuedConnection);
}

void ProfileRegister::storeNext(const SavingPtr &saving, size_t index)
{
    if (index == saving->items.size() || saving->continuation.context() == nullptr)
        return writeRow(saving);
    const Saving::Item &item = saving->items[index];
    storeOf(saving->row.place)
        .put(item.key, item.secret, then(this, [this, saving, index](const Result<void> &stored) {
                 if (stored)
                     storeNext(saving, index + 1);
                 else
                     takeBack(saving, index + 1, stored.error());
             }));
}

void ProfileRegister::writeRow(const SavingPtr &saving)
{
    // Whoever asked for it has gone: it was cancelled.
    if (saving->continuation.context() == nullptr)
        return takeBack(saving, saving->items.size(), {});
    LoginStore &logins = m_workspace.logins();
    Result<LoginProfile> written =
        saving->row.id.isValid() ? logins.updateProfile(saving->row).map([&saving] { return saving->row; })
                                 : logins.addProfile(saving->row);
    if (!written)
        return takeBack(saving, saving->items.size(), written.error());
    // A secret of before that cannot be removed now is a leftover.
    drop(saving->row.place, saving->superseded, [saving, written] { saving->continuation(written); });
}

/// Removes the first `count` secrets, which no row has; the others were never stored. A keychain that does
/// not answer is not asked again: what it may hold stays in the index.
void ProfileRegister::takeBack(const SavingPtr &saving, size_t count, const Error &why)
{
    QStringList keys;
    for (size_t i = 0; i < saving->items.size(); ++i) {
        if (i < count)
            keys.append(saving->items[i].key);
        else
            (void)m_workspace.forgetKeychainItem(saving->items[i].key);
    }
    const auto done = [saving, why] { saving->continuation(fail(why)); };
    if (why.kind == ErrorKind::KeychainTimeout)
        return done();
    drop(saving->row.place, keys, done);
}

/// Removes secrets that no row has, until one cannot be removed: that and the others are leftovers.
void ProfileRegister::drop(SecretPlace place, QStringList keys, const std::function<void()> &done)
{
    if (keys.isEmpty())
        return done();
    const QString key = keys.takeFirst();
    storeOf(place).remove(key, then(this, [this, place, key, keys, done](const Result<void> &removed) {
                              if (!removed)
                                  return done();
                              (void)m_workspace.forgetKeychainItem(key);
                              drop(place, keys, done);
                          }));
}

void ProfileRegister::duplicate(const LoginProfile &profile, const QString &name,
                                const Continuation<LoginProfile> &continuation)
{
    request(profile, then(this, [this, profile, name, continuation](const Result<LoginRequest> &whole) {
                if (!whole)
                    return continuation(fail(whole.error()));
                LoginProfile copy = profile;
                copy.id = {};
                copy.name = name;
                copy.request = *whole;
                save(std::move(copy), continuation);
            }));
}

Result<void> ProfileRegister::rename(LoginProfileId id, const QString &name)
{
    return m_workspace.logins().renameProfile(id, name.trimmed());
}

void ProfileRegister::request(const LoginProfile &profile, const Continuation<LoginRequest> &continuation)
{
    if (profile.keys().isEmpty())
        return finishLater<LoginRequest>(continuation, profile.request);
    fetchNext(profile, profile.request, profile.keys(), continuation);
}

void ProfileRegister::fetchNext(const LoginProfile &profile, LoginRequest request, QStringList keys,
                                const Continuation<LoginRequest> &continuation)
{
    if (keys.isEmpty())
        return continuation(std::move(request));
    const QString key = keys.takeFirst();
    storeOf(profile.place).get(key, then(this, [=, this](const Result<Secret> &secret) {
                                   if (!secret)
                                       return continuation(fail(missing(profile, secret.error(), key)));
                                   LoginRequest further = request;
                                   putIn(further, profile, key, *secret);
                                   fetchNext(profile, std::move(further), keys, continuation);
                               }));
}

void ProfileRegister::remove(const LoginProfile &profile, const Continuation<> &continuation)
{
    const Result<LoginProfile> row = m_workspace.logins().profile(profile.id);
    if (!row)
        return finishLater<void>(continuation, fail(row.error()));
    if (m_workspace.isReadOnly())
        return finishLater<void>(continuation, fail(ErrorKind::StorageTooNew, m_workspace.readOnlyReason()));
    QMetaObject::invokeMethod(
        this, [this, row, continuation] { removeNext(*row, row->keys(), continuation); },
        Qt::QueuedConnection);
}

void ProfileRegister::removeNext(const LoginProfile &profile, QStringList keys,
                                 const Continuation<> &continuation)
{
    if (keys.isEmpty()) {
        const Result<void> removed = m_workspace.logins().removeProfile(profile.id);
        for (const QString &key : profile.keys())
            (void)m_workspace.forgetKeychainItem(key); // only what no row has
        return continuation(removed);
    }
    const QString key = keys.takeFirst();
    storeOf(profile.place)
        .remove(key, then(this, [this, profile, keys, continuation](const Result<void> &removed) {
                    if (removed)
                        removeNext(profile, keys, continuation);
                    else
                        continuation(removed);
                }));
}

} // namespace latchkey
