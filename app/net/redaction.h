// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/secret.h"

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace latchkey {

struct HttpRequest;

/// `‹redacted, 64 characters›`
QString redactedMark(qsizetype characters);

/// Whether the value of a JSON member of that name may be shown.
bool isHarmlessMember(QStringView name);
/// Whether the value of a form or query parameter of that name may be shown.
bool isHarmlessParameter(QStringView name);

/// The URL without fragment, its query values replaced unless known to be harmless.
QUrl redactUrl(const QUrl &url);

/// The secrets that went out with one request, and the pair that its token was fetched with, for the server
/// knows them and may tell them: replaces them in texts that came back, however they are encoded or escaped
/// there. Values shorter than four characters are left alone.
class RequestSecrets
{
public:
    RequestSecrets() = default;
    explicit RequestSecrets(const HttpRequest &request);

    QString scrub(QString text) const;
    /// The same of a text for a person, cut at 2,000 characters: cheap however long it is.
    QString brief(QString text) const;
    /// With brief texts.
    Error scrub(Error error) const;
    QJsonValue scrub(const QJsonValue &value) const; ///< every name and string in it
    /// Whether a JSON text may hold a secret of the request's Authorization: as it is, encoded or by escapes.
    bool mayBeToldIn(QByteArrayView text) const;

private:
    const QList<Secret> &values() const;

    Secret m_authorization{};
    Secret m_pair{};
    QByteArray m_contentType{};
    Secret m_body{};
    mutable std::optional<QList<Secret>> m_values{}; ///< made when they are first looked for
};

} // namespace latchkey
