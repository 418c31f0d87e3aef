// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"
#include "oidc/loginprofile.h"

#include <QObject>

#include <memory>

namespace latchkey {

class ProfileRegister;
class ProfilesPane;
class RequestPane;

/// Holds the chosen profile and the request together: choosing one fills the form, and what the form asks
/// for is a run of the profile as long as it is the same.
class ProfileChoice final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    ProfileChoice(const Tenant &tenant, ProfileRegister &profiles, ProfilesPane &pane, RequestPane &request);
    ~ProfileChoice() override;

    /// The chosen profile if the form still asks for what it does, else one that is not kept.
    LoginProfile asked() const;
    /// Opens the dialog for a profile of what the form asks for.
    void saveNew();
    /// The form is for something else now: no profile is chosen, and nothing of one is expected. Without a
    /// chosen profile nothing changes.
    void letGo();

signals:
    /// A profile was chosen, and is in the form.
    void filled();
    void failed(const latchkey::Error &error);

private:
    void edit(const LoginProfile &profile);
    void useChosen();
    void keepExpectation();

    const Tenant &m_tenant;
    ProfileRegister &m_profiles;
    ProfilesPane &m_pane;
    RequestPane &m_request;
    std::unique_ptr<QObject> m_reading;
};

} // namespace latchkey
