// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "core/secret.h"
#include "core/tenant.h"
#include "net/httpclient.h"

#include <QCoreApplication>

namespace latchkey {

/// Disabling: a tenant takes a while until it refuses the pair.
enum class PortalState { Enabled, Disabling, Disabled };

/// An API credential as the portal of a sandbox lists it.
struct PortalCredential
{
    PortalId id{}; ///< later ones have higher ids
    QString name{};
    std::optional<ScopeLevel> level{};
    QString clientId{};
    PortalState state = PortalState::Enabled;
    std::optional<qint64> ownerId{}; ///< the user it belongs to; none: deleted
    QDateTime createdAt{};

    static PortalCredential read(JsonReader &reader);
};

/// The same with its secret, as the portal's own page shows it.
struct PortalPair
{
    PortalCredential credential{};
    Secret secret{};
};

/// The portal side of a sandbox tenant under /sandbox/portal, which the vendor has no API for.
///
/// A write is sent once. If its outcome is open, a reading decides: then either it was done, or the error
/// says why not; OutcomeUnknown remains only where the reading failed too.
class SandboxPortal
{
    Q_DECLARE_TR_FUNCTIONS(SandboxPortal)

public:
    /// A tenant of type Sandbox on this computer. No other is ever asked.
    static bool isFor(const Tenant &tenant);

    /// `http` must outlive it. For another tenant every call ends with InvalidInput.
    SandboxPortal(HttpClient &http, const Tenant &tenant);

    void list(Continuation<std::vector<PortalCredential>> continuation) const;
    /// None: the portal has no such pair. Error NotFound: there is no portal, so nothing is known of the
    /// pair.
    void find(const QString &clientId, Continuation<std::optional<PortalCredential>> continuation) const;
    void view(PortalId id, Continuation<PortalPair> continuation) const;
    /// `before`: the highest id there was, to know the pair by should the answer be lost.
    void create(const QString &name, ScopeLevel level, PortalId before,
                Continuation<PortalPair> continuation) const;
    /// Enabled or Disabled.
    void setState(PortalId id, PortalState state, Continuation<PortalCredential> continuation) const;
    /// Of a pair that is not there: a success.
    void remove(PortalId id, Continuation<> continuation) const;

private:
    void send(HttpMethod method, const QString &path, const QJsonObject &body,
              Continuation<QJsonValue> continuation) const;

    HttpClient *m_http;
    Tenant m_tenant;
};

/// The pair that a lost or interrupted create made: of that name, after `before`.
std::optional<PortalCredential> madeAfter(PortalId before, const QString &name,
                                          const std::vector<PortalCredential> &credentials);

} // namespace latchkey
