// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/pairtest.h"
#include "interchange/credentialpaste.h"
#include "paneltools.h"
#include "widgets/editordialog.h"

class QLineEdit;

namespace latchkey {

class DescriptionFields;
class Label;
class PasteArea;
class PlaceField;
class StepBar;

/// Takes a pair over from a tenant's portal in three steps: make it there, paste it here, test and save.
class PortalPairDialog final : public EditorDialog
{
    Q_OBJECT

public:
    PortalPairDialog(Session &session, const PanelTools &tools, QWidget *parent);

signals:
    /// The register has it.
    void stored(latchkey::CredentialId id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Step { Make, Paste, Save };

    void makePair();
    void makeClientId();
    void makeSecret();
    void makePortalButton();
    void makeFoot();
    void showStep(Step step);
    void goOn();
    void take(const PastedCredential &found);
    void swap();
    QString clientIdProblem() const;
    QString clientId() const;
    Secret enteredSecret() const;
    void test();
    void receiveTest(const Result<ManagementToken> &token);
    void save();
    void receiveStore(const Result<ApiCredential> &added);

    Session &m_session;
    PairTest m_pairTest;
    PanelTools m_tools;
    Step m_step = Make;
    StepBar *m_steps = nullptr;
    Label *m_guide = nullptr;
    PasteArea *m_paste = nullptr;
    QLineEdit *m_clientId = nullptr;
    FormField *m_clientIdField = nullptr;
    QLineEdit *m_secret = nullptr;
    FormField *m_secretField = nullptr;
    QPushButton *m_swap = nullptr;
    DescriptionFields *m_description = nullptr;
    QPushButton *m_portal = nullptr;
    PlaceField *m_place = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_test = nullptr;
};

} // namespace latchkey
