// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QString>

class QAction;

namespace latchkey {

class EmptyState;
class Session;

/// Why the session may not change authorization servers, as a sentence; empty: it may.
QString serverWriteProblem(const Session &session);

// What stands in place of the panel. Each has the button that leads on, where one does.

/// No credential, or one whose level is too low; null: the servers may be read.
EmptyState *makeNoAccessState(Session &session);
/// The tenant has none; `create` is null where none may be made.
EmptyState *makeNoServersState(const Session &session, QAction *create);
/// They could not be read. The button is called "retryServers".
EmptyState *makeNotReadState(const Error &error);

} // namespace latchkey
