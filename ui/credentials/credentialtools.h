// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialtext.h"

#include <QObject>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace latchkey {

class CredentialModel;
class FilterField;
class SegmentedControl;
class TableColumns;

/// The tool row of the panel of credentials: what to filter by, in which group, and what the list shows of
/// it.
class CredentialTools final : public QObject
{
    Q_OBJECT

public:
    /// `more`: what the menu at the end offers.
    CredentialTools(QHBoxLayout &row, TableColumns &columns, const QList<QAction *> &more, QObject *parent);

    FilterField *filter() const { return m_filter; }
    QString text() const;
    /// None: all of them.
    std::optional<CredentialGroup> group() const;
    /// What was filtered, in words.
    QString nothingText() const;
    void setCounts(const CredentialModel &model);
    /// Groups and columns are the list's.
    void setOfList(bool shown);
    /// Shows everything.
    void clear();

signals:
    /// The text or the group.
    void changed();
    void reloadAsked();

private:
    void makeSegments(QHBoxLayout &row);
    void makeButtons(QHBoxLayout &row, TableColumns &columns, const QList<QAction *> &more);

    FilterField *m_filter = nullptr;
    SegmentedControl *m_segments = nullptr;
    QToolButton *m_columns = nullptr;
};

} // namespace latchkey
