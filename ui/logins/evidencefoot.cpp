// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/evidencefoot.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/clipboard.h"
#include "widgets/foot.h"
#include "widgets/label.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("EvidenceFoot", text, nullptr, count);
}

QWidget *makeRequestId(const QString &id, Clipboard &clipboard)
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins({});
    row->setSpacing(metrics::space4);
    auto *text =
        new Label(id.isEmpty() ? tr("Not stated") : id, id.isEmpty() ? TextStyle::Body : TextStyle::Fixed);
    text->setObjectName(u"evidenceRequest"_s);
    text->setElide(Label::Elide::Middle);
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(text, 1);
    if (id.isEmpty())
        return widget;
    QToolButton *copy = makeToolButton(Icon::Copy, tr("Copy the request ID"));
    copy->setObjectName(u"copyRequestId"_s);
    setSmall(copy);
    QObject::connect(copy, &QToolButton::clicked, &clipboard, [&clipboard, id] { clipboard.copyText(id); });
    row->addWidget(copy);
    return widget;
}

} // namespace

QWidget *makeEvidenceFoot(const Error &error, int failures, Clipboard &clipboard)
{
    auto *foot = new Foot;
    foot->setObjectName(u"evidence"_s);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(18, 10, 18, 10);
    row->setSpacing(metrics::space24);
    auto *code = new Label(error.code.isEmpty() ? kindName(error.kind) : error.code, TextStyle::Fixed);
    code->setObjectName(u"evidenceError"_s);
    auto *first = new FactList;
    first->addFact(tr("Error"), code);
    first->addFact(tr("Request ID"), makeRequestId(error.requestId, clipboard));
    auto *status = new Label(error.httpStatus == 0 ? tr("No answer") : QString::number(error.httpStatus),
                             TextStyle::Fixed);
    status->setObjectName(u"evidenceStatus"_s);
    auto *second = new FactList;
    second->addFact(tr("Status"), status);
    if (failures > 0)
        second->addFact(tr("Failures"), tr("%n in this session", failures));
    row->addWidget(first, 3);
    row->addWidget(second, 2);
    return foot;
}

} // namespace latchkey
