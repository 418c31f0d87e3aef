// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/refusaldialog.h"

#include "onelogin/portalpath.h"
#include "onelogin/sandboxportal.h"
#include "widgets/explainpane.h"

#include <QMap>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 560;

/// The actions of explanations that lead somewhere from here, and two that this dialog gives alone.
const QMap<QString, RefusalStep> &steps()
{
    static const QMap<QString, RefusalStep> all{{u"paste_secret_again"_s, RefusalStep::Paste},
                                                {u"open_portal"_s, RefusalStep::OpenPortal},
                                                {u"enable"_s, RefusalStep::Enable},
                                                {u"retry"_s, RefusalStep::Test},
                                                {u"rotate"_s, RefusalStep::Rotate},
                                                {u"check_address"_s, RefusalStep::CheckAddress},
                                                {u"show_requests"_s, RefusalStep::ShowRequests}};
    return all;
}

std::optional<QString> offer(const QString &action)
{
    if (!steps().contains(action))
        return std::nullopt;
    return action == "open_portal"_L1 ? portalPath() : QString();
}

/// A sandbox has no page of a portal to open, and its address is nobody's to change.
void fitToSandbox(Cause &cause, const Error &error)
{
    if (cause.action == "check_address"_L1)
        cause.action.clear();
    if (cause.action != "open_portal"_L1)
        return;
    const bool isOrphaned = error.kind == ErrorKind::ServerFailure;
    cause.action = isOrphaned ? u"rotate"_s : u"enable"_s;
    cause.next = isOrphaned ? RefusalDialog::tr("Replace it with a new pair…")
                            : RefusalDialog::tr("Enable it in the sandbox");
}

Explanation explanationOf(const Tenant &tenant, const Error &error)
{
    Explanation explanation = ErrorExplainer::shared().explain(error);
    // It was a request for a token, which holds none that could have been refused.
    std::erase_if(explanation.causes, [](const Cause &cause) { return cause.onlyWithToken; });
    for (Cause &cause : explanation.causes) {
        if (SandboxPortal::isFor(tenant))
            fitToSandbox(cause, error);
    }
    return explanation;
}

} // namespace

RefusalDialog::RefusalDialog(const ApiCredential &credential, const Tenant &tenant, const Error &error,
                             QWidget *parent)
    : DialogFrame(tr("Why %1 gets no token").arg(credential.name), parent)
{
    setObjectName(u"refusalDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(480);
    resize(kWidth, height());
    setSubtitle(tenant.name);
    auto *pane = new ExplainPane(explanationOf(tenant, error), &offer);
    body()->addWidget(pane);
    if (credential.state == CredentialState::Enabled)
        addFootStep(tr("Test again"), u"refusal.test"_s, RefusalStep::Test);
    addFootStep(tr("Show the requests"), u"refusal.requests"_s, RefusalStep::ShowRequests);
    QPushButton *close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(u"refusal.close"_s);
    connect(pane, &ExplainPane::actionRequested, this,
            [this](const QString &action) { take(steps().value(action)); });
}

void RefusalDialog::addFootStep(const QString &text, const QString &name, RefusalStep step)
{
    QPushButton *button = makeButton(text);
    button->setObjectName(name);
    button->setAutoDefault(false);
    addToFoot(button);
    connect(button, &QPushButton::clicked, this, [this, step] { take(step); });
}

void RefusalDialog::take(RefusalStep step)
{
    accept();
    emit stepAsked(step);
}

Error errorOf(CredentialProblem problem)
{
    if (problem == CredentialProblem::OwnerDeleted)
        return {.kind = ErrorKind::ServerFailure, .httpStatus = 500};
    return {.kind = ErrorKind::Unauthorized, .vendorText = u"Authentication Failure"_s, .httpStatus = 401};
}

} // namespace latchkey
