// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/documentplan.h"
#include "grants/grantsreader.h"
#include "models/tablemodel.h"
#include "widgets/dialogframe.h"

#include <QTimer>

#include <memory>

class QCheckBox;
class QComboBox;
class QTableView;

namespace latchkey {

class Card;
class FormField;
class Session;

/// What a grants file would change at an authorization server; stages it in the grid, where it is
/// reviewed like everything else. Sends nothing.
class FilePlanDialog final : public DialogFrame
{
    Q_OBJECT

public:
    /// `servers` are those of the tenant, which must not be empty; `pending` says how many changes are
    /// staged for one of them.
    FilePlanDialog(Session &session, std::vector<AuthServer> servers,
                   std::function<int(AuthServerId)> pending, QWidget *parent);

    /// Reads a file that the person chose, and compares it with the server that it names.
    void load(const QString &path, AuthServerId fallback);
    void showError(const Error &error) override;

signals:
    void planned(latchkey::AuthServerId server, const std::vector<latchkey::GrantChange> &changes);

private:
    /// One line of the table.
    struct Line
    {
        qint64 id = 0;
        QString app{};
        QString scope{}; ///< empty: the client app itself
        bool isAdd = true;
    };

    /// A plan, and the lines that it is shown in.
    struct Comparison
    {
        DocumentPlan plan{};
        std::vector<Line> lines{};
        int changes = 0; ///< as the pending bar and the review count them
    };

    static std::vector<Column<Line>> columns();
    static QString verbOf(const Line &line);
    static std::shared_ptr<Comparison> compared(const GrantDocument &document, const ServerGrants &server,
                                                const std::vector<OidcApp> &apps, Unlisted unlisted);
    void makeBody();
    QWidget *makeBlocked();
    void receive(const Result<GrantDocument> &document, AuthServerId fallback);
    void chooseServer(AuthServerId fallback);
    void readServer();
    void forget();
    void compare();
    void take(const std::shared_ptr<Comparison> &compared);
    void showPlan();
    QString summary() const;
    QString problemText() const;
    /// That the file lists in a way that does not fit.
    int blockedApps() const;
    void submit();

    Session &m_session;
    std::vector<AuthServer> m_servers;
    std::function<int(AuthServerId)> m_pending;
    // Shared with the worker that compares them.
    std::shared_ptr<const GrantDocument> m_document{};
    std::shared_ptr<const TenantGrants> m_grants{};
    std::shared_ptr<Comparison> m_comparison{};
    TableModel<Line> m_model;
    std::unique_ptr<QObject> m_loading{};
    std::unique_ptr<GrantsReader> m_reader{};
    std::unique_ptr<QObject> m_comparing{};
    QTimer m_slow;
    bool m_hadFocus = false; ///< m_keepUnlisted, before it was disabled
    FormField *m_serverField = nullptr;
    QComboBox *m_server = nullptr;
    QCheckBox *m_keepUnlisted = nullptr;
    Label *m_summary = nullptr;
    Card *m_blocked = nullptr;
    Label *m_problems = nullptr;
    QTableView *m_table = nullptr;
    QPushButton *m_stage = nullptr;
};

} // namespace latchkey
