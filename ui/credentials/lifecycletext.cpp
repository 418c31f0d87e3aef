// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/lifecycletext.h"

#include "credentials/portalpage.h"
#include "onelogin/sandboxportal.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

struct LifecycleText
{
    Q_DECLARE_TR_FUNCTIONS(LifecycleText)
};

QString goneHere(const ApiCredential &credential)
{
    return credential.place == SecretPlace::Keychain
               ? LifecycleText::tr("Its row and its secret in the keychain go too.")
               : LifecycleText::tr("Its row and its secret in memory go too.");
}

} // namespace

QStringList disableEffects(Session &session, const ApiCredential &credential)
{
    const auto working = session.workingCredential();
    QStringList effects{LifecycleText::tr("The pair is no longer used here at once and moves to Disabled.")};
    if (working && working->id == credential.id)
        effects.append(
            LifecycleText::tr("The panels of this window work as it; they go on as another pair."));
    if (SandboxPortal::isFor(session.tenant())) {
        effects.append(LifecycleText::tr(
            "The sandbox refuses it after a few seconds and revokes its tokens, for everything "
            "that uses this pair."));
    } else {
        if (session.hasToken(credential.id))
            effects.append(
                LifecycleText::tr("Its token is revoked at once, for everything that uses this pair."));
        effects.append(LifecycleText::tr(
            "On the tenant it is disabled in the portal: Latchkey shows the way, then watches "
            "until the tenant refuses the pair and its tokens."));
    }
    effects.append(LifecycleText::tr("It can be enabled again at any time."));
    return effects;
}

QStringList removeEffects(Session &session, const ApiCredential &credential, AtTenant at)
{
    switch (at) {
    case AtTenant::Known:
        return {LifecycleText::tr(
                    "The sandbox deletes the pair at once. That is irreversible: there is no undo."),
                LifecycleText::tr("All its tokens die with it, for everything that uses this pair."),
                goneHere(credential)};
    case AtTenant::Unknown:
        return {LifecycleText::tr(
                    "The sandbox does not know this pair: it is removed here alone. There is no undo."),
                goneHere(credential)};
    case AtTenant::NotAsked:
        return {
            LifecycleText::tr(
                "The sandbox cannot be asked about the pair. If it has it, it deletes it at once, with all "
                "its tokens. There is no undo."),
            goneHere(credential)};
    case AtTenant::NoPortal:
        break;
    }
    QStringList effects;
    if (session.hasToken(credential.id))
        effects.append(
            LifecycleText::tr("Its token is revoked at once, for everything that uses this pair."));
    effects.append(
        credential.place == SecretPlace::Keychain
            ? LifecycleText::tr(
                  "Its row and its secret in the keychain go after %n second(s); until then it can be "
                  "undone.",
                  nullptr, 10)
            : LifecycleText::tr(
                  "Its row and its secret in memory go after %n second(s); until then it can be undone.",
                  nullptr, 10));
    effects.append(
        LifecycleText::tr("On the tenant it stays until it is deleted in the portal, under %1. That is "
                          "irreversible, and all its tokens die at once.")
            .arg(portalPath()));
    return effects;
}

} // namespace latchkey
