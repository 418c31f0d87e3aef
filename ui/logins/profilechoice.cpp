// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/profilechoice.h"

#include "logins/expectationbutton.h"
#include "logins/profilespane.h"
#include "logins/requestpane.h"
#include "oidc/profileregister.h"

namespace latchkey {

ProfileChoice::ProfileChoice(const Tenant &tenant, ProfileRegister &profiles, ProfilesPane &pane,
                             RequestPane &request)
    : m_tenant(tenant)
    , m_profiles(profiles)
    , m_pane(pane)
    , m_request(request)
{
    connect(&pane, &ProfilesPane::chosenChanged, this, &ProfileChoice::useChosen);
    connect(&pane, &ProfilesPane::editAsked, this, &ProfileChoice::edit);
    connect(&pane, &ProfilesPane::saved, this, [this](const LoginProfile &profile) {
        m_request.noteKept();
        m_request.expectation()->setExpectation(profile.expectation);
    });
    connect(request.expectation(), &ExpectationButton::chosen, this, &ProfileChoice::keepExpectation);
}

ProfileChoice::~ProfileChoice() = default;

LoginProfile ProfileChoice::asked() const
{
    const LoginRequest request = withoutSecrets(m_request.form()->request());
    if (const std::optional<LoginProfile> chosen = m_pane.chosen(); chosen && chosen->request == request)
        return *chosen;
    const QString name = m_request.form()->runName();
    return {.tenant = m_tenant.id,
            .name = name.isEmpty() ? tr("No name") : name,
            .request = request,
            .expectation = m_request.expectation()->expectation()};
}

void ProfileChoice::saveNew()
{
    m_pane.edit({.tenant = m_tenant.id,
                 .name = m_request.form()->runName(),
                 .request = m_request.form()->request(),
                 .expectation = m_request.expectation()->expectation(),
                 .place = m_tenant.isBuiltIn ? SecretPlace::Session : SecretPlace::Keychain});
}

void ProfileChoice::letGo()
{
    if (!m_pane.chosen())
        return;
    m_pane.letGo();
    m_request.expectation()->setExpectation({});
}

void ProfileChoice::edit(const LoginProfile &profile)
{
    LoginProfile edited = profile;
    // What was typed since is kept if the profile is to keep it.
    if (asked().id == profile.id)
        edited.request = m_request.form()->request();
    m_pane.edit(edited);
}

void ProfileChoice::useChosen()
{
    m_reading.reset();
    const std::optional<LoginProfile> profile = m_pane.chosen();
    if (!profile)
        return;
    m_request.expectation()->setExpectation(profile->expectation);
    m_request.fill(profile->request, {});
    emit filled();
    m_reading = std::make_unique<QObject>();
    m_profiles.request(*profile, then(m_reading.get(), [this](const Result<LoginRequest> &request) {
        if (!request)
            return emit failed(request.error());
        m_request.form()->takeSecrets(*request);
        m_request.noteKept();
    }));
}

void ProfileChoice::keepExpectation()
{
    LoginProfile profile = asked();
    if (!profile.id.isValid())
        return;
    profile.expectation = m_request.expectation()->expectation();
    m_profiles.save(profile, then(this, [this](const Result<LoginProfile> &saved) {
                        if (!saved)
                            emit failed(saved.error());
                    }));
}

} // namespace latchkey
