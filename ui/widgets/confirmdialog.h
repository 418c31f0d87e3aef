// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dialogframe.h"

class QLineEdit;

namespace latchkey {

/// Asks before something that cannot be undone or hurts others. The title names the object; each
/// effect is one sentence; the focus is on Cancel.
class ConfirmDialog final : public DialogFrame
{
    Q_OBJECT

public:
    ConfirmDialog(const QString &title, const QString &verb, QWidget *parent = nullptr);

    void setEffects(const QStringList &effects);
    /// What this effect tells of, sorted, in a list that scrolls. Goes with the effects.
    void listBelow(int effect, QStringList names);
    /// The danger fill is the default; a reversible act takes Main, and then Enter and the focus.
    void setVerbRole(ButtonRole role);
    /// The verb stays disabled until this name is typed.
    void requireTyping(const QString &name);
    QPushButton *verbButton() const { return m_verb; }
    QPushButton *cancelButton() const { return m_cancel; }

signals:
    /// The verb was pressed. The dialog stays: setBusy(true), then accept() or showError().
    void confirmed();

private:
    QPushButton *m_verb = nullptr;
    QPushButton *m_cancel = nullptr;
    QWidget *m_effects = nullptr;
    QStringList m_told;
    QLineEdit *m_typed = nullptr;
};

} // namespace latchkey
