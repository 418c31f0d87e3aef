// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokenpages.h"

#include "core/plaintext.h"
#include "logins/checklist.h"
#include "logins/notelist.h"
#include "oidc/errorexplainer.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/claimtable.h"
#include "widgets/codeblock.h"
#include "widgets/emptystate.h"
#include "widgets/explainpane.h"
#include "widgets/scrolled.h"
#include "widgets/statebadge.h"
#include "widgets/tabstrip.h"

#include <QJsonDocument>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kExplainPage = u"explainPage"_s;
const QString kShowToken = u"show_token"_s;

enum Page { ChecksPage, ClaimsPage, RawPage, FixedPages };

QString rawText(const DecodedJwt &jwt)
{
    const auto pretty = [](const QJsonObject &object) {
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed();
    };
    return pretty(jwt.header) + u"\n\n"_s + pretty(jwt.payload);
}

QString unreadableHeading(TokenKind kind, TokenPages::Origin origin)
{
    switch (kind) {
    case TokenKind::Encrypted:
        return TokenPages::tr("Encrypted");
    case TokenKind::Jwt:
        return TokenPages::tr("Cannot be decoded");
    case TokenKind::Opaque:
        break;
    }
    return origin == TokenPages::Origin::Pasted ? TokenPages::tr("Not a JWT")
                                                : TokenPages::tr("Opaque, normal");
}

/// The checks that failed. That the time is over says no more than that the token has ended.
std::vector<QString> failedChecks(const std::vector<Check> &checks, bool hasEnded)
{
    std::vector<QString> failed;
    for (const Check &check : checks) {
        if (check.result == CheckResult::Fail && !(hasEnded && check.name == "expires"_L1))
            failed.push_back(check.name);
    }
    return failed;
}

void showVerdictIn(StateBadge &badge, const std::vector<Check> &checks)
{
    if (!isVerified(checks))
        return badge.setState(Icon::Skip, TokenPages::tr("Decoded, not verified"), Tone::Muted);
    const auto passed = std::count_if(checks.begin(), checks.end(),
                                      [](const Check &each) { return each.result == CheckResult::Pass; });
    badge.setState(Icon::AuthServer, TokenPages::tr("Verified, %1 of %2").arg(passed).arg(passed), Tone::Ok);
}

} // namespace

const QString TokenPages::fetchKeys = u"fetch_keys"_s;

TokenPages::TokenPages(Clipboard &clipboard, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clipboard(clipboard)
    , m_clock(clock)
{
    m_tabs = new TabStrip(u"resultTabs"_s, tr("Parts of the result"));
    for (const QString &title : {tr("Checks"), tr("Claims"), tr("Raw")})
        m_tabs->addTab(title);
    m_badge = new StateBadge;
    m_badge->setObjectName(u"tokenBadge"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    row->addWidget(m_tabs, 1);
    row->addWidget(m_badge);
    m_pages = new QStackedWidget;
    m_pages->addWidget(makeChecksPage());
    m_pages->addWidget(new QWidget);
    m_pages->addWidget(new QWidget);
    connect(m_tabs, &TabStrip::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_pages, 1);
}

QWidget *TokenPages::makeChecksPage()
{
    auto *content = new QWidget;
    m_checksColumn = new QVBoxLayout(content);
    m_checksColumn->setContentsMargins(0, 0, 0, metrics::space12);
    m_checksColumn->setSpacing(metrics::space8);
    m_checklist = new Checklist(m_clock);
    m_unreadable = new EmptyState(Icon::Token, {}, {});
    m_notes = makeNotes({});
    m_checksColumn->addWidget(m_checklist);
    m_checksColumn->addWidget(m_unreadable);
    m_checksColumn->addWidget(m_notes);
    m_checksColumn->addStretch(1);
    return scrolled(content);
}

void TokenPages::replacePage(int index, QWidget *page)
{
    const int current = m_pages->currentIndex();
    delete m_pages->widget(index);
    m_pages->insertWidget(index, page);
    m_pages->setCurrentIndex(current);
}

void TokenPages::setToken(const IssuedToken &token, Origin origin)
{
    m_checklist->setVisible(token.decoded.has_value());
    m_unreadable->setHidden(token.decoded.has_value());
    m_kind = token.kind;
    m_origin = origin;
    m_isReadable = token.decoded.has_value();
    m_checks.clear();
    m_end.clear();
    removeFurtherPage(kExplainPage);
    showNotes({});
    if (token.decoded)
        showReadable(*token.decoded);
    else
        showUnreadable(token.kind);
    updateBadge();
}

void TokenPages::showReadable(const DecodedJwt &token)
{
    m_checklist->setChecking();
    std::vector<ClaimRow> rows = claimRows(token.payload);
    m_tabs->setTabText(ClaimsPage, textWithCount(tr("Claims"), static_cast<int>(rows.size())));
    auto *claims = new ClaimTable(m_clipboard);
    claims->setObjectName(u"claimTable"_s);
    claims->setClaims(std::move(rows), m_clock.now());
    replacePage(ClaimsPage, claims);
    auto *raw = new CodeBlock(tr("the decoded token"), m_clipboard);
    raw->setObjectName(u"rawToken"_s);
    raw->setCode(rawText(token));
    replacePage(RawPage, raw);
}

void TokenPages::showUnreadable(TokenKind kind)
{
    const QString heading = unreadableHeading(kind, m_origin);
    QString sentence = m_origin == Origin::Pasted
                           ? tr("It may be an opaque token, which only the tenant can read.")
                           : tr("Only the tenant can read this token, and that is how it should be.");
    if (kind == TokenKind::Encrypted)
        sentence = tr("Only the one it was encrypted for can read this token.");
    else if (kind == TokenKind::Jwt)
        sentence = tr("It looks like a JWT, but is not a sound one. Nothing in it may be relied upon.");
    m_unreadable->setTexts(heading, sentence);
    m_tabs->setTabText(ClaimsPage, tr("Claims"));
    replacePage(ClaimsPage, new EmptyState(Icon::Token, heading, sentence));
    replacePage(RawPage, new EmptyState(Icon::Token, heading,
                                        tr("There is nothing to decode. Copy hands out the token itself.")));
}

void TokenPages::setVerdict(const TokenVerdict &verdict)
{
    m_checklist->setChecks(verdict.checks);
    showNotes(verdict.notes);
    m_checks = verdict.checks;
    updateBadge();
    explainFailure();
}

QStringList TokenPages::actions()
{
    return {kShowToken};
}

/// The list has no room for why it failed, which is what somebody comes for.
void TokenPages::explainFailure()
{
    const QString step = std::exchange(m_step, {});
    const auto failed = std::find_if(m_checks.begin(), m_checks.end(),
                                     [](const Check &each) { return each.result == CheckResult::Fail; });
    Explanation explanation = failed == m_checks.end() ? Explanation{.known = false}
                                                       : ErrorExplainer::shared().explainCheck(failed->name);
    if (!explanation.known)
        return removeFurtherPage(kExplainPage);
    explanation.whatHappened += u' ' + checkSentence(*failed, m_clock.now());
    auto *pane = new ExplainPane(explanation, [this](const QString &action) {
        return actions().contains(action) || m_hasStep(action) ? std::optional(QString()) : std::nullopt;
    });
    connect(pane, &ExplainPane::actionRequested, this, &TokenPages::takeStep);
    setFurtherPage(tr("Explain"), kExplainPage, scrolled(pane));
    if (step != fetchKeys)
        return;
    pane->showAnswer(fetchKeys, tr("The key is not among those of the issuer, or was asked for less than a "
                                   "minute ago."));
    if (auto *again = pane->findChild<QPushButton *>(u"next_"_s + fetchKeys))
        again->setFocus(Qt::OtherFocusReason); // as it had before
}

void TokenPages::takeStep(const QString &action)
{
    m_step = action;
    if (action == kShowToken)
        openPage(u"claimTable"_s);
    else
        emit stepAsked(action);
}

void TokenPages::setEnd(const QString &text)
{
    m_end = text;
    updateBadge();
}

// What is wrong with a token counts more than that it has ended, and that more than that it was sound.
void TokenPages::updateBadge()
{
    const std::vector<QString> failed = failedChecks(m_checks, !m_end.isEmpty());
    if (!failed.empty()) {
        const QString what = checkTitle(failed.front()).toLower();
        const int others = static_cast<int>(failed.size()) - 1;
        m_badge->setState(Icon::Error,
                          others == 0 ? tr("Failed: %1").arg(what)
                                      : tr("Failed: %1 and %n more", nullptr, others).arg(what),
                          Tone::Danger);
    } else if (!m_isReadable && m_kind == TokenKind::Jwt) {
        m_badge->setState(Icon::Error, unreadableHeading(m_kind, m_origin), Tone::Danger);
    } else if (!m_end.isEmpty()) {
        m_badge->setState(Icon::Skip, m_end, Tone::Muted);
    } else if (!m_isReadable) {
        m_badge->setState(Icon::Info, unreadableHeading(m_kind, m_origin), Tone::Muted);
    } else if (m_checks.empty()) {
        m_badge->setState(Icon::Clock, tr("Checking"), Tone::Muted);
    } else {
        showVerdictIn(*m_badge, m_checks);
    }
}

void TokenPages::showNotes(const QStringList &notes)
{
    auto *widget = makeNotes(notes);
    delete m_checksColumn->replaceWidget(m_notes, widget);
    delete std::exchange(m_notes, widget);
}

void TokenPages::setBelowChecks(QWidget *widget)
{
    m_checksColumn->insertWidget(m_checksColumn->count() - 1, widget);
}

void TokenPages::setFurtherPage(const QString &title, const QString &name, QWidget *page)
{
    page->setObjectName(name);
    for (int i = FixedPages; i < m_pages->count(); ++i) {
        if (m_pages->widget(i)->objectName() != name)
            continue;
        m_tabs->setTabText(i, title);
        return replacePage(i, page);
    }
    m_pages->addWidget(page);
    m_tabs->addTab(title);
}

void TokenPages::removeFurtherPage(const QString &name)
{
    for (int i = FixedPages; i < m_pages->count(); ++i) {
        if (m_pages->widget(i)->objectName() != name)
            continue;
        if (m_tabs->currentIndex() == i)
            m_tabs->setCurrentIndex(ChecksPage);
        m_tabs->removeTab(i);
        delete m_pages->widget(i);
        m_pages->setCurrentIndex(m_tabs->currentIndex());
        return;
    }
}

void TokenPages::openPage(const QString &name)
{
    for (int i = 0; i < m_pages->count(); ++i) {
        if (m_pages->widget(i)->objectName() == name)
            m_tabs->setCurrentIndex(i);
    }
}

} // namespace latchkey
