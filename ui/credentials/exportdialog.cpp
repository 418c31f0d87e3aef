// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/exportdialog.h"

#include "core/printablejson.h"
#include "interchange/privatefile.h"
#include "widgets/formfield.h"
#include "widgets/newfilefield.h"
#include "widgets/passwordfield.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLeastLength = 14;

/// By form.
const QStringList &endings()
{
    static const QStringList all{u".latchkey"_s, u".csv"_s, u".json"_s};
    return all;
}

} // namespace

ExportDialog::ExportDialog(Session &session, const QString &folder, QWidget *parent)
    : EditorDialog(tr("Export credentials"), tr("Export credentials"), parent)
    , m_session(session)
{
    setObjectName(u"exportDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setSubtitle(session.tenant().name);
    makeForm();
    makePassphrase();
    makePath(folder);
    describeForm();
    describePassphrase();
    m_form->setFocus();
    connect(this, &EditorDialog::submitted, this, &ExportDialog::submit);
}

void ExportDialog::makeForm()
{
    m_form = new QComboBox;
    m_form->addItem(tr("With secrets, encrypted"), static_cast<int>(Form::Sealed));
    m_form->addItem(tr("Without secrets, CSV table"), static_cast<int>(Form::Csv));
    m_form->addItem(tr("Without secrets, JSON"), static_cast<int>(Form::Json));
    m_formField = addField(u"form"_s, tr("What to write"), m_form);
    m_form->setObjectName(u"export.form"_s);
    connect(m_form, &QComboBox::currentIndexChanged, this, &ExportDialog::describeForm);
}

void ExportDialog::makePassphrase()
{
    const auto make = [this](const QString &label, const QString &name) {
        auto *edit = new PasswordField(tr("passphrase"));
        FormField *field = addField(name, label, edit);
        return std::pair(edit, field);
    };
    std::tie(m_passphrase, m_passphraseField) = make(tr("Passphrase"), u"export.passphrase"_s);
    std::tie(m_again, m_againField) = make(tr("Passphrase again"), u"export.again"_s);
    connect(m_passphrase, &QLineEdit::textChanged, this, &ExportDialog::describePassphrase);
    connect(m_passphrase, &QLineEdit::textChanged, m_againField, &FormField::clearError);
    setCheck(m_passphraseField, [this] {
        const int length = static_cast<int>(m_passphrase->text().size());
        if (form() == Form::Sealed && length == 0)
            return tr("A passphrase is needed.");
        return form() == Form::Sealed && length < kLeastLength
                   ? tr("It has %n character(s), and needs %1 to be hard to guess.", nullptr, length)
                         .arg(kLeastLength)
                   : QString();
    });
    setCheck(m_againField, [this] {
        return form() == Form::Sealed && m_again->text() != m_passphrase->text()
                   ? tr("The two passphrases differ.")
                   : QString();
    });
}

void ExportDialog::makePath(const QString &folder)
{
    const QString name = fileNameOf(m_session.tenant().name) + "-credentials"_L1 + endings().front();
    m_file = new NewFileField(QDir(folder).filePath(name));
    FormField *field = addField(u"file"_s, tr("File"), m_file,
                                tr("Written for you alone; nothing that exists is replaced."));
    setCheck(field, [this] { return m_file->problem(); });
}

ExportDialog::Form ExportDialog::form() const
{
    return static_cast<Form>(m_form->currentData().toInt());
}

void ExportDialog::describeForm()
{
    const bool isSealed = form() == Form::Sealed;
    m_passphraseField->setVisible(isSealed);
    m_againField->setVisible(isSealed);
    m_formField->setHelp(contentText());
    m_file->setEnding(endings(), endings().at(static_cast<int>(form())));
    refit();
}

/// What will be in the file, said before it is written.
QString ExportDialog::contentText() const
{
    const auto all = m_session.credentials().list(m_session.tenant().id);
    if (!all)
        return all.error().message;
    const int count = static_cast<int>(all->size());
    if (form() != Form::Sealed)
        return tr("%n pair(s) without secrets, which are to be pasted again after an import.", nullptr,
                  count);
    const auto isMissing = [](const ApiCredential &each) { return each.secretMissing; };
    const int missing = static_cast<int>(std::count_if(all->begin(), all->end(), isMissing));
    QStringList texts{tr("%n pair(s) with their secrets.", nullptr, count)};
    if (missing > 0)
        texts.append(tr("%n of them has no secret here.", nullptr, missing));
    texts.append(tr("Without the passphrase nobody can read the file, and nobody can bring it back."));
    return texts.join(u' ');
}

void ExportDialog::describePassphrase()
{
    const int length = static_cast<int>(m_passphrase->text().size());
    if (length == 0)
        m_passphraseField->setHelp(
            tr("At least %n character(s): a sentence of your own.", nullptr, kLeastLength));
    else if (length < kLeastLength)
        m_passphraseField->setHelp(tr("%1 of %n character(s).", nullptr, kLeastLength).arg(length),
                                   Tone::Warn);
    else
        m_passphraseField->setHelp(
            tr("%n character(s), hard to guess if it is no known phrase.", nullptr, length));
}

void ExportDialog::submit()
{
    const Tenant tenant = m_session.tenant();
    const Result<std::vector<ApiCredential>> all = m_session.credentials().list(tenant.id);
    if (!all) {
        showError(all.error());
        return;
    }
    const int count = static_cast<int>(all->size());
    const QString path = m_file->path();
    if (form() != Form::Sealed) {
        const QByteArray bytes = form() == Form::Csv ? credentialsAsCsv(tenant, *all)
                                                     : printableJson(credentialsAsJson(tenant, *all));
        write(path, bytes, count, 0);
        return;
    }
    QString text = m_passphrase->text();
    const Secret passphrase = Secret::fromText(text);
    wipe(text);
    setBusy(true, tr("Reading the secrets"));
    m_export = std::make_unique<CredentialExport>(m_session.credentials(), tenant, nullptr);
    connect(m_export.get(), &CredentialExport::progressed, this, [this](int read, int of) {
        setBusy(true, read == of
                          ? tr("Making the key from the passphrase")
                          : tr("%1 of %2 secrets read").arg(locale().toString(read), locale().toString(of)));
    });
    m_export->start(*all, passphrase, {}, then(this, [this, path, count](const Result<SealedExport> &done) {
        if (done)
            write(path, done->bytes, count, done->missing);
        else
            showError(done.error());
    }));
}

void ExportDialog::write(const QString &path, QByteArrayView bytes, int count, int missing)
{
    if (const Result<void> written = writePrivateFile(path, bytes); !written) {
        showError(written.error());
        return;
    }
    m_passphrase->clear();
    m_again->clear();
    accept();
    emit exported(path, count, missing);
}

} // namespace latchkey
