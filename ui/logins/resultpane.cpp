// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/resultpane.h"

#include "logins/explainpane.h"
#include "logins/loginform.h"
#include "logins/tokentile.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/card.h"
#include "widgets/claimtable.h"
#include "widgets/clipboard.h"
#include "widgets/codeblock.h"
#include "widgets/emptystate.h"
#include "widgets/foot.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"
#include "widgets/statebadge.h"
#include "widgets/tabledelegate.h"
#include "widgets/ticker.h"

#include <QHeaderView>
#include <QJsonDocument>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum Tab { ClaimsTab, RawTab, ScopesTab };

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

QString rawText(const DecodedJwt &jwt)
{
    const auto pretty = [](const QJsonObject &object) {
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed();
    };
    return pretty(jwt.header) + u"\n\n"_s + pretty(jwt.payload);
}

QString yesNo(const std::optional<bool> &value, const QString &unknown)
{
    return !value ? unknown : *value ? ResultPane::tr("Yes") : ResultPane::tr("No");
}

std::optional<Icon> yesNoIcon(const std::optional<bool> &value)
{
    return !value ? std::nullopt : std::optional(*value ? Icon::Check : Icon::Minus);
}

} // namespace

std::vector<ScopeFate> scopeFates(const LoginOutcome &outcome)
{
    QStringList all =
        outcome.requestedScopes + outcome.grantedScopes.value_or(QStringList()) + outcome.scopesInToken;
    all.removeDuplicates();
    const bool readable = outcome.accessToken && outcome.accessToken->decoded;
    std::vector<ScopeFate> fates;
    for (const QString &scope : all) {
        ScopeFate fate{.scope = scope, .requested = outcome.requestedScopes.contains(scope)};
        if (outcome.grantedScopes)
            fate.granted = outcome.grantedScopes->contains(scope);
        if (readable)
            fate.inToken = outcome.scopesInToken.contains(scope);
        fates.push_back(fate);
    }
    return fates;
}

ResultPane::ResultPane(Clipboard &clipboard, Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_clipboard(clipboard)
    , m_ticker(ticker)
{
    setObjectName(u"loginResult"_s);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    showNothing();
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
    setContent(new EmptyState(
        Icon::Login, tr("No login yet"),
        tr("Fill in the request and run it. Each run is listed at the left until the tenant is closed.")));
}

void ResultPane::showRunning(const QString &step)
{
    auto *content = new QWidget;
    content->setObjectName(u"loginRunning"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins({});
    auto *bar = new LoadingBar;
    column->addWidget(bar);
    column->addStretch(1);
    auto *words = new Label(step, TextStyle::Body, Tone::Muted);
    words->setObjectName(u"loginStep"_s);
    column->addWidget(words, 0, Qt::AlignHCenter);
    column->addStretch(1);
    setContent(content);
    bar->setLoading(true);
}

void ResultPane::showRun(const LoginRun &run, int failures)
{
    setContent(run.succeeded() ? makeSuccess(run) : makeFailure(run, failures));
}

QWidget *ResultPane::makeHead(const LoginRun &run)
{
    const bool ok = run.succeeded();
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->setSpacing(10);
    row->addWidget(new Glyph(ok ? Icon::Success : Icon::Error, ok ? Tone::Ok : Tone::Danger, 22));
    auto *title = new Label(ok ? tr("Login succeeded") : tr("Login failed"), TextStyle::Heading);
    title->setObjectName(u"resultTitle"_s);
    row->addWidget(title);
    auto *timing = new Label(timingText(run), TextStyle::Caption, Tone::Muted);
    timing->setElide(Label::Elide::End);
    timing->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    timing->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(timing, 1);
    QPushButton *reuse = makeButton(tr("Use again"));
    reuse->setObjectName(u"reuseRun"_s);
    reuse->setToolTip(tr("Fill the form with what this run asked for"));
    setSmall(reuse);
    connect(reuse, &QPushButton::clicked, this, &ResultPane::reuseRequested);
    row->addWidget(reuse);
    return head;
}

QWidget *ResultPane::makeSuccess(const LoginRun &run)
{
    const LoginOutcome &outcome = *run.result;
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(18, metrics::cardMargin, 18, 0);
    column->setSpacing(11);
    column->addWidget(makeHead(run));
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(10);
    m_tiles.clear();
    const auto add = [&](const QString &name, const QString &objectName,
                         const std::optional<IssuedToken> &token) {
        if (!token)
            return;
        auto *tile = new TokenTile(name, *token, outcome.at, m_ticker, m_clipboard);
        tile->setObjectName(objectName);
        connect(tile, &TokenTile::chosen, this, [this, tile, at = outcome.at] { choose(tile, at); });
        tiles->addWidget(tile, 1);
        m_tiles.append(tile);
    };
    add(tr("Access token"), u"accessTile"_s, outcome.accessToken);
    add(tr("ID token"), u"idTile"_s, outcome.idToken);
    add(tr("Refresh token"), u"refreshTile"_s, outcome.refreshToken);
    tiles->addStretch(3 - std::min<int>(3, static_cast<int>(m_tiles.size())));
    column->addLayout(tiles);
    for (const QString &note : outcome.notes) {
        auto *row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(new Glyph(Icon::Info, Tone::Muted, metrics::iconButton), 0, Qt::AlignTop);
        row->addWidget(makeParagraph(note, TextStyle::Caption, Tone::Muted), 1);
        column->addLayout(row);
    }
    column->addWidget(makeTabs(outcome), 1);
    if (!m_tiles.isEmpty())
        choose(m_tiles.first(), outcome.at);
    return content;
}

QWidget *ResultPane::makeTabs(const LoginOutcome &outcome)
{
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"resultTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the result"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Claims"));
    m_tabs->addTab(tr("Raw"));
    m_tabs->addTab(textWithCount(tr("Scopes"), static_cast<int>(scopeFates(outcome).size())));
    m_badge = new StateBadge(Icon::Skip, tr("Decoded, not verified"), Tone::Muted);
    m_badge->setObjectName(u"tokenBadge"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_badge);
    m_pages = new QStackedWidget;
    for (int i = 0; i < 2; ++i)
        m_pages->addWidget(new QWidget);
    m_pages->addWidget(makeScopes(outcome));
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_pages, 1);
    return widget;
}

void ResultPane::choose(TokenTile *tile, const QDateTime &at)
{
    for (TokenTile *each : m_tiles)
        each->setSelected(each == tile);
    const IssuedToken &token = tile->token();
    const auto replace = [this](int page, QWidget *widget) {
        const int current = m_pages->currentIndex();
        delete m_pages->widget(page);
        m_pages->insertWidget(page, widget);
        m_pages->setCurrentIndex(current);
    };
    const bool readable = token.decoded.has_value();
    std::vector<ClaimRow> rows = readable ? claimRows(token.decoded->payload) : std::vector<ClaimRow>();
    m_tabs->setTabText(ClaimsTab,
                       readable ? textWithCount(tr("Claims"), static_cast<int>(rows.size())) : tr("Claims"));
    if (readable) {
        auto *claims = new ClaimTable(m_clipboard);
        claims->setObjectName(u"claimTable"_s);
        claims->setClaims(std::move(rows), at);
        replace(ClaimsTab, claims);
        auto *raw = new CodeBlock(tr("the decoded token"), m_clipboard);
        raw->setObjectName(u"rawToken"_s);
        raw->setCode(rawText(*token.decoded));
        replace(RawTab, raw);
        m_badge->setState(Icon::Skip, tr("Decoded, not verified"), Tone::Muted);
        return;
    }
    const bool encrypted = token.kind == TokenKind::Encrypted;
    const QString heading = encrypted ? tr("Encrypted") : tr("Opaque, normal");
    const QString sentence = encrypted
                                 ? tr("Only the one it was encrypted for can read this token.")
                                 : tr("Only the tenant can read this token, and that is how it should be.");
    replace(ClaimsTab, new EmptyState(Icon::Token, heading, sentence));
    replace(RawTab, new EmptyState(Icon::Token, heading,
                                   tr("There is nothing to decode. Copy hands out the token itself.")));
    m_badge->setState(Icon::Info, heading, Tone::Muted);
}

QWidget *ResultPane::makeScopes(const LoginOutcome &outcome)
{
    const auto column = [](const QString &title, auto value, const QString &unknown) {
        return Column<ScopeFate>{
            .title = title,
            .text = [value, unknown](const ScopeFate &fate) { return yesNo(value(fate), unknown); },
            .glyph = [value](const ScopeFate &fate) { return yesNoIcon(value(fate)); },
            .tone =
                [value](const ScopeFate &fate) {
                    return value(fate).value_or(false) ? Tone::Ok : Tone::Warn;
                },
            .textTone =
                [value](const ScopeFate &fate) {
                    return !value(fate) ? Tone::Muted : *value(fate) ? Tone::Normal : Tone::Warn;
                }};
    };
    auto *view = new QTableView;
    view->setObjectName(u"scopeFates"_s);
    view->setAccessibleName(tr("Scopes requested, granted and in the token"));
    auto *model = new TableModel<ScopeFate>(
        {{.title = tr("Scope"), .text = [](const ScopeFate &fate) { return fate.scope; }, .fixedFont = true},
         column(tr("Requested"), [](const ScopeFate &fate) { return std::optional(fate.requested); }, {}),
         column(
             tr("Granted"), [](const ScopeFate &fate) { return fate.granted; }, tr("As requested")),
         column(
             tr("In the token"), [](const ScopeFate &fate) { return fate.inToken; }, tr("Not readable"))},
        [](const ScopeFate &fate) { return QVariant(fate.scope); }, view);
    model->setRecords(scopeFates(outcome));
    view->setModel(model);
    prepareTable(view, metrics::denseRow);
    view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int i = 1; i < 4; ++i)
        view->setColumnWidth(i, 108);
    return view;
}

QWidget *ResultPane::makeFailure(const LoginRun &run, int failures)
{
    const Error error = refusal(run);
    const Explanation explanation = m_explainer.explain(error);
    auto *content = new QWidget;
    auto *outer = new QVBoxLayout(content);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    auto *inner = new QWidget;
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(18, metrics::cardMargin, 18, 0);
    column->setSpacing(11);
    column->addWidget(makeHead(run));
    auto *banner = new MessageBanner;
    banner->setObjectName(u"failureBanner"_s);
    banner->showMessage(MessageBanner::Kind::Danger,
                        !error.vendorText.isEmpty() ? error.vendorText
                        : !error.message.isEmpty()  ? error.message
                                                    : explanation.title,
                        tr("No token was issued. Nothing is retried on its own."));
    banner->setClosable(false);
    column->addWidget(banner);
    auto *explain = new ExplainPane(explanation, &LoginForm::canPerform);
    connect(explain, &ExplainPane::actionRequested, this, &ResultPane::actionRequested);
    column->addWidget(explain, 1);
    outer->addWidget(scrolled(inner), 1);
    outer->addWidget(makeEvidence(error, failures));
    return content;
}

QWidget *ResultPane::makeEvidence(const Error &error, int failures)
{
    auto *foot = new Foot;
    foot->setObjectName(u"evidence"_s);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(18, 10, 18, 10);
    row->setSpacing(metrics::space24);
    auto *first = new FactList;
    auto *code = new Label(error.code.isEmpty() ? kindName(error.kind) : error.code, TextStyle::Fixed);
    code->setObjectName(u"evidenceError"_s);
    first->addFact(tr("Error"), code);
    auto *request = new QWidget;
    auto *requestRow = new QHBoxLayout(request);
    requestRow->setContentsMargins({});
    requestRow->setSpacing(metrics::space4);
    auto *requestId = new Label(error.requestId.isEmpty() ? tr("Not stated") : error.requestId,
                                error.requestId.isEmpty() ? TextStyle::Body : TextStyle::Fixed);
    requestId->setObjectName(u"evidenceRequest"_s);
    requestId->setElide(Label::Elide::Middle);
    requestId->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    requestRow->addWidget(requestId, 1);
    if (!error.requestId.isEmpty()) {
        QToolButton *copy = makeToolButton(Icon::Copy, tr("Copy the request ID"));
        copy->setObjectName(u"copyRequestId"_s);
        setSmall(copy);
        connect(copy, &QToolButton::clicked, this,
                [this, id = error.requestId] { m_clipboard.copyText(id); });
        requestRow->addWidget(copy);
    }
    first->addFact(tr("Request ID"), request);
    auto *second = new FactList;
    auto *status = new Label(error.httpStatus == 0 ? tr("No answer") : QString::number(error.httpStatus),
                             TextStyle::Fixed);
    status->setObjectName(u"evidenceStatus"_s);
    second->addFact(tr("Status"), status);
    second->addFact(tr("Failures"), tr("%n in this session", nullptr, failures));
    row->addWidget(first, 3);
    row->addWidget(second, 2);
    return foot;
}

} // namespace latchkey
