// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/editordialog.h"

#include <atomic>
#include <memory>

class QComboBox;

namespace latchkey {

class NewFileField;

/// Asks in which form to write something and to which new file, and writes it in a worker.
class FileWriteDialog : public EditorDialog
{
    Q_OBJECT

public:
    /// A form by its name, and how the name of its file ends.
    struct Form
    {
        QString name{};
        QString ending{};
    };

    ~FileWriteDialog() override;
    void reject() override;

signals:
    void saved(const QString &path);
    void formChanged();

protected:
    FileWriteDialog(const QString &title, const std::vector<Form> &forms, QWidget *parent);

    FormField *addForms(const QString &help = {});
    /// `name`: of the file, without its ending; it lies in `folder` unless the person says otherwise.
    void addFile(const QString &folder, const QString &name);
    int form() const;
    /// Makes and writes it where nothing waits for it. Ends the dialog, or says why not; a file that nobody
    /// wants any more is not left behind.
    void write(std::function<Result<QByteArray>()> makeText);

private:
    QStringList m_endings;
    QComboBox *m_form = nullptr;
    NewFileField *m_file = nullptr;
    std::shared_ptr<std::atomic_bool> m_isCancelled = std::make_shared<std::atomic_bool>(false);
};

} // namespace latchkey
