// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

const std::vector<OptionSpec> &commonOptions()
{
    static const std::vector<OptionSpec> options{
        {u"tenant"_s, u"NAME"_s, tr("A tenant of the workspace.")},
        {u"url"_s, u"URL"_s,
         tr("The address of a tenant instead; then neither the workspace nor the keychain is used.")},
        {u"credential"_s, u"NAME"_s, tr("Which API credential of the tenant.")},
        {u"client-id"_s, u"ID"_s,
         tr("The client id of an API credential; its secret comes from LATCHKEY_CLIENT_SECRET.")},
        {u"secret-stdin"_s,
         {},
         tr("Read the secret from the first line of standard input, a password from the second.")},
        {u"json"_s, {}, tr("Print one JSON document.")},
        {u"no-input"_s, {}, tr("Never ask; what is missing is a usage error.")},
        {u"ca-file"_s, u"FILE"_s, tr("Trust the certificate authorities of this PEM file too.")},
        {u"timeout"_s, u"SECONDS"_s, tr("The deadline of a whole request, 60 by default.")},
        {u"data-dir"_s, u"DIR"_s, tr("Where the workspace lies.")},
        {u"help"_s, {}, tr("Show this help.")},
        {u"version"_s, {}, tr("Show the version.")},
    };
    return options;
}

const std::vector<OptionSpec> &verbOptions()
{
    static const std::vector<OptionSpec> options{
        {u"form"_s, u"FORM"_s, tr("How to print the token: header, bare or env.")},
        {u"name"_s, u"TEXT"_s, tr("Only those whose name holds this text.")},
        {u"app"_s, u"APP"_s, tr("The client app, by id or name.")},
        {u"scope"_s, u"SCOPE"_s, tr("The value of a scope; can be given several times.")},
        {u"none"_s, {}, tr("No scope, but stay a client app.")},
        {u"remove"_s, {}, tr("Remove the client app with its grants.")},
        {u"server"_s, u"SERVER"_s, tr("Another authorization server than the file names, by id or name.")},
        {u"keep-unlisted"_s, {}, tr("Keep client apps that the file does not list.")},
        {u"yes"_s, {}, tr("Do it without asking.")},
        {u"issuer"_s, u"URL"_s, tr("The OpenID issuer; a login else takes that of --tenant or --url.")},
        {u"app-id"_s, u"CLIENT_ID"_s, tr("The client id of the OIDC app.")},
        {u"auth"_s, u"METHOD"_s, tr("Client authentication: basic, post or none.")},
        {u"resource"_s, u"RESOURCE"_s, tr("The resource identifier of an authorization server.")},
        {u"param"_s, u"NAME=VALUE"_s, tr("A further parameter; can be given several times.")},
        {u"username"_s, u"USER"_s, tr("The user name.")},
        {u"port"_s, u"PORT"_s,
         tr("Come back to http://127.0.0.1:PORT/callback, which the app must have; 8765 by default, 0 is "
            "any.")},
        {u"print-url"_s, {}, tr("Print the address of the login on standard error and open no browser.")},
        {u"browser-timeout"_s, u"SECONDS"_s,
         tr("How long the login in the browser may take, 300 by default.")},
        {u"prompt"_s, u"PROMPT"_s, tr("none, login, consent or select_account.")},
        {u"login-hint"_s, u"USER"_s, tr("The user name to fill in.")},
        {u"acr-values"_s, u"VALUES"_s, tr("The authentication contexts to ask for.")},
        {u"hint"_s, u"KIND"_s, tr("What the token is: access_token, the default, or refresh_token.")},
        {u"subject"_s, u"SUB"_s,
         tr("The user that the ID token names; an answer for another one is refused.")},
        {u"return-to"_s, u"URL"_s, tr("Where the browser goes afterwards; the app must have it.")},
        {u"keep-session"_s, {}, tr("End the tokens, but not the session.")},
        {u"show-tokens"_s, {}, tr("Print the tokens themselves too.")},
        {u"save-as"_s, u"NAME"_s, tr("Keep this login as a profile of the tenant, and then run it.")},
        {u"expect"_s, u"RESULT"_s,
         tr("What it shall end with: success, or ERROR[:TEXT]; anything else ends with 1.")},
        {u"save-secret"_s, {}, tr("Keep the app's secret with the profile, in the keychain.")},
        {u"save-password"_s, {}, tr("Keep the user's password with the profile, in the keychain.")},
        {u"save-claims"_s, {}, tr("Keep the claims of its tokens in the history.")},
        {u"all"_s, {}, tr("All of them.")},
        {u"junit"_s, u"FILE"_s, tr("Write the results as JUnit XML.")},
        {u"keep-going"_s,
         {},
         tr("Go on with a user whose login failed, which may lock the user out, and after a 429.")},
        {u"parallel"_s, u"N"_s, tr("How many run at a time, 1 to 8; 2 by default.")},
        {u"browser"_s, {}, tr("Run browser logins too, one at a time; their addresses are printed.")},
        {u"limit"_s, u"N"_s, tr("How many at most, 50 by default and up to 1000.")},
        {u"jwks"_s, u"FILE"_s, tr("Verify with the keys of this JSON Web Key Set.")},
        {u"discover"_s, u"URL"_s, tr("Verify with the keys that this issuer publishes.")},
        {u"client-secret-env"_s, {}, tr("Verify HS256, HS384 or HS512 with LATCHKEY_APP_SECRET.")},
        {u"audience"_s, u"AUDIENCE"_s, tr("Whom a token is for, its aud; the client id for an ID token.")},
        {u"nonce"_s, u"NONCE"_s, tr("The nonce that was sent; the token is then judged as an ID token.")},
        {u"at"_s, u"RFC3339"_s, tr("Judge as of this time, such as 2026-11-22T07:15:00Z.")},
        {u"skew"_s, u"SECONDS"_s, tr("How far clocks may differ, 60 by default and up to 600.")},
        {u"alg"_s, u"ALG"_s, tr("An allowed algorithm; can be given several times.")},
        {u"type"_s, u"TYPE"_s, tr("production, staging, development or sandbox.")},
        {u"read-only"_s, {}, tr("Latchkey shall never write to this tenant.")},
        {u"level"_s, u"LEVEL"_s, tr("The scope level of the credential, for example \"Manage All\".")},
        {u"note"_s, u"TEXT"_s, tr("A note on the credential.")},
        {u"create"_s, {}, tr("Have a sandbox on this computer make the pair; needs --level.")},
        {u"wait"_s, {}, tr("Wait until the tenant refuses the pair, 10 minutes at most.")},
        {u"keep"_s, {}, tr("Keep the pairs that an interrupted run had made.")},
        {u"discard"_s, {}, tr("Delete the pairs that an interrupted run had made, at the tenant.")},
        {u"format"_s, u"FORMAT"_s,
         tr("Import: env, json, postman, properties, ini, csv or encrypted. Export: json or csv; of grants "
            "yaml or json. Report: csv or html.")},
        {u"environment"_s, {}, tr("Import from the environment variables.")},
        {u"any-address"_s, {}, tr("Import rows with the address of another tenant too.")},
        {u"dry-run"_s, {}, tr("Say what would be done, and do nothing.")},
        {u"encrypted"_s, {}, tr("With the secrets, encrypted with the passphrase of LATCHKEY_PASSPHRASE.")},
        {u"output"_s, u"FILE"_s, tr("Write to this file, for its owner alone; one that exists is kept.")},
        {u"force"_s, {}, tr("Replace the file of --output or --junit if it exists.")},
        {u"status"_s, u"NUMBER"_s, tr("The HTTP status.")},
        {u"error"_s, u"CODE"_s, tr("The error code, or a word for what fails on this side.")},
        {u"description"_s, u"TEXT"_s, tr("The description, of an error or of what is written.")},
        {u"rename"_s, u"NAME"_s, tr("Its new name.")},
        {u"value"_s, u"VALUE"_s, tr("Its new value.")},
        {u"access-minutes"_s, u"N"_s, tr("How long its access tokens live.")},
        {u"refresh-minutes"_s, u"N"_s, tr("How long its refresh tokens live.")},
        {u"from"_s, u"FILE"_s,
         tr("Add those of a file, VALUE DESCRIPTION in each line; - is standard input.")},
        {u"mapping"_s, u"ATTRIBUTE"_s,
         tr("The attribute of the user it comes from; custom_attribute_NAME, or _macro_.")},
        {u"macro"_s, u"TEXT"_s, tr("The macro of a claim that comes from _macro_.")},
        {u"transformation"_s, u"NAME"_s,
         tr("How the value is changed, such as semicolon_separated_list; empty for none.")},
        {u"confirm"_s, u"NAME"_s,
         tr("Do it though a login profile kept here uses what has this name; of apps several times, by ID "
            "where two have the name, or the server has it too.")},
    };
    return options;
}

QString optionLine(const OptionSpec &option)
{
    const QString left =
        "--"_L1 + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName);
    return u"  %1 %2\n"_s.arg(left.leftJustified(22), option.description);
}

QString commonHelp()
{
    QString text = tr("Common options:") + u'\n';
    for (const OptionSpec &option : commonOptions())
        text += optionLine(option);
    return text;
}

/// Help on every verb whose name begins with `group`; all of them where it is empty.
QString helpOnGroup(const QString &group)
{
    QString text = tr("Usage: latchkey-cli VERB [OPTIONS]") + "\n\n"_L1 + tr("Verbs:") + u'\n';
    for (const VerbSpec &verb : verbs()) {
        if (group.isEmpty() || verb.group == group)
            text += u"  %1 %2\n"_s.arg((verb.name() + u' ' + verb.arguments).trimmed().leftJustified(26),
                                       verb.summary);
    }
    return text + u'\n' + commonHelp();
}

QString helpOnVerb(const VerbSpec &verb)
{
    QString text =
        tr("Usage: latchkey-cli %1 [OPTIONS]").arg((verb.name() + u' ' + verb.arguments).trimmed()) +
        "\n\n"_L1 + verb.summary + "\n\n"_L1;
    if (!verb.options.isEmpty()) {
        text += tr("Options:") + u'\n';
        for (const OptionSpec &option : verbOptions()) {
            if (verb.options.contains(option.name))
                text += optionLine(option);
        }
        text += u'\n';
    }
    return text + commonHelp();
}

tl::unexpected<Error> usage(const QString &message)
{
    return fail(ErrorKind::InvalidInput, message);
}

const VerbSpec *findVerb(const QStringList &words)
{
    const auto verb = std::find_if(verbs().begin(), verbs().end(), [&words](const VerbSpec &each) {
        return each.group == words.value(0) && (each.action.isEmpty() || each.action == words.value(1));
    });
    return verb == verbs().end() ? nullptr : &*verb;
}

bool isGroup(const QString &word)
{
    return std::any_of(verbs().begin(), verbs().end(),
                       [&word](const VerbSpec &each) { return each.group == word; });
}

Result<void> checkForVerb(const VerbSpec &verb, const Arguments &arguments)
{
    for (auto option = arguments.options.begin(); option != arguments.options.end(); ++option) {
        const bool isOfAnotherVerb =
            std::any_of(verbOptions().begin(), verbOptions().end(),
                        [&option](const OptionSpec &each) { return each.name == option.key(); }) &&
            !verb.options.contains(option.key());
        if (isOfAnotherVerb)
            return usage(tr("%1 has no option --%2.").arg(verb.name(), option.key()));
        const bool isList = option.key() == "scope"_L1 || option.key() == "param"_L1 ||
                            option.key() == "alg"_L1 ||
                            (option.key() == "audience"_L1 && verb.group == "servers"_L1) ||
                            (option.key() == "confirm"_L1 && verb.group == "grants"_L1);
        if (!isList && option.value().size() > 1)
            return usage(tr("The option --%1 is given twice.").arg(option.key()));
    }
    if (arguments.positional.size() < verb.least)
        return usage(tr("Something is missing: latchkey-cli %1 %2").arg(verb.name(), verb.arguments));
    if (arguments.positional.size() > verb.most)
        return usage(tr("This is too much: %1").arg(arguments.positional.at(verb.most)));
    return {};
}

} // namespace

Result<Arguments> parseArguments(const QStringList &words)
{
    QCommandLineParser parser;
    std::vector<OptionSpec> all = commonOptions();
    all.insert(all.end(), verbOptions().begin(), verbOptions().end());
    for (const OptionSpec &option : all)
        parser.addOption({option.name, option.description, option.valueName});
    if (!parser.parse(QStringList{u"latchkey-cli"_s} + words))
        return usage(parser.errorText().endsWith(u'.') ? parser.errorText() : parser.errorText() + u'.');

    Arguments arguments;
    for (const OptionSpec &option : all) {
        if (!parser.isSet(option.name))
            continue;
        QStringList values = parser.values(option.name);
        if (option.valueName.isEmpty())
            values = {QString()};
        arguments.options.insert(option.name, values);
    }
    arguments.positional = parser.positionalArguments();
    const QString first = arguments.positional.value(0);
    const VerbSpec *verb = findVerb(arguments.positional);
    if (arguments.has(u"version"_s)) {
        arguments.help = u"latchkey-cli " LATCHKEY_VERSION "\n"_s;
        return arguments;
    }
    if (arguments.has(u"help"_s) && (first.isEmpty() || isGroup(first))) {
        arguments.help = verb ? helpOnVerb(*verb) : helpOnGroup(first);
        return arguments;
    }
    if (first.isEmpty())
        return usage(tr("A verb is missing. latchkey-cli --help lists them."));
    if (!verb && isGroup(first) && arguments.positional.size() == 1)
        return usage(tr("What to do with %1 is missing. latchkey-cli %1 --help lists it.").arg(first));
    if (!verb)
        return usage(tr("There is no verb %1. latchkey-cli --help lists them.")
                         .arg(arguments.positional.first(std::min<qsizetype>(2, arguments.positional.size()))
                                  .join(u' ')));
    arguments.verb = verb;
    arguments.positional.remove(0, verb->action.isEmpty() ? 1 : 2);
    if (const Result<void> checked = checkForVerb(*verb, arguments); !checked)
        return fail(checked.error());
    return arguments;
}

} // namespace latchkey::cli
