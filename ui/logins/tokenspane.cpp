// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokenspane.h"

#include "logins/loginform.h"
#include "logins/notelist.h"
#include "logins/requestspage.h"
#include "logins/resulthead.h"
#include "logins/tokenpages.h"
#include "logins/tokentile.h"
#include "oidc/loginjudgement.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/claimtable.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/scopecomparison.h"

#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kIntrospect = u"introspect"_s;
const QString kPasteToken = u"paste_token"_s;

QString tileName(TokenRole role)
{
    switch (role) {
    case TokenRole::Access:
        return u"accessTile"_s;
    case TokenRole::Id:
        return u"idTile"_s;
    case TokenRole::Refresh:
        break;
    }
    return u"refreshTile"_s;
}

/// What the access token opens, as far as it is known: the API that it is for, or what it says of its user.
QUrl usedAt(const LoginRun &run, TokenRole role)
{
    if (role != TokenRole::Access)
        return {};
    const QUrl resource(run.request.resource);
    if (resource.scheme() == "https"_L1 || resource.scheme() == "http"_L1)
        return resource;
    return run.result->provider.userinfoEndpoint;
}

} // namespace

QString tokenTitle(const LoginRun &run, TokenRole role)
{
    //: A token of a run: "billing-service, access token, 14:02:11"
    return TokensPane::tr("%1, %2, %3")
        .arg(run.name, tokenWord(role), QLocale().toString(run.at.toLocalTime(), u"HH:mm:ss"_s));
}

TokensPane::TokensPane(const TokenActions::Place &place, JwksCache &keys, LoginRunModel &runs, int number,
                       const Secret &clientSecret, QWidget *parent)
    : QWidget(parent)
    , m_place(place)
    , m_keys(keys)
    , m_runs(runs)
    , m_run(runs.at(runs.rowOf(number)))
    , m_clientSecret(clientSecret)
{
    m_waiting.setSingleShot(true);
    m_waiting.setInterval(std::chrono::milliseconds(300));
    m_banner = new MessageBanner;
    m_banner->setObjectName(u"tokenBanner"_s);
    m_actions = makeActions();
    QVBoxLayout *column = makeResultColumn(this);
    column->addWidget(makeResultHead(m_run, m_place.clock.now(), m_actions));
    column->addWidget(m_banner);
    column->addLayout(makeTiles(place.tools));
    column->addWidget(makeNotes(m_run.result->notes));
    column->addWidget(makePages(place.tools), 1);
    showEnds();
    for (const RunPage &page : m_run.pages)
        showPage(page);
    if (!m_tiles.isEmpty())
        choose(m_tiles.first());
}

TokenActions *TokensPane::makeActions()
{
    auto *actions = new TokenActions(m_place, m_run, m_clientSecret);
    connect(actions, &TokenActions::working, this, &TokensPane::showWaiting);
    connect(actions, &TokenActions::answered, this, &TokensPane::keepPage);
    connect(actions, &TokenActions::ended, this, &TokensPane::takeEnd);
    connect(actions, &TokenActions::done, this, [this](const QString &sentence, const QString &detail) {
        m_banner->showMessage(MessageBanner::Kind::Info, sentence, detail);
    });
    connect(actions, &TokenActions::failed, this, [this](const Error &error) { m_banner->showError(error); });
    connect(actions, &TokenActions::refreshed, this, &TokensPane::refreshed);
    connect(actions, &TokenActions::compareAsked, this,
            [this] { offerComparison(m_actions->mapToGlobal(m_actions->rect().bottomLeft())); });
    return actions;
}

QLayout *TokensPane::makeTiles(const PanelTools &tools)
{
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(10);
    for (const auto &[role, token] : tokensOf(m_run)) {
        auto *tile = new TokenTile(role, *token, m_run.result->at, usedAt(m_run, role), tools);
        tile->setObjectName(tileName(role));
        connect(tile, &TokenTile::chosen, this, [this, tile] { choose(tile); });
        connect(tile, &TokenTile::expired, this, [this, tile] {
            if (tile == m_chosen)
                judge();
        });
        tiles->addWidget(tile, 1);
        m_tiles.append(tile);
    }
    tiles->addStretch(3 - std::min<int>(3, static_cast<int>(m_tiles.size())));
    return tiles;
}

QWidget *TokensPane::makePages(const PanelTools &tools)
{
    m_pages = new TokenPages(tools.clipboard, m_place.clock);
    m_pages->setSteps([this](const QString &action) { return offers(action); });
    connect(m_pages, &TokenPages::stepAsked, this, &TokensPane::perform);
    if (!scopeFates(*m_run.result).empty()) {
        auto *scopes = new ScopeComparison(*m_run.result, m_run.name, !m_run.request.resource.isEmpty());
        connect(scopes, &ScopeComparison::grantsAsked, this,
                [this] { emit grantsAsked(m_run.request.resource); });
        m_pages->setBelowChecks(scopes);
    }
    if (!m_run.exchanges.empty())
        m_pages->setFurtherPage(requestsTitle(m_run), u"requestsPage"_s,
                                new RequestsPage(m_run.exchanges, tools));
    return m_pages;
}

void TokensPane::showWaiting(const QString &what)
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

void TokensPane::keepPage(const RunPage &page)
{
    m_runs.keepPage(m_run.number, page);
    showPage(page);
    m_pages->openPage(page.name);
}

void TokensPane::showPage(const RunPage &page)
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, metrics::space8, 0, 0);
    column->setSpacing(metrics::space8);
    auto *caption = makeParagraph(page.caption, TextStyle::Caption, Tone::Muted);
    caption->setHidden(page.caption.isEmpty());
    column->addWidget(caption);
    column->addWidget(makeNotes(page.notes));
    auto *claims = new ClaimTable(m_place.tools.clipboard);
    claims->setAccessibleName(page.title);
    claims->setObjectName(page.other ? u"comparedClaims"_s : QString());
    claims->setClaims(page.other ? comparedClaimRows(page.members, *page.other) : claimRows(page.members),
                      m_place.clock.now());
    column->addWidget(claims, 1);
    const int count = static_cast<int>(page.members.size());
    m_pages->setFurtherPage(page.other ? page.title : textWithCount(page.title, count), page.name, widget);
}

void TokensPane::offerComparison(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"comparisons"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isReadable = m_chosen && m_chosen->token().decoded;
    for (const LoginRun &run : m_runs.runs()) {
        for (const auto &[role, token] : tokensOf(run)) {
            if (!isReadable || !token->decoded || token->value == m_chosen->token().value)
                continue;
            const QString title = tokenTitle(run, role);
            connect(menu->addAction(asLabel(title)), &QAction::triggered, this,
                    [this, title, claims = token->decoded->payload] { compareWith(title, claims); });
        }
    }
    if (menu->isEmpty())
        menu->addAction(isReadable ? tr("There is no other token that can be read")
                                   : tr("The chosen token cannot be read"))
            ->setEnabled(false);
    menu->popup(at);
}

void TokensPane::compareWith(const QString &title, const QJsonObject &claims)
{
    keepPage({.title = tr("Compare"),
              .name = u"comparePage"_s,
              .caption = tr("A: %1\nB: %2").arg(tokenTitle(m_run, m_chosen->role()), title),
              .members = m_chosen->token().decoded->payload,
              .other = claims});
}

void TokensPane::choose(TokenTile *tile)
{
    for (TokenTile *each : m_tiles)
        each->setSelected(each == tile);
    m_chosen = tile;
    m_actions->setChosen(tile->role(), tile->token(), tile->isRevoked());
    m_pages->setToken(tile->token());
    judge();
}

void TokensPane::judge()
{
    m_judging = std::make_unique<QObject>();
    m_pages->setEnd(m_chosen->endText());
    if (!m_chosen->token().decoded)
        return;
    judgeToken(question(), m_keys, m_place.clock,
               then(m_judging.get(), [this](const Result<TokenVerdict> &verdict) {
                   if (verdict)
                       m_pages->setVerdict(*verdict);
               }));
}

QStringList TokensPane::actions()
{
    return TokenPages::actions() + QStringList{kIntrospect, kPasteToken, TokenPages::fetchKeys};
}

bool TokensPane::offers(const QString &action) const
{
    if (action == kIntrospect)
        return m_run.result->provider.introspectionEndpoint.isValid();
    return actions().contains(action) || LoginForm::canPerform(action);
}

void TokensPane::perform(const QString &action)
{
    if (action == kIntrospect)
        m_actions->askIntrospection();
    else if (action == TokenPages::fetchKeys)
        judge();
    else
        emit actionRequested(action);
}

/// OpenID Connect Core 3.1.3.7 for an ID token; an access token is for the resource and of the client.
TokenQuestion TokensPane::question() const
{
    TokenQuestion question =
        questionOf(m_run.request, *m_run.result, *m_chosen->token().decoded, m_chosen->role());
    question.clientSecret = m_clientSecret;
    return question;
}

void TokensPane::takeEnd(TokenRole role, TokenEnd::How how)
{
    m_runs.endToken(m_run.number, role, {.how = how, .at = m_place.clock.now()});
    showEnds();
    if (!m_chosen)
        return;
    m_actions->setChosen(m_chosen->role(), m_chosen->token(), m_chosen->isRevoked());
    m_pages->setEnd(m_chosen->endText());
}

void TokensPane::showEnds()
{
    const int row = m_runs.rowOf(m_run.number);
    if (row < 0)
        return;
    const LoginRun &run = m_runs.at(row);
    for (TokenTile *tile : m_tiles) {
        if (const auto end = run.ends.find(tile->role()); end != run.ends.end())
            tile->setEnd(end->second);
    }
}

} // namespace latchkey
