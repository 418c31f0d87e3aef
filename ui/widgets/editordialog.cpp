// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editordialog.h"

#include "style/metrics.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

EditorDialog::EditorDialog(const QString &title, const QString &applyText, QWidget *parent)
    : DialogFrame(title, parent)
{
    setMinimumWidth(480);
    QPushButton *cancel = addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(QStringLiteral("cancel"));
    m_apply = addButton(applyText, QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_apply->setObjectName(QStringLiteral("apply"));
    m_apply->setAutoDefault(true);
    m_apply->setDefault(true);
    connect(m_apply, &QPushButton::clicked, this, &EditorDialog::submit);
    m_applyKeys = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(m_applyKeys, &QShortcut::activated, m_apply, &QPushButton::click);
}

void EditorDialog::setCareful(bool careful)
{
    m_careful = careful;
    m_applyKeys->setEnabled(!careful);
}

void EditorDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || !m_careful || m_apply->hasFocus())
        DialogFrame::keyPressEvent(event);
}

FormField *EditorDialog::addField(const QString &key, const QString &label, QWidget *field,
                                  const QString &help)
{
    auto *row = new FormField(label, field, this);
    row->setHelp(help);
    field->setObjectName(key);
    body()->addWidget(row);
    m_fields.push_back({key, row, {}});
    return row;
}

void EditorDialog::setCheck(FormField *field, Check check)
{
    const auto entry = std::find_if(m_fields.begin(), m_fields.end(),
                                    [field](const Entry &each) { return each.field == field; });
    Q_ASSERT(entry != m_fields.end());
    entry->check = std::move(check);
}

bool EditorDialog::validate()
{
    FormField *firstWrong = nullptr;
    for (const Entry &entry : m_fields) {
        if (entry.field->isHidden())
            continue;
        entry.field->setError(entry.check ? entry.check() : QString());
        if (entry.field->hasError() && !firstWrong)
            firstWrong = entry.field;
    }
    if (firstWrong)
        firstWrong->field()->setFocus(Qt::OtherFocusReason);
    refit(Room::Kept);
    return !firstWrong;
}

void EditorDialog::submit()
{
    banner()->clear();
    if (validate())
        emit submitted();
}

void EditorDialog::showError(const Error &error)
{
    setBusy(false);
    Error rest = error;
    FormField *first = nullptr;
    std::erase_if(rest.fieldErrors, [this, &first](const FieldError &refused) {
        for (const Entry &entry : m_fields) {
            if (entry.key != refused.field)
                continue;
            entry.field->setError(refused.message);
            if (!first)
                first = entry.field;
            return true;
        }
        return false;
    });
    if (first)
        first->field()->setFocus(Qt::OtherFocusReason);
    DialogFrame::showError(rest);
    refit(Room::Kept);
}

} // namespace latchkey
