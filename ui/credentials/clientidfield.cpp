// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/clientidfield.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/clipboard.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

ClientIdField::ClientIdField(Clipboard &clipboard, QWidget *parent)
    : QWidget(parent)
    , m_clipboard(clipboard)
{
    m_label = new Label({}, TextStyle::Fixed);
    m_label->setObjectName(u"credential.clientId"_s);
    m_label->setElide(Label::Elide::Middle);
    auto *copy = makeToolButton(Icon::Copy, tr("Copy client ID"));
    copy->setObjectName(u"credential.copyId"_s);
    setSmall(copy);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space4);
    row->addWidget(m_label);
    row->addStretch(1);
    row->addWidget(copy);
    connect(copy, &QToolButton::clicked, this, [this] { m_clipboard.copyText(m_clientId); });
}

void ClientIdField::setClientId(const QString &clientId)
{
    m_clientId = clientId;
    m_label->setText(clientId);
}

} // namespace latchkey
