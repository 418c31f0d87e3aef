// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/selflockout.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace latchkey {

class Session;

/// What a review breaks of what this computer uses, app by app, and a field for the name of each; for the
/// name of the server where that is not known.
class LockoutCard final : public QWidget
{
    Q_OBJECT

public:
    explicit LockoutCard(QWidget *parent = nullptr);

    /// Finds out what breaks by these changes. Drops what was typed.
    void look(Session &session, const AuthServer &server, const std::vector<GrantChange> &changes,
              const Continuation<void> &continuation);
    bool isEmpty() const { return m_fields.empty(); }
    /// True if nothing breaks, or each name is typed.
    bool isConfirmed() const { return leftToType() == 0; }
    /// Names that are not typed.
    int leftToType() const;

signals:
    void typed();

private:
    void fill(const AuthServer &server, const std::vector<GrantChange> &changes, const Lockouts &lockouts);
    void addCard(const QString &title, const QString &text, const QString &name);

    QVBoxLayout *m_column = nullptr;
    std::vector<std::pair<QLineEdit *, QString>> m_fields; ///< and what is to be typed
};

} // namespace latchkey
