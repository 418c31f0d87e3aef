// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/browserfields.h"

#include "oidc/loginrequest.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/clipboard.h"
#include "widgets/editablecombo.h"
#include "widgets/fold.h"
#include "widgets/formfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLowestPort = 1024; ///< those below need rights that nobody should run this with

} // namespace

BrowserFields::BrowserFields(Clipboard &clipboard, QWidget *parent)
    : FormColumn(parent)
{
    addField(tr("Redirect URI to register"), makeRedirect(clipboard),
             tr("The app must have it character by character."));
    makeOptions();
    update();
}

QWidget *BrowserFields::makeRedirect(Clipboard &clipboard)
{
    m_redirect = new QLineEdit;
    m_redirect->setObjectName(u"loginRedirect"_s);
    m_redirect->setReadOnly(true);
    setTextStyle(m_redirect, TextStyle::Fixed);
    QToolButton *copy = makeToolButton(Icon::Copy, tr("Copy the redirect URI"));
    copy->setObjectName(u"copyRedirect"_s);
    connect(copy, &QToolButton::clicked, this,
            [this, &clipboard] { clipboard.copyText(m_redirect->text()); });
    auto *widget = new QWidget;
    widget->setFocusProxy(m_redirect);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins({});
    row->setSpacing(metrics::space4);
    row->addWidget(m_redirect, 1);
    row->addWidget(copy);
    return widget;
}

void BrowserFields::makeOptions()
{
    m_loginHint = new QLineEdit;
    m_loginHint->setObjectName(u"loginHint"_s);
    m_loginHint->setPlaceholderText(tr("User name to fill in"));
    m_prompt = makeEditableCombo(u"loginPrompt"_s);
    m_prompt->addItems({QString(), u"login"_s, u"consent"_s, u"none"_s, u"select_account"_s});
    m_prompt->lineEdit()->setPlaceholderText(tr("As the tenant decides"));
    m_acrValues = new QLineEdit;
    m_acrValues->setObjectName(u"loginAcrValues"_s);
    for (QWidget *field : {static_cast<QWidget *>(m_prompt), static_cast<QWidget *>(m_acrValues)})
        setTextStyle(field, TextStyle::Fixed);
    m_port = new QSpinBox;
    m_port->setObjectName(u"loginPort"_s);
    m_port->setRange(kLowestPort, 65535);
    m_port->setGroupSeparatorShown(false);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_port->setValue(LoginRequest().redirectPort);

    m_options = new Fold(tr("Sign-in options"), u"signInOptions"_s);
    m_options->body()->addWidget(new FormField(tr("Login hint"), m_loginHint));
    m_options->body()->addWidget(new FormField(tr("Prompt"), m_prompt));
    m_options->body()->addWidget(new FormField(tr("Authentication context (acr_values)"), m_acrValues));
    m_options->body()->addWidget(new FormField(tr("Port of the redirect URI"), m_port));
    column()->addWidget(m_options);
    for (QLineEdit *edit : {m_loginHint, m_acrValues})
        connect(edit, &QLineEdit::textChanged, this, &BrowserFields::update);
    connect(m_prompt, &QComboBox::currentTextChanged, this, &BrowserFields::update);
    connect(m_port, &QSpinBox::valueChanged, this, &BrowserFields::update);
}

void BrowserFields::fill(LoginRequest &request) const
{
    request.loginHint = m_loginHint->text().trimmed();
    request.prompt = m_prompt->currentText().trimmed();
    request.acrValues = m_acrValues->text().trimmed();
    request.redirectPort = static_cast<quint16>(m_port->value());
}

void BrowserFields::set(const LoginRequest &request)
{
    m_loginHint->setText(request.loginHint);
    m_prompt->setEditText(request.prompt);
    m_acrValues->setText(request.acrValues);
    m_port->setValue(request.redirectPort);
    if (!request.loginHint.isEmpty() || !request.prompt.isEmpty() || !request.acrValues.isEmpty())
        m_options->setOpen(true);
}

QComboBox *BrowserFields::promptBox() const
{
    m_options->setOpen(true);
    return m_prompt;
}

QSpinBox *BrowserFields::portBox() const
{
    m_options->setOpen(true);
    return m_port;
}

void BrowserFields::update()
{
    LoginRequest request;
    const quint16 usualPort = request.redirectPort;
    fill(request);
    m_redirect->setText(redirectUri(request.redirectPort).toString());
    m_redirect->setCursorPosition(0);
    int count = request.redirectPort == usualPort ? 0 : 1;
    for (const QString &text : {request.loginHint, request.prompt, request.acrValues})
        count += text.isEmpty() ? 0 : 1;
    m_options->setCount(count);
    emit edited();
}

} // namespace latchkey
