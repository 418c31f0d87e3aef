// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/profiledialog.h"

#include "logins/errorfields.h"
#include "oidc/profileregister.h"
#include "style/metrics.h"
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
    m_error = new ErrorFields(*this, m_profile.expectation);
    connect(m_expected, &QComboBox::currentIndexChanged, this, [this] {
        m_error->setVisible(expectedKind() == Kind::Error);
        refit();
    });
}

void ProfileDialog::fill()
{
    const bool isNew = !m_profile.id.isValid();
    const Kind expected = m_profile.expectation.kind;
    m_name->setText(m_profile.name);
    m_expected->setCurrentIndex(
        m_expected->findData(static_cast<int>(isNew && expected == Kind::None ? Kind::Success : expected)));
    m_error->setVisible(expectedKind() == Kind::Error);
    m_keepSecret->setChecked(isNew ? !m_profile.request.clientSecret.isEmpty() : m_profile.keepsSecret);
    m_keepPassword->setChecked(m_profile.keepsPassword);
    m_keepClaims->setChecked(m_profile.keepsClaims);
}

LoginExpectation::Kind ProfileDialog::expectedKind() const
{
    return static_cast<Kind>(m_expected->currentData().toInt());
}

void ProfileDialog::save()
{
    LoginProfile profile = m_profile;
    profile.name = m_name->text().trimmed();
    profile.expectation = LoginExpectation{.kind = expectedKind()};
    if (expectedKind() == Kind::Error)
        profile.expectation = m_error->expectation();
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
