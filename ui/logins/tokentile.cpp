// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokentile.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/clipboard.h"
#include "widgets/countdownchip.h"
#include "widgets/expirybar.h"
#include "widgets/label.h"
#include "widgets/ticker.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

void showLeft(ExpiryBar &bar, const Expiry &expiry, Clock::Instant now)
{
    using Seconds = std::chrono::duration<double>;
    const Tone tone = countdownText(expiry, now).tone;
    bar.setLeft(Seconds(*expiry.end - now) / Seconds(*expiry.lifetime), tone == Tone::Warn ? tone : Tone::Ok);
}

Expiry expiryOf(const IssuedToken &token, const QDateTime &at)
{
    if (token.expiresIn)
        return {token.receivedAt + *token.expiresIn, *token.expiresIn};
    const QJsonObject claims = token.decoded ? token.decoded->payload : QJsonObject();
    if (!claims.value("exp"_L1).isDouble())
        return {};
    // The claims are the provider's: whatever they say, the clocks must be able to count it.
    const auto seconds = [](double value) {
        constexpr double longest = 100.0 * 365 * 24 * 3600;
        return std::chrono::seconds(static_cast<qint64>(std::clamp(value, -longest, longest)));
    };
    const auto now = static_cast<double>(at.toSecsSinceEpoch());
    const double end = claims.value("exp"_L1).toDouble();
    return {token.receivedAt + seconds(end - now), seconds(end - claims.value("iat"_L1).toDouble(now))};
}

} // namespace

QString tokenKindText(const IssuedToken &token)
{
    const QString size = TokenTile::tr("%1 bytes").arg(QLocale().toString(token.value.size()));
    switch (token.kind) {
    case TokenKind::Jwt:
        return TokenTile::tr("JWT · %1").arg(size);
    case TokenKind::Encrypted:
        return TokenTile::tr("Encrypted JWT · %1").arg(size);
    case TokenKind::Opaque:
        return TokenTile::tr("Opaque, normal");
    }
    return {};
}

TokenTile::TokenTile(const QString &name, IssuedToken token, const QDateTime &at, Ticker &ticker,
                     Clipboard &clipboard, QWidget *parent)
    : Card(parent)
    , m_name(name)
    , m_token(std::move(token))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(u"%1, %2"_s.arg(name, tokenKindText(m_token)));
    auto *title = new Label(name, TextStyle::BodyStrong);
    title->setElide(Label::Elide::End);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QToolButton *copy = makeToolButton(Icon::Copy, tr("Copy the %1").arg(name.toLower()));
    copy->setObjectName(u"copyToken"_s);
    setSmall(copy);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    head->addWidget(title, 1);
    head->addWidget(copy);
    const Expiry expiry = expiryOf(m_token, at);
    auto *chip = new CountdownChip(ticker);
    chip->setPlain(true);
    chip->setExpiry(expiry);
    auto *kind = new Label(tokenKindText(m_token), TextStyle::Caption, Tone::Muted);
    kind->setElide(Label::Elide::End);
    body()->setContentsMargins(metrics::space12, metrics::space8, metrics::space8, 10);
    body()->setSpacing(0);
    body()->addLayout(head);
    body()->addWidget(kind);
    body()->addSpacing(metrics::space8);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, metrics::space4, 0);
    auto *left = new ExpiryBar;
    bar->addWidget(left);
    if (expiry.end && expiry.lifetime && expiry.lifetime->count() > 0) {
        const auto show = [left, expiry, &ticker] { showLeft(*left, expiry, ticker.clock().monotonic()); };
        connect(&ticker, &Ticker::ticked, left, show);
        show();
    }
    body()->addLayout(bar);
    body()->addSpacing(6);
    body()->addWidget(chip, 0, Qt::AlignLeading);
    copy->setMenu(makeCopyMenu(copy, clipboard));
}

QMenu *TokenTile::makeCopyMenu(QWidget *parent, Clipboard &clipboard)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(u"copyTokenMenu"_s);
    const auto add = [&](const QString &text, const QString &before) {
        menu->addAction(text, this, [this, &clipboard, before] {
            QByteArray copied = before.toUtf8() + m_token.value.bytes().toByteArray();
            clipboard.copySecret(Secret::takeFrom(copied));
        });
    };
    add(tr("Bare token"), {});
    add(tr("Authorization header"), u"Authorization: Bearer "_s);
    add(tr("Environment line"), u"export TOKEN="_s);
    return menu;
}

void TokenTile::mousePressEvent(QMouseEvent *event)
{
    Card::mousePressEvent(event);
    emit chosen();
}

void TokenTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space && event->key() != Qt::Key_Return)
        return Card::keyPressEvent(event);
    emit chosen();
}

void TokenTile::focusInEvent(QFocusEvent *event)
{
    Card::focusInEvent(event);
    QWidget::update();
}

void TokenTile::focusOutEvent(QFocusEvent *event)
{
    Card::focusOutEvent(event);
    QWidget::update();
}

void TokenTile::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    if (!hasFocus() || isSelected())
        return;
    QPainter painter(this);
    paintRounded(&painter, QRectF(rect()), metrics::cardRadius, {}, themeFor(palette()).accent);
}

} // namespace latchkey
