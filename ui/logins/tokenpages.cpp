// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokenpages.h"

#include "logins/checklist.h"
#include "logins/notelist.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/claimtable.h"
#include "widgets/codeblock.h"
#include "widgets/emptystate.h"
#include "widgets/scrolled.h"
#include "widgets/statebadge.h"

#include <QJsonDocument>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum Page { ChecksPage, ClaimsPage, RawPage, FixedPages };

QString rawText(const DecodedJwt &jwt)
{
    const auto pretty = [](const QJsonObject &object) {
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed();
    };
    return pretty(jwt.header) + u"\n\n"_s + pretty(jwt.payload);
}

void showVerdictIn(StateBadge &badge, const std::vector<Check> &checks)
{
    const auto count = [&checks](CheckResult result) {
        return static_cast<int>(std::count_if(checks.begin(), checks.end(),
                                              [result](const Check &each) { return each.result == result; }));
    };
    const auto failed = std::find_if(checks.begin(), checks.end(),
                                     [](const Check &each) { return each.result == CheckResult::Fail; });
    const int passed = count(CheckResult::Pass);
    if (failed != checks.end()) {
        const QString what = checkTitle(failed->name).toLower();
        const int others = count(CheckResult::Fail) - 1;
        return badge.setState(Icon::Error,
                              others == 0
                                  ? TokenPages::tr("Failed: %1").arg(what)
                                  : TokenPages::tr("Failed: %1 and %n more", nullptr, others).arg(what),
                              Tone::Danger);
    }
    if (!isVerified(checks))
        return badge.setState(Icon::Skip, TokenPages::tr("Decoded, not verified"), Tone::Muted);
    badge.setState(Icon::AuthServer, TokenPages::tr("Verified, %1 of %2").arg(passed).arg(passed), Tone::Ok);
}

} // namespace

TokenPages::TokenPages(Clipboard &clipboard, QWidget *parent)
    : QWidget(parent)
    , m_clipboard(clipboard)
{
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"resultTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the result"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    for (const QString &title : {tr("Checks"), tr("Claims"), tr("Raw")})
        m_tabs->addTab(title);
    m_badge = new StateBadge;
    m_badge->setObjectName(u"tokenBadge"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_badge);
    m_pages = new QStackedWidget;
    m_pages->addWidget(makeChecksPage());
    m_pages->addWidget(new QWidget);
    m_pages->addWidget(new QWidget);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
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
    m_checklist = new Checklist;
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

void TokenPages::setToken(const IssuedToken &token, const QDateTime &now)
{
    m_checklist->setVisible(token.decoded.has_value());
    m_unreadable->setHidden(token.decoded.has_value());
    showNotes({});
    if (token.decoded)
        showReadable(*token.decoded, now);
    else
        showUnreadable(token.kind);
}

void TokenPages::showReadable(const DecodedJwt &token, const QDateTime &now)
{
    m_checklist->setChecking();
    m_badge->setState(Icon::Clock, tr("Checking"), Tone::Muted);
    std::vector<ClaimRow> rows = claimRows(token.payload);
    m_tabs->setTabText(ClaimsPage, textWithCount(tr("Claims"), static_cast<int>(rows.size())));
    auto *claims = new ClaimTable(m_clipboard);
    claims->setObjectName(u"claimTable"_s);
    claims->setClaims(std::move(rows), now);
    replacePage(ClaimsPage, claims);
    auto *raw = new CodeBlock(tr("the decoded token"), m_clipboard);
    raw->setObjectName(u"rawToken"_s);
    raw->setCode(rawText(token));
    replacePage(RawPage, raw);
}

void TokenPages::showUnreadable(TokenKind kind)
{
    QString heading = tr("Opaque, normal");
    QString sentence = tr("Only the tenant can read this token, and that is how it should be.");
    if (kind == TokenKind::Encrypted) {
        heading = tr("Encrypted");
        sentence = tr("Only the one it was encrypted for can read this token.");
    } else if (kind == TokenKind::Jwt) {
        heading = tr("Cannot be decoded");
        sentence = tr("It looks like a JWT, but is not a sound one. Nothing in it may be relied upon.");
    }
    m_unreadable->setTexts(heading, sentence);
    m_tabs->setTabText(ClaimsPage, tr("Claims"));
    replacePage(ClaimsPage, new EmptyState(Icon::Token, heading, sentence));
    replacePage(RawPage, new EmptyState(Icon::Token, heading,
                                        tr("There is nothing to decode. Copy hands out the token itself.")));
    const bool isBroken = kind == TokenKind::Jwt;
    m_badge->setState(isBroken ? Icon::Error : Icon::Info, heading, isBroken ? Tone::Danger : Tone::Muted);
}

void TokenPages::setVerdict(const TokenVerdict &verdict)
{
    m_checklist->setChecks(verdict.checks);
    showNotes(verdict.notes);
    showVerdictIn(*m_badge, verdict.checks);
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

void TokenPages::openPage(const QString &name)
{
    for (int i = 0; i < m_pages->count(); ++i) {
        if (m_pages->widget(i)->objectName() == name)
            m_tabs->setCurrentIndex(i);
    }
}

} // namespace latchkey
