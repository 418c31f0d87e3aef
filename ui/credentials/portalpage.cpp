// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/portalpage.h"

#include "widgets/clipboard.h"
#include "widgets/messagebanner.h"

#include <QCoreApplication>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("PortalPage", text);
}

} // namespace

QUrl portalPage(const Tenant &tenant)
{
    QUrl page = tenant.baseUrl;
    page.setPath(u"/api_credentials"_s);
    return page;
}

void openPortal(const Tenant &tenant, const PanelTools &tools, MessageBanner &banner)
{
    const QUrl page = portalPage(tenant);
    if (tools.openUrl(page))
        return;
    banner.showMessage(MessageBanner::Kind::Warn, tr("The browser could not be opened."),
                       tr("Open %1 by hand.").arg(page.toString()));
    QPushButton *copy = banner.addButton(tr("Copy address"));
    copy->setObjectName(u"portal.copyAddress"_s);
    QObject::connect(copy, &QPushButton::clicked, &tools.clipboard,
                     [&clipboard = tools.clipboard, page] { clipboard.copyText(page.toString()); });
}

} // namespace latchkey
