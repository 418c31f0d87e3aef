// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantchange.h"
#include "grants/grantdocument.h"

namespace latchkey {

/// Why a line of a grants file cannot be carried out.
struct GrantProblem
{
    enum class Kind { UnknownApp, AmbiguousApp, OtherApp, RepeatedApp, UnknownScope };

    Kind kind = Kind::UnknownApp;
    QString app{};
    QString scope{}; ///< of UnknownScope
    QString message{};
    QStringList candidates{}; ///< "1026152 (billing-service)"
};

QString problemKey(GrantProblem::Kind kind); ///< "unknown_app", "ambiguous_app" …

/// What it takes to make a server as its file says.
struct DocumentPlan
{
    std::vector<GrantChange> changes{}; ///< by name of the app, then id
    std::vector<GrantProblem> problems{};
};

/// What becomes of client apps that the file does not list.
enum class Unlisted { Remove, Keep };

/// The server that a file means: by name, letter by letter, and by resource identifier where several
/// share the name. Errors NotFound, Invalid (names the candidates).
Result<AuthServer> serverMeant(const GrantDocument &document, const std::vector<AuthServer> &servers);

/// Compares a file with a tenant. `apps`: the tenant's OIDC apps. An app is found by its name; one with
/// an id must have that id and that name. Scopes that the server does not list stay as they are.
DocumentPlan planDocument(const GrantDocument &document, const ServerGrants &grants,
                          const std::vector<OidcApp> &apps, Unlisted unlisted);

} // namespace latchkey
