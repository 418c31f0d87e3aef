// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialwatches.h"

#include <algorithm>

namespace latchkey {

CredentialWatches::CredentialWatches(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session.credentials(), &CredentialRegister::changed, this, [this](TenantId tenant) {
        if (tenant == m_session.tenant().id)
            dropOutdated();
    });
}

CredentialWatches::~CredentialWatches() = default;

void CredentialWatches::resumeDue()
{
    const Result<std::vector<ApiCredential>> due = DisableWatch::due(m_session);
    for (const ApiCredential &credential : due.value_or(std::vector<ApiCredential>{})) {
        if (state(credential.id) == State::None && !m_paused.contains(credential.id))
            start(credential);
    }
}

void CredentialWatches::guide(const ApiCredential &credential)
{
    m_guided.insert(credential.id);
    emit changed(credential.id);
}

void CredentialWatches::start(const ApiCredential &credential)
{
    const CredentialId id = credential.id;
    m_guided.erase(id);
    Entry &entry = m_watches[id];
    entry.trouble.reset();
    entry.watch = std::make_unique<DisableWatch>(m_session, credential, m_pace);
    connect(entry.watch.get(), &DisableWatch::asked, this, [this, id](const std::optional<Error> &trouble) {
        m_watches[id].trouble = trouble;
        emit changed(id);
    });
    entry.watch->start(then(
        this, [this, credential](const Result<WatchVerdict> &verdict) { receive(credential, verdict); }));
    emit changed(id);
}

void CredentialWatches::receive(const ApiCredential &credential, const Result<WatchVerdict> &verdict)
{
    if (const auto found = m_watches.find(credential.id); found != m_watches.end()) {
        found->second.watch.release()->deleteLater(); // it is what calls
        m_watches.erase(found);
    }
    emit changed(credential.id);
    if (!verdict)
        emit failed(credential, verdict.error());
    else if (*verdict == WatchVerdict::Refused)
        emit refused(credential);
    else
        emit stillAccepted(credential, std::chrono::duration_cast<std::chrono::minutes>(m_pace.limit));
}

void CredentialWatches::stop(const ApiCredential &credential)
{
    // One that only waits for the person is noted in the workspace as well.
    if (m_guided.erase(credential.id) > 0)
        DisableWatch(m_session, credential).cancel();
    if (const auto found = m_watches.find(credential.id); found != m_watches.end()) {
        found->second.watch->cancel();
        m_watches.erase(found);
    }
    emit changed(credential.id);
}

void CredentialWatches::pause(CredentialId id)
{
    m_paused.insert(id);
    m_guided.erase(id);
    m_watches.erase(id);
    emit changed(id);
}

void CredentialWatches::goOn(CredentialId id)
{
    m_paused.erase(id);
    resumeDue();
}

CredentialWatches::State CredentialWatches::state(CredentialId id) const
{
    if (m_watches.contains(id))
        return State::Watching;
    return m_guided.contains(id) ? State::Guide : State::None;
}

bool CredentialWatches::isDisabling(CredentialId id) const
{
    if (!m_paused.contains(id))
        return state(id) != State::None;
    const Result<std::vector<ApiCredential>> due = DisableWatch::due(m_session);
    return due && std::any_of(due->begin(), due->end(),
                              [id](const ApiCredential &credential) { return credential.id == id; });
}

std::optional<std::chrono::seconds> CredentialWatches::untilNext(CredentialId id) const
{
    const auto found = m_watches.find(id);
    if (found == m_watches.end() || found->second.watch->untilNext().count() == 0)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(found->second.watch->untilNext());
}

std::optional<Error> CredentialWatches::trouble(CredentialId id) const
{
    const auto found = m_watches.find(id);
    return found == m_watches.end() ? std::nullopt : found->second.trouble;
}

/// A pair that is enabled again or gone needs no watch.
void CredentialWatches::dropOutdated()
{
    const Result<std::vector<ApiCredential>> rows = m_session.credentials().list(m_session.tenant().id);
    if (!rows)
        return;
    const auto isOutdated = [&rows](CredentialId id) {
        return std::none_of(rows->begin(), rows->end(), [id](const ApiCredential &row) {
            return row.id == id && row.state == CredentialState::Disabled;
        });
    };
    std::erase_if(m_guided, isOutdated);
    std::erase_if(m_watches, [&](const auto &entry) { return isOutdated(entry.first); });
}

} // namespace latchkey
