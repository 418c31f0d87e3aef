// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "interchange/foundcredential.h"

#include <QHash>

namespace latchkey {

/// The fields of one credential as a source spells them, not yet checked.
struct CredentialFields
{
    QString where{};
    QString name{};
    QString url{};
    QString subdomain{};
    QString region{}; ///< "us" or "eu"
    QString clientId{};
    Secret clientSecret{};
    QString level{};
    QString note{};
    CredentialState state = CredentialState::Enabled;
    bool mayLackSecret = false; ///< in our own exports
};

/// Checks the fields of credentials one by one and keeps what can be used; the rest become problems.
class CredentialCollector
{
public:
    explicit CredentialCollector(CredentialFormat format) { m_file.format = format; }

    void add(CredentialFields fields);
    void addProblem(const QString &where, const QString &message);
    /// Error Invalid: far more credentials than anybody has.
    Result<CredentialFile> finish();

private:
    bool isRepeated(const FoundCredential &credential);

    CredentialFile m_file{};
    QHash<QString, size_t> m_known{}; ///< by tenant and client id
    qsizetype m_unlisted = 0;
    bool m_isTooMany = false;
};

/// api.us.onelogin.com and the like serve all tenants of their region: they do not say which one.
bool isRegionalHost(const QUrl &url);
/// "line 3"
QString lineName(qsizetype line);
/// Without white space, no-break and invisible characters at either end.
QString trimmedValue(QStringView value);

} // namespace latchkey
