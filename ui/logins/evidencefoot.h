// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

class QWidget;

namespace latchkey {

class Clipboard;

/// The foot under an explanation: error, status, request id and how often it failed, which is what a
/// report to somebody else needs.
QWidget *makeEvidenceFoot(const Error &error, int failures, Clipboard &clipboard);

} // namespace latchkey
