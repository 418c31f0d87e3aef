// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialrotation.h"
#include "paneltools.h"

#include <QWidget>

class QMenu;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class Label;

/// The step of a rotation in which a person gives the new pair to everything that used the old one:
/// what is seen of that here, the new pair in several forms, a note, and a place to tick.
class HandOverStep final : public QWidget
{
    Q_OBJECT

public:
    /// All three must outlive it; the rotation has both pairs.
    HandOverStep(Session &session, const PanelTools &tools, CredentialRotation &rotation,
                 QWidget *parent = nullptr);

signals:
    void failed(const latchkey::Error &error);

private:
    void addWorking(QVBoxLayout *column);
    void addCopy(QVBoxLayout *column);
    void addNote(QVBoxLayout *column);
    void addTick(QVBoxLayout *column);
    void showWorking();
    QMenu *makeCopyMenu();
    using Form = Secret (*)(const QUrl &, const ApiCredential &, const Secret &);
    void copyPair(Form form);
    void report(const Result<> &result);

    Session &m_session;
    PanelTools m_tools;
    CredentialRotation &m_rotation;
    QString m_oldName;
    Label *m_working = nullptr;
    QPushButton *m_workAs = nullptr;
};

} // namespace latchkey
