// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/disablewatch.h"

#include <map>
#include <memory>
#include <set>

namespace latchkey {

/// The watches of one tenant: each waits until the tenant refuses a pair that was disabled.
class CredentialWatches final : public QObject
{
    Q_OBJECT

public:
    /// Guide: the person is to disable the pair in the portal first.
    enum class State { None, Guide, Watching };

    /// The session must outlive it.
    explicit CredentialWatches(Session &session, QObject *parent = nullptr);
    ~CredentialWatches() override;

    void setPace(const WatchPace &pace) { m_pace = pace; }
    /// Goes on with those that are due.
    void resumeDue();
    void guide(const ApiCredential &credential);
    void start(const ApiCredential &credential);
    /// The workspace forgets it too.
    void stop(const ApiCredential &credential);
    /// Another one watches the pair until goOn(); the workspace still knows that it is due.
    void pause(CredentialId id);
    void goOn(CredentialId id);

    State state(CredentialId id) const;
    /// The tenant may still accept it, whoever watches.
    bool isDisabling(CredentialId id) const;
    /// Until it asks again; none while it asks.
    std::optional<std::chrono::seconds> untilNext(CredentialId id) const;
    /// Why the last answer says nothing of the pair.
    std::optional<Error> trouble(CredentialId id) const;

signals:
    void changed(latchkey::CredentialId id);
    void refused(const latchkey::ApiCredential &credential);
    void stillAccepted(const latchkey::ApiCredential &credential, std::chrono::minutes limit);
    void failed(const latchkey::ApiCredential &credential, const latchkey::Error &error);

private:
    struct Entry
    {
        std::unique_ptr<DisableWatch> watch{};
        std::optional<Error> trouble{};
    };

    void receive(const ApiCredential &credential, const Result<WatchVerdict> &verdict);
    void dropOutdated();

    Session &m_session;
    WatchPace m_pace{};
    std::map<CredentialId, Entry> m_watches;
    std::set<CredentialId> m_guided;
    std::set<CredentialId> m_paused;
};

} // namespace latchkey
