// SPDX-License-Identifier: GPL-3.0-or-later
#include "activity/activitylog.h"
#include "core/process.h"
#include "keychainstate.h"
#include "mainwindow.h"
#include "net/httpclient.h"
#include "oidc/profileregister.h"
#include "onelogin/credentialregister.h"
#include "sandboxhost.h"
#include "secrets/keychainstore.h"
#include "secrets/memorystore.h"
#include "settings/settingspanel.h"
#include "store/workspace.h"
#include "style/colorscheme.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "widgets/clipboard.h"
#include "widgets/dialogframe.h"
#include "widgets/messagebanner.h"
#include "widgets/ticker.h"

#include <QApplication>
#include <QClipboard>
#include <QCommandLineParser>
#include <QDesktopServices>
#include <QPushButton>
#include <QTimer>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

void nameApplication()
{
    QCoreApplication::setApplicationName(u"latchkey"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));
    QGuiApplication::setDesktopFileName(u"latchkey"_s);
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"A desktop administration console for OneLogin API access."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({u"sandbox"_s, u"Start the sandbox tenant and open it."_s});
    parser.addOption({u"data-dir"_s, u"Keep the workspace in this folder."_s, u"folder"_s});
}

/// Help and version need no display.
bool asksForTextOnly(int argc, char **argv)
{
    const QStringList textual{u"-h"_s, u"--help"_s, u"--help-all"_s, u"-v"_s, u"--version"_s};
    return std::any_of(argv + 1, argv + argc, [&](const char *argument) {
        return textual.contains(QString::fromLocal8Bit(argument));
    });
}

/// The workspace cannot be opened: says so, and ends.
int explain(const Error &error)
{
    DialogFrame dialog(QCoreApplication::translate("main", "Latchkey cannot start"));
    QObject::connect(dialog.addButton(QCoreApplication::translate("main", "Quit"),
                                      QDialogButtonBox::RejectRole, ButtonRole::Main),
                     &QPushButton::clicked, &dialog, &QDialog::reject);
    dialog.showError(error);
    dialog.open();
    QApplication::exec();
    return 1;
}

int run(const QCommandLineParser &options)
{
    const QString folder =
        options.isSet(u"data-dir"_s) ? options.value(u"data-dir"_s) : Workspace::defaultFolder();
    const Result<std::unique_ptr<Workspace>> workspace = Workspace::open(folder);
    ColorScheme colors;
    if (workspace)
        SettingsPanel::restore(**workspace, colors);
    colors.start();
    if (!workspace)
        return explain(workspace.error());

    const SystemClock clock;
    QNetworkAccessManager network;
    HttpClient http(network, clock);
    ActivityLog activity;
    QObject::connect(&http, &HttpClient::exchanged, &activity, &ActivityLog::append);
    KeychainStore keychain;
    MemoryStore memory;
    CredentialRegister credentials(**workspace, keychain, memory);
    ProfileRegister profiles(**workspace, keychain, memory);
    KeychainState keychainState(
        keychain, [&keychain](const Continuation<> &continuation) { keychain.unlock(continuation); },
        KeychainStore::serviceName());
    Ticker ticker(clock);
    Clipboard clipboard(*QGuiApplication::clipboard(), ticker);
    SandboxHost sandbox;

    const Services services{.clock = clock,
                            .http = http,
                            .workspace = **workspace,
                            .credentials = credentials,
                            .profiles = profiles,
                            .sandbox = sandbox,
                            .activity = activity,
                            .colors = colors,
                            .tools = {.keychain = keychainState,
                                      .clipboard = clipboard,
                                      .ticker = ticker,
                                      .openUrl = &QDesktopServices::openUrl}};
    MainWindow window(services);
    window.show();
    // After the first painting: what is read now must not delay the window.
    QTimer::singleShot(0, &window, [&] { window.begin(options.isSet(u"sandbox"_s)); });
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
#ifdef NDEBUG
    hardenProcess();
#endif
    nameApplication();
    QCommandLineParser options;
    describe(options);
    if (asksForTextOnly(argc, argv)) {
        const QCoreApplication application(argc, argv);
        options.process(application);
    }
    QApplication application(argc, argv);
    options.process(application);
    installTranslations(application);
    installStyle(application);
    return run(options);
}
