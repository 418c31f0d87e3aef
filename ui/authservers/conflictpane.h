// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "grants/grantchange.h"

#include <QWidget>

class QGridLayout;

namespace latchkey {

/// How a conflict is decided: theirs alone, or mine on top of theirs.
enum class ConflictChoice { TakeTheirs, KeepMine };

/// A client app as it was loaded, as it is now and as it is wanted, and the choice between the last two.
class ConflictPane final : public QWidget
{
    Q_OBJECT

public:
    /// `now`: none, it is no client app.
    ConflictPane(const GrantChange &change, const std::optional<ScopeSet> &now,
                 const std::vector<Scope> &scopes, QWidget *parent = nullptr);

signals:
    void choiceMade(latchkey::ConflictChoice choice);

private:
    /// `onTop` is what the app has once mine is on top of what is there now.
    QWidget *makeTable(const ScopeSet &now, const ScopeSet &onTop, const std::vector<Scope> &scopes) const;
    QWidget *makeChoice(const QString &outcome);
    QString outcomeText(bool isClient, const ScopeSet &onTop, const std::vector<Scope> &scopes) const;

    GrantChange m_change;
};

} // namespace latchkey
