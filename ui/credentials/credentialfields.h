// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/session.h"
#include "paneltools.h"

class QComboBox;
class QLineEdit;

namespace latchkey {

class EditorDialog;
class FormField;

/// Name, scope level and owner note of a pair, as fields of a form.
class DescriptionFields final : public QObject
{
    Q_OBJECT

public:
    enum class Level { Optional, Needed };

    /// They are added to the form, which owns them; both must outlive this.
    DescriptionFields(EditorDialog &form, const Session &session, ApiCredential credential, Level level);

    QString name() const;
    std::optional<ScopeLevel> level() const;
    QString note() const;
    FormField *nameField() const { return m_nameField; }
    FormField *levelField() const { return m_levelField; }
    FormField *noteField() const { return m_noteField; }

private:
    void addName(EditorDialog &form, const Session &session);
    void addLevel(EditorDialog &form, Level level);
    void describeLevel();

    ApiCredential m_credential;
    QLineEdit *m_name = nullptr;
    QComboBox *m_level = nullptr;
    QLineEdit *m_note = nullptr;
    FormField *m_nameField = nullptr;
    FormField *m_levelField = nullptr;
    FormField *m_noteField = nullptr;
};

/// Where the secret of a pair is kept, as a field of a form.
class PlaceField final : public QObject
{
    Q_OBJECT

public:
    PlaceField(EditorDialog &form, const Tenant &tenant, KeychainState &keychain, SecretPlace place);

    SecretPlace place() const;
    FormField *field() const { return m_field; }
    /// After an error of the keychain the form's banner offers to do without it.
    void offerSession(const Error &error);

private:
    void choose(SecretPlace place);
    void describe();

    EditorDialog &m_form;
    KeychainState &m_keychain;
    const bool m_sessionOnly;
    QComboBox *m_place = nullptr;
    FormField *m_field = nullptr;
};

} // namespace latchkey
