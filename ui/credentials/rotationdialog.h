// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialrotation.h"
#include "paneltools.h"
#include "widgets/dialogframe.h"

class QComboBox;
class QLineEdit;

namespace latchkey {

class WatchStep;

/// A rotation as a checklist: what is done, the current step with what it takes, what is to come. It
/// can be closed at any step and opened again.
class RotationDialog final : public DialogFrame
{
    Q_OBJECT

public:
    RotationDialog(Session &session, const PanelTools &tools, const Rotation &rotation, WatchPace pace,
                   QWidget *parent = nullptr);

    const CredentialRotation &rotation() const { return m_rotation; }
    void reject() override;

signals:
    /// The rotation began, went on, or is over.
    void moved();

private:
    void confirmGivingUp();
    void recover();
    void followRotation();
    void rebuild();
    void showBegun();
    void orderFocus();
    QWidget *makeStep(RotationStep step);
    QWidget *makeCurrent();
    void fillMakePair(QVBoxLayout *column);
    void fillTest(QVBoxLayout *column);
    void fillDisable(QVBoxLayout *column);
    QWidget *makeWatch();
    void fillDelete(QVBoxLayout *column);
    QPushButton *addAct(QVBoxLayout *column, QPushButton *button, const QString &name);

    template<typename T>
    Continuation<T> doing(const QString &what);
    void makePair();
    void enterPair();
    void report(const Result<> &result);

    Session &m_session;
    PanelTools m_tools;
    WatchPace m_pace;
    CredentialRotation m_rotation;
    QString m_oldName;
    QString m_newName;
    QWidget *m_steps = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_level = nullptr;
    WatchStep *m_watch = nullptr; ///< in its step
    QPushButton *m_close = nullptr;
    QPushButton *m_giveUp = nullptr;
    RotationStep m_shown = RotationStep::MakePair;
    bool m_closeWhenDone = false;
};

} // namespace latchkey
