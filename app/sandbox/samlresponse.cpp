// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/samlresponse.h"

#include <QXmlStreamWriter>

#include <array>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kProtocol = "urn:oasis:names:tc:SAML:2.0:protocol"_L1;
constexpr auto kAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"_L1;
constexpr qint64 kValidSeconds = 180;

/// What a document says in more than one place.
struct Facts
{
    QString issuer{};
    QString audience{};
    QString consumer{};
    QString issued{};
    QString notBefore{};
    QString notAfter{};
};

Facts factsOf(const Tenant &tenant, const App &app)
{
    const QDateTime now = tenant.clock.now();
    const auto text = [](const QDateTime &time) { return time.toString(Qt::ISODate); };
    return {.issuer = tenant.baseUrl + "/saml/metadata/"_L1 + app.id.toString(),
            .audience = "https://"_L1 + app.name + ".example.com"_L1,
            .consumer = "https://"_L1 + app.name + ".example.com/saml/acs"_L1,
            .issued = text(now),
            .notBefore = text(now.addSecs(-kValidSeconds)),
            .notAfter = text(now.addSecs(kValidSeconds))};
}

void writeSubject(QXmlStreamWriter &xml, const Facts &facts, const User &user)
{
    xml.writeStartElement(kAssertion, u"Subject"_s);
    xml.writeStartElement(kAssertion, u"NameID"_s);
    xml.writeAttribute(u"Format"_s, u"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"_s);
    xml.writeCharacters(user.email);
    xml.writeEndElement();
    xml.writeStartElement(kAssertion, u"SubjectConfirmation"_s);
    xml.writeAttribute(u"Method"_s, u"urn:oasis:names:tc:SAML:2.0:cm:bearer"_s);
    xml.writeEmptyElement(kAssertion, u"SubjectConfirmationData"_s);
    xml.writeAttribute(u"NotOnOrAfter"_s, facts.notAfter);
    xml.writeAttribute(u"Recipient"_s, facts.consumer);
    xml.writeEndElement();
    xml.writeEndElement();
}

void writeConditions(QXmlStreamWriter &xml, const Facts &facts)
{
    xml.writeStartElement(kAssertion, u"Conditions"_s);
    xml.writeAttribute(u"NotBefore"_s, facts.notBefore);
    xml.writeAttribute(u"NotOnOrAfter"_s, facts.notAfter);
    xml.writeStartElement(kAssertion, u"AudienceRestriction"_s);
    xml.writeTextElement(kAssertion, u"Audience"_s, facts.audience);
    xml.writeEndElement();
    xml.writeEndElement();
}

void writeStatements(QXmlStreamWriter &xml, const Facts &facts, const User &user)
{
    xml.writeStartElement(kAssertion, u"AuthnStatement"_s);
    xml.writeAttribute(u"AuthnInstant"_s, facts.issued);
    xml.writeStartElement(kAssertion, u"AuthnContext"_s);
    xml.writeTextElement(kAssertion, u"AuthnContextClassRef"_s,
                         u"urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"_s);
    xml.writeEndElement();
    xml.writeEndElement();

    const std::array<std::pair<QString, QString>, 3> attributes{{{u"User.email"_s, user.email},
                                                                 {u"User.FirstName"_s, user.firstName},
                                                                 {u"User.LastName"_s, user.lastName}}};
    xml.writeStartElement(kAssertion, u"AttributeStatement"_s);
    for (const auto &[name, value] : attributes) {
        xml.writeStartElement(kAssertion, u"Attribute"_s);
        xml.writeAttribute(u"Name"_s, name);
        xml.writeTextElement(kAssertion, u"AttributeValue"_s, value);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

} // namespace

QByteArray samlResponse(const Tenant &tenant, const App &app, const User &user)
{
    const Facts facts = factsOf(tenant, app);
    QByteArray document;
    QXmlStreamWriter xml(&document);
    const auto open = [&](const QString &space, const QString &name) {
        xml.writeStartElement(space, name);
        xml.writeAttribute(u"ID"_s, "pfx"_L1 + tenant.random.hex(32));
        xml.writeAttribute(u"Version"_s, u"2.0"_s);
        xml.writeAttribute(u"IssueInstant"_s, facts.issued);
    };
    xml.writeNamespace(kProtocol, u"samlp"_s);
    xml.writeNamespace(kAssertion, u"saml"_s);
    open(kProtocol, u"Response"_s);
    xml.writeAttribute(u"Destination"_s, facts.consumer);
    xml.writeTextElement(kAssertion, u"Issuer"_s, facts.issuer);
    xml.writeStartElement(kProtocol, u"Status"_s);
    xml.writeEmptyElement(kProtocol, u"StatusCode"_s);
    xml.writeAttribute(u"Value"_s, u"urn:oasis:names:tc:SAML:2.0:status:Success"_s);
    xml.writeEndElement();
    open(kAssertion, u"Assertion"_s);
    xml.writeTextElement(kAssertion, u"Issuer"_s, facts.issuer);
    writeSubject(xml, facts, user);
    writeConditions(xml, facts);
    writeStatements(xml, facts, user);
    xml.writeEndElement();
    xml.writeEndElement();
    return document;
}

} // namespace latchkey::sandbox
