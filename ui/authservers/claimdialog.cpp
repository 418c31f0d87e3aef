// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/claimdialog.h"

#include "style/typography.h"
#include "widgets/editablecombo.h"
#include "widgets/formfield.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kMapping = u"user_attribute_mappings"_s;
const QString kMacro = u"user_attribute_macros"_s;
const QString kTransformations = u"attributes_transformations"_s;

} // namespace

ClaimDialog::ClaimDialog(Session &session, const AuthServer &server, std::vector<Claim> all,
                         const Claim &known, QWidget *parent)
    : WriteDialog(known.id.isValid() ? tr("Edit %1").arg(known.title())
                                     : tr("Add a claim to %1").arg(server.name),
                  known.id.isValid() ? tr("Save claim") : tr("Add claim"), session, parent)
    , m_server(server)
    , m_all(std::move(all))
    , m_loaded(known)
{
    setObjectName(u"claimDialog"_s);
    makeFields();
    setRules([this] { return problemsOf(entered(), m_all); });
    setText(u"name"_s, m_loaded.name);
    setText(kMapping, m_loaded.mapping);
    setText(kMacro, m_loaded.macro);
    setText(kTransformations, m_loaded.transformations);
    followMapping();
    connect(this, &EditorDialog::submitted, this, &ClaimDialog::submit);
}

void ClaimDialog::makeFields()
{
    const auto addChoice = [this](const QString &key, const QString &label, const QStringList &choices,
                                  const QString &help) {
        QComboBox *combo = makeEditableCombo(key);
        combo->addItems(choices);
        combo->setFont(fontFor(TextStyle::Fixed));
        addTextField(
            key, label, combo, help, [combo] { return combo->currentText().trimmed(); },
            [combo](const QString &text) { combo->setEditText(text); });
        return combo;
    };
    addText(u"name"_s, tr("Name"), tr("As it stands in the access token."))->setFocus();
    QComboBox *mapping = addChoice(
        kMapping, tr("Comes from"),
        {u"email"_s, u"username"_s, u"firstname"_s, u"lastname"_s, u"roles"_s, QString(kMacroMapping),
         u"custom_attribute_"_s},
        tr("An attribute of the user. A custom attribute is custom_attribute_ and its short name."));
    addText(kMacro, tr("Macro"), tr("Worked out for each user, as the portal writes macros."));
    addChoice(kTransformations, tr("Transformation"), {QString(), u"semicolon_separated_list"_s},
              tr("Left empty, the value goes into the token as it is."));
    connect(mapping, &QComboBox::currentTextChanged, this, &ClaimDialog::followMapping);
}

void ClaimDialog::followMapping()
{
    fieldOf(kMacro)->setHidden(text(kMapping) != kMacroMapping);
    refit();
}

Claim ClaimDialog::entered() const
{
    const QString mapping = text(kMapping);
    return {.id = m_loaded.id,
            .name = text(u"name"_s),
            .label = m_loaded.label,
            .mapping = mapping,
            // Without its mapping a macro does nothing, but it is not ours to drop.
            .macro = mapping == kMacroMapping ? text(kMacro) : m_loaded.macro,
            .transformations = text(kTransformations)};
}

void ClaimDialog::submit()
{
    const bool isNew = !m_loaded.id.isValid();
    const auto writer = begin(isNew ? tr("Adding and reading back") : tr("Saving and reading back"));
    if (!writer)
        return;
    auto next = then(pending(), [this](const Result<Written<Claim>> &written) { receive(written); });
    if (isNew)
        writer->add(m_server.id, entered(), m_all, std::move(next));
    else
        writer->update(m_server.id, m_loaded, entered(), std::move(next));
}

void ClaimDialog::receive(const Result<Written<Claim>> &written)
{
    takePart(this, written, &m_all, &m_loaded);
    if (m_loaded.id.isValid())
        applyButton()->setText(tr("Save claim"));
}

} // namespace latchkey
