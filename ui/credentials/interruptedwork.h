// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/unfinishedwork.h"
#include "paneltools.h"

#include <memory>

namespace latchkey {

class Busy;
class Panel;

/// Finishes what was interrupted where that needs nobody, and says in the panel's banner what is left,
/// with its remedies.
class InterruptedWork final : public QObject
{
    Q_OBJECT

public:
    InterruptedWork(Session &session, const PanelTools &tools, Panel &panel, QObject *parent = nullptr);
    ~InterruptedWork() override;

    /// When a tenant is opened, and when something was left to be looked at.
    void settle();
    /// Nothing is tried: says what is left, and why.
    void showLeft(const std::optional<Error> &why);

signals:
    /// A watch may be due, or a row another one.
    void settled();
    void repairAsked();

private:
    UnfinishedWork &startRun();
    void endRun();
    void receive(const std::vector<SettledOperation> &all);
    void showDone(const std::vector<SettledOperation> &done);
    void show(const std::vector<Operation> &left, const std::optional<Error> &why);
    void showOne(const Operation &operation, const std::optional<Error> &why);
    void apply(const Operation &operation, Remedy remedy);

    Session &m_session;
    PanelTools m_tools;
    Panel &m_panel;
    std::unique_ptr<UnfinishedWork> m_work; ///< of one run; it ends with it
    std::unique_ptr<Busy> m_busy;
    bool m_waitsForKeychain = false;
};

} // namespace latchkey
