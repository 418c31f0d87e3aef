// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/directory.h"

#include <array>
#include <span>

namespace latchkey::sandbox {

// The company of the sandbox as data. Only seed.cpp reads it.

struct NamedText
{
    QLatin1StringView name;
    QLatin1StringView text;
};

struct PairSeed
{
    QLatin1StringView name;
    ScopeLevel level;
    QLatin1StringView note;
    int ageDays;
    PairState state = PairState::Enabled;
    bool ownerDeleted = false;
};

struct UserSeed
{
    QLatin1StringView username;
    QLatin1StringView firstName;
    QLatin1StringView lastName;
    UserStatus status = UserStatus::Active;
    bool mfaRequired = false;
    bool assigned = true;
    bool hasPassword = true;
    bool isAdmin = false;
};

enum class AppKind { Service, Web, Native };

struct AppSeed
{
    QLatin1StringView name;
    ClientAuth auth;
    AppKind kind;
    QLatin1StringView description;
};

struct GrantSeed
{
    QLatin1StringView app;
    QLatin1StringView pattern; ///< one character a scope: x granted, a full stop not
};

struct ServerSeed
{
    QLatin1StringView name;
    QLatin1StringView description;
    QLatin1StringView path;
    std::span<const NamedText> scopes;
    std::span<const NamedText> claims;
    std::span<const GrantSeed> grants;
};

inline constexpr QLatin1StringView operator""_seed(const char *text, size_t size)
{
    return QLatin1StringView(text, static_cast<qsizetype>(size));
}

inline constexpr std::array kPairs{
    PairSeed{.name = "legacy-migration"_seed,
             .level = ScopeLevel::ManageAll,
             .note = "The user who made this pair was deleted: token requests answer 500"_seed,
             .ageDays = 1130,
             .ownerDeleted = true},
    PairSeed{"ci-pipeline"_seed, ScopeLevel::ReadAll, "Build checks"_seed, 12},
    PairSeed{"audit-export"_seed, ScopeLevel::ReadAll, "Weekly audit report"_seed, 210},
    PairSeed{"billing-service"_seed, ScopeLevel::ReadUsers, "Billing team"_seed, 95},
    PairSeed{"directory-sync"_seed, ScopeLevel::ManageUsers, "Nightly sync, identity-platform"_seed, 142},
    PairSeed{"grants-admin"_seed, ScopeLevel::ManageAll, "Administers authorization servers"_seed, 61},
    PairSeed{"helpdesk-portal"_seed, ScopeLevel::AuthenticationOnly, "Login page of the help desk"_seed, 33},
    PairSeed{"reporting-batch"_seed, ScopeLevel::ReadAll, "Monthly reports"_seed, 388},
    PairSeed{.name = "hr-import"_seed,
             .level = ScopeLevel::ManageUsers,
             .note = "Disabled: token requests answer 401"_seed,
             .ageDays = 540,
             .state = PairState::Disabled},
};

// Whoever is assigned to the apps is in the first group.
inline constexpr std::array kGroups{"Staff"_seed, "Contractors"_seed};

inline constexpr std::array kUsers{
    UserSeed{.username = "app.smoke.test"_seed, .firstName = "App"_seed, .lastName = "Smoke"_seed},
    UserSeed{
        .username = "jdoe.test"_seed, .firstName = "Jo"_seed, .lastName = "Doe"_seed, .mfaRequired = true},
    UserSeed{.username = "locked.user.test"_seed,
             .firstName = "Locked"_seed,
             .lastName = "User"_seed,
             .status = UserStatus::Locked},
    UserSeed{.username = "suspended.user.test"_seed,
             .firstName = "Suspended"_seed,
             .lastName = "User"_seed,
             .status = UserStatus::Suspended},
    UserSeed{.username = "expired.pw.test"_seed,
             .firstName = "Expired"_seed,
             .lastName = "Password"_seed,
             .status = UserStatus::PasswordExpired},
    UserSeed{.username = "unassigned.user.test"_seed,
             .firstName = "Unassigned"_seed,
             .lastName = "User"_seed,
             .assigned = false},
    UserSeed{.username = "nopassword.user.test"_seed,
             .firstName = "Nopassword"_seed,
             .lastName = "User"_seed,
             .status = UserStatus::PasswordPending,
             .hasPassword = false},
    UserSeed{.username = "helpdesk.agent.test"_seed, .firstName = "Helpdesk"_seed, .lastName = "Agent"_seed},
    UserSeed{.username = "finance.clerk.test"_seed, .firstName = "Finance"_seed, .lastName = "Clerk"_seed},
    UserSeed{.username = "account.owner.test"_seed,
             .firstName = "Account"_seed,
             .lastName = "Owner"_seed,
             .isAdmin = true},
    UserSeed{.username = "portal.admin.test"_seed,
             .firstName = "Portal"_seed,
             .lastName = "Admin"_seed,
             .isAdmin = true},
};

inline constexpr std::array kApps{
    AppSeed{"audit-export"_seed, ClientAuth::Basic, AppKind::Service, "Copies invoices to the archive"_seed},
    AppSeed{"billing-service"_seed, ClientAuth::Basic, AppKind::Service, "Writes and books invoices"_seed},
    AppSeed{"ci-smoke-tests"_seed, ClientAuth::Post, AppKind::Service, "Login checks of every build"_seed},
    AppSeed{"finance-desktop"_seed, ClientAuth::None, AppKind::Native,
            "Desktop client of the finance team"_seed},
    AppSeed{"helpdesk-portal"_seed, ClientAuth::Basic, AppKind::Web, "Tickets and look-ups"_seed},
    AppSeed{"invoice-worker"_seed, ClientAuth::Post, AppKind::Service, "Sends invoices at night"_seed},
    AppSeed{"legacy-erp"_seed, ClientAuth::Post, AppKind::Service, "Bridge to the old ledger"_seed},
    AppSeed{"mobile-app"_seed, ClientAuth::None, AppKind::Native, "Customers' mobile app"_seed},
    AppSeed{"partner-gateway"_seed, ClientAuth::Basic, AppKind::Service, "Access for partners"_seed},
    AppSeed{"portal-web"_seed, ClientAuth::Basic, AppKind::Web, "Customers' portal"_seed},
    AppSeed{"refund-service"_seed, ClientAuth::Basic, AppKind::Service, "Pays refunds"_seed},
    AppSeed{"reporting-batch"_seed, ClientAuth::Post, AppKind::Service, "Monthly figures"_seed},
    AppSeed{"address-validator"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"api-explorer"_seed, ClientAuth::None, AppKind::Web, {}},
    AppSeed{"asset-tracker"_seed, ClientAuth::Basic, AppKind::Web, {}},
    AppSeed{"backup-agent"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"campaign-mailer"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"catalogue-sync"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"chat-assistant"_seed, ClientAuth::None, AppKind::Web, {}},
    AppSeed{"contact-importer"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"crm-bridge"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"data-warehouse"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"developer-portal"_seed, ClientAuth::Basic, AppKind::Web, {}},
    AppSeed{"device-registry"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"event-relay"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"expense-app"_seed, ClientAuth::None, AppKind::Native, {}},
    AppSeed{"feature-flags"_seed, ClientAuth::Basic, AppKind::Web, {}},
    AppSeed{"field-tablet"_seed, ClientAuth::None, AppKind::Native, {}},
    AppSeed{"fulfilment-worker"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"intranet-web"_seed, ClientAuth::Basic, AppKind::Web, {}},
    AppSeed{"kiosk-display"_seed, ClientAuth::None, AppKind::Native, {}},
    AppSeed{"loyalty-service"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"metrics-collector"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"notification-hub"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"order-intake"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"price-engine"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"returns-desk"_seed, ClientAuth::Basic, AppKind::Web, {}},
    AppSeed{"search-indexer"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"shipping-gateway"_seed, ClientAuth::Basic, AppKind::Service, {}},
    AppSeed{"staff-directory"_seed, ClientAuth::Basic, AppKind::Web, {}},
    AppSeed{"stock-monitor"_seed, ClientAuth::Post, AppKind::Service, {}},
    AppSeed{"warehouse-scanner"_seed, ClientAuth::None, AppKind::Native, {}},
};

inline constexpr std::array kSamlApps{
    NamedText{"expense-reports-saml"_seed, "Expense reports"_seed},
    NamedText{"travel-booking-saml"_seed, "Travel booking"_seed},
    NamedText{"wiki-saml"_seed, "Company wiki"_seed},
};

inline constexpr std::array kContactsScopes{
    NamedText{"read:contacts"_seed, "List and read contacts"_seed},
    NamedText{"write:contacts"_seed, "Create and change contacts"_seed},
    NamedText{"delete:contacts"_seed, "Delete contacts"_seed},
    NamedText{"export:contacts"_seed, "Export contacts as a file"_seed},
};
inline constexpr std::array kContactsClaims{
    NamedText{"email_address"_seed, "email"_seed},
};
inline constexpr std::array kContactsGrants{
    GrantSeed{"contact-importer"_seed, "xx.."_seed}, GrantSeed{"crm-bridge"_seed, "xxxx"_seed},
    GrantSeed{"campaign-mailer"_seed, "x..x"_seed},  GrantSeed{"mobile-app"_seed, "x..."_seed},
    GrantSeed{"portal-web"_seed, "xx.."_seed},       GrantSeed{"staff-directory"_seed, "x..."_seed},
};

inline constexpr std::array kEventsScopes{
    NamedText{"read:events"_seed, "Read the event stream"_seed},
    NamedText{"publish:events"_seed, "Publish events"_seed},
    NamedText{"replay:events"_seed, "Replay past events"_seed},
};
inline constexpr std::array kEventsGrants{
    GrantSeed{"event-relay"_seed, "xxx"_seed},
    GrantSeed{"metrics-collector"_seed, "x.."_seed},
};

inline constexpr std::array kInvoicesScopes{
    NamedText{"read:invoices"_seed, "List and read invoices"_seed},
    NamedText{"write:invoices"_seed, "Create and change invoices"_seed},
    NamedText{"send:invoices"_seed, "Send an invoice to its recipient"_seed},
    NamedText{"void:invoices"_seed, "Cancel an issued invoice"_seed},
    NamedText{"read:customers"_seed, "List and read customers"_seed},
    NamedText{"write:customers"_seed, "Create and change customers"_seed},
    NamedText{"read:payments"_seed, "List and read payments"_seed},
    NamedText{"refund:payments"_seed, "Refund a payment"_seed},
};
inline constexpr std::array kInvoicesClaims{
    NamedText{"email_address"_seed, "email"_seed}, NamedText{"first_name"_seed, "firstname"_seed},
    NamedText{"last_name"_seed, "lastname"_seed},  NamedText{"login"_seed, "username"_seed},
    NamedText{"roles"_seed, "roles"_seed},
};
inline constexpr std::array kInvoicesGrants{
    GrantSeed{"audit-export"_seed, "x...x.x."_seed},    GrantSeed{"billing-service"_seed, "xx..x.xx"_seed},
    GrantSeed{"ci-smoke-tests"_seed, "........"_seed},  GrantSeed{"finance-desktop"_seed, "xxxxxxxx"_seed},
    GrantSeed{"helpdesk-portal"_seed, "x...x..."_seed}, GrantSeed{"invoice-worker"_seed, "xxx...x."_seed},
    GrantSeed{"legacy-erp"_seed, "xx..xx.."_seed},      GrantSeed{"mobile-app"_seed, "x...x.x."_seed},
    GrantSeed{"partner-gateway"_seed, "xx.xxx.."_seed}, GrantSeed{"portal-web"_seed, "x.x.x..."_seed},
    GrantSeed{"refund-service"_seed, "x.....xx"_seed},  GrantSeed{"reporting-batch"_seed, "x...x.x."_seed},
};

inline constexpr std::array kOrdersScopes{
    NamedText{"read:orders"_seed, "List and read orders"_seed},
    NamedText{"write:orders"_seed, "Create and change orders"_seed},
    NamedText{"cancel:orders"_seed, "Cancel an order"_seed},
    NamedText{"read:shipments"_seed, "List and read shipments"_seed},
    NamedText{"write:shipments"_seed, "Create and change shipments"_seed},
    NamedText{"read:returns"_seed, "List and read returns"_seed},
    NamedText{"approve:returns"_seed, "Approve a return"_seed},
    NamedText{"read:stock"_seed, "Read stock levels"_seed},
    NamedText{"write:stock"_seed, "Correct stock levels"_seed},
    NamedText{"read:prices"_seed, "Read prices"_seed},
    NamedText{"write:prices"_seed, "Change prices"_seed},
};
inline constexpr std::array kOrdersGrants{
    GrantSeed{"order-intake"_seed, "xx.....x.x."_seed},
    GrantSeed{"fulfilment-worker"_seed, "x..xx..xx.."_seed},
    GrantSeed{"shipping-gateway"_seed, "x..xx......"_seed},
    GrantSeed{"returns-desk"_seed, "x.x..xx...."_seed},
    GrantSeed{"stock-monitor"_seed, ".......xx.."_seed},
    GrantSeed{"price-engine"_seed, ".........xx"_seed},
    GrantSeed{"warehouse-scanner"_seed, "x..x...x..."_seed},
    GrantSeed{"portal-web"_seed, "xx.x.x...x."_seed},
    GrantSeed{"mobile-app"_seed, "x..x.x...x."_seed},
};

inline constexpr std::array kServers{
    ServerSeed{"Contacts API"_seed, "Contacts of customers and partners"_seed, "contacts"_seed,
               kContactsScopes, kContactsClaims, kContactsGrants},
    ServerSeed{"Events API"_seed, {}, "events"_seed, kEventsScopes, {}, kEventsGrants},
    ServerSeed{"Invoices API"_seed, "Invoices, customers and payments"_seed, "invoices"_seed, kInvoicesScopes,
               kInvoicesClaims, kInvoicesGrants},
    ServerSeed{"Orders API"_seed,
               "Orders from intake to return"_seed,
               "orders"_seed,
               kOrdersScopes,
               {},
               kOrdersGrants},
    ServerSeed{"Reports API"_seed, "Figures for the board; in preparation"_seed, "reports"_seed, {}, {}, {}},
};

} // namespace latchkey::sandbox
