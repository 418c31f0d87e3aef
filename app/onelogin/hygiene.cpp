// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/hygiene.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace latchkey {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Hygiene", text);
}

qint64 daysSince(const QDateTime &time, const QDateTime &now)
{
    return time.isValid() ? time.toUTC().daysTo(now.toUTC()) : 0;
}

/// Looks at one pair and notes what it finds.
class Look
{
public:
    Look(const ApiCredential &credential, const QDateTime &now, const HygieneLimits &limits,
         std::vector<HygieneFinding> &findings)
        : m_credential(credential)
        , m_limits(limits)
        , m_age(daysSince(credential.addedAt, now))
        , m_unused(credential.usedAt.isValid() ? daysSince(credential.usedAt, now) : m_age)
        , m_findings(findings)
    {
    }

    void all()
    {
        if (m_credential.state == CredentialState::Disabled)
            return disabled();
        problems();
        const bool isDead = m_credential.problem == CredentialProblem::OwnerDeleted;
        if (m_credential.level == ScopeLevel::ManageAll && !isDead &&
            !m_limits.mayDoEverything.contains(m_credential.clientId))
            add(HygieneProblem::ManageAll, HygieneSeverity::Warning, HygieneStep::CheckLevel,
                tr("It reads and changes everything; a lower level may do."));
        if (m_unused >= m_limits.unusedDays && !isDead)
            add(HygieneProblem::Unused, HygieneSeverity::Warning, HygieneStep::Disable, unusedText());
        if (m_age >= m_limits.oldDays)
            add(HygieneProblem::Old, HygieneSeverity::Notice, HygieneStep::Rotate,
                tr("Added %1 days ago; a new pair can take its place.").arg(m_age));
        if (m_credential.note.trimmed().isEmpty())
            add(HygieneProblem::NoOwnerNote, HygieneSeverity::Notice, HygieneStep::AddNote,
                tr("It does not say whom to ask about it."));
    }

private:
    void disabled()
    {
        if (m_unused >= m_limits.unusedDays)
            add(HygieneProblem::Unused, HygieneSeverity::Notice, HygieneStep::Delete,
                tr("It is disabled, and was not used here for %1 days.").arg(m_unused));
    }

    void problems()
    {
        if (m_credential.problem == CredentialProblem::OwnerDeleted)
            add(HygieneProblem::OwnerDeleted, HygieneSeverity::Serious, HygieneStep::Rotate,
                tr("The user who made it is gone; only a new pair helps."));
        if (m_credential.problem == CredentialProblem::Refused)
            add(HygieneProblem::Refused, HygieneSeverity::Serious, HygieneStep::PasteSecret,
                tr("The tenant refused it; its secret may have been changed."));
        if (m_credential.secretMissing)
            add(HygieneProblem::SecretMissing, HygieneSeverity::Serious, HygieneStep::PasteSecret,
                tr("Its secret is no longer here, so it cannot get a token."));
    }

    QString unusedText() const
    {
        return m_credential.usedAt.isValid()
                   ? tr("Last used here %1 days ago; other programs may use it.").arg(m_unused)
                   : tr("Never used here in %1 days; other programs may use it.").arg(m_unused);
    }

    void add(HygieneProblem problem, HygieneSeverity severity, HygieneStep step, const QString &reason)
    {
        m_findings.push_back({.credential = m_credential.id,
                              .name = m_credential.name,
                              .clientId = m_credential.clientId,
                              .problem = problem,
                              .severity = severity,
                              .reason = reason,
                              .step = step});
    }

    const ApiCredential &m_credential;
    const HygieneLimits &m_limits;
    qint64 m_age = 0;
    qint64 m_unused = 0;
    std::vector<HygieneFinding> &m_findings;
};

} // namespace

std::vector<HygieneFinding> hygieneFindings(const std::vector<ApiCredential> &credentials,
                                            const QDateTime &now, const HygieneLimits &limits)
{
    std::vector<HygieneFinding> findings;
    for (const ApiCredential &credential : credentials)
        Look(credential, now, limits, findings).all();
    std::stable_sort(
        findings.begin(), findings.end(), [](const HygieneFinding &left, const HygieneFinding &right) {
            return std::tie(left.severity, left.problem) < std::tie(right.severity, right.problem);
        });
    return findings;
}

QString hygieneProblemName(HygieneProblem problem)
{
    switch (problem) {
    case HygieneProblem::OwnerDeleted:
        return tr("Owner deleted");
    case HygieneProblem::Refused:
        return tr("Refused");
    case HygieneProblem::SecretMissing:
        return tr("No secret");
    case HygieneProblem::ManageAll:
        return tr("May do everything");
    case HygieneProblem::Unused:
        return tr("Unused");
    case HygieneProblem::Old:
        return tr("Old");
    case HygieneProblem::NoOwnerNote:
        return tr("No owner note");
    }
    return {};
}

QString hygieneStepText(HygieneStep step)
{
    switch (step) {
    case HygieneStep::Rotate:
        return tr("Rotate…");
    case HygieneStep::PasteSecret:
        return tr("Paste again…");
    case HygieneStep::CheckLevel:
        return tr("Check level");
    case HygieneStep::Disable:
        return tr("Disable…");
    case HygieneStep::Delete:
        return tr("Delete…");
    case HygieneStep::AddNote:
        return tr("Add note…");
    }
    return {};
}

} // namespace latchkey
