// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialmodel.h"

#include <QTreeView>

namespace latchkey {

class TableColumns;
class Workspace;

/// The pairs of a tenant as a table in groups that fold. Keeps the chosen pair, and keeps it in sight.
class CredentialList final : public QTreeView
{
    Q_OBJECT

public:
    /// Both must outlive it; the workspace remembers the columns.
    CredentialList(CredentialModel &model, Workspace &workspace, QWidget *parent = nullptr);

    const CredentialRow *currentRow() const;
    void select(CredentialId id);
    /// Chooses the pair that was chosen before if it is there, else `fallback`, else the first; null if there
    /// is none.
    const CredentialRow *choose(std::optional<CredentialId> fallback);
    TableColumns *columns() const { return m_columns; }

signals:
    /// Another pair is the chosen one, or none.
    void currentPairChanged();
    /// A pair was clicked or entered: it wants to be seen.
    void pairOpened();

protected:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeColumns(Workspace &workspace);
    void unfold();

    CredentialModel &m_model;
    TableColumns *m_columns = nullptr;
    std::optional<CredentialId> m_chosen;
};

} // namespace latchkey
