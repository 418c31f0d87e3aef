// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialtext.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar kNoBreak(0x00a0);

QString tr(const char *text)
{
    return QCoreApplication::translate("Credentials", text);
}

QString unit(qint64 number, const QString &name)
{
    return QString::number(number) + kNoBreak + name;
}

} // namespace

CredentialGroup groupOf(const ApiCredential &credential)
{
    if (credential.state == CredentialState::Disabled)
        return CredentialGroup::Disabled;
    if (credential.problem != CredentialProblem::None || credential.secretMissing)
        return CredentialGroup::NeedsAttention;
    return CredentialGroup::Enabled;
}

QString credentialGroupName(CredentialGroup group)
{
    switch (group) {
    case CredentialGroup::NeedsAttention:
        return tr("Needs attention");
    case CredentialGroup::Enabled:
        return tr("Enabled");
    case CredentialGroup::Disabled:
        return tr("Disabled");
    }
    return {};
}

CredentialBadge badgeOf(const ApiCredential &credential, bool isDisabling)
{
    if (isDisabling)
        return {Icon::Clock, tr("Disabling"), Tone::Warn};
    if (credential.state == CredentialState::Disabled)
        return {Icon::Pause, tr("Disabled"), Tone::Muted};
    if (credential.problem == CredentialProblem::OwnerDeleted)
        return {Icon::Error, tr("Owner deleted"), Tone::Danger};
    if (credential.problem == CredentialProblem::Refused)
        return {Icon::Error, tr("Refused"), Tone::Danger};
    if (credential.secretMissing)
        return {Icon::Warning, tr("No secret"), Tone::Warn};
    if (!credential.usedAt.isValid())
        return {Icon::Pending, tr("Not tested yet"), Tone::Muted};
    return {Icon::Success, tr("Enabled"), Tone::Ok};
}

QString secretPlaceText(const ApiCredential &credential)
{
    if (credential.secretMissing)
        return tr("Missing");
    return credential.place == SecretPlace::Session ? tr("Session") : tr("Keychain");
}

QString agoText(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return tr("Never");
    const qint64 seconds = time.secsTo(now);
    const qint64 days = time.toLocalTime().date().daysTo(now.toLocalTime().date());
    if (seconds < 60)
        return tr("Just now");
    if (seconds < 3600)
        return tr("%1 ago").arg(unit(seconds / 60, tr("min")));
    if (days == 0 || seconds < qint64{6} * 3600)
        return tr("%1 ago").arg(unit(seconds / 3600, tr("h")));
    return days == 1 ? tr("Yesterday") : tr("%1 days ago").arg(days);
}

QString ageText(const QDateTime &since, const QDateTime &now)
{
    const qint64 days = since.toLocalTime().date().daysTo(now.toLocalTime().date());
    if (days <= 0)
        return tr("Today");
    return days == 1 ? tr("1 day") : tr("%1 days").arg(days);
}

QString shortClientId(const QString &clientId)
{
    return clientId.size() <= 16 ? clientId : clientId.first(8) + QChar(0x2026) + clientId.last(6);
}

} // namespace latchkey
