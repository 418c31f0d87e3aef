// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/interruptedchanges.h"

#include "authservers/changetext.h"
#include "grants/grantjournal.h"
#include "grants/reconcile.h"
#include "onelogin/session.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "widgets/messagebanner.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

InterruptedChanges::InterruptedChanges(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_banner(new MessageBanner)
{
    m_banner->setObjectName(u"interruptedChanges"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::space16, metrics::space12, metrics::space16, 0);
    column->addWidget(m_banner);
    m_banner->clear();
    hide();
    connect(m_banner, &MessageBanner::closed, this, &QWidget::hide);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        m_check.reset();
        look();
    });
    look();
}

void InterruptedChanges::look()
{
    if (m_check || !readOpen())
        return; // what is read is about the entries as they are listed
    setVisible(!m_open.empty());
    if (m_open.empty())
        m_banner->clear();
    else
        tell(m_open.front());
}

/// False if the journal cannot be read, which is told.
bool InterruptedChanges::readOpen()
{
    GrantJournal &journal = m_session.credentials().workspace().grantJournal();
    const auto open = journal.unfinished(m_session.tenant().id);
    if (!open) {
        fail(open.error());
        return false;
    }
    m_open.clear();
    for (const JournalEntry &entry : *open) {
        // Cut off before its end was written down: nothing is left to be told.
        const bool isOver = std::none_of(entry.rows.begin(), entry.rows.end(), [](const JournalRow &row) {
            return isOpen(row) || row.state == JournalState::Planned;
        });
        if (isOver)
            (void)journal.close(entry);
        else
            m_open.push_back(entry);
    }
    return true;
}

void InterruptedChanges::tell(const JournalEntry &entry)
{
    const JournalSummary summary = summaryOf(entry);
    QString detail = tr("Of %n app(s): %1.", nullptr, summary.total()).arg(countsText(summary));
    if (m_open.size() > 1)
        detail +=
            u' ' + tr("%n more apply(s) were interrupted.", nullptr, static_cast<int>(m_open.size()) - 1);
    m_banner->showMessage(
        MessageBanner::Kind::Warn,
        tr("Changes to %1 were interrupted on %2.")
            .arg(entry.serverName, QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat)),
        detail);
    QPushButton *check = m_banner->addButton(tr("Check now"));
    check->setObjectName(u"checkInterrupted"_s);
    check->setEnabled(m_session.api());
    connect(check, &QPushButton::clicked, this, &InterruptedChanges::check, Qt::QueuedConnection);
    QPushButton *details = m_banner->addButton(tr("Show"));
    details->setObjectName(u"showInterrupted"_s);
    connect(details, &QPushButton::clicked, this, [this, id = entry.id] { emit showAsked(id); });
    m_banner->setClosable(false);
}

void InterruptedChanges::check()
{
    if (m_open.empty() || m_check || !m_session.api())
        return;
    m_check = std::make_unique<QObject>();
    m_banner->showMessage(MessageBanner::Kind::Info, tr("Reading what is stored."));
    m_banner->setClosable(false);
    checkNext();
}

void InterruptedChanges::checkNext()
{
    reconcile(m_session.credentials().workspace().grantJournal(), AuthServersApi(*m_session.api()),
              m_open.front(), then(m_check.get(), [this](const Result<JournalEntry> &entry) {
                  if (entry)
                      receive(*entry);
                  else
                      fail(entry.error());
              }));
}

void InterruptedChanges::receive(const JournalEntry &entry)
{
    m_open.erase(m_open.begin());
    if (!m_open.empty())
        return checkNext();
    m_check.reset();
    emit settled();
    if (!readOpen())
        return;
    if (!m_open.empty())
        return tell(m_open.front()); // was interrupted meanwhile
    const JournalSummary summary = summaryOf(entry);
    const bool whole = summary.count(JournalState::Proven) == summary.total();
    m_banner->showMessage(
        whole ? MessageBanner::Kind::Ok : MessageBanner::Kind::Warn,
        tr("The tenant was read: it is known now what is stored of the changes to %1.").arg(entry.serverName),
        tr("Of %n app(s): %1.", nullptr, summary.total()).arg(countsText(summary)));
    QPushButton *details = m_banner->addButton(tr("Show"));
    details->setObjectName(u"showInterrupted"_s);
    connect(details, &QPushButton::clicked, this, [this, id = entry.id] { emit showAsked(id); });
}

void InterruptedChanges::fail(const Error &error)
{
    m_check.reset();
    show();
    m_banner->showError(error);
    QPushButton *again = m_banner->addButton(tr("Try again"));
    again->setObjectName(u"checkInterrupted"_s);
    connect(again, &QPushButton::clicked, this,
            m_open.empty() ? &InterruptedChanges::look : &InterruptedChanges::check, Qt::QueuedConnection);
}

} // namespace latchkey
