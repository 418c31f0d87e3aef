// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/checklist.h"

#include "core/clock.h"
#include "core/plaintext.h"
#include "jose/tokencheck.h"
#include "logins/loginrun.h"
#include "style/typography.h"
#include "widgets/checklistrow.h"
#include "widgets/countdownchip.h"

#include <QLayoutItem>
#include <QVBoxLayout>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const std::vector<std::pair<QString, QString>> &titles()
{
    static const std::vector<std::pair<QString, QString>> all{
        {u"signature"_s, Checklist::tr("Signature")},
        {u"algorithm"_s, Checklist::tr("Algorithm")},
        {u"key"_s, Checklist::tr("Key")},
        {u"issuer"_s, Checklist::tr("Issuer")},
        {u"audience"_s, Checklist::tr("Audience")},
        {u"expires"_s, Checklist::tr("Expires")},
        {u"not_before"_s, Checklist::tr("Not before")},
        {u"issued_at"_s, Checklist::tr("Issued at")},
        {u"nonce"_s, Checklist::tr("Nonce")},
        {u"at_hash"_s, Checklist::tr("Access token hash")},
        {u"authorized_party"_s, Checklist::tr("Authorized party")},
        {u"subject"_s, Checklist::tr("Subject")},
        {u"payload"_s, Checklist::tr("Payload")},
        {u"type"_s, Checklist::tr("Token type")},
    };
    return all;
}

int widestTitle()
{
    const QFontMetrics metrics(fontFor(TextStyle::Body));
    int widest = 0;
    for (const auto &[name, title] : titles())
        widest = std::max(widest, metrics.horizontalAdvance(title));
    return widest;
}

ChecklistRow::Outcome outcomeOf(CheckResult result)
{
    switch (result) {
    case CheckResult::Pass:
        return ChecklistRow::Outcome::Pass;
    case CheckResult::Fail:
        return ChecklistRow::Outcome::Fail;
    case CheckResult::NotChecked:
        break;
    }
    return ChecklistRow::Outcome::NotChecked;
}

QString timeText(const CheckedTime &time, const QDateTime &now)
{
    const QString when =
        timeOrDateTime(QDateTime::fromSecsSinceEpoch(time.at.time_since_epoch().count(), Qt::UTC), now);
    if (time.side == CheckedTime::Side::Ahead) // what is wrong with it, at the time of the check
        return Checklist::tr("%1, %2 ahead").arg(when, durationText(time.distance));
    if (time.distance < std::chrono::hours(24))
        return when;
    return (time.side == CheckedTime::Side::ToCome ? Checklist::tr("%1, in %2") : Checklist::tr("%1, %2 ago"))
        .arg(when, roughDurationText(time.distance));
}

} // namespace

QString checkSentence(const Check &check, const QDateTime &now)
{
    return check.time ? check.time->sentence.arg(timeText(*check.time, now))
                      : withVisibleControls(check.reason);
}

QString checkTitle(const QString &name)
{
    for (const auto &[known, title] : titles()) {
        if (known == name)
            return title;
    }
    return name;
}

Checklist::Checklist(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    setObjectName(u"checklist"_s);
    setAccessibleName(tr("Checks of the token"));
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
}

void Checklist::setChecking()
{
    setChecks(checkUndecoded({}, {}));
    for (ChecklistRow *row : findChildren<ChecklistRow *>())
        row->setOutcome(ChecklistRow::Outcome::Checking, {});
}

void Checklist::setChecks(const std::vector<Check> &checks)
{
    const int width = widestTitle();
    for (size_t i = 0; i < checks.size(); ++i) {
        const Check &check = checks[i];
        const QString why = checkSentence(check, m_clock.now());
        const int place = static_cast<int>(i);
        if (place < m_column->count()) {
            auto *row = static_cast<ChecklistRow *>(m_column->itemAt(place)->widget());
            row->setWhat(checkTitle(check.name));
            row->setOutcome(outcomeOf(check.result), why);
            continue;
        }
        auto *row = new ChecklistRow(checkTitle(check.name), outcomeOf(check.result), why);
        row->setWhatWidth(width);
        m_column->addWidget(row);
    }
    while (m_column->count() > static_cast<int>(checks.size()))
        delete m_column->itemAt(m_column->count() - 1)->widget();
}

} // namespace latchkey
