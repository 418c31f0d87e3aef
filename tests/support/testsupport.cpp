// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeclock.h"
#include "support/qtest_result.h"
#include "support/waitfor.h"
