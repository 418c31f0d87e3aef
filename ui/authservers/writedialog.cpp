// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/writedialog.h"

#include "authservers/tenantadvice.h"
#include "core/plaintext.h"
#include "onelogin/session.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"
#include "widgets/textarea.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression &lineEnds()
{
    static const QRegularExpression ends(u"[\\r\\n\\x{2028}\\x{2029}]+"_s);
    return ends;
}

} // namespace

WriteDialog::WriteDialog(const QString &title, const QString &applyText, Session &session, QWidget *parent)
    : EditorDialog(title, applyText, parent)
    , m_session(session)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    setCareful(session.tenant().type == TenantType::Production);
    followTenant(*this, session);
    connect(&session, &Session::workingCredentialChanged, this, &WriteDialog::followCredential);
}

/// What was on its way is gone with its credential.
void WriteDialog::followCredential()
{
    if (!m_pending)
        return;
    if (m_readAgain)
        return std::exchange(m_readAgain, {})();
    showError({.kind = ErrorKind::OutcomeUnknown,
               .message = tr("Another API credential is at work now. What was sent before may be "
                             "stored.")});
    emit abandoned();
}

void WriteDialog::reject()
{
    const bool wasWriting = m_pending && !m_readAgain;
    EditorDialog::reject();
    if (wasWriting)
        emit abandoned();
}

void WriteDialog::showError(const Error &error)
{
    m_pending.reset();
    EditorDialog::showError(error);
}

QLineEdit *WriteDialog::addText(const QString &key, const QString &label, const QString &help)
{
    auto *line = new QLineEdit;
    addTextField(
        key, label, line, help, [line] { return line->text().trimmed(); },
        [line](const QString &text) {
            line->setText(text);
            line->setCursorPosition(0);
        });
    connect(line, &QLineEdit::textEdited, this, [this, key](const QString &entered) {
        if (entered.contains(lineEnds()))
            takeLines(key, entered);
    });
    return line;
}

TextArea *WriteDialog::addLines(const QString &key, const QString &label, int lines, const QString &help)
{
    auto *area = new TextArea(lines);
    addTextField(
        key, label, area, help, [area] { return area->toPlainText(); },
        [area](const QString &text) { area->setPlainText(text); });
    return area;
}

void WriteDialog::takeLines(const QString &key, const QString &entered)
{
    setText(key, QString(entered).replace(lineEnds(), u" "_s).trimmed());
}

FormField *WriteDialog::addTextField(const QString &key, const QString &label, QWidget *field,
                                     const QString &help, std::function<QString()> get,
                                     std::function<void(const QString &)> set)
{
    FormField *row = addField(key, label, field, help);
    m_texts[key] = {row, std::move(get), std::move(set)};
    return row;
}

QString WriteDialog::text(const QString &key) const
{
    return m_texts.at(key).get();
}

void WriteDialog::setText(const QString &key, const QString &text)
{
    m_texts.at(key).set(text);
}

FormField *WriteDialog::fieldOf(const QString &key) const
{
    return m_texts.at(key).field;
}

void WriteDialog::setRules(std::function<std::vector<FieldError>()> rules)
{
    for (const auto &[key, entry] : m_texts) {
        setCheck(entry.field, [key = key, rules] {
            const std::vector<FieldError> problems = rules();
            const auto found = std::ranges::find(problems, key, &FieldError::field);
            return found == problems.end() ? QString() : found->message;
        });
    }
}

void WriteDialog::addLockout(const QString &name, std::function<QString()> broken)
{
    m_broken = std::move(broken);
    auto *line = new QLineEdit;
    m_typed = addField(u"typed_name"_s, tr("Type %1 to go on").arg(withVisibleControls(name)), line);
    setCheck(m_typed, [line, name] {
        return isTyped(line->text(), name) ? QString()
                                           : tr("The change is only sent with the name typed here.");
    });
    for (const auto &[key, entry] : m_texts) {
        if (auto *edit = qobject_cast<QLineEdit *>(entry.field->field()))
            connect(edit, &QLineEdit::textChanged, this, &WriteDialog::showLockout);
    }
    showLockout();
}

void WriteDialog::showLockout()
{
    const QString broken = m_broken();
    const bool wasHidden = m_typed->isHidden();
    m_typed->setHelp(broken, Tone::Warn);
    m_typed->setHidden(broken.isEmpty());
    if (wasHidden != m_typed->isHidden())
        refit();
}

std::optional<AuthServerWriter> WriteDialog::begin(const QString &what)
{
    if (!m_session.api()) {
        showError({.kind = ErrorKind::InvalidInput, .message = tr("No API credential is enabled.")});
        return std::nullopt;
    }
    m_pending = std::make_unique<QObject>();
    m_readAgain = {};
    setBusy(true, what);
    return AuthServerWriter(AuthServersApi(*m_session.api()));
}

bool WriteDialog::beginReading(const QString &what, std::function<void()> again)
{
    if (!begin(what))
        return false;
    m_readAgain = std::move(again);
    return true;
}

void WriteDialog::end()
{
    m_pending.release()->deleteLater(); // it is the context of what calls this
    setBusy(false);
}

void WriteDialog::showFailure(const Error &error)
{
    showError(error);
    if (error.kind == ErrorKind::OutcomeUnknown)
        emit abandoned();
}

void WriteDialog::showConflict(const std::vector<FieldDifference> &since)
{
    for (const FieldDifference &change : since) {
        const auto entry = m_texts.find(change.field);
        if (entry == m_texts.end())
            continue;
        const bool isTouched = entry->second.get() != change.wanted && entry->second.get() != change.found;
        if (!isTouched)
            entry->second.set(change.found);
        entry->second.field->setHelp(
            !isTouched ? tr("Changed at the tenant meanwhile. It was “%1”.").arg(plainLine(change.wanted))
            : change.found.isEmpty()
                ? tr("At the tenant this was emptied meanwhile. Saving replaces that.")
                : tr("At the tenant this is “%1” now. Saving replaces that.").arg(plainLine(change.found)),
            Tone::Warn);
    }
    banner()->showMessage(MessageBanner::Kind::Warn,
                          tr("Someone changed this since it was loaded. Nothing was sent."),
                          changedText(since));
    refit();
}

void WriteDialog::showNotStored(const std::vector<FieldDifference> &left)
{
    for (const FieldDifference &difference : left) {
        const auto entry = m_texts.find(difference.field);
        if (entry != m_texts.end())
            entry->second.field->setError(
                difference.found.isEmpty()
                    ? tr("Not stored: the tenant shows nothing here.")
                    : tr("Not stored: the tenant shows “%1”.").arg(plainLine(difference.found)));
    }
    banner()->showMessage(MessageBanner::Kind::Danger,
                          tr("The tenant accepted the change, but not all of it is stored."),
                          differenceText(left));
    refit();
}

} // namespace latchkey
