// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interchange/credentialcollector.h"

#include <QMap>

namespace latchkey {

/// What a pair is called that its variables do not name.
struct SourceNames
{
    QString file{}; ///< comes before the subdomain: prod.env and test.env may be of one tenant
    QString tool{}; ///< comes after it
};

/// "prod" of prod.env and of .env.prod; empty where the name of a file tells no more than its format.
QString nameOfFile(const QString &path);

/// Variables such as ONELOGIN_CLIENT_ID and ONELOGIN_CLIENT_SECRET, or onelogin.sdk.client_id: those with one
/// prefix are one credential. A host is looked for under shorter prefixes too, as BATON_SUBDOMAIN is for
/// BATON_ONELOGIN_CLIENT_ID.
class VariableGroups
{
public:
    /// Whether the name is one that counts. The last value of a name wins.
    bool set(const QString &name, const QString &value, const QString &where, CredentialCollector &collector);
    /// One credential for each pair. With `tellOthers` the pairs of other products become problems.
    void collect(CredentialCollector &collector, const SourceNames &names, bool tellOthers);

private:
    struct Variable
    {
        QString value{};
        Secret secret{};
        QString where{};
        QString name{};
    };
    using Group = QMap<QString, Variable>; ///< by field
    QString inherited(const QString &prefix, const QStringList &fields) const;
    void collectGroup(const QString &prefix, const Group &group, CredentialCollector &collector,
                      const SourceNames &names, bool tellOthers);

    QMap<QString, Group> m_groups{}; ///< by prefix, lower case
    QStringList m_prefixes{};        ///< as they came
};

} // namespace latchkey
