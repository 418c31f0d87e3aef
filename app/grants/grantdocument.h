// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/servergrants.h"

namespace latchkey {

/// What a grants file is written in; both are read.
enum class GrantFormat { Yaml, Json };

/// A grants file: everything that is granted of one authorization server, by names, so that it can
/// be kept under version control and applied to another tenant.
struct GrantDocument
{
    struct App
    {
        QString name{};
        AppId id{}; ///< invalid: the name says which; needed where several apps share it
        QStringList scopes{};
    };

    QString server{};
    QString resourceIdentifier{}; ///< tells servers of the same name apart; may be empty
    std::vector<App> apps{};
};

/// Of YAML, or of JSON where the first character is a brace. Every member must be known: a misspelt
/// one would revoke; `comment` is passed over. Error InvalidInput says what is wrong and, of YAML, in
/// which line.
Result<GrantDocument> readGrantDocument(const QByteArray &bytes);

/// What a tenant has. The same grants give the same bytes: apps by name, then id, scopes by value; ids
/// as comments, but as a member where several of `apps`, the OIDC apps of the tenant, share a name. Error
/// Invalid: a client app holds a scope that the server does not list.
Result<QByteArray> grantDocumentText(const ServerGrants &grants, const std::vector<OidcApp> &apps,
                                     GrantFormat format);

} // namespace latchkey
