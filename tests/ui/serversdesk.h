// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/authserverspanel.h"
#include "authservers/grantspage.h"
#include "authservers/writedialog.h"
#include "models/itemroles.h"
#include "onelogin/authserversapi.h"
#include "style/latchkeystyle.h"
#include "support/tenantdesk.h"
#include "translations.h"
#include "ui/hands.h"
#include "ui/testclipboard.h"
#include "widgets/confirmdialog.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>

namespace latchkey {

/// The panel of authorization servers at a real sandbox behind a fault proxy.
class ServersDesk
{
public:
    explicit ServersDesk(TenantType type = TenantType::Sandbox, const QStringList &sandboxArguments = {})
        : desk(type, sandboxArguments)
    {
    }

    /// With the server of that name chosen and read.
    bool open(const QString &server, QStringView credential = u"grants-admin")
    {
        if (!desk.start() || !desk.adopt(credential).id.isValid())
            return false;
        panel = std::make_unique<AuthServersPanel>(*desk.session, clipboard);
        panel->resize(1052, 720);
        panel->show();
        return QTest::qWaitForWindowActive(panel.get()) && choose(server);
    }
    bool choose(const QString &server)
    {
        return click(server) && QTest::qWaitFor([&] { return isWhole(server); }, 20000);
    }
    /// Clicks the server in the list once it is listed.
    bool click(const QString &server)
    {
        const auto row = [&] {
            for (int each = 0; each < list()->model()->rowCount(); ++each) {
                if (list()->model()->index(each, 0).data().toString() == server)
                    return each;
            }
            return -1;
        };
        if (!QTest::qWaitFor([&] { return row() >= 0; }, 20000))
            return false;
        const QModelIndex index = list()->model()->index(row(), 0);
        list()->scrollTo(index);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualRect(index).center());
        return true;
    }
    bool isWhole(const QString &server) const
    {
        const auto *name = panel->findChild<Label *>(QStringLiteral("serverName"));
        const auto *add = panel->findChild<QPushButton *>(QStringLiteral("claims.add"));
        return name->text() == server && (add->isEnabled() || !add->toolTip().isEmpty());
    }
    void showTab(const QString &title)
    {
        auto *tabs = panel->findChild<QTabBar *>(QStringLiteral("serverTabs"));
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->tabText(tab).startsWith(title))
                QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
        }
    }
    QListView *list() const { return panel->findChild<QListView *>(QStringLiteral("serverList")); }
    QTableView *table(const QString &name) const { return shown<QTableView>(*panel, name); }
    MessageBanner *banner() const { return panel->banner(); }
    bool says(const QString &sentence) const
    {
        return banner()->isVisible() && banner()->sentence() == sentence;
    }
    GrantGridModel &grid() const { return panel->findChild<GrantsPage *>()->model(); }
    /// The row of a table with this text in its first column; moves there.
    bool goTo(const QString &tableName, const QString &text) const
    {
        QTableView *view = table(tableName);
        if (!view)
            return false;
        takeKeys(*view);
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            if (view->model()->index(row, 0).data().toString() == text) {
                view->setCurrentIndex(view->model()->index(row, 0));
                return true;
            }
        }
        return false;
    }
    /// After a dialog has gone the window is to be brought to the front before it hears keys.
    void takeKeys(QWidget &widget) const
    {
        panel->activateWindow();
        (void)QTest::qWaitForWindowActive(panel.get());
        widget.setFocus();
    }
    template<typename Dialog>
    Dialog *dialog(const QString &name) const
    {
        const auto find = [&] { return panel->findChild<Dialog *>(name); };
        (void)QTest::qWaitFor([&] { return find() && find()->isVisible(); });
        return find();
    }
    /// Types into a field of a dialog over what is there.
    static bool type(const QWidget &dialog, const QString &field, const QString &text)
    {
        if (auto *line = dialog.findChild<QLineEdit *>(field)) {
            line->selectAll();
            QTest::keyClick(line, Qt::Key_Delete);
            QTest::keyClicks(line, text);
            return true;
        }
        if (auto *lines = dialog.findChild<QPlainTextEdit *>(field)) {
            lines->setPlainText(text);
            return true;
        }
        return false;
    }
    /// What stands in red below a field.
    static QString errorAt(const QWidget &dialog, const QString &key)
    {
        for (const FormField *field : dialog.findChildren<FormField *>()) {
            if (field->field()->objectName() == key && field->hasError())
                return field->field()->accessibleDescription();
        }
        return {};
    }
    static QString noteAt(const QWidget &dialog, const QString &key)
    {
        for (const FormField *field : dialog.findChildren<FormField *>()) {
            if (field->field()->objectName() == key)
                return field->field()->accessibleDescription();
        }
        return {};
    }
    void answer(const QByteArray &method, const QByteArray &end, const FaultReply &reply)
    {
        desk.proxy->setScript([=](const Arrival &arrival, const FaultProxy::Forward &forward) {
            return arrival.method == method && arrival.target.endsWith(end) ? reply : forward(arrival);
        });
    }
    AuthServersApi api() const { return AuthServersApi(*desk.session->api()); }
    AuthServerId idOf(QStringView server) const { return {desk.sandbox.server(server).id}; }

    TenantDesk desk;
    TestClipboard clipboard;
    std::unique_ptr<AuthServersPanel> panel;
};

} // namespace latchkey
