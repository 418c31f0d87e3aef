// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "activity/activitymodel.h"
#include "paneltools.h"
#include "widgets/panel.h"

class QPushButton;
class QStackedWidget;
class QTableView;

namespace latchkey {

class ExchangeDetail;
class FilterField;
class ListDetailPanes;
class SegmentedControl;

/// Every exchange with a tenant, redacted: list and detail.
class ActivityPanel final : public Panel
{
    Q_OBJECT

public:
    /// `log` must outlive the panel.
    ActivityPanel(ActivityLog &log, const PanelTools &tools, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTools();
    void makeList();
    void makeShortcuts();
    void applyFilter();
    void showCounts();
    void showSelected();
    void followScroll();
    void clear();
    void fitColumns();

    ActivityLog &m_log;
    PanelTools m_tools;
    ActivityModel m_model;
    FilterField *m_filter = nullptr;
    SegmentedControl *m_segments = nullptr;
    QTableView *m_list = nullptr;
    QPushButton *m_new = nullptr;
    QPushButton *m_clear = nullptr;
    QStackedWidget *m_stack = nullptr;
    ListDetailPanes *m_panes = nullptr;
    ExchangeDetail *m_detail = nullptr;
    std::optional<quint64> m_current;
};

} // namespace latchkey
