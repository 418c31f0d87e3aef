// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tablemodel.h"
#include "oidc/loginsuite.h"
#include "widgets/dialogframe.h"

namespace latchkey {

class Label;
class ProfileRegister;
class Session;

/// Runs profiles and shows how each compares with its expectation. Closing it stops what runs; what is over
/// is in the history. Deletes itself.
class SuiteDialog final : public DialogFrame
{
    Q_OBJECT

public:
    SuiteDialog(Session &session, ProfileRegister &profiles, QWidget *parent);

    void start(std::vector<LoginProfile> profiles);
    const std::vector<SuiteRun> &runs() const { return m_suite.runs(); }

signals:
    /// One is over, and in the history unless that failed.
    void ranOne(const latchkey::SuiteRun &run, latchkey::LoginRecordId record);
    /// All runs are over, or stopped.
    void ended();

private:
    QWidget *makeTable();
    void showRun(qsizetype index);
    void showSummary();
    void finish();

    Session &m_session;
    ProfileRegister &m_profiles;
    LoginSuite m_suite;
    TableModel<SuiteRun> m_model;
    Label *m_summary = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_export = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace latchkey
