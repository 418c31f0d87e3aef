// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interchange/credentialimport.h"
#include "models/tablemodel.h"
#include "widgets/tabledelegate.h"

namespace latchkey {

/// One row of an import's preview.
struct ImportRow
{
    PlannedImport planned{};
    bool isChosen = false;
    int number = 0;
};

/// The preview of an import: which rows to take, and under which names.
class ImportModel final : public TableModel<ImportRow>
{
    Q_OBJECT

public:
    enum Columns { Name, Address, Status };

    explicit ImportModel(QObject *parent = nullptr);

    /// Chooses what is neither there already nor another tenant's.
    void setPlan(const std::vector<PlannedImport> &plan);
    std::vector<FoundCredential> chosen() const;
    int chosenOfOthers() const; ///< how many of them have the address of another tenant

    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void chosenChanged();
};

/// Cells of the preview: a check box before the name; a click on it or Space turns it.
class ImportDelegate final : public TableDelegate
{
    Q_OBJECT

public:
    explicit ImportDelegate(QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
};

} // namespace latchkey
