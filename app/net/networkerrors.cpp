// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/networkerrors.h"

#include <QMetaEnum>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

bool isBeforeSending(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError ||
           (error >= QNetworkReply::ProxyConnectionRefusedError &&
            error <= QNetworkReply::ProxyAuthenticationRequiredError);
}

bool isAboutStatus(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError ||
           (error > QNetworkReply::UnknownProxyError && error != QNetworkReply::ContentReSendError &&
            error <= QNetworkReply::UnknownContentError) ||
           (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

QString errorName(QNetworkReply::NetworkError error)
{
    return QString::fromLatin1(QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(error));
}

QString certificateReason(const QList<QSslError> &errors)
{
    using Code = QSslError::SslError;
    static const QList<std::pair<Code, QString>> reasons{
        {Code::CertificateExpired, u"certificate_expired"_s},
        {Code::CertificateNotYetValid, u"certificate_not_yet_valid"_s},
        {Code::HostNameMismatch, u"certificate_other_host"_s},
        {Code::SelfSignedCertificate, u"certificate_self_signed"_s},
        {Code::SelfSignedCertificateInChain, u"certificate_authority_unknown"_s},
        {Code::UnableToGetLocalIssuerCertificate, u"certificate_authority_unknown"_s},
        {Code::UnableToVerifyFirstCertificate, u"certificate_authority_unknown"_s},
        {Code::CertificateUntrusted, u"certificate_authority_unknown"_s}};
    for (const auto &[code, reason] : reasons) {
        const bool isThere = std::any_of(errors.begin(), errors.end(), [code = code](const QSslError &error) {
            return error.error() == code;
        });
        if (isThere)
            return reason;
    }
    return {};
}

} // namespace latchkey
