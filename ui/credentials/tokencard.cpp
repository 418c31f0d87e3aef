// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/tokencard.h"

#include "credentials/credentialtext.h"
#include "onelogin/apiuse.h"
#include "style/buttonrole.h"
#include "widgets/clipboard.h"
#include "widgets/countdownchip.h"
#include "widgets/expirybar.h"
#include "widgets/label.h"
#include "widgets/statebadge.h"
#include "widgets/ticker.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// "Today 12:06" or "3 Jul 2026 12:06", in local time.
QString momentText(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (local.date() == now.toLocalTime().date())
        return TokenCard::tr("Today %1").arg(clock);
    return QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + clock;
}

} // namespace

TokenCard::TokenCard(QUrl baseUrl, const PanelTools &tools, QWidget *parent)
    : Card(parent)
    , m_baseUrl(std::move(baseUrl))
    , m_tools(tools)
    , m_chip(new CountdownChip(tools.ticker))
    , m_bar(new ExpiryBar)
    , m_facts(new FactList)
    , m_sentence(makeParagraph({}, TextStyle::Body, Tone::Muted))
{
    setObjectName(u"tokenCard"_s);
    m_chip->setObjectName(u"token.countdown"_s);
    m_sentence->setObjectName(u"token.sentence"_s);
    m_refused = new StateBadge;
    m_refused->setObjectName(u"token.refused"_s);
    QHBoxLayout *head = setHead(Icon::Token, tr("Management token"));
    head->addWidget(m_chip);
    head->addWidget(m_refused);
    body()->addWidget(m_bar);
    body()->addWidget(m_facts);
    body()->addWidget(m_sentence);
    makeFoot();
    connect(m_chip, &CountdownChip::expired, this, &TokenCard::updateButtons);
    connect(&tools.ticker, &Ticker::ticked, this, &TokenCard::tick);
}

QPushButton *TokenCard::addFootButton(QPushButton *button, const QString &name)
{
    button->setObjectName(name);
    setSmall(button);
    foot()->addWidget(button);
    return button;
}

void TokenCard::makeFoot()
{
    m_get = addFootButton(makeButton(tr("Get token"), ButtonRole::Main), u"token.get"_s);
    m_copy = addFootButton(makeButton(Icon::Copy, tr("Copy header"), ButtonRole::Main), u"token.copy"_s);
    m_copy->setMenu(makeCopyMenu());
    m_test = addFootButton(makeButton(tr("Test")), u"token.test"_s);
    m_test->setToolTip(tr("Asks the tenant for a token now, to see whether the pair is still accepted"));
    m_explain = addFootButton(makeButton(tr("Explain")), u"token.explain"_s);
    m_explain->setToolTip(tr("Why the tenant gives the pair no token, and what may help"));
    foot()->addStretch();
    m_revoke = addFootButton(makeButton(tr("Revoke…"), ButtonRole::Danger), u"token.revoke"_s);
    connect(m_get, &QPushButton::clicked, this, &TokenCard::getAsked);
    connect(m_test, &QPushButton::clicked, this, &TokenCard::testAsked);
    connect(m_revoke, &QPushButton::clicked, this, &TokenCard::revokeAsked);
    connect(m_explain, &QPushButton::clicked, this, &TokenCard::explainAsked);
}

QMenu *TokenCard::makeCopyMenu()
{
    auto *menu = new QMenu(m_copy);
    menu->setObjectName(u"token.copyMenu"_s);
    menu->addAction(tr("Authorization header"), this, [this] { copy(u"Authorization: bearer "_s); });
    menu->addAction(tr("Bare token"), this, [this] { copy({}); });
    menu->addAction(tr("Environment lines"), this,
                    [this] { copy(u"export OL_URL=%1\nexport OL_TOKEN="_s.arg(m_baseUrl.toString())); });
    menu->addAction(tr("curl command"), this, &TokenCard::copyCurl);
    return menu;
}

void TokenCard::copy(const QString &before)
{
    if (!m_token)
        return;
    QByteArray text = before.toUtf8() + m_token->value.bytes().toByteArray();
    m_tools.clipboard.copySecret(Secret::takeFrom(text));
}

void TokenCard::copyCurl()
{
    // The token itself is left to $OL_TOKEN, so this is no secret.
    m_tools.clipboard.copyText(
        u"curl \"$OL_URL/auth/rate_limit\" \\\n  -H \"Authorization: bearer:$OL_TOKEN\""_s);
}

void TokenCard::setToken(const ApiCredential &credential, const std::optional<ManagementToken> &token,
                         const std::optional<RateLimit> &rateLimit)
{
    m_credential = credential;
    m_token = token;
    m_rateLimit = rateLimit;
    if (token)
        m_chip->setExpiry({.end = token->deadline, .lifetime = token->lifetime});
    showFacts();
    updateButtons();
    tick();
}

void TokenCard::setBusy(bool busy)
{
    m_busy = busy;
    updateButtons();
}

bool TokenCard::isRefused() const
{
    return !m_token && m_credential.state == CredentialState::Enabled &&
           m_credential.problem != CredentialProblem::None;
}

QString TokenCard::noTokenText() const
{
    if (m_credential.state == CredentialState::Disabled)
        return tr("A disabled pair gets no token here.");
    const QString ago = agoText(m_credential.usedAt, m_tools.ticker.clock().now()).toLower();
    switch (m_credential.problem) {
    case CredentialProblem::Refused:
        return tr("The tenant refused the pair %1 and gave no token.").arg(ago);
    case CredentialProblem::OwnerDeleted:
        return tr("The tenant gives no token: the user who owns the pair no longer exists.");
    case CredentialProblem::None:
        break;
    }
    return tr("None at hand. The tenant gives one that is shared with everything that uses this pair.");
}

void TokenCard::showFacts()
{
    m_facts->clear();
    m_calls = nullptr;
    m_chip->setVisible(m_token.has_value());
    m_bar->setVisible(m_token.has_value());
    m_facts->setVisible(m_token.has_value());
    m_sentence->setVisible(!m_token);
    const CredentialBadge badge = badgeOf(m_credential, false);
    m_refused->setState(badge.icon, badge.text, badge.tone);
    m_refused->setVisible(isRefused());
    if (!m_token) {
        m_sentence->setTone(isRefused() ? Tone::Danger : Tone::Muted);
        m_sentence->setText(noTokenText());
        return;
    }
    const QLocale locale;
    const QDateTime now = m_tools.ticker.clock().now();
    const QString expires = locale.toString(m_token->expiresAt.toLocalTime().time(), QLocale::ShortFormat);
    m_facts->addFact(tr("Created"), tr("%1 · expires %2").arg(momentText(m_token->createdAt, now), expires));
    m_facts->addFact(tr("Same token"),
                     m_token->sameAsLast ? tr("Yes, the one given before") : tr("No, it is a new one"));
    if (m_rateLimit) {
        m_calls = m_facts->addFact(tr("Calls left"), callsText());
        m_calls->setObjectName(u"token.calls"_s);
    } else if (!levelAllows(m_credential.level, ApiUse::RateLimit)) {
        Label *calls = m_facts->addFact(tr("Calls left"), tr("Not asked"));
        calls->setObjectName(u"token.callsNotAsked"_s);
        calls->setTone(Tone::Muted);
        calls->setToolTip(levelReason(m_credential, ApiUse::RateLimit));
    }
}

QString TokenCard::callsText() const
{
    const QLocale locale;
    const QString left =
        tr("%1 of %2").arg(locale.toString(m_rateLimit->remaining), locale.toString(m_rateLimit->limit));
    const auto since = m_tools.ticker.clock().monotonic() - m_rateLimit->readAt;
    const auto toReset = std::chrono::ceil<std::chrono::seconds>(m_rateLimit->reset - since);
    return toReset.count() <= 0 ? left : tr("%1 · resets in %2").arg(left, durationText(toReset));
}

void TokenCard::tick()
{
    if (!m_token)
        return m_sentence->setText(noTokenText());
    const auto left = m_token->deadline - m_tools.ticker.clock().monotonic();
    const double share = m_token->lifetime.count() > 0 ? std::chrono::duration<double>(left).count() /
                                                             static_cast<double>(m_token->lifetime.count())
                                                       : 0.0;
    const Tone tone = m_chip->tone() == Tone::Warn ? Tone::Warn : Tone::Ok;
    m_bar->setLeft(share, tone);
    if (m_calls)
        m_calls->setText(callsText());
    if (m_alive != (left.count() > 0))
        updateButtons();
}

void TokenCard::updateButtons()
{
    const bool enabled = m_credential.state == CredentialState::Enabled;
    m_alive = m_token && m_token->deadline > m_tools.ticker.clock().monotonic();
    // No request gives this pair a token: whoever tries to mend it elsewhere tests it.
    const bool isOrphaned = isRefused() && m_credential.problem == CredentialProblem::OwnerDeleted;
    setButtonRole(m_explain, isOrphaned ? ButtonRole::Main : ButtonRole::Plain);
    m_get->setVisible(!m_alive && !isOrphaned);
    m_copy->setVisible(m_alive);
    m_revoke->setVisible(m_alive);
    m_get->setEnabled(enabled && !m_busy);
    m_test->setVisible(m_alive || !enabled || isOrphaned);
    m_test->setEnabled(enabled && !m_busy);
    m_revoke->setEnabled(!m_busy);
    m_explain->setVisible(isRefused());
}

} // namespace latchkey
