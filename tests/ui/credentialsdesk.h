// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialspanel.h"
#include "keychainstate.h"
#include "support/tenantdesk.h"
#include "ui/hands.h"
#include "widgets/clipboard.h"
#include "widgets/messagebanner.h"
#include "widgets/ticker.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>

namespace latchkey {

/// A tenant's desk with the panel of its credentials, and a person at it.
class CredentialsDesk
{
public:
    explicit CredentialsDesk(TenantType type = TenantType::Sandbox,
                             const QStringList &sandboxArguments = {QStringLiteral("--disable-delay"),
                                                                    QStringLiteral("1")})
        : tenant(type, sandboxArguments)
    {
        ticker.setInterval(std::chrono::milliseconds(50));
    }

    bool start() { return tenant.start(); }
    /// What a start of the program shows of the tenant.
    bool open()
    {
        panel = std::make_unique<CredentialsPanel>(*tenant.session, tools());
        panel->lifecycle().watches().setPace(pace);
        panel->resize(1052, 720);
        panel->show();
        return QTest::qWaitForWindowExposed(panel.get());
    }
    bool restart()
    {
        panel.reset();
        return tenant.restart() && open();
    }
    PanelTools tools()
    {
        return {.keychain = keychain,
                .clipboard = clipboard,
                .ticker = ticker,
                .openUrl = [this](const QUrl &url) {
                    opened.append(url);
                    return hasBrowser;
                }};
    }

    bool press(const QString &name) const { return latchkey::press(*panel, name); }
    MessageBanner &banner() const { return *panel->banner(); }
    template<typename T>
    T *dialog() const
    {
        const QList<T *> all = panel->findChildren<T *>();
        for (T *each : all) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    void fill(const QString &field, const QString &text) const
    {
        auto *edit = shown<QLineEdit>(*panel, field);
        QVERIFY2(edit, qPrintable(field));
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    void choose(const QString &field, const QString &text) const
    {
        auto *combo = shown<QComboBox>(*panel, field);
        QVERIFY2(combo, qPrintable(field));
        combo->setCurrentIndex(combo->findText(text));
    }
    /// What the list says of a pair in the first column; empty: it is not there.
    QString stateOf(const QString &name) const
    {
        const QModelIndex found = find(name);
        return found.isValid() ? found.siblingAtColumn(CredentialModel::State).data().toString() : QString();
    }
    bool select(const QString &name) const
    {
        const QModelIndex found = find(name);
        if (!found.isValid())
            return false;
        list()->setCurrentIndex(found);
        return panel->findChild<QLabel *>(QStringLiteral("credential.name"))->text() == name;
    }
    bool chooseInMenu(const QString &name) const
    {
        auto *action = panel->findChild<QAction *>(name);
        if (!action || !action->isEnabled())
            return false;
        action->trigger();
        return true;
    }
    QTreeView *list() const { return panel->findChild<QTreeView *>(QStringLiteral("credentials.list")); }

    TenantDesk tenant;
    KeychainState keychain{tenant.keychain,
                           [this](const Continuation<> &continuation) {
                               tenant.keychain.failFrom = -1;
                               finishLater<void>(continuation, {});
                           },
                           QStringLiteral("Secret Service")};
    Ticker ticker{tenant.clock};
    Clipboard clipboard{*QGuiApplication::clipboard(), ticker};
    QList<QUrl> opened; ///< in the browser
    bool hasBrowser = true;
    WatchPace pace{.waits = {std::chrono::milliseconds(50)}};
    std::unique_ptr<CredentialsPanel> panel;

private:
    QModelIndex find(const QString &name) const
    {
        const QAbstractItemModel *model = list()->model();
        return model
            ->match(model->index(0, CredentialModel::Name), Qt::DisplayRole, name, 1,
                    Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
};

} // namespace latchkey
