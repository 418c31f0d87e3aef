// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/issuerfields.h"

#include "onelogin/session.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/fold.h"
#include "widgets/formfield.h"

#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

int endpointCount(const ProviderMetadata &provider)
{
    return static_cast<int>(
        std::count_if(kProviderEndpoints.begin(), kProviderEndpoints.end(),
                      [&provider](const auto &each) { return (provider.*each.second).isValid(); }));
}

} // namespace

IssuerFields::IssuerFields(Session &session, QWidget *parent)
    : FormColumn(parent)
    , m_session(session)
{
    m_issuer = new QLineEdit(session.tenant().issuer().toString());
    m_issuer->setObjectName(u"loginIssuer"_s);
    setTextStyle(m_issuer, TextStyle::Fixed);
    m_issuerField = addField(tr("Issuer"), m_issuer);
    m_fold = new Fold(tr("Endpoints of your own"), u"ownEndpoints"_s);
    addEndpoint(tr("Token endpoint"), u"endpointToken"_s, &ProviderMetadata::tokenEndpoint);
    addEndpoint(tr("Authorization endpoint"), u"endpointAuthorization"_s,
                &ProviderMetadata::authorizationEndpoint);
    addEndpoint(tr("UserInfo endpoint"), u"endpointUserInfo"_s, &ProviderMetadata::userinfoEndpoint);
    addEndpoint(tr("Introspection endpoint"), u"endpointIntrospection"_s,
                &ProviderMetadata::introspectionEndpoint);
    addEndpoint(tr("Revocation endpoint"), u"endpointRevocation"_s, &ProviderMetadata::revocationEndpoint);
    addEndpoint(tr("Logout endpoint"), u"endpointLogout"_s, &ProviderMetadata::endSessionEndpoint);
    addEndpoint(tr("Key set"), u"endpointKeys"_s, &ProviderMetadata::jwksUri);
    column()->addWidget(m_fold);
    connect(m_issuer, &QLineEdit::editingFinished, this, [this] {
        if (issuer() != m_issuerRead)
            readEndpoints();
    });
    connect(m_issuer, &QLineEdit::textChanged, this, &IssuerFields::edited);
}

void IssuerFields::addEndpoint(const QString &label, const QString &name, QUrl ProviderMetadata::*member)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(name);
    setTextStyle(edit, TextStyle::Fixed);
    m_fold->body()->addWidget(new FormField(label, edit));
    m_endpoints.push_back({member, edit});
    connect(edit, &QLineEdit::textChanged, this, &IssuerFields::updateCount);
    connect(edit, &QLineEdit::textChanged, this, &IssuerFields::edited);
}

QUrl IssuerFields::issuer() const
{
    return QUrl(m_issuer->text().trimmed(), QUrl::StrictMode);
}

ProviderMetadata IssuerFields::endpoints() const
{
    ProviderMetadata endpoints;
    for (const Endpoint &endpoint : m_endpoints)
        endpoints.*endpoint.member = QUrl(endpoint.edit->text().trimmed(), QUrl::StrictMode);
    return endpoints;
}

void IssuerFields::set(const QUrl &issuer, const ProviderMetadata &endpoints)
{
    const bool isOther = issuer != this->issuer();
    m_issuer->setText(issuer.toString());
    for (const Endpoint &endpoint : m_endpoints)
        endpoint.edit->setText((endpoints.*endpoint.member).toString());
    m_fold->setOpen(m_fold->isOpen() || endpointCount(endpoints) > 0);
    if (isOther)
        readEndpoints();
}

void IssuerFields::readEndpoints()
{
    m_provider = {};
    m_issuerRead = issuer();
    m_reading = std::make_unique<QObject>();
    m_issuerField->clearError();
    m_issuerField->setHelp(tr("Reading the issuer's endpoints"));
    discover(m_session.http(), issuer(),
             then(m_reading.get(), [this](const Result<ProviderMetadata> &provider) {
                 m_reading.reset();
                 showRead(provider);
             }));
}

void IssuerFields::showRead(const Result<ProviderMetadata> &provider)
{
    if (!provider)
        return m_issuerField->setError(provider.error().message);
    m_provider = *provider;
    const QString time = QLocale().toString(m_session.clock().now().toLocalTime().time(), u"HH:mm"_s);
    m_issuerField->setHelp(tr("Discovered %1, %n endpoint(s)", nullptr, endpointCount(*provider)).arg(time),
                           Tone::Ok);
    for (const Endpoint &endpoint : m_endpoints)
        endpoint.edit->setPlaceholderText((m_provider.*endpoint.member).toString());
    emit endpointsRead();
}

QLineEdit *IssuerFields::tokenEndpointEdit() const
{
    m_fold->setOpen(true);
    const auto token = std::find_if(m_endpoints.begin(), m_endpoints.end(), [](const Endpoint &each) {
        return each.member == &ProviderMetadata::tokenEndpoint;
    });
    return token->edit;
}

void IssuerFields::updateCount()
{
    m_fold->setCount(endpointCount(endpoints()));
}

} // namespace latchkey
