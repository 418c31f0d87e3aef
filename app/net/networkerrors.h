// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkReply>
#include <QSslError>

/// What Qt's errors of the network mean for a request.
namespace latchkey {

/// Failures that come before a byte of the request can have left.
bool isBeforeSending(QNetworkReply::NetworkError error);
/// Errors by which Qt only repeats the HTTP status; a 400 it calls an invalid operation.
bool isAboutStatus(QNetworkReply::NetworkError error);
QString errorName(QNetworkReply::NetworkError error);
/// The word for what is wrong with a certificate; of several things the one that tells most.
QString certificateReason(const QList<QSslError> &errors);

} // namespace latchkey
