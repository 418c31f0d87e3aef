// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

namespace latchkey {

/// An application/x-www-form-urlencoded body (RFC 6749 appendix B), built without QUrlQuery, which
/// corrupts `+` and `%2B`. Empty values are left out, RFC 6749 section 3.1.
class FormData
{
public:
    FormData() = default;
    FormData(const FormData &) = default;
    FormData &operator=(const FormData &) = default;
    ~FormData();

    void add(const QString &name, const QString &value);
    void add(const QString &name, const Secret &value);
    Secret encoded() const;

private:
    void append(QByteArrayView name, QByteArrayView value);
    QByteArray m_bytes;
};

/// One name or value, form-encoded.
QByteArray formEncoded(QByteArrayView utf8);

/// The address with these parameters behind the ones that it has.
QUrl withQuery(const QUrl &url, const FormData &parameters);

/// The first of these form-encoded parameters that the address has already, which must not be sent twice (RFC
/// 6749 sections 3.1 and 3.2); empty: none.
QString repeatedParameter(const QUrl &url, QByteArrayView parameters);

/// The value of an Authorization header for a client: both halves form-encoded, joined by a colon,
/// base64, RFC 6749 section 2.3.1.
Secret basicAuthorization(const QString &clientId, const Secret &clientSecret);

} // namespace latchkey
