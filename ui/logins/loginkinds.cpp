// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginkinds.h"

#include "widgets/segmentedcontrol.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kGrants{Grant::ClientCredentials, Grant::AuthorizationCode, Grant::Password};

struct LoginKinds
{
    Q_DECLARE_TR_FUNCTIONS(LoginKinds)
};

} // namespace

SegmentedControl *makeLoginKinds()
{
    auto *kinds = new SegmentedControl(LoginKinds::tr("Kind of login"));
    kinds->setObjectName(u"loginGrant"_s);
    kinds->addSegment(LoginKinds::tr("Service (client credentials)"));
    kinds->addSegment(LoginKinds::tr("User (browser, code + PKCE)"));
    kinds->addSegment(LoginKinds::tr("User (password, legacy)"));
    kinds->addSegment(LoginKinds::tr("Paste a token"));
    return kinds;
}

int kindOf(Grant grant)
{
    return static_cast<int>(std::ranges::find(kGrants, grant) - kGrants.begin());
}

int kindOfPasted()
{
    return static_cast<int>(kGrants.size());
}

std::optional<Grant> grantOfKind(int segment)
{
    return segment < kindOfPasted() ? std::optional(kGrants[static_cast<size_t>(segment)]) : std::nullopt;
}

} // namespace latchkey
