// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/tokenpasteform.h"

#include "jose/signaturealgorithm.h"
#include "logins/tokentile.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/formcolumn.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/passwordfield.h"
#include "widgets/scrolled.h"

#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestText = 2 << 20; ///< more than decodeJwt() takes, so that it says why

const QString kPasteToken = u"paste_token"_s;
const QString kPasteSecret = u"paste_secret_again"_s;
const QString kCheckIssuer = u"check_issuer"_s;
// Both are whom the token must be for.
const QString kCheckClientId = u"check_client_id"_s;
const QString kCheckResource = u"check_resource"_s;

bool isSignedWithSecret(const IssuedToken &token)
{
    return token.decoded &&
           clientSecretAlgorithms().contains(token.decoded->header.value("alg"_L1).toString());
}

/// What is pasted may be a header line, in quotes, or wrapped.
QByteArray tokenIn(const QString &text)
{
    static const QRegularExpression before(u"^\\s*(\"?authorization\"?\\s*:\\s*)?\"?(bearer\\s+)?"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    QString token = text;
    token.remove(before);
    token.removeIf([](QChar character) { return character.isSpace(); });
    if (token.endsWith(u'"'))
        token.chop(1);
    return token.toUtf8();
}

} // namespace

TokenPasteForm::TokenPasteForm(const QUrl &issuer, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    setObjectName(u"tokenPasteForm"_s);
    auto *form = new FormColumn;
    form->column()->setContentsMargins(metrics::paneMargin, metrics::cardMargin, metrics::paneMargin,
                                       metrics::cardMargin);
    form->column()->addWidget(new Label(tr("Paste a token"), TextStyle::Heading));
    m_text = new PasswordField(tr("token"));
    m_text->setObjectName(u"pastedToken"_s);
    m_text->setMaxLength(kLongestText);
    m_text->setPlaceholderText(tr("Bare, or with Bearer before it"));
    m_textField = form->addField(tr("Token"), m_text, {});
    m_issuer = new QLineEdit(issuer.toString());
    m_issuer->setObjectName(u"pastedIssuer"_s);
    form->addField(tr("Issuer"), m_issuer, tr("Its published keys verify the signature."));
    m_audience = new QLineEdit;
    m_audience->setObjectName(u"pastedAudience"_s);
    form->addField(
        tr("Audience"), m_audience,
        tr("Whom the token must be for: a resource identifier, or the client ID for an ID token. Not "
           "checked if empty."));
    m_nonce = new QLineEdit;
    m_nonce->setObjectName(u"pastedNonce"_s);
    form->addField(tr("Nonce"), m_nonce, tr("Of an ID token, if you know what was sent."));
    m_secret = new PasswordField(tr("client secret"));
    m_secret->setObjectName(u"pastedSecret"_s);
    m_secretField = form->addField(tr("Client secret"), m_secret,
                                   tr("This token is signed with it. Kept in memory only."));
    form->column()->addStretch(1);
    for (QLineEdit *edit : {m_issuer, m_audience, m_nonce}) {
        setTextStyle(edit, TextStyle::Fixed);
        connect(edit, &QLineEdit::textChanged, this, &TokenPasteForm::changed);
    }
    connect(m_text, &QLineEdit::textChanged, this, &TokenPasteForm::readToken);
    connect(m_secret, &QLineEdit::textChanged, this, &TokenPasteForm::changed);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(scrolled(form));
    updateSecret();
}

QWidget *TokenPasteForm::firstField() const
{
    return m_text;
}

QUrl TokenPasteForm::issuer() const
{
    return QUrl(m_issuer->text().trimmed(), QUrl::StrictMode);
}

std::optional<PastedToken> TokenPasteForm::pasted() const
{
    if (m_token.value.isEmpty())
        return std::nullopt;
    const QString nonce = m_nonce->text().trimmed();
    return PastedToken{.token = m_token,
                       .expected = {.issuer = issuer().toString(),
                                    .audience = m_audience->text().trimmed(),
                                    .nonce = nonce,
                                    .isIdToken = !nonce.isEmpty()},
                       .clientSecret = Secret::fromText(m_secret->text())};
}

bool TokenPasteForm::canPerform(const QString &action, const PastedToken &pasted)
{
    if (action == kPasteSecret)
        return isSignedWithSecret(pasted.token);
    return action == kPasteToken || action == kCheckIssuer || action == kCheckClientId ||
           action == kCheckResource;
}

void TokenPasteForm::perform(const QString &action)
{
    QLineEdit *field = action == kPasteSecret   ? m_secret
                       : action == kPasteToken  ? m_text
                       : action == kCheckIssuer ? m_issuer
                                                : m_audience;
    field->setFocus(Qt::OtherFocusReason);
    field->selectAll();
}

void TokenPasteForm::readToken()
{
    QByteArray text = tokenIn(m_text->text());
    m_token = {.value = Secret::takeFrom(text), .receivedAt = m_clock.monotonic()};
    m_token.kind = tokenKind(m_token.value.bytes());
    m_textField->clearError();
    m_textField->setHelp(m_token.value.isEmpty() ? QString()
                         : m_token.kind == TokenKind::Opaque
                             ? tr("Not a JWT")
                             : tokenKindText(m_token.kind, m_token.value.size()));
    if (m_token.kind == TokenKind::Jwt) {
        Result<DecodedJwt> decoded = decodeJwt(m_token.value.bytes());
        if (decoded)
            m_token.decoded = std::move(*decoded);
        else
            m_textField->setError(decoded.error().message);
    }
    updateSecret();
    emit changed();
}

void TokenPasteForm::updateSecret()
{
    m_secretField->setVisible(isSignedWithSecret(m_token));
}

} // namespace latchkey
