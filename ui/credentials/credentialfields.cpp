// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialfields.h"

#include "credentials/levelbox.h"
#include "keychainstate.h"
#include "store/workspace.h"
#include "widgets/editordialog.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

DescriptionFields::DescriptionFields(EditorDialog &form, const Session &session, ApiCredential credential,
                                     Level level)
    : QObject(&form)
    , m_credential(std::move(credential))
{
    m_credential.tenant = session.tenant().id;
    addName(form, session);
    addLevel(form, level);
    m_note = new QLineEdit(m_credential.note);
    m_noteField =
        form.addField(u"note"_s, tr("Owner note"), m_note, tr("Who uses it and for what. Optional."));
    m_note->setObjectName(u"credential.form.note"_s);
}

void DescriptionFields::addName(EditorDialog &form, const Session &session)
{
    m_name = new QLineEdit(m_credential.name);
    m_nameField = form.addField(u"name"_s, tr("Name"), m_name);
    m_name->setObjectName(u"credential.form.name"_s);
    form.setCheck(m_nameField, [this, &session] {
        if (name().isEmpty())
            return tr("A name is needed.");
        ApiCredential named = m_credential;
        named.name = name();
        const Result<> allowed = session.credentials().workspace().checkName(named);
        return allowed ? QString() : allowed.error().message;
    });
}

void DescriptionFields::addLevel(EditorDialog &form, Level level)
{
    m_level = makeLevelBox();
    if (level == Level::Optional)
        m_level->insertItem(0, tr("Not recorded"), -1);
    m_level->setCurrentIndex(level == Level::Needed ? -1 : 0);
    if (m_credential.level)
        m_level->setCurrentIndex(m_level->findData(static_cast<int>(*m_credential.level)));
    m_levelField = form.addField(u"level"_s, tr("Scope level"), m_level);
    m_level->setObjectName(u"credential.form.level"_s);
    form.setCheck(m_levelField, [this] {
        return m_level->currentIndex() < 0 ? tr("Choose what its tokens may call.") : QString();
    });
    connect(m_level, &QComboBox::currentIndexChanged, this, &DescriptionFields::describeLevel);
    describeLevel();
}

void DescriptionFields::describeLevel()
{
    if (const auto chosen = level())
        m_levelField->setHelp(scopeLevelMeaning(*chosen));
    else if (m_level->currentIndex() < 0)
        m_levelField->setHelp(tr("What its tokens may call."));
    else
        m_levelField->setHelp(tr("The tenant does not tell it; the portal shows it."));
}

QString DescriptionFields::name() const
{
    return m_name->text().trimmed();
}

std::optional<ScopeLevel> DescriptionFields::level() const
{
    const int chosen = m_level->currentIndex() < 0 ? -1 : m_level->currentData().toInt();
    return chosen < 0 ? std::nullopt : std::optional(static_cast<ScopeLevel>(chosen));
}

QString DescriptionFields::note() const
{
    return m_note->text().trimmed();
}

PlaceField::PlaceField(EditorDialog &form, const Tenant &tenant, KeychainState &keychain, SecretPlace place)
    : QObject(&form)
    , m_form(form)
    , m_keychain(keychain)
    , m_sessionOnly(tenant.isBuiltIn)
{
    m_place = new QComboBox;
    if (!m_sessionOnly)
        m_place->addItem(tr("Keychain"), static_cast<int>(SecretPlace::Keychain));
    m_place->addItem(tr("This session only"), static_cast<int>(SecretPlace::Session));
    m_field = form.addField(u"place"_s, tr("Keep the secret in"), m_place);
    m_place->setObjectName(u"credential.form.place"_s);
    choose(keychain.isSessionOnly() ? SecretPlace::Session : place);
    connect(m_place, &QComboBox::currentIndexChanged, this, &PlaceField::describe);
    connect(&keychain, &KeychainState::changed, this, &PlaceField::describe);
    describe();
}

SecretPlace PlaceField::place() const
{
    return static_cast<SecretPlace>(m_place->currentData().toInt());
}

void PlaceField::choose(SecretPlace place)
{
    if (const int index = m_place->findData(static_cast<int>(place)); index >= 0)
        m_place->setCurrentIndex(index);
}

void PlaceField::describe()
{
    if (m_sessionOnly) {
        m_field->setHelp(tr("A sandbox forgets its pairs when it ends, so nothing goes to the keychain."));
    } else if (place() == SecretPlace::Session) {
        m_field->setHelp(tr("In memory; gone when Latchkey quits."));
    } else if (m_keychain.isReady()) {
        m_field->setHelp(tr("Goes to %1 and is read back.").arg(m_keychain.name()));
    } else {
        m_field->setHelp(m_keychain.sentence(), Tone::Warn);
    }
}

void PlaceField::offerSession(const Error &error)
{
    if (!isKeychain(error.kind))
        return;
    QPushButton *session = m_form.banner()->addButton(tr("Use for this session"));
    session->setObjectName(u"credential.form.useSession"_s);
    connect(
        session, &QPushButton::clicked, this,
        [this] {
            m_form.banner()->clear();
            choose(SecretPlace::Session);
        },
        Qt::QueuedConnection);
}

} // namespace latchkey
