// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/failurepane.h"

#include "logins/evidencefoot.h"
#include "logins/loginform.h"
#include "logins/requestspage.h"
#include "logins/resulthead.h"
#include "onelogin/apiuse.h"
#include "onelogin/sandboxportal.h"
#include "onelogin/session.h"
#include "onelogin/usersapi.h"
#include "style/metrics.h"
#include "widgets/clipboard.h"
#include "widgets/explainpane.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"
#include "widgets/tabstrip.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLow = 640;

const QString kLookUpUser = u"look_up_user"_s;
const QString kOpenPortal = u"open_portal"_s;
const QString kShowRequests = u"show_requests"_s;
const QString kShowGrants = u"show_grants"_s;
const QString kCopyRequestId = u"copy_request_id"_s;
const QString kCopyRedirectUri = u"copy_redirect_uri"_s;
const QString kPasteToken = u"paste_token"_s;

} // namespace

FailurePane::FailurePane(Session &session, const PanelTools &tools, LoginRun run, int failures,
                         QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_tools(tools)
    , m_run(std::move(run))
    , m_error(refusalOf(m_run.result))
    , m_explanation(ErrorExplainer::shared().explain(m_error))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    auto *page = new QWidget;
    QVBoxLayout *column = makeResultColumn(page);
    column->addWidget(makeResultHead(m_run, session.clock().now(), nullptr));
    column->addWidget(makeBanner());
    column->addWidget(makeTabs(), 1);
    outer->addWidget(page, 1);
    if (m_run.cancelledAfter)
        return;
    m_foot = makeEvidenceFoot(m_error, failures, m_tools.clipboard);
    outer->addWidget(m_foot);
    connect(m_tabs, &TabStrip::currentChanged, this, &FailurePane::arrangeFoot);
}

void FailurePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeFoot();
}

// In a low window the requests need its room, and say the same.
void FailurePane::arrangeFoot()
{
    if (m_foot)
        m_foot->setVisible(m_tabs->currentIndex() == 0 || window()->height() >= kLow);
}

QWidget *FailurePane::makeBanner()
{
    auto *banner = new MessageBanner;
    banner->setObjectName(u"failureBanner"_s);
    if (m_run.cancelledAfter)
        banner->showMessage(MessageBanner::Kind::Info, cancelText(m_run),
                            m_run.request.grant == Grant::AuthorizationCode
                                ? tr("The listener is closed: a sign-in that comes back now finds nobody.")
                                : tr("The request may have reached the tenant; a failure counts toward the "
                                     "user's lock-out."));
    else
        banner->showMessage(MessageBanner::Kind::Danger, headlineOf(m_error, m_explanation),
                            m_error.reason == "browser_timeout"_L1
                                ? tr("The listener is closed. No token was issued.")
                                : tr("No token was issued. Nothing is retried on its own."));
    banner->setClosable(false);
    return banner;
}

QWidget *FailurePane::makeTabs()
{
    m_tabs = new TabStrip(u"failureTabs"_s, tr("Parts of the result"));
    auto *pages = new QStackedWidget;
    const auto add = [&](const QString &title, QWidget *page) {
        m_tabs->addTab(title);
        pages->addWidget(page);
    };
    if (!m_run.cancelledAfter) {
        m_explain = new ExplainPane(m_explanation, [this](const QString &action) { return offer(action); });
        connect(m_explain, &ExplainPane::actionRequested, this, &FailurePane::perform);
        add(tr("Explain"), scrolled(m_explain));
    }
    if (m_run.cancelledAfter || !m_run.exchanges.empty())
        add(requestsTitle(m_run), new RequestsPage(m_run.exchanges, m_tools));
    connect(m_tabs, &TabStrip::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(pages, 1);
    return widget;
}

QStringList FailurePane::actions()
{
    return {kLookUpUser,    kOpenPortal,      kShowRequests, kShowGrants,
            kCopyRequestId, kCopyRedirectUri, kPasteToken};
}

QString FailurePane::userName() const
{
    return m_run.request.username.isEmpty() ? m_run.request.loginHint : m_run.request.username;
}

/// What has an effect for this run.
std::optional<QString> FailurePane::offer(const QString &action) const
{
    if (LoginForm::canPerform(action) || action == kPasteToken)
        return QString();
    if (action == kOpenPortal && !SandboxPortal::isFor(m_session.tenant()) && m_tools.openUrl)
        return m_explanation.link.kind == ExplanationLink::Kind::Portal ? m_explanation.link.text()
                                                                        : m_session.tenant().baseUrl.host();
    if ((action == kLookUpUser && !userName().isEmpty()) ||
        (action == kShowRequests && !m_run.exchanges.empty()) ||
        (action == kShowGrants && !m_run.request.resource.isEmpty()) ||
        (action == kCopyRequestId && !m_error.requestId.isEmpty()))
        return QString();
    if (action == kCopyRedirectUri && m_run.request.grant == Grant::AuthorizationCode)
        return redirectUri(m_run.request.redirectPort).toString();
    return std::nullopt;
}

void FailurePane::perform(const QString &action)
{
    if (action == kLookUpUser)
        lookUpUser();
    else if (action == kOpenPortal)
        openPortal();
    else if (action == kShowRequests)
        m_tabs->setCurrentIndex(m_tabs->count() - 1);
    else if (action == kShowGrants)
        emit grantsAsked(m_run.request.resource);
    else if (action == kCopyRequestId) {
        m_tools.clipboard.copyText(m_error.requestId);
        m_explain->showAnswer(action, tr("The request ID is copied."));
    } else if (action == kCopyRedirectUri) {
        m_tools.clipboard.copyText(redirectUri(m_run.request.redirectPort).toString());
        m_explain->showAnswer(action, tr("The redirect URI is copied."));
    } else {
        emit actionRequested(action);
    }
}

void FailurePane::lookUpUser()
{
    const auto tell = [this](const QString &sentence, Tone tone = Tone::Normal) {
        m_explain->showAnswer(kLookUpUser, sentence, tone);
    };
    const auto working = m_session.workingCredential();
    if (!working || !m_session.api())
        return tell(tr("No API credential is at work that could read users."), Tone::Warn);
    if (const QString reason = levelReason(*working, ApiUse::ReadUsers); !reason.isEmpty()) {
        const auto able = ableCredential(m_session.registered(), ApiUse::ReadUsers);
        return tell(able ? tr("%1 Work as %2 to look users up.").arg(reason, able->name) : reason,
                    Tone::Warn);
    }
    tell(tr("Looking up %1").arg(userName()), Tone::Muted);
    m_looking = std::make_unique<QObject>();
    UsersApi(*m_session.api())
        .find(userName(),
              then(m_looking.get(), [this, tell](const Result<std::optional<DirectoryUser>> &user) {
                  if (!user)
                      return tell(tr("%1 could not be looked up. %2").arg(userName(), user.error().message),
                                  Tone::Danger);
                  tell(*user ? describeUser(**user) : tr("The tenant has no user %1.").arg(userName()));
              }));
}

void FailurePane::openPortal()
{
    const QUrl &portal = m_session.tenant().baseUrl;
    if (m_tools.openUrl(portal))
        m_explain->showAnswer(kOpenPortal, tr("The portal was opened in the browser."));
    else
        m_explain->showAnswer(kOpenPortal,
                              tr("The browser did not open. The address is %1.").arg(portal.toString()),
                              Tone::Warn);
}

} // namespace latchkey
