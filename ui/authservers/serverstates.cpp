// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serverstates.h"

#include "onelogin/apiuse.h"
#include "onelogin/session.h"
#include "widgets/emptystate.h"

#include <QAction>
#include <QCoreApplication>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ServerStates", text);
}

QString neededLevel()
{
    return scopeLevelName(ScopeLevel::ManageAll);
}

} // namespace

QString serverWriteProblem(const Session &session)
{
    if (session.tenant().readOnly)
        return tr("%1 is read-only here. Edit tenant, in the main menu, can change that.")
            .arg(session.tenant().name);
    const std::optional<ApiCredential> credential = session.workingCredential();
    return credential ? levelReason(*credential, ApiUse::WriteAuthServers) : QString();
}

EmptyState *makeNoAccessState(Session &session)
{
    const std::optional<ApiCredential> credential = session.workingCredential();
    if (!credential || !session.api())
        return new EmptyState(Icon::Key, tr("No API credential is enabled"),
                              tr("Authorization servers are read with an API credential of the level %1. "
                                 "Add one under API credentials.")
                                  .arg(neededLevel()));
    const QString reason = levelReason(*credential, ApiUse::ReadAuthServers);
    if (reason.isEmpty())
        return nullptr;
    auto *state = new EmptyState(Icon::Lock, tr("This needs the level %1").arg(neededLevel()), reason);
    if (const auto able = ableCredential(session.registered(), ApiUse::ReadAuthServers)) {
        QPushButton *workAs = state->setMainButton(tr("Work as %1").arg(able->name));
        workAs->setObjectName(u"workAsAble"_s);
        QObject::connect(
            workAs, &QPushButton::clicked, &session, [&session, id = able->id] { session.workAs(id); },
            Qt::QueuedConnection);
    }
    return state;
}

EmptyState *makeNoServersState(const Session &session, QAction *create)
{
    auto *state = new EmptyState(Icon::AuthServer, tr("No authorization servers"),
                                 tr("%1 has none yet.").arg(session.tenant().name));
    if (create) {
        QPushButton *button = state->setMainButton(Icon::Plus, create->text());
        button->setObjectName(u"newFirstServer"_s);
        QObject::connect(button, &QPushButton::clicked, create, &QAction::trigger);
    }
    return state;
}

EmptyState *makeNotReadState(const Error &error)
{
    const bool isRefused = error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden;
    auto *state =
        isRefused
            ? new EmptyState(
                  Icon::Lock, tr("The tenant refused"),
                  tr("%1 Authorization servers need the level %2.").arg(error.message, neededLevel()))
            : new EmptyState(Icon::Error, tr("The authorization servers could not be read"), error.message);
    state->setMainButton(tr("Try again"))->setObjectName(u"retryServers"_s);
    return state;
}

} // namespace latchkey
