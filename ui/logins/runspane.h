// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/earlierruns.h"
#include "logins/loginrun.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class Fold;
class LoginStore;
class RowList;
class Session;

/// The runs of this session, and below them the history, which is read when it is opened. One of all of
/// them is chosen at most.
class RunsPane final : public QWidget
{
    Q_OBJECT

public:
    /// All outlive the pane.
    RunsPane(Session &session, LoginStore &store, LoginRunModel &runs, QWidget *parent = nullptr);

    /// Of this session; -1: none is chosen.
    int chosenRow() const;
    /// -1: nothing.
    void chooseRow(int row);
    /// The box shows and changes which run of the session is chosen; both have one model.
    void shareChoice(QComboBox &box);
    /// A record of the history that is chosen.
    std::optional<LoginRecord> chosenRecord() const;
    /// Nothing is chosen until takeBack(), which chooses the same again unless something else was.
    void setAside();
    void takeBack();
    /// Shows the history and goes to it.
    void openEarlier();

signals:
    void runChosen(int row);
    void recordChosen(const latchkey::LoginRecord &record);
    /// "3 runs cleared": a local act that is over.
    void told(const QString &sentence);
    void failed(const latchkey::Error &error);

private:
    QWidget *makeRuns();
    Fold *makeEarlier();
    void read();
    void giveRoom();
    void clearExpired();
    void confirmClearing();

    Session &m_session;
    LoginStore &m_store;
    LoginRunModel &m_runs;
    EarlierRunsModel m_records;
    int m_asideRun = 0;
    LoginRecordId m_asideRecord{};
    bool m_isQuiet = false;
    QVBoxLayout *m_column = nullptr;
    QWidget *m_runsPart = nullptr;
    RowList *m_list = nullptr;
    Fold *m_fold = nullptr;
    RowList *m_earlier = nullptr;
    QPushButton *m_clearExpired = nullptr;
    QPushButton *m_clearAll = nullptr;
};

} // namespace latchkey
