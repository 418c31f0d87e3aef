// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialspanel.h"
#include "credentials/exportdialog.h"
#include "credentials/importdialog.h"
#include "interchange/sourcetext.h"
#include "style/latchkeystyle.h"
#include "support/canary.h"
#include "support/waitfor.h"
#include "translations.h"
#include "ui/appfixture.h"
#include "widgets/confirmdialog.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"
#include "widgets/statebadge.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Import and export in the window.
class TestInterchange : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init();
    void cleanup();

    void modelChoosesWhatCanBeTaken();
    void importsWhatIsPicked();
    void renamesAndUnchecksByKeyboard();
    void readsTheEnvironment();
    void aSecondImportFindsAllExisting();
    void saysWhatIsWrongAndWhere();
    void aBrokenFileLeavesTheDialogOpen();
    void aLockedKeychainLeavesTheDialogAsItWas();
    void aNameInUseLeavesTheDialogAsItWas();
    void cancelInTheMiddleTakesAllBack();
    void deletesTheSourceOnlyWhenAsked();
    void keepsASourceThatChangedMeanwhile();
    void exportsWithoutSecrets();
    void exportsEncryptedAndImportsItAgain();
    void refusesWeakOrDifferentPassphrases();
    void replacesNoFile();
    void aLockedKeychainEndsAnEncryptedExport();
    void theEmptyPanelCanImport();

private:
    QString write(const QString &name, const QByteArray &content);
    QString writeSample() { return write(u"home/.onelogin/profiles.json"_s, kSample); }
    QStringList names() const;
    void openImport();
    void openExport();
    ImportDialog *importDialog() const { return m_panel->findChild<ImportDialog *>(u"importDialog"_s); }
    ExportDialog *exportDialog() const { return m_panel->findChild<ExportDialog *>(u"exportDialog"_s); }
    QTableView *table() const { return shown<QTableView>(*importDialog(), u"import.table"_s); }
    QAbstractItemModel *rows() const { return table()->model(); }
    QPushButton *verb() const { return shown<QPushButton>(*importDialog(), u"import.verb"_s); }
    MessageBanner &banner() const { return *m_panel->banner(); }
    void type(const QWidget &dialog, const QString &field, const QString &text);
    QString errorBelow(const QString &field) const;

    inline static const QByteArray kSample =
        R"({"billing-service": {"url": "https://acme.example.com", "client_id": "fakeid-0001",)"
        R"( "client_secret": "fakesecret-0001"},)"
        R"( "hr-import": {"region": "us", "client_id": "fakeid-0002", "client_secret": "fakesecret-0002"},)"
        R"( "other": {"url": "https://b.example.com", "client_id": "fakeid-0003",)"
        R"( "client_secret": "fakesecret-0003"}})";

    std::unique_ptr<AppFixture> m_app;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<CredentialsPanel> m_panel;
    SourcePlaces m_places;
};

void TestInterchange::init()
{
    failOnWarnings();
    m_app = std::make_unique<AppFixture>();
    m_app->keychainState.probe();
    QTRY_VERIFY(m_app->keychainState.isReady());
    const Result<Tenant> tenant = m_app->workspace->addTenant(
        {.name = u"acme"_s, .baseUrl = QUrl(u"https://acme.example.com"_s), .type = TenantType::Development});
    QVERIFY_OK(tenant);
    m_session = std::make_unique<Session>(*tenant, m_app->http, m_app->credentials, m_app->clock);
    m_panel = std::make_unique<CredentialsPanel>(*m_session, m_app->tools());
    const QDir root(m_app->folder.path());
    m_places = {.home = root.filePath(u"home"_s),
                .configFolder = root.filePath(u"config"_s),
                .workingFolder = root.filePath(u"work"_s)};
    QVERIFY(root.mkpath(u"home"_s));
    m_panel->interchange().setPlaces(m_places);
    m_panel->resize(1052, 720);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestInterchange::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_app.reset();
}

QString TestInterchange::write(const QString &name, const QByteArray &content)
{
    const QString path = QDir(m_app->folder.path()).filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return path;
}

QStringList TestInterchange::names() const
{
    QStringList all;
    const Result<std::vector<ApiCredential>> list = m_app->credentials.list(m_session->tenant().id);
    for (const ApiCredential &credential : *list)
        all.append(credential.name);
    return all;
}

void TestInterchange::openImport()
{
    QVERIFY(press(*m_panel, u"credentials.import"_s));
    QVERIFY(importDialog());
    QVERIFY(QTest::qWaitForWindowExposed(importDialog()));
}

void TestInterchange::openExport()
{
    m_panel->findChild<QAction *>(u"credentials.export"_s)->trigger();
    QVERIFY(exportDialog());
    QVERIFY(QTest::qWaitForWindowExposed(exportDialog()));
}

void TestInterchange::type(const QWidget &dialog, const QString &field, const QString &text)
{
    auto *edit = shown<QLineEdit>(dialog, field);
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

QString TestInterchange::errorBelow(const QString &field) const
{
    const auto *edit = shown<QLineEdit>(*exportDialog(), field);
    for (const QWidget *widget = edit; widget; widget = widget->parentWidget()) {
        if (const auto *row = qobject_cast<const FormField *>(widget)) {
            QStringList texts;
            for (const QLabel *label : row->findChildren<QLabel *>())
                texts.append(label->text());
            return row->hasError() ? texts.join(u'\n') : QString();
        }
    }
    return {};
}

void TestInterchange::modelChoosesWhatCanBeTaken()
{
    ImportModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const FoundCredential found{.name = u"billing-service"_s, .clientId = u"fakeid-1"_s};
    model.setPlan({{.found = found},
                   {.found = found, .isExisting = true},
                   {.found = found, .isOfAnotherTenant = true}});
    QCOMPARE(model.chosen().size(), 1u);
    const auto name = [&model](int row) { return model.index(row, ImportModel::Name); };
    QVERIFY(!model.setData(name(1), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(!(model.flags(name(1)) & Qt::ItemIsEditable));
    QVERIFY(model.setData(name(2), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(model.chosen().size(), 2u);
    QVERIFY(!model.setData(name(0), u"  "_s, Qt::EditRole));
    QVERIFY(model.setData(name(0), u" a  b "_s, Qt::EditRole));
    QCOMPARE(model.chosen().front().name, u"a b"_s);
    QCOMPARE(name(0).data(Qt::AccessibleTextRole).toString(), u"a b, Secret missing, will be imported"_s);
    QCOMPARE(name(1).data(Qt::AccessibleTextRole).toString(),
             u"billing-service, Existing, will not be imported"_s);
}

void TestInterchange::importsWhatIsPicked()
{
    const QString path = writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QVERIFY(shown<QComboBox>(*importDialog(), u"import.source"_s)->currentText().contains(path));
    QCOMPARE(verb()->text(), u"Import 2 credentials"_s);
    QCOMPARE(rows()->index(0, ImportModel::Status).data().toString(), u"New"_s);
    QCOMPARE(rows()->index(2, ImportModel::Status).data().toString(), u"For b.example.com"_s);
    auto *elsewhere = importDialog()->findChild<QLabel *>(u"import.elsewhere"_s);
    QVERIFY(elsewhere->isHidden());
    // A click on the box of the last row takes it too.
    const QRect cell = table()->visualRect(rows()->index(2, ImportModel::Name));
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, QPoint(cell.x() + 20, cell.center().y()));
    QCOMPARE(verb()->text(), u"Import 3 credentials"_s);
    QVERIFY(elsewhere->isVisible());
    QCOMPARE(elsewhere->text(),
             u"1 chosen credential has the address of another tenant. Here its secret is sent "
             "to acme.example.com."_s);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(banner().sentence(), u"3 credentials imported."_s);
    QCOMPARE(banner().detail(), u"Their source is unchanged: %1"_s.arg(path));
    QCOMPARE(names(), (QStringList{u"billing-service"_s, u"hr-import"_s, u"other"_s}));
    QTRY_VERIFY(!importDialog());
    QCOMPARE(m_panel->findChild<QLabel *>(u"credential.name"_s)->text(), u"billing-service"_s);
    const ApiCredential first = m_app->credentials.list(m_session->tenant().id)->front();
    QVERIFY(first.place == SecretPlace::Keychain);
    const auto secret = waitFor<Secret>([&](auto k) { m_app->credentials.secret(first, k); });
    QVERIFY_OK(secret);
    QCOMPARE(secret->revealed(), u"fakesecret-0001"_s);
}

void TestInterchange::renamesAndUnchecksByKeyboard()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTRY_COMPARE(importDialog()->focusWidget(), static_cast<QWidget *>(table()));
    QTest::keyClick(table(), Qt::Key_F2);
    auto *editor = table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, u"billing"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(rows()->index(0, 0).data().toString(), u"billing"_s);
    QVERIFY(importDialog());
    QTest::keyClick(table(), Qt::Key_Down);
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(verb()->text(), u"Import 1 credential"_s);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names(), QStringList{u"billing"_s});
    QCOMPARE(banner().sentence(), u"1 credential imported."_s);
    QVERIFY(banner().detail().startsWith(u"Its source is unchanged: "_s));
    QCOMPARE(m_panel->findChild<StateBadge *>(u"credential.state"_s)->text(), u"Not tested yet"_s);
}

void TestInterchange::readsTheEnvironment()
{
    m_places.environment.insert(u"ONELOGIN_CLIENT_ID"_s, u"fakeid-0001"_s);
    m_places.environment.insert(u"ONELOGIN_CLIENT_SECRET"_s, u"fakesecret-0001"_s);
    m_panel->interchange().setPlaces(m_places);
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 1);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names(), QStringList{u"Environment"_s});
    QCOMPARE(banner().detail(), u"Its secret is still in the environment variables."_s);
    QVERIFY(!shown<QPushButton>(*m_panel, u"credentials.deleteSource"_s));
}

void TestInterchange::aSecondImportFindsAllExisting()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_VERIFY(!importDialog());
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QCOMPARE(rows()->index(0, ImportModel::Status).data().toString(), u"Existing"_s);
    QCOMPARE(verb()->text(), u"Import credentials"_s);
    QVERIFY(!verb()->isEnabled());
    QVERIFY(press(*importDialog(), u"cancel"_s));
    QTRY_VERIFY(!importDialog());
    QCOMPARE(names().size(), 2);
}

void TestInterchange::saysWhatIsWrongAndWhere()
{
    const QString path =
        write(u"pairs.csv"_s, "client_id,client_secret\nfakeid-0001,fakesecret-0001\nfakeid-2\n");
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadOther));
    openImport();
    QVERIFY(!shown<QComboBox>(*importDialog(), u"import.source"_s)->isEnabled());
    QVERIFY(press(*importDialog(), u"import.choose"_s));
    auto *files = importDialog()->findChild<QFileDialog *>(u"import.files"_s);
    QVERIFY(files);
    QCOMPARE(files->nameFilters().size(), 2);
    const QString known = files->nameFilters().front();
    const QStringList patterns = known.mid(known.indexOf(u'(') + 1).chopped(1).split(u' ');
    for (const QString &name :
         {u".env"_s, u".env.prod"_s, u"prod.env"_s, u"pairs.csv"_s, u"onelogin.sdk.json"_s,
          u"onelogin.sdk.properties"_s, u".onelogin-aws.config"_s, u"acme.latchkey"_s})
        QVERIFY2(QDir::match(patterns, name), qPrintable(name));
    QVERIFY(!QDir::match(patterns, u"photo.png"_s));
    QVERIFY(files->nameFilters().back().contains(u"(*)"_s));
    emit files->fileSelected(path);
    files->reject();
    QTRY_COMPARE(rows()->rowCount(), 1);
    const QString said = shown<QLabel>(*importDialog(), u"import.problems"_s)->text();
    QVERIFY(said.contains(u"Other users of this computer may read or change"_s));
    QVERIFY(said.contains(u"Line 3: This row has 1 cells and the heading 2."_s));
}

void TestInterchange::aBrokenFileLeavesTheDialogOpen()
{
    openImport();
    importDialog()->load(write(u"broken.json"_s, "{\"client_id\": "));
    QTRY_VERIFY(importDialog()->banner()->isVisible());
    QVERIFY(importDialog()->banner()->sentence().startsWith(u"This is not valid JSON"_s));
    QVERIFY(!verb()->isEnabled());
    importDialog()->load(write(u"empty.csv"_s, "client_id,client_secret\n"));
    QTRY_COMPARE(importDialog()->banner()->sentence(),
                 u"There is no API credential in it that can be used."_s);
    importDialog()->load(m_app->folder.filePath(u"gone.csv"_s));
    QTRY_VERIFY(importDialog()->banner()->sentence().startsWith(u"There is no file"_s));
    importDialog()->load(writeSample());
    QTRY_COMPARE(rows()->rowCount(), 3);
    QVERIFY(!importDialog()->banner()->isVisible());
}

void TestInterchange::aLockedKeychainLeavesTheDialogAsItWas()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    for (ErrorKind kind : {ErrorKind::KeychainLocked, ErrorKind::KeychainUnavailable}) {
        m_app->keychain.failWith(kind);
        QTest::mouseClick(verb(), Qt::LeftButton);
        QTRY_COMPARE(importDialog()->banner()->sentence(), u"refused by the test"_s);
        QTRY_VERIFY(verb()->isEnabled());
        QCOMPARE(verb()->text(), u"Import 2 credentials"_s);
        QVERIFY(names().isEmpty());
    }
    QVERIFY(press(*importDialog(), u"import.useSession"_s));
    QTRY_COMPARE(shown<QComboBox>(*importDialog(), u"import.place"_s)->currentText(), u"This session only"_s);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names().size(), 2);
}

void TestInterchange::aNameInUseLeavesTheDialogAsItWas()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QVERIFY(rows()->setData(rows()->index(1, 0), u"Billing-Service"_s, Qt::EditRole));
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(importDialog()->banner()->sentence(),
                 u"Two of the chosen rows are named Billing-Service. Change one of the names."_s);
    QVERIFY(names().isEmpty());
    QCOMPARE(rows()->index(1, 0).data().toString(), u"Billing-Service"_s);
    QVERIFY(verb()->isEnabled());
}

void TestInterchange::cancelInTheMiddleTakesAllBack()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QVERIFY(press(*importDialog(), u"cancel"_s)); // before the event loop has stored anything
    QTRY_COMPARE(importDialog()->banner()->sentence(), u"The import was cancelled. Nothing was imported."_s);
    QVERIFY(names().isEmpty());
    QVERIFY(m_app->workspace->leftoverKeychainItems(QDateTime::currentDateTimeUtc().addSecs(60))->isEmpty());
    QVERIFY(press(*importDialog(), u"cancel"_s));
    QTRY_VERIFY(!importDialog());
}

void TestInterchange::deletesTheSourceOnlyWhenAsked()
{
    const QString path = writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QVERIFY(press(*m_panel, u"credentials.deleteSource"_s));
    QVERIFY(QFile::exists(path));
    auto *confirm = m_panel->findChild<ConfirmDialog *>(u"deleteSourceDialog"_s);
    QTRY_VERIFY(confirm = m_panel->findChild<ConfirmDialog *>(u"deleteSourceDialog"_s));
    QTRY_COMPARE(confirm->focusWidget(), static_cast<QWidget *>(confirm->cancelButton()));
    QVERIFY(confirm->accessibleDescription().contains(path));
    QVERIFY(confirm->accessibleDescription().contains(u"1 credential in it was not imported"_s));
    QTest::mouseClick(confirm->verbButton(), Qt::LeftButton);
    QTRY_COMPARE(banner().sentence(), u"profiles.json is deleted."_s);
    QVERIFY(!QFile::exists(path));
}

void TestInterchange::keepsASourceThatChangedMeanwhile()
{
    const QString path = writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QVERIFY(press(*m_panel, u"credentials.deleteSource"_s));
    QTRY_VERIFY(m_panel->findChild<ConfirmDialog *>(u"deleteSourceDialog"_s));
    auto *confirm = m_panel->findChild<ConfirmDialog *>(u"deleteSourceDialog"_s);
    write(u"home/.onelogin/profiles.json"_s, kSample + "\n");
    QTest::mouseClick(confirm->verbButton(), Qt::LeftButton);
    QTRY_VERIFY(confirm->banner()->sentence().contains(u"was changed after it was read"_s));
    QVERIFY(QFile::exists(path));
}

void TestInterchange::exportsWithoutSecrets()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names().size(), 2);
    for (const QString &ending : {u"csv"_s, u"json"_s}) {
        openExport();
        auto *form = shown<QComboBox>(*exportDialog(), u"export.form"_s);
        form->setCurrentIndex(ending == u"csv"_s ? 1 : 2);
        QVERIFY(!shown<QLineEdit>(*exportDialog(), u"export.passphrase"_s));
        const QString path = m_app->folder.filePath(u"home/acme-credentials."_s + ending);
        QCOMPARE(shown<QLineEdit>(*exportDialog(), u"newFile.path"_s)->text(), path);
        QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
        QTRY_COMPARE(banner().sentence(), u"2 credentials exported."_s);
        QTRY_VERIFY(!exportDialog());
        const Result<QByteArray> bytes = readSource(path);
        QVERIFY_OK(bytes);
        QVERIFY(!bytes->contains("fakesecret"));
        QVERIFY(looseModeWarning(path).isEmpty());
        QCOMPARE(readCredentials(*bytes)->credentials.size(), 2u);
        banner().clear();
    }
}

void TestInterchange::exportsEncryptedAndImportsItAgain()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names().size(), 2);
    openExport();
    const QString path = m_app->folder.filePath(u"home/acme-credentials.latchkey"_s);
    type(*exportDialog(), u"export.passphrase"_s, u"a fake passphrase"_s);
    type(*exportDialog(), u"export.again"_s, u"a fake passphrase"_s);
    QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(banner().sentence(), u"2 credentials exported."_s, 60'000);
    Canary canary;
    canary.watch(u"first"_s, u"fakesecret-0001"_s);
    QCOMPARE(canary.find(*readSource(path)), QString());

    const std::vector<ApiCredential> all = *m_app->credentials.list(m_session->tenant().id);
    for (const ApiCredential &row : all)
        QVERIFY_OK(waitFor([&](auto k) { m_app->credentials.remove(row, k); }));
    openImport();
    importDialog()->load(path);
    QTRY_VERIFY(shown<QLineEdit>(*importDialog(), u"import.passphrase"_s));
    type(*importDialog(), u"import.passphrase"_s, u"another one"_s);
    QVERIFY(press(*importDialog(), u"import.open"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        importDialog()->banner()->sentence().startsWith(u"The passphrase is wrong, or the beginning"_s),
        60'000);
    QCOMPARE(rows()->rowCount(), 0);
    type(*importDialog(), u"import.passphrase"_s, u"a fake passphrase"_s);
    QTest::keyClick(shown<QLineEdit>(*importDialog(), u"import.passphrase"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(rows()->rowCount(), 2, 60'000);
    QVERIFY(!shown<QLineEdit>(*importDialog(), u"import.passphrase"_s));
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names().size(), 2);
    const ApiCredential first = m_app->credentials.list(m_session->tenant().id)->front();
    QCOMPARE(waitFor<Secret>([&](auto k) { m_app->credentials.secret(first, k); })->revealed(),
             u"fakesecret-0001"_s);
}

void TestInterchange::refusesWeakOrDifferentPassphrases()
{
    openExport();
    type(*exportDialog(), u"export.passphrase"_s, u"short"_s);
    QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
    QVERIFY(errorBelow(u"export.passphrase"_s)
                .contains(u"It has 5 characters, and needs 14 to be hard to guess."_s));
    auto *passphrase = shown<QLineEdit>(*exportDialog(), u"export.passphrase"_s);
    QTest::keyClicks(passphrase, u"er"_s);
    QCOMPARE(passphrase->accessibleDescription(), u"7 of 14 characters."_s); // no stale error
    type(*exportDialog(), u"export.passphrase"_s, u"long enough now"_s);
    type(*exportDialog(), u"export.again"_s, u"long enough not"_s);
    QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
    QVERIFY(errorBelow(u"export.again"_s).contains(u"The two passphrases differ."_s));
    QVERIFY(exportDialog());
}

void TestInterchange::replacesNoFile()
{
    const QString taken = write(u"home/taken.csv"_s, "mine");
    openExport();
    shown<QComboBox>(*exportDialog(), u"export.form"_s)->setCurrentIndex(1);
    const QList<std::pair<QString, QString>> wrong{
        {taken, u"There is a file of this name already. Choose another one."_s},
        {m_app->folder.filePath(u"none/a.csv"_s), u"There is no such folder."_s},
        {u"a.csv"_s, u"Give the whole path, from the root on."_s}};
    for (const auto &[path, says] : wrong) {
        shown<QLineEdit>(*exportDialog(), u"newFile.path"_s)->setText(path);
        QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
        QVERIFY(errorBelow(u"newFile.path"_s).contains(says));
    }
    QCOMPARE(*readSource(taken), QByteArray("mine"));
    QVERIFY(press(*exportDialog(), u"newFile.choose"_s));
    auto *files = exportDialog()->findChild<QFileDialog *>(u"newFile.files"_s);
    QVERIFY(files);
    emit files->fileSelected(m_app->folder.filePath(u"home/free.csv"_s));
    files->reject();
    QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
    QTRY_VERIFY(QFile::exists(m_app->folder.filePath(u"home/free.csv"_s)));
}

void TestInterchange::aLockedKeychainEndsAnEncryptedExport()
{
    writeSample();
    openImport();
    QTRY_COMPARE(rows()->rowCount(), 3);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(names().size(), 2);
    openExport();
    type(*exportDialog(), u"export.passphrase"_s, u"a fake passphrase"_s);
    type(*exportDialog(), u"export.again"_s, u"a fake passphrase"_s);
    m_app->keychain.failWith(ErrorKind::KeychainLocked);
    QTest::mouseClick(exportDialog()->applyButton(), Qt::LeftButton);
    QTRY_COMPARE(exportDialog()->banner()->sentence(), u"refused by the test"_s);
    QVERIFY(exportDialog()->applyButton()->isEnabled());
    QVERIFY(!QFile::exists(m_app->folder.filePath(u"home/acme-credentials.latchkey"_s)));
    QCOMPARE(shown<QLineEdit>(*exportDialog(), u"export.again"_s)->text(), u"a fake passphrase"_s);
}

void TestInterchange::theEmptyPanelCanImport()
{
    QVERIFY(shown<QAbstractButton>(*m_panel, u"credentials.import"_s));
    m_panel->importCredentials();
    QVERIFY(importDialog());
    QVERIFY(!verb()->isEnabled());
}

QTEST_MAIN(TestInterchange)
#include "tst_interchange.moc"
