// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialprobe.h"

#include <QWidget>

#include <map>
#include <memory>

class QHBoxLayout;
class QPushButton;

namespace latchkey {

class Glyph;
class Label;
class Session;

/// "What may this pair do?": runs the check, shows what it found and compares it with the recorded
/// level. It reads; what is to be recorded it asks for.
class AbilitySection final : public QWidget
{
    Q_OBJECT

public:
    explicit AbilitySection(Session &session, QWidget *parent = nullptr);

    void setCredential(const ApiCredential &credential);
    /// As if Check was pressed; nothing while another check runs or the pair cannot be checked.
    void check();

signals:
    void recordAsked(latchkey::ScopeLevel level);
    /// A check is through.
    void checked(const latchkey::ApiCredential &credential, const latchkey::ProbeReport &report);
    void failed(const latchkey::ApiCredential &credential, const latchkey::Error &error);

private:
    struct Mark
    {
        Glyph *glyph = nullptr;
        Label *name = nullptr;
    };

    QWidget *makeMarks();
    QWidget *makeConclusion();
    void start();
    void stop();
    void receive(const ApiCredential &credential, const Result<ProbeReport> &report);
    void followRegister();
    bool isChecking() const;
    bool isPast() const;
    const ProbeReport *shownReport() const;
    void refresh();
    void showMarks();
    void showConclusion();
    void showButtons();
    void openEvidence();

    Session &m_session;
    ApiCredential m_credential{};
    std::unique_ptr<CredentialProbe> m_probe;
    std::map<CredentialId, ProbeReport> m_reports;
    QPushButton *m_check = nullptr;
    QPushButton *m_stop = nullptr;
    QWidget *m_marksHolder = nullptr;
    std::vector<Mark> m_marks;
    QWidget *m_conclusion = nullptr;
    Glyph *m_glyph = nullptr;
    Label *m_sentence = nullptr;
    QHBoxLayout *m_record = nullptr;
    QPushButton *m_evidence = nullptr;
};

} // namespace latchkey
