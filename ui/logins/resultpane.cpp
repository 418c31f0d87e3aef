// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/resultpane.h"

#include "logins/failurepane.h"
#include "logins/recordpane.h"
#include "logins/resulthead.h"
#include "logins/runprogress.h"
#include "logins/tokenpages.h"
#include "logins/tokenpasteform.h"
#include "logins/tokenspane.h"
#include "oidc/tokenjudgement.h"
#include "onelogin/session.h"
#include "widgets/emptystate.h"
#include "widgets/label.h"

#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

ResultPane::ResultPane(Session &session, const PanelTools &tools, JwksCache &keys, LoginRunModel &runs,
                       QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_tools(tools)
    , m_keys(keys)
    , m_runs(runs)
{
    setObjectName(u"loginResult"_s);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    showNothing();
}

// Nothing that is under way may speak to what comes next.
void ResultPane::setContent(QWidget *content)
{
    m_judging.reset();
    m_pasted = {};
    m_pages = nullptr;
    m_tokens = qobject_cast<TokensPane *>(content);
    if (m_content) {
        m_content->hide();
        m_content->disconnect(this);
        m_content->deleteLater(); // one of its buttons may be what called
    }
    m_content = content;
    m_column->addWidget(content, 1);
    emit changed();
}

void ResultPane::showNothing()
{
    setContent(new EmptyState(
        Icon::Login, tr("No login yet"),
        tr("Fill in the request and run it. Each run is listed at the left until the tenant is closed.")));
}

void ResultPane::showNoToken()
{
    setContent(
        new EmptyState(Icon::Token, tr("No token yet"),
                       tr("Paste one at the left. It is decoded and checked at once, on this computer; "
                          "only the issuer's keys are fetched.")));
}

void ResultPane::showNotRun(const QString &profile, bool isInHistory)
{
    setContent(new EmptyState(
        Icon::Login, isInHistory ? tr("Not run in this session") : tr("Not run yet"),
        isInHistory
            ? tr("The form asks for what %1 does. How it ended before is in the earlier runs.").arg(profile)
            : tr("The form asks for what %1 does. Run the login to see how it ends.").arg(profile)));
    m_content->setObjectName(u"notRun"_s);
}

void ResultPane::showRunning(const QString &step)
{
    setContent(new RunProgress(step));
}

void ResultPane::showBrowser(const BrowserWait &wait)
{
    setContent(new RunProgress(wait, m_tools));
}

void ResultPane::showRun(int number, int failures, const Secret &clientSecret)
{
    const LoginRun &run = m_runs.at(m_runs.rowOf(number));
    if (!run.succeeded())
        return showFailure(run, failures);
    auto *tokens = new TokensPane({m_session.http(), m_session.clock(), m_session.tenant(), m_tools}, m_keys,
                                  m_runs, number, clientSecret);
    connect(tokens, &TokensPane::refreshed, this, &ResultPane::refreshed);
    connect(tokens, &TokensPane::grantsAsked, this, &ResultPane::grantsAsked);
    connect(tokens, &TokensPane::actionRequested, this, &ResultPane::actionRequested);
    setContent(tokens);
}

void ResultPane::showFailure(const LoginRun &run, int failures)
{
    auto *failure = new FailurePane(m_session, m_tools, run, failures);
    connect(failure, &FailurePane::actionRequested, this, &ResultPane::actionRequested);
    connect(failure, &FailurePane::grantsAsked, this, &ResultPane::grantsAsked);
    setContent(failure);
}

void ResultPane::showRecord(const LoginRecord &record)
{
    if (record.ok)
        setContent(new RecordPane(record, m_tools.clipboard, m_session.clock().now()));
    else
        showFailure(runOf(record), 0);
}

void ResultPane::showPasted(const PastedToken &pasted)
{
    if (m_pasted == pasted.token.value)
        return judge(pasted);
    auto *content = new QWidget;
    QVBoxLayout *column = makeResultColumn(content);
    column->addWidget(new Label(tr("Pasted token"), TextStyle::Heading));
    auto *pages = new TokenPages(m_tools.clipboard, m_session.clock());
    pages->setSteps([pasted](const QString &action) {
        return action == TokenPages::fetchKeys || TokenPasteForm::canPerform(action, pasted);
    });
    connect(pages, &TokenPages::stepAsked, this, [this, pasted](const QString &action) {
        if (action == TokenPages::fetchKeys)
            judge(pasted);
        else
            emit actionRequested(action);
    });
    pages->setToken(pasted.token, TokenPages::Origin::Pasted);
    column->addWidget(pages, 1);
    setContent(content);
    m_pages = pages;
    m_pasted = pasted.token.value;
    judge(pasted);
}

void ResultPane::judge(const PastedToken &pasted)
{
    if (!pasted.token.decoded)
        return;
    m_judging = std::make_unique<QObject>();
    judgeToken(
        {.token = *pasted.token.decoded, .expected = pasted.expected, .clientSecret = pasted.clientSecret},
        m_keys, m_session.clock(), then(m_judging.get(), [this](const Result<TokenVerdict> &verdict) {
            if (verdict)
                m_pages->setVerdict(*verdict);
        }));
}

void ResultPane::offerComparison(const QPoint &at)
{
    if (m_tokens)
        m_tokens->offerComparison(at);
}

} // namespace latchkey
