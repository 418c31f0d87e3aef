// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dialogframe.h"

#include <functional>
#include <vector>

class QShortcut;

namespace latchkey {

class FormField;

/// A form: load, edit, validate, apply. After a refusal it stays with all that was typed, and what the
/// tenant said about a field stands below that field.
class EditorDialog : public DialogFrame
{
    Q_OBJECT

public:
    /// Says what is wrong with a field, or nothing.
    using Check = std::function<QString()>;

    EditorDialog(const QString &title, const QString &applyText, QWidget *parent = nullptr);

    /// `key` is the field's name in the API, for its refusals.
    FormField *addField(const QString &key, const QString &label, QWidget *field, const QString &help = {});
    void setCheck(FormField *field, Check check);
    QPushButton *applyButton() const { return m_apply; }
    /// The button is to be reached: neither Enter in a field nor Ctrl+Enter presses it.
    void setCareful(bool careful);
    /// Runs the checks of the fields that are shown; on the first failure the field gets the focus.
    bool validate();
    /// Field errors to their fields, the rest to the banner; ends the busy state.
    void showError(const Error &error) override;

signals:
    /// All checks passed: apply it, then accept() or showError().
    void submitted();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Entry
    {
        QString key{};
        FormField *field = nullptr;
        Check check{};
    };
    void submit();

    std::vector<Entry> m_fields;
    QPushButton *m_apply = nullptr;
    QShortcut *m_applyKeys = nullptr;
    bool m_careful = false;
};

} // namespace latchkey
