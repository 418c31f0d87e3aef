// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "activity/activitylog.h"
#include "keychainstate.h"
#include "net/httpclient.h"
#include "oidc/profileregister.h"
#include "onelogin/credentialregister.h"
#include "sandboxhost.h"
#include "secrets/memorystore.h"
#include "services.h"
#include "store/workspace.h"
#include "style/colorscheme.h"
#include "support/fakekeychain.h"
#include "support/qtest_result.h"
#include "support/sandboxprocess.h"
#include "ui/hands.h"
#include "widgets/clipboard.h"
#include "widgets/ticker.h"

#include <QGuiApplication>
#include <QTemporaryDir>

namespace latchkey {

/// What app/main.cpp makes, with a folder and a keychain of the test's own.
struct AppFixture
{
    QTemporaryDir folder{};
    SystemClock clock{};
    QNetworkAccessManager network{};
    HttpClient http{network, clock};
    ActivityLog activity{};
    FakeKeychain keychain{};
    MemoryStore memory{};
    std::unique_ptr<Workspace> workspace = std::move(*Workspace::open(folder.path()));
    CredentialRegister credentials{*workspace, keychain, memory};
    ProfileRegister profiles{*workspace, keychain, memory};
    KeychainState keychainState{keychain,
                                [this](const Continuation<> &continuation) {
                                    keychain.work();
                                    finishLater<void>(continuation, {});
                                },
                                QStringLiteral("Secret Service")};
    Ticker ticker{clock};
    Clipboard clipboard{*QGuiApplication::clipboard(), ticker};
    SandboxHost sandbox{SandboxProcess::program()};
    ColorScheme colors{};

    AppFixture() { QObject::connect(&http, &HttpClient::exchanged, &activity, &ActivityLog::append); }

    QList<QUrl> opened{}; ///< in the browser
    bool hasBrowser = true;

    PanelTools tools()
    {
        return {.keychain = keychainState,
                .clipboard = clipboard,
                .ticker = ticker,
                .openUrl = [this](const QUrl &url) {
                    opened.append(url);
                    return hasBrowser;
                }};
    }
    Services services()
    {
        return {.clock = clock,
                .http = http,
                .workspace = *workspace,
                .credentials = credentials,
                .profiles = profiles,
                .sandbox = sandbox,
                .activity = activity,
                .colors = colors,
                .tools = tools()};
    }
};

} // namespace latchkey
