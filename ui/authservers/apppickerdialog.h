// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/pickableappmodel.h"
#include "widgets/dialogframe.h"

#include <QItemSelection>

#include <functional>

class QTableView;

namespace latchkey {

class FilterField;
class Label;

/// Picks apps from a list that may still be loading.
class AppPickerDialog : public DialogFrame
{
    Q_OBJECT

public:
    AppPickerDialog(const QString &title, const QString &verb, bool several, QWidget *parent = nullptr);

    void append(std::vector<PickableApp> apps);
    void setComplete();
    /// The words of the button, by how many apps it is about.
    void setVerb(std::function<QString(int count)> verb);
    /// The rest did not come.
    void setStopped(bool stopped);

signals:
    void picked(const std::vector<std::pair<latchkey::AppId, QString>> &apps);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeList();
    void showChosen();
    void takeSelection(const QItemSelection &selected, const QItemSelection &deselected);
    void pointAtFirst();
    void updateState();
    void pick();

    std::function<QString(int)> m_verb;
    PickableAppModel m_model;
    FilterField *m_filter = nullptr;
    QTableView *m_list = nullptr;
    Label *m_state = nullptr;
    QPushButton *m_pick = nullptr;
    bool m_several = false;
    bool m_complete = false;
    bool m_stopped = false;
};

} // namespace latchkey
