// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey {

class DialogFrame;
class Session;

/// The dialog counts down while the tenant asks to wait, and says with an error what can be done about it.
/// The session must outlive it.
void followTenant(DialogFrame &dialog, Session &session);

} // namespace latchkey
