// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/sandboxportal.h"

#include "core/json.h"
#include "onelogin/dialect.h"
#include "onelogin/writeproof.h"

#include <QHostAddress>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

PortalState readState(JsonReader &reader)
{
    const QString state = reader.string("state"_L1);
    if (state == "disabling"_L1)
        return PortalState::Disabling;
    if (state == "disabled"_L1)
        return PortalState::Disabled;
    if (state != "enabled"_L1)
        reader.reject("state"_L1, u"is none that is known"_s);
    return PortalState::Enabled;
}

PortalPair readPair(JsonReader &reader)
{
    return {.credential = PortalCredential::read(reader),
            .secret = Secret::fromText(reader.string("client_secret"_L1))};
}

QString pathOf(PortalId id)
{
    return u"/credentials/"_s + id.toString();
}

} // namespace

PortalCredential PortalCredential::read(JsonReader &reader)
{
    PortalCredential credential{.id = {reader.integer("id"_L1)},
                                .name = reader.string("name"_L1),
                                .level = scopeLevelFromName(reader.string("scope_level"_L1)),
                                .clientId = reader.string("client_id"_L1),
                                .state = readState(reader)};
    if (reader.has("owner_id"_L1))
        credential.ownerId = reader.integer("owner_id"_L1);
    credential.createdAt = reader.dateTime("created_at"_L1);
    return credential;
}

std::optional<PortalCredential> madeAfter(PortalId before, const QString &name,
                                          const std::vector<PortalCredential> &credentials)
{
    const auto found =
        std::find_if(credentials.begin(), credentials.end(),
                     [&](const PortalCredential &each) { return each.id > before && each.name == name; });
    return found == credentials.end() ? std::nullopt : std::optional(*found);
}

bool SandboxPortal::isFor(const Tenant &tenant)
{
    const QString host = tenant.baseUrl.host();
    return tenant.type == TenantType::Sandbox && (host == "localhost"_L1 || QHostAddress(host).isLoopback());
}

SandboxPortal::SandboxPortal(HttpClient &http, const Tenant &tenant)
    : m_http(&http)
    , m_tenant(tenant)
{
}

void SandboxPortal::send(HttpMethod method, const QString &path, const QJsonObject &body,
                         Continuation<QJsonValue> continuation) const
{
    if (!isFor(m_tenant)) {
        return finishLater<QJsonValue>(
            continuation,
            fail(ErrorKind::InvalidInput, tr("Only a sandbox on this computer has such a portal.")));
    }
    if (method != HttpMethod::Get && m_tenant.readOnly)
        return finishLater<QJsonValue>(continuation, fail(readOnlyError()));
    HttpRequest request{.method = method, .url = m_tenant.baseUrl, .askedBy = tr("Portal of the sandbox")};
    request.url.setPath("/sandbox/portal"_L1 + path);
    if (!body.isEmpty()) {
        request.contentType = "application/json";
        request.body = Secret::copyOf(QJsonDocument(body).toJson(QJsonDocument::Compact));
    }
    m_http->send(std::move(request),
                 after<HttpResponse>(continuation, [continuation](const HttpResponse &response) {
                     continuation(readAnswer(response));
                 }));
}

void SandboxPortal::list(Continuation<std::vector<PortalCredential>> continuation) const
{
    send(HttpMethod::Get, u"/credentials"_s, {},
         after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
             continuation(readJsonArray<PortalCredential>(json, PortalCredential::read));
         }));
}

void SandboxPortal::find(const QString &clientId,
                         Continuation<std::optional<PortalCredential>> continuation) const
{
    using Credentials = std::vector<PortalCredential>;
    list(Continuation<Credentials>(
        continuation.context(), [clientId, continuation](const Result<Credentials> &listed) {
            if (!listed)
                return continuation(fail(listed.error()));
            const auto found =
                std::find_if(listed->begin(), listed->end(),
                             [&clientId](const PortalCredential &each) { return each.clientId == clientId; });
            continuation(found == listed->end() ? std::nullopt : std::optional(*found));
        }));
}

void SandboxPortal::view(PortalId id, Continuation<PortalPair> continuation) const
{
    send(HttpMethod::Get, pathOf(id), {},
         after<QJsonValue>(continuation, [continuation](const QJsonValue &json) {
             continuation(readJsonObject<PortalPair>(json, readPair));
         }));
}

void SandboxPortal::create(const QString &name, ScopeLevel level, PortalId before,
                           Continuation<PortalPair> continuation) const
{
    using Credentials = std::vector<PortalCredential>;
    const SandboxPortal portal = *this;
    const auto receive = [portal, name, before, continuation](const Result<QJsonValue> &json) {
        Result<PortalPair> made = json.and_then(
            [](const QJsonValue &value) { return readJsonObject<PortalPair>(value, readPair); });
        if (made || !mayHaveBeenDone(made.error().kind))
            return continuation(std::move(made));
        portal.list(Continuation<Credentials>(
            continuation.context(), [=, error = made.error()](const Result<Credentials> &listed) {
                if (!listed)
                    return continuation(fail(unprovenWrite(error, listed.error())));
                if (const auto found = madeAfter(before, name, *listed))
                    return portal.view(found->id, continuation);
                continuation(fail(writeNotStored(error)));
            }));
    };
    send(HttpMethod::Post, u"/credentials"_s, {{u"name"_s, name}, {u"scope_level"_s, scopeLevelName(level)}},
         Continuation<QJsonValue>(continuation.context(), receive));
}

void SandboxPortal::setState(PortalId id, PortalState state,
                             Continuation<PortalCredential> continuation) const
{
    const SandboxPortal portal = *this;
    const bool enable = state == PortalState::Enabled;
    const auto receive = [=](const Result<QJsonValue> &json) {
        Result<PortalCredential> changed = json.and_then([](const QJsonValue &value) {
            return readJsonObject<PortalCredential>(value, PortalCredential::read);
        });
        if (changed || !mayHaveBeenDone(changed.error().kind))
            return continuation(std::move(changed));
        portal.view(
            id, Continuation<PortalPair>(
                    continuation.context(), [=, error = changed.error()](const Result<PortalPair> &found) {
                        if (!found)
                            return continuation(fail(unprovenWrite(error, found.error())));
                        if ((found->credential.state == PortalState::Enabled) == enable)
                            return continuation(found->credential);
                        continuation(fail(writeNotStored(error)));
                    }));
    };
    send(HttpMethod::Put, pathOf(id), {{u"state"_s, enable ? u"enabled"_s : u"disabled"_s}},
         Continuation<QJsonValue>(continuation.context(), receive));
}

void SandboxPortal::remove(PortalId id, Continuation<> continuation) const
{
    const SandboxPortal portal = *this;
    const auto receive = [=](const Result<QJsonValue> &json) {
        if (json || json.error().kind == ErrorKind::NotFound)
            return continuation({});
        if (!mayHaveBeenDone(json.error().kind))
            return continuation(fail(json.error()));
        portal.view(id, Continuation<PortalPair>(continuation.context(),
                                                 [=, error = json.error()](const Result<PortalPair> &found) {
                                                     if (found)
                                                         return continuation(fail(writeNotStored(error)));
                                                     if (found.error().kind == ErrorKind::NotFound)
                                                         return continuation({});
                                                     continuation(fail(unprovenWrite(error, found.error())));
                                                 }));
    };
    send(HttpMethod::Delete, pathOf(id), {}, Continuation<QJsonValue>(continuation.context(), receive));
}

} // namespace latchkey
