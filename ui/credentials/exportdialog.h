// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interchange/credentialexport.h"
#include "onelogin/session.h"
#include "widgets/editordialog.h"

class QComboBox;
class QLineEdit;

namespace latchkey {

class NewFileField;

/// Writes the API credentials of a tenant to a file: without secrets, or encrypted with a passphrase.
class ExportDialog final : public EditorDialog
{
    Q_OBJECT

public:
    /// `folder` is where the file lies unless the person says otherwise.
    ExportDialog(Session &session, const QString &folder, QWidget *parent);

signals:
    void exported(const QString &path, int count, int missing);

private:
    enum class Form { Sealed, Csv, Json };

    void makeForm();
    void makePassphrase();
    void makePath(const QString &folder);
    Form form() const;
    void describeForm();
    QString contentText() const;
    void describePassphrase();
    void submit();
    void write(const QString &path, QByteArrayView bytes, int count, int missing);

    Session &m_session;
    QComboBox *m_form = nullptr;
    FormField *m_formField = nullptr;
    QLineEdit *m_passphrase = nullptr;
    FormField *m_passphraseField = nullptr;
    QLineEdit *m_again = nullptr;
    FormField *m_againField = nullptr;
    NewFileField *m_file = nullptr;
    std::unique_ptr<CredentialExport> m_export{};
};

} // namespace latchkey
