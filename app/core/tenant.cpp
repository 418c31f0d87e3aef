// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tenant.h"

#include "core/enumkey.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Tenant", text);
}

bool isLoopbackHost(const QString &host)
{
    static const QRegularExpression ipv4(u"^127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}$"_s);
    return host == "::1"_L1 || ipv4.match(host).hasMatch();
}

} // namespace

Error readOnlyError()
{
    return {.kind = ErrorKind::ReadOnly,
            .message = tr("This tenant is read-only here. Nothing was sent to change it.")};
}

QUrl Tenant::issuer() const
{
    QUrl issuer = baseUrl;
    issuer.setPath(u"/oidc/2"_s);
    return issuer;
}

QString Tenant::host() const
{
    return baseUrl.authority();
}

QString tenantTypeName(TenantType type)
{
    switch (type) {
    case TenantType::Production:
        return tr("Production");
    case TenantType::Staging:
        return tr("Staging");
    case TenantType::Development:
        return tr("Development");
    case TenantType::Sandbox:
        return tr("Sandbox");
    }
    return {};
}

QString tenantTypeKey(TenantType type)
{
    switch (type) {
    case TenantType::Production:
        return u"production"_s;
    case TenantType::Staging:
        return u"staging"_s;
    case TenantType::Development:
        return u"development"_s;
    case TenantType::Sandbox:
        return u"sandbox"_s;
    }
    return {};
}

std::optional<TenantType> tenantTypeFromKey(QStringView key)
{
    using enum TenantType;
    return enumFromKey(key, {Production, Staging, Development, Sandbox}, tenantTypeKey);
}

bool isAllowedUrl(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host()));
}

Result<QUrl> parseTenantAddress(const QString &text)
{
    QString address = text.trimmed();
    if (address.isEmpty())
        return fail(ErrorKind::InvalidInput,
                    tr("The address is empty. Type your subdomain, for example acme."));
    if (!address.contains("://"_L1))
        address.prepend("https://"_L1);
    QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return fail(ErrorKind::InvalidInput, tr("This is not an address."), url.errorString());
    if (!url.userInfo().isEmpty())
        return fail(ErrorKind::InvalidInput, tr("The address must not hold a user name or a password."));
    if (!url.host().contains(u'.') && !url.host().contains(u':') && url.host() != "localhost"_L1)
        url.setHost(url.host() + ".onelogin.com"_L1);
    QUrl base;
    base.setScheme(url.scheme());
    base.setHost(url.host());
    if (url.port() != (url.scheme() == "https"_L1 ? 443 : 80)) // one address, one spelling
        base.setPort(url.port());
    if (!isAllowedUrl(base))
        return fail(ErrorKind::InvalidInput,
                    tr("Only https addresses are allowed, and http to this computer."));
    return base;
}

} // namespace latchkey
