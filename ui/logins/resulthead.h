// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"

class QVBoxLayout;
class QWidget;

namespace latchkey {

/// How a run ended, with its time as it is said now, and what can be done with it at the right (may be null).
QWidget *makeResultHead(const LoginRun &run, const QDateTime &now, QWidget *actions);
/// The column of a page below such a head, with the margins of the result pane.
QVBoxLayout *makeResultColumn(QWidget *page);
/// "Requests 3", a tab's text.
QString requestsTitle(const LoginRun &run);

} // namespace latchkey
