// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/refusaldialog.h"

#include "onelogin/portalpath.h"
#include "onelogin/sandboxportal.h"
#include "widgets/explainpane.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 560;
constexpr QLatin1StringView kPaste("paste_secret_again");
constexpr QLatin1StringView kPortal("open_portal");

/// The portal of a sandbox is no page.
std::optional<QString> offer(const Tenant &tenant, const QString &action)
{
    if (action == kPaste)
        return QString();
    if (action == kPortal && !SandboxPortal::isFor(tenant))
        return portalPath();
    return std::nullopt;
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
    auto *pane = new ExplainPane(ErrorExplainer().explain(error),
                                 [&tenant](const QString &action) { return offer(tenant, action); });
    body()->addWidget(pane);
    QPushButton *close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(u"refusal.close"_s);
    connect(pane, &ExplainPane::actionRequested, this, &RefusalDialog::take);
}

void RefusalDialog::take(const QString &action)
{
    accept();
    if (action == kPaste)
        emit pasteAsked();
    else
        emit portalAsked();
}

Error errorOf(CredentialProblem problem)
{
    if (problem == CredentialProblem::OwnerDeleted)
        return {.kind = ErrorKind::ServerFailure, .httpStatus = 500};
    return {.kind = ErrorKind::Unauthorized, .vendorText = u"Authentication Failure"_s, .httpStatus = 401};
}

} // namespace latchkey
