// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokentile.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/clipboard.h"
#include "widgets/expirybar.h"
#include "widgets/label.h"
#include "widgets/ticker.h"

#include <QHBoxLayout>
#include <QJsonDocument>
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

QString tokenKindText(TokenKind kind, qsizetype size)
{
    const QString bytes = TokenTile::tr("%1 bytes").arg(QLocale().toString(size));
    switch (kind) {
    case TokenKind::Jwt:
        return TokenTile::tr("JWT · %1").arg(bytes);
    case TokenKind::Encrypted:
        return TokenTile::tr("Encrypted JWT · %1").arg(bytes);
    case TokenKind::Opaque:
        return TokenTile::tr("Opaque, normal");
    }
    return {};
}

QString curlCommand(const QUrl &url)
{
    QString address = url.toString(QUrl::FullyEncoded);
    address.replace(u'\'', "'\\''"_L1);
    return u"curl -H \"Authorization: Bearer $TOKEN\" '%1'"_s.arg(address);
}

TokenTile::TokenTile(TokenRole role, IssuedToken token, const QDateTime &at, const QUrl &usedAt,
                     const PanelTools &tools, QWidget *parent)
    : Card(parent)
    , m_role(role)
    , m_token(std::move(token))
    , m_at(at)
    , m_usedAt(usedAt)
    , m_tools(tools)
    , m_expiry(expiryOf(m_token, at))
{
    setFocusPolicy(Qt::StrongFocus);
    auto *kind =
        new Label(tokenKindText(m_token.kind, m_token.value.size()), TextStyle::Caption, Tone::Muted);
    kind->setElide(Label::Elide::End);
    body()->setContentsMargins(metrics::space12, metrics::space8, metrics::space8, 10);
    body()->setSpacing(0);
    body()->addWidget(makeHead());
    body()->addWidget(kind);
    body()->addSpacing(metrics::space8);
    body()->addLayout(makeLife());
    updateName();
}

QWidget *TokenTile::makeHead()
{
    auto *title = new Label(tokenName(m_role), TextStyle::BodyStrong);
    title->setElide(Label::Elide::End);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QToolButton *copy = makeToolButton(Icon::Copy, tr("Copy the %1").arg(tokenWord(m_role)));
    copy->setObjectName(u"copyToken"_s);
    setSmall(copy);
    copy->setMenu(makeCopyMenu(copy));
    copy->setPopupMode(QToolButton::InstantPopup);
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    row->addWidget(title, 1);
    row->addWidget(copy);
    return head;
}

QLayout *TokenTile::makeLife()
{
    m_bar = new ExpiryBar;
    m_chip = new CountdownChip(m_tools.ticker);
    m_chip->setPlain(true);
    m_chip->setExpiry(m_expiry);
    m_ended = new StateBadge;
    m_ended->setObjectName(u"tokenEnd"_s);
    m_ended->setPlain(true);
    m_ended->hide();
    if (m_expiry.end && m_expiry.lifetime && m_expiry.lifetime->count() > 0) {
        const auto show = [this] { showLeft(*m_bar, m_expiry, m_tools.ticker.clock().monotonic()); };
        connect(&m_tools.ticker, &Ticker::ticked, m_bar, show);
        show();
    }
    connect(m_chip, &CountdownChip::expired, this, [this] {
        updateName();
        emit expired();
    });
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, metrics::space4, 0);
    bar->addWidget(m_bar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addLayout(bar);
    column->addSpacing(6);
    column->addWidget(m_chip, 0, Qt::AlignLeading);
    column->addWidget(m_ended, 0, Qt::AlignLeading);
    return column;
}

void TokenTile::setEnd(const TokenEnd &end)
{
    m_end = end;
    disconnect(&m_tools.ticker, nullptr, m_bar, nullptr);
    m_bar->setLeft(0, Tone::Muted);
    m_chip->hide();
    m_ended->setState(Icon::Skip, end.shortText(m_tools.ticker.clock()), Tone::Muted);
    m_ended->setToolTip(end.text());
    m_ended->show();
    updateName();
}

QString TokenTile::endText() const
{
    if (m_end)
        return m_end->text();
    const Clock::Instant now = m_tools.ticker.clock().monotonic();
    if (!m_expiry.end || *m_expiry.end > now)
        return {};
    const auto life = std::chrono::duration_cast<std::chrono::seconds>(*m_expiry.end - m_token.receivedAt);
    const QDateTime over = m_at.addSecs(life.count()).toLocalTime();
    return tr("Expired at %1")
        .arg(over.date() == m_at.toLocalTime().date() ? QLocale().toString(over.time(), u"HH:mm:ss"_s)
                                                      : QLocale().toString(over, QLocale::ShortFormat));
}

void TokenTile::updateName()
{
    QStringList parts{tokenName(m_role), tokenKindText(m_token.kind, m_token.value.size())};
    if (const QString end = endText(); !end.isEmpty())
        parts.append(end);
    setAccessibleName(parts.join(u", "_s));
}

QMenu *TokenTile::makeCopyMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(u"copyTokenMenu"_s);
    const auto addSecret = [&](const QString &text, const QString &before, const QString &after = {}) {
        menu->addAction(text, this, [this, before, after] {
            QByteArray copied = before.toUtf8() + m_token.value.bytes().toByteArray() + after.toUtf8();
            m_tools.clipboard.copySecret(Secret::takeFrom(copied));
        });
    };
    const auto addText = [&](const QString &text, const QString &copied) {
        menu->addAction(text, this, [this, copied] { m_tools.clipboard.copyText(copied); });
    };
    addSecret(tr("Bare token"), {});
    if (m_role != TokenRole::Refresh)
        addSecret(tr("Authorization header"), u"Authorization: Bearer "_s);
    addSecret(tr("Environment line"), u"export TOKEN="_s);
    if (m_token.decoded)
        addText(tr("Claims as JSON"),
                QString::fromUtf8(QJsonDocument(m_token.decoded->payload).toJson()).trimmed());
    if (m_usedAt.isValid()) {
        menu->addSeparator();
        //: The token itself is not in what is copied
        addText(tr("curl command with $TOKEN"), curlCommand(m_usedAt));
        const QStringList halves = curlCommand(m_usedAt).split(u"$TOKEN"_s);
        addSecret(tr("curl command with the token in it"), halves.first(), halves.last());
    }
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
