<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>LifecycleText</name>
        <message numerus="yes">
            <source>Its row and its secret in the keychain go after %n second(s); until then it can be undone.</source>
            <translation>
                <numerusform>Its row and its secret in the keychain go after %n second; until then it can be undone.</numerusform>
                <numerusform>Its row and its secret in the keychain go after %n seconds; until then it can be undone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Its row and its secret in memory go after %n second(s); until then it can be undone.</source>
            <translation>
                <numerusform>Its row and its secret in memory go after %n second; until then it can be undone.</numerusform>
                <numerusform>Its row and its secret in memory go after %n seconds; until then it can be undone.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::AddClientAppDialog</name>
        <message numerus="yes">
            <source>Add %n client app(s)</source>
            <translation>
                <numerusform>Add client app</numerusform>
                <numerusform>Add %n client apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Like %1, %n scope(s)</source>
            <extracomment>%1 is a client app</extracomment>
            <translation>
                <numerusform>Like %1, %n scope</numerusform>
                <numerusform>Like %1, %n scopes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::AddScopesDialog</name>
        <message numerus="yes">
            <source>%n more scope(s) stay in the list.</source>
            <translation>
                <numerusform>%n more scope stays in the list.</numerusform>
                <numerusform>%n more scopes stay in the list.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n scope(s) are stored</source>
            <translation>
                <numerusform>%1 of %n scope is stored</numerusform>
                <numerusform>%1 of %n scopes are stored</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s) were pasted: each is a scope.</source>
            <translation>
                <numerusform>%n line was pasted: it is a scope.</numerusform>
                <numerusform>%n lines were pasted: each is a scope.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::AppPickerDialog</name>
        <message numerus="yes">
            <source>%1, %n chosen</source>
            <translation>
                <numerusform>%1, %n chosen</numerusform>
                <numerusform>%1, %n chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s) came so far</source>
            <translation>
                <numerusform>%n app came so far</numerusform>
                <numerusform>%n apps came so far</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Grant %n scope(s) to</source>
            <translation>
                <numerusform>Grant %n scope to</numerusform>
                <numerusform>Grant %n scopes to</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s), reading on</source>
            <translation>
                <numerusform>%n app, reading on</numerusform>
                <numerusform>%n apps, reading on</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s)</source>
            <translation>
                <numerusform>%n app</numerusform>
                <numerusform>%n apps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::CountdownChip</name>
        <message numerus="yes">
            <source>%n s</source>
            <translation>
                <numerusform>%n s</numerusform>
                <numerusform>%n s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n min</source>
            <translation>
                <numerusform>%n min</numerusform>
                <numerusform>%n min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n h</source>
            <translation>
                <numerusform>%n h</numerusform>
                <numerusform>%n h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n days</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n years</source>
            <translation>
                <numerusform>%n year</numerusform>
                <numerusform>%n years</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::CredentialLifecycle</name>
        <message numerus="yes">
            <source>%1 still gets a token after %n minute(s).</source>
            <translation>
                <numerusform>%1 still gets a token after %n minute.</numerusform>
                <numerusform>%1 still gets a token after %n minutes.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ExportDialog</name>
        <message numerus="yes">
            <source>%n character(s), hard to guess if it is no known phrase.</source>
            <translation>
                <numerusform>%n character, hard to guess if it is no known phrase.</numerusform>
                <numerusform>%n characters, hard to guess if it is no known phrase.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It has %n character(s), and needs %1 to be hard to guess.</source>
            <translation>
                <numerusform>It has %n character, and needs %1 to be hard to guess.</numerusform>
                <numerusform>It has %n characters, and needs %1 to be hard to guess.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pair(s) without secrets, which are to be pasted again after an import.</source>
            <translation>
                <numerusform>%n pair without its secret, which is to be pasted again after an import.</numerusform>
                <numerusform>%n pairs without secrets, which are to be pasted again after an import.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pair(s) with their secrets.</source>
            <translation>
                <numerusform>%n pair with its secret.</numerusform>
                <numerusform>%n pairs with their secrets.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them has no secret here.</source>
            <translation>
                <numerusform>One of them has no secret here.</numerusform>
                <numerusform>%n of them have no secret here.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>At least %n character(s): a sentence of your own.</source>
            <translation>
                <numerusform>At least %n character: a sentence of your own.</numerusform>
                <numerusform>At least %n characters: a sentence of your own.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n character(s).</source>
            <translation>
                <numerusform>%1 of %n character.</numerusform>
                <numerusform>%1 of %n characters.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::FilePlanDialog</name>
        <message numerus="yes">
            <source>%n app(s) of the file do not fit.</source>
            <translation>
                <numerusform>%n app of the file does not fit.</numerusform>
                <numerusform>%n apps of the file do not fit.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Stage %n change(s)</source>
            <translation>
                <numerusform>Stage %n change</numerusform>
                <numerusform>Stage %n changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s) would change in %1.</source>
            <translation>
                <numerusform>%n app would change in %1.</numerusform>
                <numerusform>%n apps would change in %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The %n change(s) staged there now are replaced.</source>
            <translation>
                <numerusform>The %n change staged there now is replaced.</numerusform>
                <numerusform>The %n changes staged there now are replaced.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more problem(s).</source>
            <translation>
                <numerusform>%n more problem.</numerusform>
                <numerusform>%n more problems.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::GrantColumnHeader</name>
        <message numerus="yes">
            <source>%n app(s)</source>
            <translation>
                <numerusform>%n app</numerusform>
                <numerusform>%n apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 → %n app(s)</source>
            <translation>
                <numerusform>%1 → %n app</numerusform>
                <numerusform>%1 → %n apps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::GrantGridModel</name>
        <message numerus="yes">
            <source>%1, %n app(s)</source>
            <translation>
                <numerusform>%1, %n app</numerusform>
                <numerusform>%1, %n apps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::GrantMenus</name>
        <message numerus="yes">
            <source>%n scope(s)</source>
            <translation>
                <numerusform>%n scope</numerusform>
                <numerusform>%n scopes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Keep %n client app(s)</source>
            <translation>
                <numerusform>Keep client app</numerusform>
                <numerusform>Keep %n client apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n client app(s)</source>
            <translation>
                <numerusform>%n client app</numerusform>
                <numerusform>%n client apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Remove %n client app(s)</source>
            <translation>
                <numerusform>Remove client app</numerusform>
                <numerusform>Remove %n client apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Remove %n client app(s)…</source>
            <translation>
                <numerusform>Remove client app…</numerusform>
                <numerusform>Remove %n client apps…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It loses these %n scope(s):</source>
            <translation>
                <numerusform>It loses this %n scope:</numerusform>
                <numerusform>It loses these %n scopes:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>These %n client app(s) lose all their scopes:</source>
            <translation>
                <numerusform>This %n client app loses all its scopes:</numerusform>
                <numerusform>These %n client apps lose all their scopes:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It loses %n scope(s): %1.</source>
            <translation>
                <numerusform>It loses %n scope: %1.</numerusform>
                <numerusform>It loses %n scopes: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Grant %1 to %n selected app(s)</source>
            <extracomment>%1 is a scope</extracomment>
            <translation>
                <numerusform>Grant %1 to the selected app</numerusform>
                <numerusform>Grant %1 to %n selected apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Revoke %1 from all %n app(s)</source>
            <extracomment>%1 is a scope</extracomment>
            <translation>
                <numerusform>Revoke %1 from %n app</numerusform>
                <numerusform>Revoke %1 from all %n apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s) will get exactly the scopes of the one picked.</source>
            <translation>
                <numerusform>The app will get exactly the scopes of the one picked.</numerusform>
                <numerusform>%n apps will get exactly the scopes of the one picked.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::AuthServersPanel</name>
        <message numerus="yes">
            <source>Read again with %n staged change(s)</source>
            <translation>
                <numerusform>Read again with %n staged change</numerusform>
                <numerusform>Read again with %n staged changes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::GrantsPage</name>
        <message numerus="yes">
            <source>Discard %n change(s)</source>
            <translation>
                <numerusform>Discard %n change</numerusform>
                <numerusform>Discard %n changes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::HygieneView</name>
        <message numerus="yes">
            <source>%n of %1 pair(s) to look after</source>
            <translation>
                <numerusform>%n of %1 pairs to look after</numerusform>
                <numerusform>%n of %1 pairs to look after</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ImportDialog</name>
        <message numerus="yes">
            <source>Import %n credential(s)</source>
            <translation>
                <numerusform>Import %n credential</numerusform>
                <numerusform>Import %n credentials</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n chosen credential(s) have the address of another tenant. Here their secrets are sent to %1.</source>
            <translation>
                <numerusform>%n chosen credential has the address of another tenant. Here its secret is sent to %1.</numerusform>
                <numerusform>%n chosen credentials have the address of another tenant. Here their secrets are sent to %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::InterchangeActions</name>
        <message numerus="yes">
            <source>%n credential(s) imported.</source>
            <translation>
                <numerusform>%n credential imported.</numerusform>
                <numerusform>%n credentials imported.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n credential(s) in it were not imported and go with it.</source>
            <translation>
                <numerusform>%n credential in it was not imported and goes with it.</numerusform>
                <numerusform>%n credentials in it were not imported and go with it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n credential(s) exported.</source>
            <translation>
                <numerusform>%n credential exported.</numerusform>
                <numerusform>%n credentials exported.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them without a secret, which is missing here. File: %1</source>
            <translation>
                <numerusform>%n of them without a secret, which is missing here. File: %1</numerusform>
                <numerusform>%n of them without a secret, which is missing here. File: %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The %n secret(s) are still in the environment variables.</source>
            <translation>
                <numerusform>Its secret is still in the environment variables.</numerusform>
                <numerusform>Their secrets are still in the environment variables.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The source of the %n credential(s) is unchanged: %1</source>
            <translation>
                <numerusform>Its source is unchanged: %1</numerusform>
                <numerusform>Their source is unchanged: %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::InterruptedWork</name>
        <message numerus="yes">
            <source>%n thing(s) were interrupted.</source>
            <translation>
                <numerusform>%n thing was interrupted.</numerusform>
                <numerusform>%n things were interrupted.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::LoginsPanel</name>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n request</numerusform>
                <numerusform>%n requests</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::MainWindow</name>
        <message numerus="yes">
            <source>Discard %n change(s) and switch</source>
            <translation>
                <numerusform>Discard %n change and switch</numerusform>
                <numerusform>Discard %n changes and switch</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n staged change(s) would be lost</source>
            <translation>
                <numerusform>%n staged change would be lost</numerusform>
                <numerusform>%n staged changes would be lost</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Discard %n change(s) and start the sandbox</source>
            <translation>
                <numerusform>Discard %n change and start the sandbox</numerusform>
                <numerusform>Discard %n changes and start the sandbox</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Discard %n change(s) and quit</source>
            <translation>
                <numerusform>Discard %n change and quit</numerusform>
                <numerusform>Discard %n changes and quit</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Discard %n change(s) and edit</source>
            <translation>
                <numerusform>Discard %n change and edit</numerusform>
                <numerusform>Discard %n changes and edit</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::PartActions</name>
        <message numerus="yes">
            <source>These %n client app(s) lose it:</source>
            <translation>
                <numerusform>This %n client app loses it:</numerusform>
                <numerusform>These %n client apps lose it:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n client app(s) lose it: %1.</source>
            <translation>
                <numerusform>%n client app loses it: %1.</numerusform>
                <numerusform>%n client apps lose it: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s) are stored.</source>
            <translation>
                <numerusform>%n scope is stored.</numerusform>
                <numerusform>%n scopes are stored.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::PendingBar</name>
        <message numerus="yes">
            <source>%n change(s)</source>
            <translation>
                <numerusform>%n change</numerusform>
                <numerusform>%n changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s)</source>
            <translation>
                <numerusform>%n app</numerusform>
                <numerusform>%n apps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n add</source>
            <comment>scopes to be added</comment>
            <translation>
                <numerusform>%n add</numerusform>
                <numerusform>%n add</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n remove</source>
            <comment>scopes to be removed</comment>
            <translation>
                <numerusform>%n remove</numerusform>
                <numerusform>%n remove</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::RepairDialog</name>
        <message numerus="yes">
            <source>%n secret(s) in the keychain belong to no credential.</source>
            <translation>
                <numerusform>%n secret in the keychain belongs to no credential.</numerusform>
                <numerusform>%n secrets in the keychain belong to no credential.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n leftover(s) are younger than 10 minutes; look again at %1. Another window may be about to use them.</source>
            <translation>
                <numerusform>%n leftover is younger than 10 minutes; look again at %1. Another window may be about to use it.</numerusform>
                <numerusform>%n leftovers are younger than 10 minutes; look again at %1. Another window may be about to use them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ResultPane</name>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n request</numerusform>
                <numerusform>%n requests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n in this session</source>
            <translation>
                <numerusform>%n in this session</numerusform>
                <numerusform>%n in this session</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ReviewCard</name>
        <message numerus="yes">
            <source>No client app now, then %n scope(s)</source>
            <translation>
                <numerusform>No client app now, then %n scope</numerusform>
                <numerusform>No client app now, then %n scopes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s) now, then no client app</source>
            <translation>
                <numerusform>%n scope now, then no client app</numerusform>
                <numerusform>%n scopes now, then no client app</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>New client app, then %n scope(s)</source>
            <translation>
                <numerusform>New client app, then %n scope</numerusform>
                <numerusform>New client app, then %n scopes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s), then no client app</source>
            <translation>
                <numerusform>%n scope, then no client app</numerusform>
                <numerusform>%n scopes, then no client app</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s)</source>
            <translation>
                <numerusform>%n scope</numerusform>
                <numerusform>%n scopes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s), read again %1</source>
            <translation>
                <numerusform>%n scope, read again %1</numerusform>
                <numerusform>%n scopes, read again %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FewNames</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::DroppedChanges</name>
        <message numerus="yes">
            <source>%n staged change(s) were dropped when the tenant was read again.</source>
            <translation>
                <numerusform>%n staged change was dropped when the tenant was read again.</numerusform>
                <numerusform>%n staged changes were dropped when the tenant was read again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n authorization server(s) no longer exist: %1.</source>
            <translation>
                <numerusform>The authorization server %1 no longer exists.</numerusform>
                <numerusform>%n authorization servers no longer exist: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 no longer has %n scope(s): %2.</source>
            <translation>
                <numerusform>%1 no longer has the scope %2.</numerusform>
                <numerusform>%1 no longer has %n scopes: %2.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ReviewDialog</name>
        <message numerus="yes">
            <source>Review %n change(s)</source>
            <translation>
                <numerusform>Review %n change</numerusform>
                <numerusform>Review %n changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply %n change(s) to %1</source>
            <translation>
                <numerusform>Apply %n change to %1</numerusform>
                <numerusform>Apply %n changes to %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n change(s) are stored</source>
            <translation>
                <numerusform>%1 of %n change is stored</numerusform>
                <numerusform>%1 of %n changes are stored</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Applying %n change(s)</source>
            <translation>
                <numerusform>Applying %n change</numerusform>
                <numerusform>Applying %n changes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ReviewNote</name>
        <message numerus="yes">
            <source>You took theirs and gave your changes to %n app(s) up.</source>
            <translation>
                <numerusform>You took theirs and gave your changes to %n app up.</numerusform>
                <numerusform>You took theirs and gave your changes to %n apps up.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>You took theirs for %n app(s), and the tenant has the rest already.</source>
            <translation>
                <numerusform>You took theirs for %n app, and the tenant has the rest already.</numerusform>
                <numerusform>You took theirs for %n apps, and the tenant has the rest already.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply waits for %n name(s): what is lost may be in use here.</source>
            <translation>
                <numerusform>Apply waits for a name: what is lost may be in use here.</numerusform>
                <numerusform>Apply waits for %n names: what is lost may be in use here.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n app(s) are settled. Each change is written down before it is sent.</source>
            <translation>
                <numerusform>%1 of %n app is settled. Each change is written down before it is sent.</numerusform>
                <numerusform>%1 of %n apps are settled. Each change is written down before it is sent.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The tenant asks to wait, %n second(s) left.</source>
            <translation>
                <numerusform>The tenant asks to wait, %n second left.</numerusform>
                <numerusform>The tenant asks to wait, %n seconds left.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Tokens already issued keep their scopes until they expire, here at most %n minute(s).</source>
            <translation>
                <numerusform>Tokens already issued keep their scopes until they expire, here at most %n minute.</numerusform>
                <numerusform>Tokens already issued keep their scopes until they expire, here at most %n minutes.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) ago</source>
            <translation>
                <numerusform>%n second ago</numerusform>
                <numerusform>%n seconds ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n minute ago</numerusform>
                <numerusform>%n minutes ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nobody has changed %n app(s) since you loaded them.</source>
            <translation>
                <numerusform>Nobody has changed this app since you loaded it.</numerusform>
                <numerusform>Nobody has changed these apps since you loaded them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Someone changed %n app(s) since you loaded them. Decide for each whether theirs is kept alone, or yours goes on top of it.</source>
            <translation>
                <numerusform>Someone changed this app since you loaded it. Decide whether theirs is kept alone, or yours goes on top of it.</numerusform>
                <numerusform>Someone changed these apps since you loaded them. Decide for each whether theirs is kept alone, or yours goes on top of it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n staged change(s) were dropped: the tenant no longer has %1.</source>
            <translation>
                <numerusform>%n staged change was dropped: the tenant no longer has %1.</numerusform>
                <numerusform>%n staged changes were dropped: the tenant no longer has %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Written to Changes. Undo plan takes the %n stored change(s) back, after a review of its own.</source>
            <translation>
                <numerusform>Written to Changes. Undo plan takes the %n stored change back, after a review of its own.</numerusform>
                <numerusform>Written to Changes. Undo plan takes the %n stored changes back, after a review of its own.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ScopeDialog</name>
        <message numerus="yes">
            <source>%n app(s) have it. Tokens from then on carry the new value, issued ones the old.</source>
            <translation>
                <numerusform>%n app has it. Tokens from then on carry the new value, issued ones the old.</numerusform>
                <numerusform>%n apps have it. Tokens from then on carry the new value, issued ones the old.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ScopesPage</name>
        <message numerus="yes">
            <source>%n app(s)</source>
            <translation>
                <numerusform>%n app</numerusform>
                <numerusform>%n apps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ServerActions</name>
        <message numerus="yes">
            <source>These %n client app(s) lose their grants:</source>
            <translation>
                <numerusform>This %n client app loses its grants:</numerusform>
                <numerusform>These %n client apps lose their grants:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n claim(s) go with it.</source>
            <translation>
                <numerusform>%n claim goes with it.</numerusform>
                <numerusform>%n claims go with it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n client app(s) lose their grants: %1.</source>
            <translation>
                <numerusform>%n client app loses its grants: %1.</numerusform>
                <numerusform>%n client apps lose their grants: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s) go with it.</source>
            <translation>
                <numerusform>%n scope goes with it.</numerusform>
                <numerusform>%n scopes go with it.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ServerDetailsPage</name>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::ServerListModel</name>
        <message numerus="yes">
            <source>%n pending change(s)</source>
            <translation>
                <numerusform>%n pending change</numerusform>
                <numerusform>%n pending changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n scope(s)</source>
            <translation>
                <numerusform>%n scope</numerusform>
                <numerusform>%n scopes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n app(s)</source>
            <translation>
                <numerusform>%n app</numerusform>
                <numerusform>%n apps</numerusform>
            </translation>
        </message>
    </context>
<context>
    <name>latchkey::IssuerFields</name>
    <message numerus="yes">
        <source>Discovered %1, %n endpoint(s)</source>
        <translation>
            <numerusform>Discovered %1, %n endpoint</numerusform>
            <numerusform>Discovered %1, %n endpoints</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::Fold</name>
    <message numerus="yes">
        <source>%1, %n set</source>
        <translation>
            <numerusform>%1, %n set</numerusform>
            <numerusform>%1, %n set</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::TokenPages</name>
    <message numerus="yes">
        <source>Failed: %1 and %n more</source>
        <translation>
            <numerusform>Failed: %1 and %n more</numerusform>
            <numerusform>Failed: %1 and %n more</numerusform>
        </translation>
    </message>
</context>
    <context>
        <name>latchkey::RunsPane</name>
        <message numerus="yes">
            <source>%n run(s) were removed from the history.</source>
            <translation>
                <numerusform>%n run was removed from the history.</numerusform>
                <numerusform>%n runs were removed from the history.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::TabStrip</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
<context>
    <name>latchkey::ChangeDetail</name>
        <message numerus="yes">
            <source>%1 of %n change(s) are stored</source>
            <translation>
                <numerusform>%1 of %n change is stored</numerusform>
                <numerusform>%1 of %n changes are stored</numerusform>
            </translation>
        </message>
</context>
<context>
    <name>ChangeText</name>
        <message numerus="yes">
            <source>%n app(s) not known</source>
            <translation>
                <numerusform>%n app not known</numerusform>
                <numerusform>%n apps not known</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n app(s) verified</source>
            <translation>
                <numerusform>%1 of %n app verified</numerusform>
                <numerusform>%1 of %n apps verified</numerusform>
            </translation>
        </message>
    <message numerus="yes">
        <source>%n verified</source>
        <translation>
            <numerusform>%n verified</numerusform>
            <numerusform>%n verified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not stored</source>
        <translation>
            <numerusform>%n not stored</numerusform>
            <numerusform>%n not stored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed by someone else</source>
        <translation>
            <numerusform>%n changed by someone else</numerusform>
            <numerusform>%n changed by someone else</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n not sent</numerusform>
            <numerusform>%n not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not known</source>
        <translation>
            <numerusform>%n not known</numerusform>
            <numerusform>%n not known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ChangesPage</name>
        <message numerus="yes">
            <source>The %n change(s) still pending make room for them; Undo in Grants brings them back.</source>
            <translation>
                <numerusform>The %n change still pending makes room for them; Undo in Grants brings it back.</numerusform>
                <numerusform>The %n changes still pending make room for them; Undo in Grants brings them back.</numerusform>
            </translation>
        </message>
    <message numerus="yes">
        <source>Stage %n change(s)</source>
        <translation>
            <numerusform>Stage %n change</numerusform>
            <numerusform>Stage %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::InterruptedChanges</name>
    <message numerus="yes">
        <source>Of %n app(s): %1.</source>
        <translation>
            <numerusform>Of %n app: %1.</numerusform>
            <numerusform>Of %n apps: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more apply(s) were interrupted.</source>
        <translation>
            <numerusform>%n more apply was interrupted.</numerusform>
            <numerusform>%n more applies were interrupted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ReviewCards</name>
    <message numerus="yes">
        <source>Show more, %n app(s) left</source>
        <translation>
            <numerusform>Show more, %n app left</numerusform>
            <numerusform>Show more, %n apps left</numerusform>
        </translation>
    </message>
</context>
    <context>
        <name>latchkey::ServerCombo</name>
        <message numerus="yes">
            <source>%n pending change(s)</source>
            <translation>
                <numerusform>%n pending change</numerusform>
                <numerusform>%n pending changes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>latchkey::WindowPanels</name>
        <message numerus="yes">
            <source>%n staged change(s)</source>
            <translation>
                <numerusform>%n staged change</numerusform>
                <numerusform>%n staged changes</numerusform>
            </translation>
        </message>
    </context>
</TS>
