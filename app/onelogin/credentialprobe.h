// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/continuation.h"
#include "net/httpclient.h"
#include "onelogin/probereport.h"
#include "onelogin/tokensource.h"

namespace latchkey {

class Session;

/// Finds out what a pair may do: a token, then each of kProbeCalls once, one after the other. They
/// change nothing; the sign-in request is empty, names nobody and is no login attempt. Destroying the
/// probe cancels it.
class CredentialProbe : public QObject
{
    Q_OBJECT

public:
    /// `session` must outlive the probe.
    CredentialProbe(Session &session, const ApiCredential &credential, QObject *parent = nullptr);

    /// Errors are those of getting a token; an answer that shows nothing is a line of the report.
    void run(Continuation<ProbeReport> continuation);

    CredentialId credential() const { return m_credential.id; }
    /// The lines so far.
    const ProbeReport &report() const { return m_report; }

signals:
    /// The report has one more line.
    void progressed();

private:
    void next();
    HttpRequest makeRequest(ProbeCall call) const;
    void receive(ProbeCall call, const Result<HttpResponse> &response, const HttpRequest &request);
    void add(ProbeLine line);
    void finish();

    Session &m_session;
    ApiCredential m_credential;
    ManagementToken m_token;
    ProbeReport m_report;
    std::optional<Continuation<ProbeReport>> m_continuation;
};

} // namespace latchkey
