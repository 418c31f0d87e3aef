// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace latchkey {

class Glyph;
class Label;

/// A label above a field and a sentence below it: help, or what is wrong.
class FormField final : public QWidget
{
    Q_OBJECT

public:
    /// Takes ownership of the field and becomes its accessible label.
    FormField(const QString &label, QWidget *field, QWidget *parent = nullptr);

    QWidget *field() const { return m_field; }
    QString label() const;
    void setHelp(const QString &help, Tone tone = Tone::Muted);
    /// Replaces the help until clearError(), or until the field is edited: then it says nothing of what is
    /// there.
    void setError(const QString &sentence);
    Q_SLOT void clearError() { setError({}); }
    bool hasError() const { return !m_error.isEmpty(); }

private:
    void followEdits();
    void updateSentence();
    QWidget *editor() const;

    QWidget *m_field = nullptr;
    Label *m_label = nullptr;
    QWidget *m_below = nullptr;
    Glyph *m_glyph = nullptr;
    Label *m_sentence = nullptr;
    QString m_help;
    Tone m_helpTone = Tone::Muted;
    QString m_error;
};

} // namespace latchkey
