// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/explaindialog.h"

#include "widgets/explainpane.h"
#include "widgets/messagebanner.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 560;
const QString kRetry = u"retry"_s;

std::optional<QString> offer(const QString &action)
{
    return action == kRetry ? std::optional(QString()) : std::nullopt;
}

} // namespace

bool canExplain(const Error &error)
{
    return ErrorExplainer::shared().explain(error).known;
}

ExplainDialog::ExplainDialog(const QString &app, const Error &error, QWidget *parent)
    : DialogFrame(tr("Why %1 is not as wanted").arg(app), parent)
{
    setObjectName(u"explainDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(480);
    resize(kWidth, height());
    auto *pane = new ExplainPane(ErrorExplainer::shared().explain(error), &offer);
    body()->addWidget(pane);
    banner()->showError(error);
    banner()->setClosable(false);
    QPushButton *close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(u"explainClose"_s);
    connect(pane, &ExplainPane::actionRequested, this, [this] {
        accept();
        emit retryAsked();
    });
    refit();
}

} // namespace latchkey
