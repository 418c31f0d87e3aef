// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/certificatenames.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QUrl>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool dnsNameMatches(const QString &pattern, const QString &host)
{
    if (pattern.compare(host, Qt::CaseInsensitive) == 0)
        return true;
    if (!pattern.startsWith("*."_L1))
        return false;
    // The wildcard is the whole first label and stands for one label, below at least two others.
    const QStringView below = QStringView(pattern).sliced(1);
    const qsizetype firstDot = host.indexOf(u'.');
    return firstDot > 0 && below.count(u'.') >= 2 &&
           QStringView(host).sliced(firstDot).compare(below, Qt::CaseInsensitive) == 0;
}

} // namespace

bool certificateNames(const QSslCertificate &certificate, const QString &host)
{
    const QMultiMap<QSsl::AlternativeNameEntryType, QString> names = certificate.subjectAlternativeNames();
    const QHostAddress address(host);
    if (!address.isNull()) {
        const QStringList addresses = names.values(QSsl::IpAddressEntry);
        return std::any_of(addresses.begin(), addresses.end(),
                           [&address](const QString &name) { return QHostAddress(name) == address; });
    }
    const QString ascii = QString::fromLatin1(QUrl::toAce(host));
    const QStringList dnsNames = names.values(QSsl::DnsEntry);
    return std::any_of(dnsNames.begin(), dnsNames.end(),
                       [&ascii](const QString &name) { return dnsNameMatches(name, ascii); });
}

} // namespace latchkey
