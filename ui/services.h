// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paneltools.h"

namespace latchkey {

class ActivityLog;
class Clock;
class ColorScheme;
class CredentialRegister;
class HttpClient;
class ProfileRegister;
class SandboxHost;
class Workspace;

/// What the window is made of; each outlives it. main.cpp makes them.
struct Services
{
    const Clock &clock;
    HttpClient &http;
    Workspace &workspace;
    CredentialRegister &credentials;
    ProfileRegister &profiles;
    SandboxHost &sandbox;
    ActivityLog &activity;
    ColorScheme &colors;
    PanelTools tools;
};

} // namespace latchkey
