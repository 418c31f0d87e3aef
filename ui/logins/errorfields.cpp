// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/errorfields.h"

#include "style/typography.h"
#include "widgets/editordialog.h"
#include "widgets/formfield.h"

#include <QLineEdit>

namespace latchkey {

using namespace Qt::StringLiterals;

ErrorFields::ErrorFields(EditorDialog &form, const LoginExpectation &expected)
    : QObject(&form)
{
    m_error = new QLineEdit(expected.error);
    setTextStyle(m_error, TextStyle::Fixed);
    m_error->setPlaceholderText(u"invalid_request"_s);
    m_errorField = form.addField(u"error"_s, tr("Error"), m_error);
    m_error->setObjectName(u"profile.error"_s);
    form.setCheck(m_errorField, [this] {
        const bool isEmpty = m_error->text().trimmed().isEmpty() && m_text->text().trimmed().isEmpty();
        return isEmpty ? tr("Name the error, or a part of its description.") : QString();
    });
    m_text = new QLineEdit(expected.description);
    m_textField = form.addField(u"text"_s, tr("Part of its description"), m_text);
    m_text->setObjectName(u"profile.errorText"_s);
}

void ErrorFields::setVisible(bool visible)
{
    m_errorField->setVisible(visible);
    m_textField->setVisible(visible);
}

LoginExpectation ErrorFields::expectation() const
{
    return {.kind = LoginExpectation::Kind::Error,
            .error = m_error->text().trimmed(),
            .description = m_text->text().trimmed()};
}

} // namespace latchkey
