// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>

#include <optional>

namespace latchkey::sandbox {

/// Where ids, secrets and tokens come from: the system's generator, or a seeded one for a tenant
/// that is the same at every start.
class Random
{
public:
    explicit Random(std::optional<quint32> seed = std::nullopt);

    int below(int limit);
    QString hex(int digits);
    /// Characters of the base64url alphabet.
    QString urlSafe(int length);
    /// A UUID followed by the account id, the form of an OIDC app's client id.
    QString appClientId(qint64 accountId);
    /// Letters, digits and a little punctuation, as a person would be given.
    QString password();

private:
    QString pick(QLatin1StringView alphabet, int length);

    std::optional<QRandomGenerator> m_seeded;
};

} // namespace latchkey::sandbox
