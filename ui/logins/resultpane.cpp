// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/resultpane.h"

#include "logins/evidencefoot.h"
#include "logins/loginform.h"
#include "logins/notelist.h"
#include "logins/requestspage.h"
#include "logins/scopecomparison.h"
#include "logins/tokenpages.h"
#include "logins/tokentile.h"
#include "oidc/tokenjudgement.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/claimtable.h"
#include "widgets/clipboard.h"
#include "widgets/emptystate.h"
#include "widgets/explainpane.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"

#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMargin = 18; ///< left and right of the pane
const QString kIdTile = u"idTile"_s;
const QString kRefreshTile = u"refreshTile"_s;

QString requestsTitle(const LoginRun &run)
{
    return textWithCount(ResultPane::tr("Requests"), static_cast<int>(run.exchanges.size()));
}

QString timingText(const LoginRun &run)
{
    const QString time = QLocale().toString(run.at.toLocalTime().time(), u"HH:mm:ss"_s);
    if (!run.result)
        return time;
    return ResultPane::tr("%1 · %2 · %3 ms")
        .arg(time, ResultPane::tr("%n request(s)", nullptr, run.result->requests),
             QLocale().toString(static_cast<qint64>(run.result->duration.count())));
}

Error refusal(const LoginRun &run)
{
    if (!run.result)
        return run.result.error();
    const LoginOutcome &outcome = *run.result;
    return {.kind = ErrorKind::LoginRefused,
            .code = outcome.error,
            .vendorText = outcome.errorDescription,
            .httpStatus = outcome.httpStatus,
            .requestId = outcome.requestId};
}

QString titleOf(const LoginRun &run)
{
    if (run.isRefresh)
        return run.succeeded() ? ResultPane::tr("Tokens refreshed") : ResultPane::tr("Refresh refused");
    return run.succeeded() ? ResultPane::tr("Login succeeded") : ResultPane::tr("Login failed");
}

/// OpenID Connect Core 3.1.3.7 for an ID token; an access token is for the resource and of the client.
TokenQuestion questionOf(const LoginRun &run, const IssuedToken &token, bool isIdToken)
{
    ClaimExpectations expected{.issuer = run.result->issuer, .isIdToken = isIdToken};
    if (isIdToken) {
        expected.audience = run.request.clientId;
        expected.nonce = run.result->nonce;
        if (run.result->accessToken)
            expected.accessToken = run.result->accessToken->value;
    } else {
        expected.audience = run.request.resource;
        expected.client = run.request.clientId;
    }
    return {.token = *token.decoded, .expected = expected};
}

} // namespace

ResultPane::ResultPane(const TokenActions::Place &place, JwksCache &keys, QWidget *parent)
    : QWidget(parent)
    , m_place(place)
    , m_keys(keys)
{
    m_waiting.setSingleShot(true);
    m_waiting.setInterval(std::chrono::milliseconds(300));
    setObjectName(u"loginResult"_s);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    showNothing();
}

/// Before the next content is made: nothing that is under way may speak to it.
void ResultPane::forgetContent()
{
    if (m_actions)
        m_actions->disconnect(this);
    m_judging.reset();
    m_waiting.stop();
    m_pasted = {};
    m_chosen = nullptr;
    m_actions = nullptr;
    m_banner = nullptr;
    m_pages = nullptr;
    m_tiles.clear();
}

void ResultPane::setContent(QWidget *content)
{
    if (m_content) {
        m_content->hide();
        m_content->deleteLater(); // one of its buttons may be what called
    }
    m_content = content;
    m_column->addWidget(content, 1);
}

void ResultPane::showNothing()
{
    forgetContent();
    setContent(new EmptyState(
        Icon::Login, tr("No login yet"),
        tr("Fill in the request and run it. Each run is listed at the left until the tenant is closed.")));
}

void ResultPane::showNoToken()
{
    forgetContent();
    setContent(
        new EmptyState(Icon::Token, tr("No token yet"),
                       tr("Paste one at the left. It is decoded and checked at once, on this computer; "
                          "only the issuer's keys are fetched.")));
}

void ResultPane::showRunning(const QString &step)
{
    showProgress(step, nullptr);
}

void ResultPane::showBrowser(const QUrl &address)
{
    auto *again = makeButton(Icon::External, tr("Open the browser again"));
    again->setObjectName(u"openBrowserAgain"_s);
    connect(again, &QPushButton::clicked, this, [this, address] { m_place.tools.openUrl(address); });
    auto *copy = makeButton(Icon::Copy, tr("Copy the address"));
    copy->setObjectName(u"copyBrowserAddress"_s);
    connect(copy, &QPushButton::clicked, this,
            [this, address] { m_place.tools.clipboard.copyText(address.toString(QUrl::FullyEncoded)); });
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    for (QPushButton *button : {again, copy}) {
        setSmall(button);
        row->addWidget(button);
    }
    showProgress(tr("Waiting for the browser. Sign in there; this window goes on by itself."), buttons);
}

void ResultPane::showProgress(const QString &words, QWidget *further)
{
    forgetContent();
    auto *content = new QWidget;
    content->setObjectName(u"loginRunning"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(metrics::space12);
    auto *bar = new LoadingBar;
    column->addWidget(bar);
    column->addStretch(1);
    auto *label = makeParagraph(words, TextStyle::Body, Tone::Muted);
    label->setAlignment(Qt::AlignHCenter);
    label->setObjectName(u"loginStep"_s);
    column->addWidget(label);
    if (further)
        column->addWidget(further, 0, Qt::AlignHCenter);
    column->addStretch(1);
    setContent(content);
    bar->setLoading(true);
}

void ResultPane::showRun(const LoginRun &run, int failures, const Secret &clientSecret)
{
    forgetContent();
    m_run = run;
    m_clientSecret = clientSecret;
    if (!run.succeeded())
        return setContent(makeFailure(run, failures));
    setContent(makeSuccess(run));
    if (!m_tiles.isEmpty())
        choose(m_tiles.first());
}

QWidget *ResultPane::makeHead(const LoginRun &run, QWidget *actions)
{
    const bool ok = run.succeeded();
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->setSpacing(10);
    row->addWidget(new Glyph(ok ? Icon::Success : Icon::Error, ok ? Tone::Ok : Tone::Danger, 22));
    auto *title = new Label(titleOf(run), TextStyle::Heading);
    title->setObjectName(u"resultTitle"_s);
    row->addWidget(title);
    auto *timing = new Label(timingText(run), TextStyle::Caption, Tone::Muted);
    timing->setElide(Label::Elide::End);
    timing->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    timing->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(timing, 1);
    row->addWidget(actions);
    return head;
}

QWidget *ResultPane::makeReuse()
{
    QPushButton *reuse = makeButton(tr("Use again"));
    reuse->setObjectName(u"reuseRun"_s);
    reuse->setToolTip(tr("Fill the form with what this run asked for"));
    setSmall(reuse);
    connect(reuse, &QPushButton::clicked, this, &ResultPane::reuseRequested);
    return reuse;
}

TokenActions *ResultPane::makeActions(const LoginRun &run)
{
    auto *actions = new TokenActions(m_place, run, m_clientSecret);
    connect(actions, &TokenActions::working, this, &ResultPane::showWaiting);
    connect(actions, &TokenActions::answered, this, &ResultPane::showAnswer);
    connect(actions, &TokenActions::done, this, [this](const QString &sentence, const QString &detail) {
        m_banner->showMessage(MessageBanner::Kind::Info, sentence, detail);
    });
    connect(actions, &TokenActions::failed, this, [this](const Error &error) { m_banner->showError(error); });
    connect(actions, &TokenActions::refreshed, this, &ResultPane::refreshed);
    connect(actions, &TokenActions::reuseAsked, this, &ResultPane::reuseRequested);
    connect(actions, &TokenActions::compareAsked, this, &ResultPane::compareAsked);
    return actions;
}

void ResultPane::showWaiting(const QString &what)
{
    m_waiting.stop();
    m_waiting.disconnect(this);
    m_banner->clear();
    if (what.isEmpty())
        return;
    connect(&m_waiting, &QTimer::timeout, this, [this, what] {
        m_banner->showMessage(MessageBanner::Kind::Info, what);
        m_banner->setClosable(false);
        QPushButton *cancel = m_banner->addButton(tr("Cancel"));
        cancel->setObjectName(u"cancelTokenAction"_s);
        connect(cancel, &QPushButton::clicked, m_actions, &TokenActions::cancel);
    });
    m_waiting.start();
}

void ResultPane::showAnswer(const QString &title, const QString &name, const QJsonObject &members,
                            const QStringList &notes)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, metrics::space8, 0, 0);
    column->setSpacing(metrics::space8);
    column->addWidget(makeNotes(notes));
    auto *claims = new ClaimTable(m_place.tools.clipboard);
    claims->setAccessibleName(title);
    claims->setClaims(claimRows(members), m_place.clock.now());
    column->addWidget(claims, 1);
    m_pages->setFurtherPage(textWithCount(title, static_cast<int>(members.size())), name, page);
    m_pages->openPage(name);
}

void ResultPane::compareWith(const QString &title, const QJsonObject &claims)
{
    if (!m_chosen || !m_chosen->token().decoded)
        return;
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, metrics::space8, 0, 0);
    column->setSpacing(metrics::space8);
    column->addWidget(makeParagraph(tr("Compared with %1").arg(title), TextStyle::Caption, Tone::Muted));
    auto *table = new ClaimTable(m_place.tools.clipboard);
    table->setObjectName(u"comparedClaims"_s);
    table->setClaims(comparedClaimRows(m_chosen->token().decoded->payload, claims), m_place.clock.now());
    column->addWidget(table, 1);
    m_pages->setFurtherPage(tr("Compare"), u"comparePage"_s, page);
    m_pages->openPage(u"comparePage"_s);
}

QWidget *ResultPane::makeSuccess(const LoginRun &run)
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(kMargin, metrics::cardMargin, kMargin, 0);
    column->setSpacing(11);
    m_actions = makeActions(run);
    column->addWidget(makeHead(run, m_actions));
    m_banner = new MessageBanner;
    m_banner->setObjectName(u"tokenBanner"_s);
    column->addWidget(m_banner);
    column->addLayout(makeTiles(*run.result));
    column->addWidget(makeNotes(run.result->notes));
    column->addWidget(makePages(run), 1);
    return content;
}

QLayout *ResultPane::makeTiles(const LoginOutcome &outcome)
{
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(10);
    m_tiles.clear();
    const auto add = [&](const QString &name, const QString &objectName,
                         const std::optional<IssuedToken> &token) {
        if (!token)
            return;
        auto *tile = new TokenTile(name, *token, outcome.at, m_place.tools.ticker, m_place.tools.clipboard);
        tile->setObjectName(objectName);
        connect(tile, &TokenTile::chosen, this, [this, tile] { choose(tile); });
        tiles->addWidget(tile, 1);
        m_tiles.append(tile);
    };
    add(tr("Access token"), u"accessTile"_s, outcome.accessToken);
    add(tr("ID token"), kIdTile, outcome.idToken);
    add(tr("Refresh token"), kRefreshTile, outcome.refreshToken);
    tiles->addStretch(3 - std::min<int>(3, static_cast<int>(m_tiles.size())));
    return tiles;
}

QWidget *ResultPane::makePages(const LoginRun &run)
{
    m_pages = new TokenPages(m_place.tools.clipboard);
    if (!scopeFates(*run.result).empty()) {
        auto *scopes = new ScopeComparison(*run.result, run.name, !run.request.resource.isEmpty());
        connect(scopes, &ScopeComparison::grantsAsked, this,
                [this] { emit grantsAsked(m_run.request.resource); });
        m_pages->setBelowChecks(scopes);
    }
    m_pages->setFurtherPage(requestsTitle(run), u"requestsPage"_s,
                            new RequestsPage(run.exchanges, m_place.tools));
    return m_pages;
}

void ResultPane::choose(TokenTile *tile)
{
    for (TokenTile *each : m_tiles)
        each->setSelected(each == tile);
    m_judging.reset();
    m_chosen = tile;
    m_actions->setChosen(tile->name(), tile->token(),
                         tile->objectName() == kRefreshTile ? TokenUse::Refresh : TokenUse::Access);
    m_pages->setToken(tile->token(), m_place.clock.now());
    if (!tile->token().decoded)
        return;
    TokenQuestion question = questionOf(m_run, tile->token(), tile->objectName() == kIdTile);
    question.clientSecret = m_clientSecret;
    judge(question);
}

void ResultPane::showPasted(const PastedToken &pasted)
{
    if (m_pasted != pasted.token.value) {
        forgetContent();
        auto *content = new QWidget;
        auto *column = new QVBoxLayout(content);
        column->setContentsMargins(kMargin, metrics::cardMargin, kMargin, 0);
        column->setSpacing(11);
        column->addWidget(new Label(tr("Pasted token"), TextStyle::Heading));
        m_pages = new TokenPages(m_place.tools.clipboard);
        m_pages->setToken(pasted.token, m_place.clock.now());
        column->addWidget(m_pages, 1);
        setContent(content);
        m_pasted = pasted.token.value;
    }
    if (pasted.token.decoded)
        judge({.token = *pasted.token.decoded,
               .expected = pasted.expected,
               .clientSecret = pasted.clientSecret});
}

void ResultPane::judge(const TokenQuestion &question)
{
    m_judging = std::make_unique<QObject>();
    judgeToken(question, m_keys, m_place.clock,
               then(m_judging.get(), [this](const Result<TokenVerdict> &verdict) {
                   if (verdict)
                       m_pages->setVerdict(*verdict);
               }));
}

QWidget *ResultPane::makeFailure(const LoginRun &run, int failures)
{
    const Error error = refusal(run);
    auto *content = new QWidget;
    auto *outer = new QVBoxLayout(content);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(kMargin, metrics::cardMargin, kMargin, 0);
    column->setSpacing(11);
    column->addWidget(makeHead(run, makeReuse()));
    auto *banner = new MessageBanner;
    banner->setObjectName(u"failureBanner"_s);
    banner->showMessage(MessageBanner::Kind::Danger,
                        !error.vendorText.isEmpty() ? error.vendorText
                        : !error.message.isEmpty()  ? error.message
                                                    : m_explainer.explain(error).title,
                        tr("No token was issued. Nothing is retried on its own."));
    banner->setClosable(false);
    column->addWidget(banner);
    column->addWidget(makeFailureTabs(run, error), 1);
    outer->addLayout(column, 1);
    outer->addWidget(makeEvidenceFoot(error, failures, m_place.tools.clipboard));
    return content;
}

QWidget *ResultPane::makeFailureTabs(const LoginRun &run, const Error &error)
{
    auto *explain = new ExplainPane(m_explainer.explain(error), &LoginForm::canPerform);
    connect(explain, &ExplainPane::actionRequested, this, &ResultPane::actionRequested);
    auto *tabs = new QTabBar;
    tabs->setObjectName(u"failureTabs"_s);
    tabs->setAccessibleName(tr("Parts of the result"));
    tabs->setExpanding(false);
    tabs->setDrawBase(false);
    tabs->addTab(tr("Explain"));
    tabs->addTab(requestsTitle(run));
    auto *pages = new QStackedWidget;
    pages->addWidget(scrolled(explain));
    pages->addWidget(new RequestsPage(run.exchanges, m_place.tools));
    connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(tabs);
    column->addWidget(pages, 1);
    return widget;
}

} // namespace latchkey
