// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keychainstate.h"
#include "logins/loginform.h"
#include "logins/loginspanel.h"
#include "oidc/profileregister.h"
#include "style/latchkeystyle.h"
#include "support/qtest_result.h"
#include "translations.h"
#include "ui/opensandbox.h"
#include "widgets/checklistrow.h"
#include "widgets/claimtable.h"
#include "widgets/clipboard.h"
#include "widgets/scopechips.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/ticker.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;

/// A test of the panel of test logins at a sandbox of its own.
class LoginsPanelTest : public QObject
{
protected:
    enum Mode { Service, Browser, Password, Paste };

    void openSandbox()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
        QVERIFY_OK(m_sandbox.open());
        m_profiles =
            std::make_unique<ProfileRegister>(*m_sandbox.workspace, m_sandbox.keychain, m_sandbox.memory);
    }

    void openPanel()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_opened.clear();
        m_ticker = std::make_unique<Ticker>(m_sandbox.clock);
        m_clipboard = std::make_unique<Clipboard>(*QGuiApplication::clipboard(), *m_ticker);
        m_panel = std::make_unique<LoginsPanel>(*m_sandbox.session, *m_profiles,
                                                PanelTools{.keychain = m_keychain,
                                                           .clipboard = *m_clipboard,
                                                           .ticker = *m_ticker,
                                                           .openUrl = [this](const QUrl &url) {
                                                               m_opened.append(url);
                                                               return true;
                                                           }});
        m_panel->setSandboxHints(hints());
        m_panel->resize(1052, 720);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QTRY_COMPARE(app()->count(), 42);
    }

    void closePanel()
    {
        m_panel.reset();
        m_clipboard.reset();
        m_ticker.reset();
    }

    /// What the entry of the ID token's copy menu leaves on the clipboard.
    QString copied(int entry)
    {
        find<QWidget>(u"idTile"_s)->findChild<QMenu *>(u"copyTokenMenu"_s)->actions().at(entry)->trigger();
        return QGuiApplication::clipboard()->text();
    }

    /// "Pass", "Fail", "Not checked" or "Checking" of a check that is shown.
    QString checkOutcome(const QString &what) const
    {
        for (const ChecklistRow *row : m_panel->findChildren<ChecklistRow *>()) {
            const QString said = row->accessibleName();
            if (row->isVisible() && said.startsWith(what + u": "_s))
                return said.mid(what.size() + 2).section(u'.', 0, 0);
        }
        return {};
    }

    static int freePort()
    {
        QTcpServer server;
        return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
    }

    SandboxHints hints() const
    {
        SandboxHints hints;
        const QJsonObject line = m_sandbox.process.line();
        for (const QJsonValue each : line.value("apps"_L1).toArray())
            hints.clientSecrets.insert(each["client_id"_L1].toString(),
                                       Secret::fromText(each["client_secret"_L1].toString()));
        for (const QJsonValue each : line.value("users"_L1).toArray())
            hints.users.push_back({each["username"_L1].toString(),
                                   Secret::fromText(each["password"_L1].toString()),
                                   each["state"_L1].toString()});
        return hints;
    }

    template<typename Widget>
    Widget *find(const QString &name) const
    {
        // the newest one: what it replaced is deleted from the event loop
        const QList<Widget *> found = m_panel->findChildren<Widget *>(name);
        return found.isEmpty() ? nullptr : found.last();
    }
    QLineEdit *field(const QString &name) const { return find<QLineEdit>(name); }
    QComboBox *app() const { return find<QComboBox>(u"loginApp"_s); }
    QListView *runList() const { return find<QListView>(u"loginRuns"_s); }
    QString words(const QString &name) const
    {
        const QLabel *label = find<QLabel>(name);
        return label ? label->text() : QString();
    }
    void pickGrant(Mode index) const { find<SegmentedControl>(u"loginGrant"_s)->setCurrentIndex(index); }
    void chooseApp(const QString &name) const
    {
        const int row = app()->findText(name);
        app()->setCurrentIndex(row);
        emit app()->activated(row);
        QTRY_COMPARE(field(u"loginClientId"_s)->text(), m_sandbox.process.app(name).clientId);
        QVERIFY(!field(u"loginSecret"_s)->text().isEmpty());
    }
    void typeScope(const QString &scope) const
    {
        QLineEdit *editor = find<ScopeChips>(u"loginScopes"_s)->editor();
        editor->setFocus();
        QTest::keyClicks(editor, scope + u' ');
    }
    void passwordLogin(const QString &appName, const QString &user) const
    {
        pickGrant(Password);
        chooseApp(appName);
        for (QAction *action : find<QMenu>(u"demoUserMenu"_s)->actions()) {
            if (action->text().startsWith(user))
                action->trigger();
        }
        QCOMPARE(field(u"loginUsername"_s)->text(), user);
    }
    void runByButton() const { QTest::mouseClick(find<QPushButton>(u"runLogin"_s), Qt::LeftButton); }
    static QString claimValue(const ClaimTable &claims, const QString &name)
    {
        for (int row = 0; row < claims.model()->rowCount(); ++row) {
            if (claims.model()->index(row, 0).data().toString() == name)
                return claims.model()->index(row, 1).data().toString();
        }
        return {};
    }

    OpenSandbox m_sandbox;
    QList<QUrl> m_opened;
    std::unique_ptr<ProfileRegister> m_profiles;
    KeychainState m_keychain{m_sandbox.keychain, {}, u"Secret Service"_s};
    std::unique_ptr<Ticker> m_ticker;
    std::unique_ptr<Clipboard> m_clipboard;
    std::unique_ptr<LoginsPanel> m_panel;
};

} // namespace latchkey
