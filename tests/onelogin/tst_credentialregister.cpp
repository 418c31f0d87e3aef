// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/credentialregister.h"
#include "store/workspace.h"
#include "support/qtest_result.h"
#include "support/registerdesk.h"
#include "support/waitfor.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString kCanary = u"canary-5ecret-of-the-test"_s;

} // namespace

class TestCredentialRegister : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_desk = std::make_unique<RegisterDesk>();
        QVERIFY(m_desk->open());
    }
    void cleanup() { m_desk.reset(); }

    void addsTheRowAndTheSecretAndGivesBothBack()
    {
        QSignalSpy changed(m_desk->credentials.get(), &CredentialRegister::changed);
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(added->name, u"billing-service"_s);
        QCOMPARE(added->level, ScopeLevel::ReadAll);
        QVERIFY(added->addedAt.isValid());
        QVERIFY(!added->usedAt.isValid());
        QCOMPARE(m_desk->credentials->list(m_desk->tenant.id)->size(), 1u);
        const Result<Secret> secret = secretOf(*added);
        QVERIFY_OK(secret);
        QCOMPARE(secret->revealed(), kCanary);
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void keyAndRowTellNothingOfTheCredential()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        static const QRegularExpression opaque(u"^latchkey/[0-9a-f]{32}$"_s);
        QVERIFY(opaque.match(added->secretKey).hasMatch());
    }

    void theSecretIsNowhereInTheWorkspaceFolder()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        QVERIFY_OK(secretOf(*added));
        QVERIFY_OK(replace(*added, kCanary + u"-2"_s, SecretPlace::Session));
        const QByteArray raw = kCanary.toUtf8();
        const QList<QByteArray> needles{
            raw, raw.toBase64().left(24), raw.toHex(),
            QByteArray(reinterpret_cast<const char *>(kCanary.utf16()), 2 * kCanary.size())};
        const QDir folder(m_desk->folder.path());
        bool sawName = false;
        for (const QString &name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            sawName = sawName || content.contains("billing-service");
            for (const QByteArray &needle : needles)
                QVERIFY2(!content.contains(needle), qPrintable(name));
        }
        QVERIFY(sawName); // the search does look where the rows are
    }

    void aSessionSecretIsNotInTheKeychain()
    {
        CredentialDraft sample = draft();
        sample.place = SecretPlace::Session;
        const Result<ApiCredential> added = add(sample);
        QVERIFY_OK(added);
        QVERIFY(m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->leftovers().isEmpty());
        QCOMPARE(secretOf(*added)->revealed(), kCanary);
        QVERIFY_OK(remove(*added));
        QCOMPARE(secretOf(*added).error().kind, ErrorKind::SecretMissing);
    }

    void refusesWhatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("says");
        QTest::newRow("no name") << u"  "_s << u"0123"_s << u"abcd"_s << u"The name is empty."_s;
        QTest::newRow("no client ID") << u"a"_s << u""_s << u"abcd"_s << u"The client ID is empty."_s;
        QTest::newRow("no secret") << u"a"_s << u"0123"_s << u""_s << u"The client secret is empty."_s;
        QTest::newRow("no-break space in the client ID")
            << u"a"_s << u"012\u00a03"_s << u"abcd"_s << u"Character 4 is a no-break space (U+00A0)"_s;
        QTest::newRow("line end in the secret")
            << u"a"_s << u"0123"_s << u"abcd\n"_s << u"Character 5 is a line end (U+000A)"_s;
    }
    void refusesWhatCannotBeUsed()
    {
        QFETCH(QString, name);
        QFETCH(QString, clientId);
        QFETCH(QString, secret);
        QFETCH(QString, says);
        CredentialDraft sample = draft();
        sample.name = name;
        sample.clientId = clientId;
        const Result<ApiCredential> added = add(sample, secret);
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
        QVERIFY2(added.error().message.contains(says), qPrintable(added.error().message));
        QVERIFY(!added.error().message.contains(u"abcd"_s));
        QVERIFY(m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->credentials->list(m_desk->tenant.id)->empty());
    }

    void aNameInUseIsRefusedBeforeAnythingIsStored()
    {
        QVERIFY_OK(add(draft()));
        CredentialDraft second = draft();
        second.name = u" BILLING-service "_s;
        const Result<ApiCredential> added = add(second);
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
        QVERIFY(added.error().message.contains(u"BILLING-service"_s) ||
                added.error().message.contains(u"billing-service"_s));
        QCOMPARE(m_desk->keychain->secrets.size(), 1);
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void twoAtOnceWithOneNameLeaveOneRowAndOneSecret()
    {
        QObject context;
        std::vector<Result<ApiCredential>> results;
        for (int i = 0; i < 2; ++i) {
            m_desk->credentials->add(
                draft(), Secret::fromText(kCanary),
                then(&context, [&](const Result<ApiCredential> &added) { results.push_back(added); }));
        }
        QTRY_COMPARE(results.size(), 2u);
        QVERIFY(results[0].has_value() != results[1].has_value());
        QCOMPARE(m_desk->credentials->list(m_desk->tenant.id)->size(), 1u);
        QCOMPARE(m_desk->keychain->secrets.size(), 1);
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void aKeychainThatRefusesLeavesNoRow_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        for (ErrorKind kind : {ErrorKind::KeychainLocked, ErrorKind::KeychainUnavailable,
                               ErrorKind::KeychainTimeout, ErrorKind::KeychainFailure})
            QTest::newRow(qPrintable(kindName(kind))) << kind;
    }
    void aKeychainThatRefusesLeavesNoRow()
    {
        QFETCH(ErrorKind, kind);
        m_desk->keychain->failFrom = 0;
        m_desk->keychain->failure = kind;
        m_desk->keychain->storesBeforeItFails = true;
        const Result<ApiCredential> added = add(draft());
        QVERIFY(!added);
        QCOMPARE(added.error().kind, kind);
        QVERIFY(m_desk->credentials->list(m_desk->tenant.id)->empty());
        // What may lie there is in the index, and goes when the keychain can be reached again.
        QCOMPARE(m_desk->leftovers(), m_desk->keychain->secrets.keys());
        m_desk->keychain->failFrom = -1;
        QVERIFY(m_desk->ageTheIndex());
        QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->removeLeftovers(k); }));
        QVERIFY(m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void aRowThatCannotBeWrittenTakesTheSecretBack()
    {
        refuse(u"BEFORE INSERT ON credentials"_s);
        const Result<ApiCredential> added = add(draft());
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Storage);
        QVERIFY(m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void aSecretThatCannotBeTakenBackStaysInTheIndex()
    {
        refuse(u"BEFORE INSERT ON credentials"_s);
        m_desk->keychain->failFrom = 1;
        const Result<ApiCredential> added = add(draft());
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Storage);
        QCOMPARE(m_desk->keychain->secrets.size(), 1);
        QCOMPARE(m_desk->leftovers(), m_desk->keychain->secrets.keys());
    }

    void anAddWhoseCallerIsGoneLeavesNothing()
    {
        auto context = std::make_unique<QObject>();
        m_desk->credentials->add(draft(), Secret::fromText(kCanary),
                                 then(context.get(), [](const Result<ApiCredential> &) {}));
        context.reset();
        QTRY_VERIFY(m_desk->leftovers().isEmpty() && m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->credentials->list(m_desk->tenant.id)->empty());
    }

    void leftoversOfTheLastMinutesAreNotTouched()
    {
        QVERIFY_OK(m_desk->workspace->noteKeychainItem(u"latchkey/being-added-elsewhere"_s));
        QVERIFY_OK(waitFor([&](auto k) { m_desk->credentials->removeLeftovers(k); }));
        QCOMPARE(m_desk->leftovers().size(), 1);
    }

    void leftoversOfANewerVersionsFileAreNotTouched()
    {
        const QString key = u"latchkey/of-something-new"_s;
        QVERIFY_OK(m_desk->workspace->noteKeychainItem(key));
        QVERIFY(m_desk->ageTheIndex());
        QVERIFY(m_desk->execute(u"PRAGMA user_version = 1000"_s));
        QVERIFY(m_desk->open());
        m_desk->keychain->secrets.insert(key, Secret::fromText(kCanary));
        const Result<void> removed = waitFor([&](auto k) { m_desk->credentials->removeLeftovers(k); });
        QVERIFY(!removed);
        QCOMPARE(removed.error().kind, ErrorKind::StorageTooNew);
        QVERIFY(m_desk->keychain->secrets.contains(key));
    }

    void aSecretThatIsGoneIsRememberedUntilItIsPastedAgain()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        m_desk->keychain->secrets.clear();
        const Result<Secret> gone = secretOf(*added);
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::SecretMissing);
        QVERIFY(gone.error().message.contains(added->name));
        QVERIFY(row().secretMissing);
        QVERIFY_OK(replace(*added, u"pasted-again"_s, SecretPlace::Keychain));
        QVERIFY(!row().secretMissing);
        QCOMPARE(secretOf(row())->revealed(), u"pasted-again"_s);
        QCOMPARE(m_desk->keychain->secrets.size(), 1);
    }

    void aLockedKeychainIsNotTakenForAMissingSecret()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        m_desk->keychain->failFrom = 0;
        QCOMPARE(secretOf(*added).error().kind, ErrorKind::KeychainLocked);
        QVERIFY(!row().secretMissing);
    }

    void aMissingSecretThatIsThereAgainIsRemembered()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        const QHash<QString, Secret> kept = std::exchange(m_desk->keychain->secrets, {});
        QVERIFY(!secretOf(*added));
        m_desk->keychain->secrets = kept;
        QVERIFY_OK(secretOf(*added));
        QVERIFY(!row().secretMissing);
    }

    void anEarlierSessionsSecretIsMissingAndSaysSo()
    {
        CredentialDraft sample = draft();
        sample.place = SecretPlace::Session;
        const Result<ApiCredential> added = add(sample);
        QVERIFY_OK(added);
        MemoryStore nextSession;
        CredentialRegister next(*m_desk->workspace, *m_desk->keychain, nextSession);
        const Result<Secret> gone = waitFor<Secret>([&](auto k) { next.secret(*added, k); });
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::SecretMissing);
        QVERIFY2(gone.error().message.contains(u"earlier session"_s), qPrintable(gone.error().message));
        QVERIFY(row().secretMissing);
    }

    void lostSecretsOfASessionAreOneChange()
    {
        for (int i = 0; i < 3; ++i) {
            CredentialDraft sample = draft();
            sample.name += QString::number(i);
            sample.clientId += QString::number(i);
            sample.place = SecretPlace::Session;
            QVERIFY_OK(add(sample));
        }
        MemoryStore nextSession;
        CredentialRegister next(*m_desk->workspace, *m_desk->keychain, nextSession);
        QSignalSpy changes(&next, &CredentialRegister::changed);
        next.noteLostSecrets(draft().tenant);
        QTRY_COMPARE(changes.count(), 1);
        const auto rows = next.list(draft().tenant);
        QVERIFY(std::all_of(rows->begin(), rows->end(),
                            [](const ApiCredential &each) { return each.secretMissing; }));
        next.noteLostSecrets(draft().tenant); // known already
        QTest::qWait(0);
        QCOMPARE(changes.count(), 1);
    }

    void aReplacementThatFailsKeepsTheOldSecret_data()
    {
        QTest::addColumn<int>("failFrom");
        QTest::addColumn<bool>("rowFails");
        QTest::newRow("locked at once") << 0 << false;
        QTest::newRow("row refused") << -1 << true;
        QTest::newRow("row refused, then locked") << 1 << true;
    }
    void aReplacementThatFailsKeepsTheOldSecret()
    {
        QFETCH(int, failFrom);
        QFETCH(bool, rowFails);
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        if (rowFails)
            refuse(u"BEFORE UPDATE ON credentials"_s);
        m_desk->keychain->failFrom = failFrom;
        QVERIFY(!replace(*added, u"another"_s, SecretPlace::Keychain));
        m_desk->keychain->failFrom = -1;
        QCOMPARE(row().secretKey, added->secretKey);
        QCOMPARE(secretOf(row())->revealed(), kCanary);
        QStringList expected = m_desk->leftovers();
        expected.append(added->secretKey);
        for (const QString &key : m_desk->keychain->secrets.keys())
            QVERIFY(expected.contains(key));
    }

    void aReplacementWhoseOldSecretCannotGoSucceedsAndRemembersTheOldKey()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        m_desk->keychain->failFrom = 1;
        QVERIFY_OK(replace(*added, u"another"_s, SecretPlace::Keychain));
        m_desk->keychain->failFrom = -1;
        QCOMPARE(secretOf(row())->revealed(), u"another"_s);
        QCOMPARE(m_desk->leftovers(), QStringList{added->secretKey});
    }

    void movesASecretToTheSession()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        QVERIFY_OK(replace(*added, u"another"_s, SecretPlace::Session));
        QCOMPARE(row().place, SecretPlace::Session);
        QVERIFY(m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->leftovers().isEmpty());
        QCOMPARE(secretOf(row())->revealed(), u"another"_s);
    }

    void removesTheSecretAndThenTheRow()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        QVERIFY_OK(remove(*added));
        QVERIFY(m_desk->keychain->secrets.isEmpty());
        QVERIFY(m_desk->credentials->list(m_desk->tenant.id)->empty());
        QVERIFY(m_desk->leftovers().isEmpty());
    }

    void aSecretThatCannotBeRemovedKeepsItsRow()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        m_desk->keychain->failFrom = 0;
        const Result<void> removed = remove(*added);
        QVERIFY(!removed);
        QCOMPARE(removed.error().kind, ErrorKind::KeychainLocked);
        QCOMPARE(m_desk->credentials->list(m_desk->tenant.id)->size(), 1u);
        QVERIFY(!row().secretMissing);
        QCOMPARE(m_desk->keychain->secrets.size(), 1);
    }

    void aRowThatCannotBeRemovedSaysThatItsSecretIsGone()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        refuse(u"BEFORE DELETE ON credentials"_s);
        QVERIFY(!remove(*added));
        QVERIFY(row().secretMissing);
        QVERIFY(m_desk->keychain->secrets.isEmpty());
    }

    void remembersStateUseAndNotes()
    {
        const Result<ApiCredential> added = add(draft());
        QVERIFY_OK(added);
        QVERIFY_OK(m_desk->credentials->setState(added->id, CredentialState::Disabled));
        const QDateTime when(QDate(2026, 3, 4), QTime(5, 6, 7), Qt::UTC);
        QVERIFY_OK(m_desk->credentials->markUsed(added->id, when, CredentialProblem::Refused));
        ApiCredential edited = *added;
        edited.name = u"renamed"_s;
        edited.note = u"note"_s;
        edited.level.reset();
        edited.clientId = u"must not change"_s;
        QVERIFY_OK(m_desk->credentials->update(edited));
        QCOMPARE(row().state, CredentialState::Disabled);
        QCOMPARE(row().usedAt, when);
        QCOMPARE(row().problem, CredentialProblem::Refused);
        QCOMPARE(row().name, u"renamed"_s);
        QCOMPARE(row().note, u"note"_s);
        QVERIFY(!row().level);
        QCOMPARE(row().clientId, added->clientId);
        QVERIFY_OK(replace(row(), u"another"_s, SecretPlace::Keychain));
        QCOMPARE(row().problem, CredentialProblem::None);
    }

private:
    CredentialDraft draft() const
    {
        return {.tenant = m_desk->tenant.id,
                .name = u"billing-service"_s,
                .clientId = u"0123abcd"_s,
                .level = ScopeLevel::ReadAll,
                .note = u"owner: jdoe.test"_s};
    }
    Result<ApiCredential> add(const CredentialDraft &sample, const QString &secret = kCanary)
    {
        return waitFor<ApiCredential>(
            [&](auto k) { m_desk->credentials->add(sample, Secret::fromText(secret), k); });
    }
    Result<Secret> secretOf(const ApiCredential &credential)
    {
        return waitFor<Secret>([&](auto k) { m_desk->credentials->secret(credential, k); });
    }
    Result<void> replace(const ApiCredential &credential, const QString &secret, SecretPlace place)
    {
        return waitFor([&](auto k) {
            m_desk->credentials->replaceSecret(credential, Secret::fromText(secret), place, k);
        });
    }
    Result<void> remove(const ApiCredential &credential)
    {
        return waitFor([&](auto k) { m_desk->credentials->remove(credential, k); });
    }
    ApiCredential row() const { return m_desk->credentials->list(m_desk->tenant.id)->at(0); }
    void refuse(const QString &event)
    {
        QVERIFY(m_desk->execute(
            u"CREATE TRIGGER refuse %1 WHEN %2 BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"_s.arg(
                event, event.contains(u"UPDATE"_s) ? u"NEW.secret_key <> OLD.secret_key"_s : u"1"_s)));
    }

    std::unique_ptr<RegisterDesk> m_desk;
};

QTEST_GUILESS_MAIN(TestCredentialRegister)
#include "tst_credentialregister.moc"
