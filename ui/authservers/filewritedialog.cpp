// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/filewritedialog.h"

#include "interchange/privatefile.h"
#include "net/worker.h"
#include "widgets/formfield.h"
#include "widgets/newfilefield.h"

#include <QComboBox>
#include <QDir>
#include <QFile>

namespace latchkey {

using namespace Qt::StringLiterals;

FileWriteDialog::FileWriteDialog(const QString &title, const std::vector<Form> &forms, QWidget *parent)
    : EditorDialog(title, title, parent)
    , m_form(new QComboBox(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    for (const Form &form : forms) {
        m_form->addItem(form.name);
        m_endings.append(form.ending);
    }
}

FormField *FileWriteDialog::addForms(const QString &help)
{
    m_form->setFocus();
    return addField(u"form"_s, tr("What to write"), m_form, help);
}

void FileWriteDialog::addFile(const QString &folder, const QString &name)
{
    m_file = new NewFileField(QDir(folder).filePath(fileNameOf(name) + m_endings.front()));
    FormField *field = addField(u"file"_s, tr("File"), m_file,
                                tr("Written for you alone; nothing that exists is replaced."));
    setCheck(field, [this] { return m_file->problem(); });
    connect(m_form, &QComboBox::currentIndexChanged, this, [this](int form) {
        m_file->setEnding(m_endings, m_endings.at(form));
        emit formChanged();
    });
}

int FileWriteDialog::form() const
{
    return m_form->currentIndex();
}

void FileWriteDialog::write(std::function<Result<QByteArray>()> makeText)
{
    setBusy(true, tr("Writing the file"));
    const QString path = m_file->path();
    inWorker(then(this,
                  [this, path](const Result<void> &written) {
                      if (!written)
                          return showError(written.error());
                      accept();
                      emit saved(path);
                  }),
             [makeText = std::move(makeText), path, isCancelled = m_isCancelled]() -> Result<void> {
                 const Result<QByteArray> text = makeText();
                 if (!text)
                     return fail(text.error());
                 if (*isCancelled)
                     return {};
                 const Result<void> written = writePrivateFile(path, *text);
                 if (written && *isCancelled)
                     QFile::remove(path);
                 return written;
             });
}

FileWriteDialog::~FileWriteDialog()
{
    *m_isCancelled = true;
}

void FileWriteDialog::reject()
{
    *m_isCancelled = true;
    EditorDialog::reject();
}

} // namespace latchkey
