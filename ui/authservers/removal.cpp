// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/removal.h"

#include "authservers/tenantadvice.h"
#include "confirmation.h"
#include "onelogin/session.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

Removal::Removal(Session &session, Panel &panel, const Confirmation &texts, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_panel(panel)
    , m_dialog(openConfirmation(texts, session.tenant(), &panel))
{
    followTenant(*m_dialog, session);
    connect(m_dialog, &ConfirmDialog::confirmed, this, &Removal::send);
    connect(m_dialog, &QObject::destroyed, this, [this] {
        if (!m_isSending)
            deleteLater();
    });
    connect(&session, &Session::workingCredentialChanged, this, &Removal::followCredential);
}

void Removal::readFirst(const QString &what, Read read)
{
    m_what = what;
    m_read = std::move(read);
    look();
}

void Removal::look()
{
    if (!m_session.api()) {
        refuse({.kind = ErrorKind::InvalidInput, .message = tr("No API credential is enabled.")});
        return;
    }
    m_dialog->setBusy(true, m_what);
    m_read(AuthServersApi(*m_session.api()));
}

void Removal::send()
{
    if (!m_session.api())
        return m_dialog->showError(
            {.kind = ErrorKind::InvalidInput, .message = tr("No API credential is enabled.")});
    m_isSending = true;
    m_dialog->setBusy(true, tr("Deleting and reading back"));
    emit confirmed(AuthServerWriter(AuthServersApi(*m_session.api())));
}

/// What was on its way is gone with its API client.
void Removal::followCredential()
{
    if (m_isSending)
        fail({.kind = ErrorKind::OutcomeUnknown,
              .message = tr("Another API credential is at work now. What was sent before may be deleted.")});
    else if (m_dialog && m_dialog->isBusy())
        look();
}

bool Removal::endReading()
{
    if (!m_dialog)
        return false;
    m_dialog->setBusy(false);
    return true;
}

bool Removal::refuse(const Error &error)
{
    if (m_dialog) {
        m_dialog->showError(error);
        m_dialog->verbButton()->setEnabled(false);
    }
    return false;
}

bool Removal::end()
{
    m_isSending = false;
    if (m_dialog)
        m_dialog->accept();
    else
        deleteLater();
    return true;
}

bool Removal::fail(const Error &error)
{
    m_isSending = false;
    if (m_dialog) {
        m_dialog->showError(error);
    } else {
        m_panel.banner()->showError(error);
        deleteLater();
    }
    return false;
}

void Removal::tellGone(const QString &sentence)
{
    m_panel.banner()->showMessage(MessageBanner::Kind::Ok, sentence,
                                  tr("The tenant was read again and has it no more."));
}

} // namespace latchkey
