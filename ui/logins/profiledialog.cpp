// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/profiledialog.h"

#include "oidc/profileregister.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/formfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

using Kind = LoginExpectation::Kind;

ProfileDialog::ProfileDialog(ProfileRegister &profiles, LoginProfile profile, QWidget *parent)
    : EditorDialog(profile.id.isValid() ? tr("Edit %1").arg(profile.name) : tr("New profile"),
                   tr("Save profile"), parent)
    , m_profiles(profiles)
    , m_profile(std::move(profile))
{
    setObjectName(u"profileDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    makeFields();
    fill();
    m_name->setFocus();
    m_name->selectAll();
    connect(this, &EditorDialog::submitted, this, &ProfileDialog::save);
}

void ProfileDialog::makeFields()
{
    m_name = new QLineEdit;
    FormField *name = addField(u"name"_s, tr("Name"), m_name);
    m_name->setObjectName(u"profile.name"_s);
    setCheck(name,
             [this] { return m_name->text().trimmed().isEmpty() ? tr("A name is needed.") : QString(); });
    makeExpectation();
    const bool isBuiltIn = m_profile.place == SecretPlace::Session;
    m_keepSecret = new QCheckBox(isBuiltIn ? tr("Keep the client secret until Latchkey ends")
                                           : tr("Keep the client secret in the keychain"));
    m_keepSecret->setObjectName(u"profile.keepSecret"_s);
    m_keepPassword = new QCheckBox(isBuiltIn ? tr("Keep the password until Latchkey ends")
                                             : tr("Keep the password in the keychain"));
    m_keepPassword->setObjectName(u"profile.keepPassword"_s);
    m_keepClaims = new QCheckBox(tr("Keep the claims of its tokens in the history"));
    m_keepClaims->setObjectName(u"profile.keepClaims"_s);
    auto *kept = new QVBoxLayout;
    kept->setSpacing(metrics::space8);
    for (QCheckBox *box : {m_keepSecret, m_keepPassword, m_keepClaims})
        kept->addWidget(box);
    body()->addLayout(kept);
    m_keepSecret->setVisible(m_profile.request.auth != ClientAuth::None);
    m_keepPassword->setVisible(m_profile.request.grant == Grant::Password);
}

void ProfileDialog::makeExpectation()
{
    m_expected = new QComboBox;
    m_expected->addItem(tr("Success"), static_cast<int>(Kind::Success));
    m_expected->addItem(tr("An error"), static_cast<int>(Kind::Error));
    m_expected->addItem(tr("Nothing in particular"), static_cast<int>(Kind::None));
    addField(u"expectation"_s, tr("Shall end with"), m_expected, tr("Run all compares each login with it."));
    m_expected->setObjectName(u"profile.expected"_s);
    m_error = new QLineEdit;
    setTextStyle(m_error, TextStyle::Fixed);
    m_error->setPlaceholderText(u"invalid_request"_s);
    m_errorField = addField(u"error"_s, tr("Error"), m_error);
    m_error->setObjectName(u"profile.error"_s);
    setCheck(m_errorField, [this] {
        const bool isEmpty = m_error->text().trimmed().isEmpty() && m_text->text().trimmed().isEmpty();
        return isEmpty ? tr("Name the error, or a part of its description.") : QString();
    });
    m_text = new QLineEdit;
    m_textField = addField(u"text"_s, tr("Part of its description"), m_text);
    m_text->setObjectName(u"profile.errorText"_s);
    connect(m_expected, &QComboBox::currentIndexChanged, this, [this] {
        const bool isError = m_expected->currentData().toInt() == static_cast<int>(Kind::Error);
        m_errorField->setVisible(isError);
        m_textField->setVisible(isError);
        refit();
    });
}

void ProfileDialog::fill()
{
    const bool isNew = !m_profile.id.isValid();
    const LoginExpectation &expected = m_profile.expectation;
    m_name->setText(m_profile.name);
    m_error->setText(expected.error);
    m_text->setText(expected.description);
    m_expected->setCurrentIndex(
        m_expected->findData(static_cast<int>(isNew ? Kind::Success : expected.kind)));
    m_errorField->setVisible(!isNew && expected.kind == Kind::Error);
    m_textField->setVisible(!isNew && expected.kind == Kind::Error);
    m_keepSecret->setChecked(isNew ? !m_profile.request.clientSecret.isEmpty() : m_profile.keepsSecret);
    m_keepPassword->setChecked(m_profile.keepsPassword);
    m_keepClaims->setChecked(m_profile.keepsClaims);
}

LoginExpectation ProfileDialog::expectation() const
{
    const Kind kind = static_cast<Kind>(m_expected->currentData().toInt());
    if (kind != Kind::Error)
        return {.kind = kind};
    return {.kind = kind, .error = m_error->text().trimmed(), .description = m_text->text().trimmed()};
}

void ProfileDialog::save()
{
    LoginProfile profile = m_profile;
    profile.name = m_name->text().trimmed();
    profile.expectation = expectation();
    profile.keepsSecret = m_keepSecret->isVisibleTo(this) && m_keepSecret->isChecked();
    profile.keepsPassword = m_keepPassword->isVisibleTo(this) && m_keepPassword->isChecked();
    profile.keepsClaims = m_keepClaims->isChecked();
    setBusy(true);
    m_profiles.save(profile, then(this, [this](const Result<LoginProfile> &row) {
                        setBusy(false);
                        if (!row)
                            return showError(row.error());
                        emit saved(*row);
                        accept();
                    }));
}

} // namespace latchkey
