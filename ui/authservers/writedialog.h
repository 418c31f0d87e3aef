// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/authserverwriter.h"
#include "widgets/editordialog.h"

class QLineEdit;

namespace latchkey {

class Session;
class TextArea;

/// A form of texts that is written to a tenant and proven: its environment, in Production a button that is
/// to be reached, and what is said of a conflict and of what was not stored, at each field.
class WriteDialog : public EditorDialog
{
    Q_OBJECT

public:
    WriteDialog(const QString &title, const QString &applyText, Session &session, QWidget *parent);

    void reject() override;
    void showError(const Error &error) override;

signals:
    /// It ends, or another credential is at work, while a write was on its way: the tenant has to be
    /// read to know.
    void abandoned();

protected:
    Session &session() const { return m_session; }
    QLineEdit *addText(const QString &key, const QString &label, const QString &help = {});
    /// Several lines were pasted into a field of one, which shows their ends as spaces: so they become.
    virtual void takeLines(const QString &key, const QString &entered);
    TextArea *addLines(const QString &key, const QString &label, int lines, const QString &help = {});
    /// A field whose text is read and set by functions.
    FormField *addTextField(const QString &key, const QString &label, QWidget *field, const QString &help,
                            std::function<QString()> get, std::function<void(const QString &)> set);
    QString text(const QString &key) const;
    void setText(const QString &key, const QString &text);
    FormField *fieldOf(const QString &key) const;
    /// What the rules find wrong with the form as it is; looked at for each field.
    void setRules(std::function<std::vector<FieldError>()> rules);
    /// Shown while `broken` has something: a name to be typed, or the form is not sent.
    void addLockout(const QString &name, std::function<QString()> broken);

    /// The writer, and the context of its answer; nothing where no credential is at work.
    std::optional<AuthServerWriter> begin(const QString &what);
    /// The same for what is only read: if another credential comes to work meanwhile, it is read again.
    bool beginReading(const QString &what, std::function<void()> again);
    QObject *pending() const { return m_pending.get(); }
    void end();
    /// An error is shown; where it is not known what became of the write, the tenant is to be read.
    void showFailure(const Error &error);
    /// What became of one of the parts of a server: `dialog`, which has signals seen() and stored(), takes
    /// over what is there now, and is done where that is as wanted.
    template<typename Dialog, typename Part>
    static void takePart(Dialog *dialog, const Result<Written<Part>> &written, std::vector<Part> *all,
                         Part *loaded);
    /// What was not touched shows what is there now, the rest says it.
    void showConflict(const std::vector<FieldDifference> &since);
    void showNotStored(const std::vector<FieldDifference> &left);

private:
    struct Text
    {
        FormField *field = nullptr;
        std::function<QString()> get{};
        std::function<void(const QString &)> set{};
    };
    void showLockout();
    void followCredential();

    Session &m_session;
    std::map<QString, Text> m_texts;
    std::function<QString()> m_broken;
    FormField *m_typed = nullptr;
    std::unique_ptr<QObject> m_pending;
    std::function<void()> m_readAgain; ///< none: what is pending is a write
};

template<typename Dialog, typename Part>
void WriteDialog::takePart(Dialog *dialog, const Result<Written<Part>> &written, std::vector<Part> *all,
                           Part *loaded)
{
    WriteDialog &form = *dialog;
    if (!written)
        return form.showFailure(written.error());
    form.end();
    *all = written->all;
    *loaded = written->found;
    emit dialog->seen(*all);
    switch (written->state) {
    case WriteState::Stored:
        emit dialog->stored(*loaded);
        return form.accept();
    case WriteState::Conflict:
        return form.showConflict(written->differences);
    case WriteState::NotStored:
        return form.showNotStored(written->differences);
    }
}

} // namespace latchkey
