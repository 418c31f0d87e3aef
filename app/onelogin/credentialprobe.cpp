// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialprobe.h"

#include "net/redaction.h"
#include "onelogin/dialect.h"
#include "onelogin/session.h"

#include <QJsonValue>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

ProbeFinding findingOf(ProbeCall call, const Result<QJsonValue> &answer)
{
    if (answer)
        return ProbeFinding::Allowed;
    switch (answer.error().kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
        return ProbeFinding::Refused;
    case ErrorKind::Invalid: // the empty sign-in request was let in and found to be empty
        return call == ProbeCall::SignIn ? ProbeFinding::Allowed : ProbeFinding::NotKnown;
    default:
        return ProbeFinding::NotKnown;
    }
}

QString detailOf(const Error &error)
{
    return error.vendorText.isEmpty() ? error.message : error.vendorText;
}

} // namespace

CredentialProbe::CredentialProbe(Session &session, const ApiCredential &credential, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_credential(credential)
{
}

void CredentialProbe::run(Continuation<ProbeReport> continuation)
{
    m_continuation = std::move(continuation);
    m_report = {};
    // Asked of the tenant even if one is at hand: with a token that is surely alive a 401 is about the level.
    m_session.tokenSource(m_credential).fetch(then(this, [this](const Result<ManagementToken> &token) {
        if (!token)
            return (*m_continuation)(fail(token.error()));
        m_token = *token;
        next();
    }));
}

void CredentialProbe::next()
{
    if (m_report.isComplete())
        return finish();
    const ProbeCall call = kProbeCalls.at(m_report.lines.size());
    HttpRequest request = makeRequest(call);
    if (request.method != HttpMethod::Get && m_session.tenant().readOnly)
        return add({.call = call, .detail = tr("Not sent: the tenant is read-only here.")});
    m_session.http().send(request, then(this, [this, call, request](const Result<HttpResponse> &response) {
                              receive(call, response, request);
                          }));
}

HttpRequest CredentialProbe::makeRequest(ProbeCall call) const
{
    const QStringList words = probeCallRequest(call).split(u' ');
    const bool documentedWithColon = call == ProbeCall::RateLimit;
    QByteArray authorization =
        (documentedWithColon ? "bearer:"_ba : "Bearer "_ba) + m_token.value.bytes().toByteArray();
    HttpRequest request{.url = m_session.tenant().baseUrl.resolved(QUrl(words.last())),
                        .authorization = Secret::takeFrom(authorization),
                        .pair = m_token.pair,
                        .repeatable = false,
                        .askedBy = tr("%1, what may it do").arg(m_credential.name)};
    if (words.first() == "POST"_L1) {
        request.method = HttpMethod::Post;
        request.contentType = "application/json";
        request.body = Secret::copyOf("{}");
    }
    return request;
}

void CredentialProbe::receive(ProbeCall call, const Result<HttpResponse> &response,
                              const HttpRequest &request)
{
    const Result<QJsonValue> answer = response ? readAnswer(*response) : fail(response.error());
    ProbeLine line{.call = call, .finding = findingOf(call, answer)};
    if (response)
        line.status = response->status;
    if (!answer)
        line.detail = detailOf(RequestSecrets(request).scrub(answer.error()));
    add(std::move(line));
}

void CredentialProbe::add(ProbeLine line)
{
    m_report.lines.push_back(std::move(line));
    const QPointer<CredentialProbe> alive(this);
    emit progressed();
    if (alive)
        next();
}

void CredentialProbe::finish()
{
    m_report.at = m_session.clock().now();
    const auto &lines = m_report.lines;
    if (std::all_of(lines.begin(), lines.end(),
                    [](const ProbeLine &line) { return line.finding == ProbeFinding::Refused; }))
        m_session.tokenSource(m_credential).forget(m_token.value);
    m_token = {};
    const Continuation<ProbeReport> continuation = *m_continuation;
    continuation(m_report); // may end this object
}

} // namespace latchkey
