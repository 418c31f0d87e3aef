// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/recordpane.h"

#include "logins/notelist.h"
#include "logins/resulthead.h"
#include "logins/tokentile.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/claimtable.h"
#include "widgets/label.h"
#include "widgets/scrolled.h"

#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

std::vector<std::pair<TokenRole, const TokenSummary *>> summariesOf(const LoginRecord &record)
{
    std::vector<std::pair<TokenRole, const TokenSummary *>> summaries;
    for (const auto &[role, token] :
         {std::pair(TokenRole::Access, &record.accessToken), std::pair(TokenRole::Id, &record.idToken),
          std::pair(TokenRole::Refresh, &record.refreshToken)}) {
        if (*token)
            summaries.emplace_back(role, &**token);
    }
    return summaries;
}

QString endText(const QDateTime &end, const QDateTime &now)
{
    if (!end.isValid())
        return RecordPane::tr("expiry not stated");
    const QString time = QLocale().toString(end.toLocalTime(), QLocale::ShortFormat);
    return end <= now ? RecordPane::tr("expired %1").arg(time) : RecordPane::tr("expires %1").arg(time);
}

QString listText(const QStringList &texts)
{
    return texts.isEmpty() ? RecordPane::tr("None") : texts.join(u' ');
}

} // namespace

RecordPane::RecordPane(const LoginRecord &record, Clipboard &clipboard, const QDateTime &now, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"recordPane"_s);
    QVBoxLayout *outer = makeResultColumn(this);
    outer->addWidget(makeResultHead(runOf(record), now, nullptr));
    outer->addWidget(makeParagraph(tr("From the history, which keeps neither tokens nor secrets. What was "
                                      "asked is in the form."),
                                   TextStyle::Body, Tone::Muted));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, metrics::space12);
    column->setSpacing(metrics::space12);
    column->addWidget(makeFacts(record, now));
    column->addWidget(makeNotes(record.notes));
    addClaims(*column, record, clipboard, now);
    column->addStretch(1);
    outer->addWidget(scrolled(content), 1);
}

QWidget *RecordPane::makeFacts(const LoginRecord &record, const QDateTime &now)
{
    auto *facts = new FactList;
    facts->addFact(tr("Kind"), grantName(record.request.grant));
    facts->addFact(tr("Issuer"), record.request.issuer.toString());
    facts->addFact(tr("Client ID"), record.request.clientId);
    if (!record.request.username.isEmpty())
        facts->addFact(tr("User name"), record.request.username);
    if (!record.request.resource.isEmpty())
        facts->addFact(tr("Resource"), record.request.resource);
    facts->addFact(tr("Requested"), listText(record.request.scopes));
    facts->addFact(tr("Granted"),
                   record.grantedScopes ? listText(*record.grantedScopes) : tr("As requested"));
    if (!record.scopesInToken.isEmpty())
        facts->addFact(tr("In the token"), listText(record.scopesInToken));
    for (const auto &[role, summary] : summariesOf(record))
        //: Kind and end of a token: "JWT · 912 bytes, expired 21/11/2026 14:02"
        facts->addFact(tokenName(role), tr("%1, %2").arg(tokenKindText(summary->kind, summary->size),
                                                         endText(summary->endsAt, now)));
    if (record.metExpectation)
        facts->addFact(tr("Expectation"), *record.metExpectation ? tr("Met") : tr("Not met"));
    if (!record.requestId.isEmpty())
        facts->addFact(tr("Request ID"), record.requestId);
    return facts;
}

void RecordPane::addClaims(QVBoxLayout &column, const LoginRecord &record, Clipboard &clipboard,
                           const QDateTime &now)
{
    for (const auto &[role, summary] : summariesOf(record)) {
        if (summary->claims.isEmpty())
            continue;
        column.addWidget(new Label(tr("Claims of the %1").arg(tokenWord(role)), TextStyle::BodyStrong));
        auto *claims = new ClaimTable(clipboard);
        claims->setAccessibleName(tr("Claims of the %1").arg(tokenWord(role)));
        claims->setClaims(claimRows(summary->claims), now);
        claims->setMinimumHeight(200);
        column.addWidget(claims);
    }
}

LoginRun runOf(const LoginRecord &record)
{
    LoginRun run{.name = record.name,
                 .request = record.request,
                 .at = record.at,
                 .profile = record.profile,
                 .record = record.id};
    if (record.failure) {
        run.result = fail(*record.failure);
        return run;
    }
    LoginOutcome outcome;
    outcome.ok = record.ok;
    outcome.httpStatus = record.httpStatus;
    outcome.error = record.error;
    outcome.errorDescription = record.errorDescription;
    outcome.requestId = record.requestId;
    outcome.at = record.at;
    outcome.duration = record.duration;
    outcome.requests = record.requests;
    outcome.notes = record.notes;
    run.result = std::move(outcome);
    return run;
}

} // namespace latchkey
