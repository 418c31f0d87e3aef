// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/importmodel.h"
#include "interchange/credentialsources.h"
#include "onelogin/session.h"
#include "paneltools.h"
#include "widgets/dialogframe.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace latchkey {

class FormField;

/// What an import did, and the file it came from.
struct ImportOutcome
{
    std::vector<ApiCredential> added{};
    QString path{};           ///< empty: the environment
    QByteArray fingerprint{}; ///< of the file as it was read
    int leftInFile = 0;       ///< rows that were not taken and are not there
};

/// Takes API credentials from a file or the environment: pick a source, look at its rows, import them all or
/// none.
class ImportDialog final : public DialogFrame
{
    Q_OBJECT

public:
    ImportDialog(Session &session, const PanelTools &tools, const SourcePlaces &places, QWidget *parent);

    /// Reads a file that the person chose.
    void load(const QString &path);
    void showError(const Error &error) override;
    void reject() override;

signals:
    void imported(const latchkey::ImportOutcome &outcome);

private:
    /// What came out of reading a source in the worker.
    struct Content
    {
        CredentialFile file{};
        QByteArray sealedBytes{}; ///< not empty: it needs its passphrase
        QByteArray fingerprint{};
        QString warning{};
    };

    void makeSource();
    void makePreview();
    void makePlace();
    void chooseFile();
    void loadCurrent();
    void receive(const Result<Content> &content);
    void openSealed();
    void showFile(const CredentialFile &file);
    void showProblems(const CredentialFile &file, const QString &warning);
    void updateChoice();
    void submit();
    void receiveImport(const Result<std::vector<ApiCredential>> &added);

    Session &m_session;
    PanelTools m_tools;
    const SourcePlaces m_places;
    ImportModel m_model;
    QComboBox *m_source = nullptr;
    QWidget *m_passphraseRow = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QTableView *m_table = nullptr;
    QWidget *m_preview = nullptr;
    QLabel *m_elsewhere = nullptr; ///< what choosing the pair of another tenant means
    QLabel *m_problems = nullptr;
    FormField *m_placeField = nullptr;
    QComboBox *m_place = nullptr;
    QPushButton *m_verb = nullptr;
    Content m_content{};
    std::unique_ptr<QObject> m_reading{}; ///< its end drops a reading that is no longer wanted
    QPointer<CredentialImport> m_import{};
};

} // namespace latchkey
