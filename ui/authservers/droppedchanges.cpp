// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/droppedchanges.h"

#include "authservers/fewnames.h"
#include "core/plaintext.h"
#include "style/metrics.h"
#include "widgets/messagebanner.h"

#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kNamesTold = 4;

} // namespace

DroppedChanges::DroppedChanges(QWidget *parent)
    : QWidget(parent)
    , m_banner(new MessageBanner)
{
    m_banner->setObjectName(u"droppedChanges"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::space16, metrics::space12, metrics::space16, 0);
    column->addWidget(m_banner);
    m_banner->clear();
    hide();
    connect(m_banner, &MessageBanner::closed, this, &DroppedChanges::forget);
}

void DroppedChanges::addServer(const QString &name, int changes)
{
    if (changes == 0)
        return;
    m_changes += changes;
    m_servers.append(name);
    show();
    tellIn(*m_banner);
}

void DroppedChanges::addScopes(const QString &server, const DroppedGrants &dropped)
{
    m_changes += dropped.count;
    m_scopes[server] += dropped.scopes;
    show();
    tellIn(*m_banner);
}

void DroppedChanges::tellIn(MessageBanner &banner) const
{
    const QStringList all = reasons(0);
    const QStringList told = reasons(kNamesTold);
    banner.showMessage(
        MessageBanner::Kind::Warn,
        tr("%n staged change(s) were dropped when the tenant was read again.", nullptr, m_changes),
        told.join(u' '));
    banner.setToolTip(told == all ? QString() : all.join(u'\n'));
}

QStringList DroppedChanges::reasons(qsizetype most) const
{
    QStringList reasons;
    if (!m_servers.isEmpty())
        reasons.append(
            tr("%n authorization server(s) no longer exist: %1.", nullptr, static_cast<int>(m_servers.size()))
                .arg(firstNames(m_servers, most)));
    for (const auto &[server, scopes] : m_scopes)
        reasons.append(tr("%1 no longer has %n scope(s): %2.", nullptr, static_cast<int>(scopes.size()))
                           .arg(plainLine(server), firstNames(scopes, most)));
    return reasons;
}

void DroppedChanges::forget()
{
    m_changes = 0;
    m_servers.clear();
    m_scopes.clear();
    hide();
}

} // namespace latchkey
