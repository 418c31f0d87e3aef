// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSslCertificate;

namespace latchkey {

/// Whether a subjectAltName of the certificate names the host (RFC 9525 section 6). Qt falls back
/// to the common name, which names nothing anymore.
bool certificateNames(const QSslCertificate &certificate, const QString &host);

} // namespace latchkey
