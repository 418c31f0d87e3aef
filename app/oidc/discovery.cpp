// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/discovery.h"

#include "core/json.h"
#include "core/plaintext.h"
#include "core/tenant.h"
#include "net/httpclient.h"
#include "onelogin/dialect.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Discovery", text);
}

Result<void> checkIssuer(const QUrl &issuer)
{
    if (!isAllowedUrl(issuer))
        return fail(ErrorKind::InvalidInput,
                    tr("The issuer must be an https address, or http to this computer."),
                    issuer.errorString());
    if (issuer.hasQuery() || issuer.hasFragment())
        return fail(ErrorKind::InvalidInput, tr("The issuer must not have a query or a fragment."));
    return {};
}

int effectivePort(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && effectivePort(a) == effectivePort(b);
}

/// An optional endpoint. It gets tokens and secrets, so it must belong to the issuer.
QUrl endpoint(JsonReader &reader, QLatin1StringView name, const QUrl &issuer)
{
    const QString text = reader.string(name, {});
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (!isAllowedUrl(url))
        reader.reject(name, u"is neither https nor an address of this computer: "_s + text);
    else if (!isSameOrigin(url, issuer))
        reader.reject(name, u"belongs to another host than the issuer: "_s + url.authority());
    return url;
}

Result<ProviderMetadata> readMetadata(const QUrl &issuer, const HttpResponse &response)
{
    if (response.status != 200) {
        if (std::optional<Error> error = apiError(response)) {
            if (response.status == 404)
                error->reason = u"no_discovery"_s;
            return fail(*error);
        }
        return fail({.kind = ErrorKind::NotUnderstood,
                     .message = tr("The issuer does not publish its endpoints."),
                     .detail = safeExcerpt(response),
                     .reason = u"no_discovery"_s,
                     .httpStatus = response.status,
                     .requestId = response.requestId()});
    }
    const Result<QJsonValue> json = parseJson(response.body);
    if (!json)
        return fail({.kind = ErrorKind::NotUnderstood,
                     .message = tr("The issuer answered with something other than its endpoints."),
                     .detail = json.error().detail + u": "_s + safeExcerpt(response),
                     .reason = apiError(response) ? u"web_page"_s : u"discovery_unusable"_s,
                     .httpStatus = response.status,
                     .requestId = response.requestId()});
    JsonReader reader(*json);
    ProviderMetadata metadata;
    metadata.issuer = reader.string("issuer"_L1);
    const QString asked = issuer.toString(QUrl::FullyEncoded);
    const bool isOther = !metadata.issuer.isEmpty() && metadata.issuer != asked;
    if (metadata.issuer != asked)
        reader.reject("issuer"_L1, u"is %1, but %2 was asked"_s.arg(plainLine(metadata.issuer), asked));
    reader.string("token_endpoint"_L1);
    for (const auto &[name, member] : kProviderEndpoints)
        metadata.*member = endpoint(reader, name, issuer);
    metadata.scopesSupported = reader.strings("scopes_supported"_L1);
    metadata.idTokenAlgorithms = reader.strings("id_token_signing_alg_values_supported"_L1);
    metadata.codeChallengeMethods = reader.strings("code_challenge_methods_supported"_L1);
    metadata.issuerInRedirects = reader.boolean("authorization_response_iss_parameter_supported"_L1, false);
    if (metadata.tokenEndpoint.isEmpty())
        reader.reject("token_endpoint"_L1, u"is empty"_s);
    Result<ProviderMetadata> result = reader.finish(std::move(metadata));
    if (!result) {
        result.error().message = tr("The issuer's discovery document cannot be used.");
        result.error().reason = isOther ? u"issuer_mismatch"_s : u"discovery_unusable"_s;
        result.error().httpStatus = response.status;
        result.error().requestId = response.requestId();
    }
    return result;
}

} // namespace

ProviderMetadata ProviderMetadata::with(const ProviderMetadata &replacements) const
{
    ProviderMetadata merged = *this;
    for (const auto &[name, endpoint] : kProviderEndpoints) {
        if (!(replacements.*endpoint).isEmpty())
            merged.*endpoint = replacements.*endpoint;
    }
    return merged;
}

void discover(HttpClient &http, const QUrl &issuer, Continuation<ProviderMetadata> continuation)
{
    if (const Result<void> allowed = checkIssuer(issuer); !allowed)
        return finishLater<ProviderMetadata>(continuation, fail(allowed.error()));
    // Section 4.1: a slash at the end is dropped before the path is added.
    QString base = issuer.toString(QUrl::FullyEncoded);
    if (base.endsWith(u'/'))
        base.chop(1);
    HttpRequest request;
    request.url = QUrl(base + "/.well-known/openid-configuration"_L1, QUrl::StrictMode);
    request.maximumSize = 1 << 20;
    request.askedBy = tr("Test login, read endpoints");
    http.send(std::move(request),
              after<HttpResponse>(continuation, [issuer, continuation](HttpResponse response) {
                  continuation(readMetadata(issuer, response));
              }));
}

} // namespace latchkey
