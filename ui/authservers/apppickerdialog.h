// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "widgets/dialogframe.h"

#include <QAbstractListModel>

#include <utility>
#include <vector>

class QListView;

namespace latchkey {

class FilterField;
class Label;

/// An app that can be picked, or why it cannot.
struct PickableApp
{
    AppId id{};
    QString name{};
    QString detail{};
    QString taken{}; ///< not empty: it cannot be picked, and this says why
};

/// Apps by name under a filter of their own; those that cannot be picked go last.
class PickableAppModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void append(const std::vector<PickableApp> &apps);
    void setFilter(const QString &text);
    const PickableApp &at(int row) const { return m_apps.at(m_shown.at(static_cast<size_t>(row))); }
    /// The row of the first app that cannot be picked; rowCount() where all can.
    int firstTaken() const;
    int total() const { return static_cast<int>(m_apps.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void insert(int row, const std::vector<size_t> &apps);
    bool matches(const PickableApp &app) const;

    std::vector<PickableApp> m_apps;
    std::vector<size_t> m_shown;
    QString m_filter;
};

/// Picks apps from a list that may still be loading.
class AppPickerDialog final : public DialogFrame
{
    Q_OBJECT

public:
    AppPickerDialog(const QString &title, const QString &verb, bool several, QWidget *parent = nullptr);

    void append(const std::vector<PickableApp> &apps);
    void setComplete();

signals:
    void picked(const std::vector<std::pair<latchkey::AppId, QString>> &apps);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void pointAtFirst();
    void updateState();
    void pick();

    PickableAppModel m_model;
    FilterField *m_filter = nullptr;
    QListView *m_list = nullptr;
    Label *m_state = nullptr;
    QPushButton *m_pick = nullptr;
    bool m_complete = false;
};

} // namespace latchkey
