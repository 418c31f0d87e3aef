// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialactions.h"
#include "credentials/credentiallifecycle.h"
#include "credentials/credentialmodel.h"
#include "credentials/interchangeactions.h"
#include "onelogin/hygiene.h"
#include "widgets/panel.h"

class QPushButton;
class QStackedWidget;
class QTreeView;

namespace latchkey {

class CredentialDetail;
class EmptyState;
class FilterField;
class HygieneView;
class ListDetailPanes;
class SegmentedControl;
class TableColumns;
class WatchLine;

/// The API credentials of a tenant: list and detail.
class CredentialsPanel final : public Panel
{
    Q_OBJECT

public:
    CredentialsPanel(Session &session, const PanelTools &tools, QWidget *parent = nullptr);

    void reload();
    void addCredential() { m_lifecycle.create(); }
    CredentialLifecycle &lifecycle() { return m_lifecycle; }
    void importCredentials() { m_interchange.importCredentials(); }
    InterchangeActions &interchange() { return m_interchange; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTools();
    void makeList();
    void makeShortcuts();
    void makeMoreMenu();
    void connectDetail();
    void connectLifecycle();
    void applyFilter();
    void showSelected();
    void select(CredentialId id);
    void makeHygiene();
    void showHygiene(bool shown);
    void takeStep(CredentialId id, HygieneStep step);
    void showCounts();
    void makeColumns();
    std::optional<CredentialId> selectedId() const;
    void checkSessionSecrets();

    Session &m_session;
    PanelTools m_tools;
    CredentialModel m_model;
    CredentialLifecycle m_lifecycle;
    CredentialActions m_actions;
    InterchangeActions m_interchange;
    FilterField *m_filter = nullptr;
    SegmentedControl *m_segments = nullptr;
    QTreeView *m_list = nullptr;
    TableColumns *m_columns = nullptr;
    QWidget *m_nothing = nullptr;
    QPushButton *m_hygieneButton = nullptr;
    HygieneView *m_hygiene = nullptr;
    QStackedWidget *m_stack = nullptr;
    ListDetailPanes *m_panes = nullptr;
    CredentialDetail *m_detail = nullptr;
    WatchLine *m_watch = nullptr;
    std::optional<CredentialId> m_current;
};

} // namespace latchkey
