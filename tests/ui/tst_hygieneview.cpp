// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialspanel.h"
#include "credentials/hygieneview.h"
#include "credentials/stepdelegate.h"
#include "store/workspace.h"
#include "style/latchkeystyle.h"
#include "support/faultserver.h"
#include "support/waitfor.h"
#include "translations.h"
#include "ui/appfixture.h"
#include "widgets/filterfield.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestHygieneView : public QObject
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

    void nothingToLookAfter();
    void listsFindingsAndShowsThePair();
    void theButtonTakesTheStep_data();
    void theButtonTakesTheStep();
    void returnTakesTheStep();
    void checkLevelRunsTheCheck();
    void aFindingGoesWhenItIsMended();
    void theFilterWorksOnFindings();
    void theAgeIsChosenAndRemembered();
    void twoThousandPairsAreShownAndFiltered();

private:
    ApiCredential add(ApiCredential credential);
    ApiCredential sound(const QString &name) const;
    void openPanel();
    QTableView *table() const { return shown<QTableView>(*m_panel, u"hygiene.table"_s); }
    QStringList findings() const;
    void clickStep(int row);

    std::unique_ptr<AppFixture> m_app;
    std::unique_ptr<FaultServer> m_server;
    Tenant m_tenant{};
    std::unique_ptr<Session> m_session;
    std::unique_ptr<CredentialsPanel> m_panel;
};

void TestHygieneView::init()
{
    failOnWarnings();
    m_app = std::make_unique<AppFixture>();
    m_server = std::make_unique<FaultServer>([](const Arrival &) { return FaultReply{}; });
    m_tenant = *m_app->workspace->addTenant(
        {.name = u"acme-dev"_s, .baseUrl = m_server->url(), .type = TenantType::Development});
}

void TestHygieneView::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_app.reset();
    m_server.reset();
}

ApiCredential TestHygieneView::sound(const QString &name) const
{
    const QDateTime now = m_app->clock.now();
    return {.tenant = m_tenant.id,
            .name = name,
            .clientId = u"0123456789abcdef-"_s + name,
            .level = ScopeLevel::ReadUsers,
            .note = u"identity-platform"_s,
            .secretKey = u"latchkey/"_s + name,
            .addedAt = now.addDays(-30),
            .usedAt = now.addDays(-1)};
}

ApiCredential TestHygieneView::add(ApiCredential credential)
{
    return *m_app->workspace->addCredential(credential);
}

void TestHygieneView::openPanel()
{
    m_session = std::make_unique<Session>(m_tenant, m_app->http, m_app->credentials, m_app->clock);
    m_panel = std::make_unique<CredentialsPanel>(*m_session, m_app->tools());
    m_panel->resize(1052, 720);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

QStringList TestHygieneView::findings() const
{
    QStringList all;
    const QAbstractItemModel *model = m_panel->findChild<QTableView *>(u"hygiene.table"_s)->model();
    for (int row = 0; row < model->rowCount(); ++row)
        all.append(model->index(row, 1).data().toString() + u": "_s + model->index(row, 0).data().toString());
    return all;
}

void TestHygieneView::clickStep(int row)
{
    const QModelIndex index = table()->model()->index(row, 2);
    const QRect button = StepDelegate::buttonRect(table()->visualRect(index), index.data().toString(),
                                                  table()->layoutDirection());
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, button.center());
}

void TestHygieneView::nothingToLookAfter()
{
    add(sound(u"billing-service"_s));
    openPanel();
    QCOMPARE(shown<QPushButton>(*m_panel, u"credentials.hygiene"_s)->text(), u"Hygiene"_s);
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QVERIFY(shown(*m_panel, u"hygiene.clean"_s));
    QVERIFY(!table());
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QVERIFY(shown(*m_panel, u"credentials.list"_s));
}

void TestHygieneView::listsFindingsAndShowsThePair()
{
    ApiCredential admin = sound(u"grants-admin"_s);
    admin.level = ScopeLevel::ManageAll;
    ApiCredential dead = sound(u"legacy-migration"_s);
    dead.problem = CredentialProblem::OwnerDeleted;
    add(admin);
    add(dead);
    openPanel();
    QCOMPARE(shown<QPushButton>(*m_panel, u"credentials.hygiene"_s)->text(), u"Hygiene · 2"_s);
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QCOMPARE(findings(),
             (QStringList{u"legacy-migration: Owner deleted"_s, u"grants-admin: May do everything"_s}));
    QCOMPARE(shown<QLabel>(*m_panel, u"hygiene.words"_s)->text(), u"2 of 2 pairs to look after"_s);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                      table()->visualRect(table()->model()->index(0, 1)).center());
    QCOMPARE(m_panel->findChild<QLabel *>(u"credential.name"_s)->text(), u"legacy-migration"_s);
    QVERIFY(!m_panel->findChild<QDialog *>(u"rotationDialog"_s)); // the row alone does nothing
}

void TestHygieneView::theButtonTakesTheStep_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("dialog");
    QTest::newRow("owner deleted") << u"owner"_s << u"rotationDialog"_s;
    QTest::newRow("refused") << u"refused"_s << u"credentialDialog"_s;
    QTest::newRow("missing") << u"missing"_s << u"credentialDialog"_s;
    QTest::newRow("unused") << u"unused"_s << u"disableDialog"_s;
    QTest::newRow("disabled and unused") << u"disabled"_s << u"deleteDialog"_s;
    QTest::newRow("old") << u"old"_s << u"rotationDialog"_s;
    QTest::newRow("no note") << u"note"_s << u"credentialDialog"_s;
}

void TestHygieneView::theButtonTakesTheStep()
{
    QFETCH(QString, what);
    QFETCH(QString, dialog);
    ApiCredential pair = sound(u"billing-service"_s);
    const QDateTime now = m_app->clock.now();
    if (what == u"owner"_s)
        pair.problem = CredentialProblem::OwnerDeleted;
    else if (what == u"refused"_s)
        pair.problem = CredentialProblem::Refused;
    else if (what == u"missing"_s)
        pair.secretMissing = true;
    else if (what == u"note"_s)
        pair.note.clear();
    else
        pair.addedAt = now.addDays(what == u"old"_s ? -400 : -200);
    if (what == u"unused"_s || what == u"disabled"_s)
        pair.usedAt = now.addDays(-120);
    if (what == u"disabled"_s)
        pair.state = CredentialState::Disabled;
    add(pair);
    openPanel();
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QCOMPARE(findings().size(), 1);
    clickStep(0);
    QTRY_VERIFY(m_panel->findChild<QDialog *>(dialog));
    m_panel->findChild<QDialog *>(dialog)->reject();
}

void TestHygieneView::returnTakesTheStep()
{
    ApiCredential pair = sound(u"billing-service"_s);
    pair.note.clear();
    add(pair);
    openPanel();
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QTRY_VERIFY(table()->hasFocus());
    QTest::keyClick(table(), Qt::Key_Down);
    table()->setCurrentIndex(table()->model()->index(0, 0));
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(m_panel->findChild<QDialog *>(u"credentialDialog"_s));
}

void TestHygieneView::checkLevelRunsTheCheck()
{
    ApiCredential admin = sound(u"grants-admin"_s);
    admin.level = ScopeLevel::ManageAll;
    admin.place = SecretPlace::Session;
    const ApiCredential added = add(admin);
    QVERIFY_OK(waitFor<void>([&](auto next) {
        m_app->memory.put(added.secretKey, Secret::fromText(u"not-a-real-secret"), next);
    }));
    openPanel();
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    clickStep(0);
    QTRY_VERIFY(shown<QPushButton>(*m_panel, u"ability.stop"_s));
    QTRY_COMPARE(m_server->arrivals(), 1);
}

void TestHygieneView::aFindingGoesWhenItIsMended()
{
    ApiCredential pair = sound(u"billing-service"_s);
    pair.note.clear();
    ApiCredential added = add(pair);
    openPanel();
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QCOMPARE(findings().size(), 1);
    added.note = u"Reports, finance"_s;
    QVERIFY_OK(m_app->credentials.update(added));
    QTRY_VERIFY(shown(*m_panel, u"hygiene.clean"_s));
    QCOMPARE(shown<QPushButton>(*m_panel, u"credentials.hygiene"_s)->text(), u"Hygiene"_s);
}

void TestHygieneView::theFilterWorksOnFindings()
{
    for (const QString &name : {u"alpha"_s, u"beta"_s}) {
        ApiCredential pair = sound(name);
        pair.note.clear();
        add(pair);
    }
    openPanel();
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    QVERIFY(!shown(*m_panel, u"credentials.segments"_s));
    QVERIFY(!shown(*m_panel, u"credentials.columns"_s));
    auto *filter = shown<FilterField>(*m_panel, u"credentials.filter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"bet"_s);
    QCOMPARE(findings(), QStringList{u"beta: No owner note"_s});
    QTest::keyClicks(filter, u"xyz"_s);
    QVERIFY(press(*m_panel, u"hygiene.clearFilter"_s));
    QCOMPARE(findings().size(), 2);
}

void TestHygieneView::theAgeIsChosenAndRemembered()
{
    ApiCredential pair = sound(u"billing-service"_s);
    pair.addedAt = m_app->clock.now().addDays(-200);
    add(pair);
    openPanel();
    QVERIFY(press(*m_panel, u"credentials.hygiene"_s));
    auto *age = shown<QComboBox>(*m_panel, u"hygiene.age"_s);
    QCOMPARE(age->currentText(), u"365 days"_s);
    QCOMPARE(findings().size(), 0);
    age->setFocus();
    QTest::keyClick(age, Qt::Key_Up);
    QCOMPARE(age->currentText(), u"180 days"_s);
    QCOMPARE(findings(), QStringList{u"billing-service: Old"_s});
    QCOMPARE(shown<QPushButton>(*m_panel, u"credentials.hygiene"_s)->text(), u"Hygiene · 1"_s);
    QCOMPARE(m_app->workspace->setting(u"hygiene.oldDays"_s), u"180"_s);
    m_panel.reset();
    openPanel();
    QCOMPARE(shown<QPushButton>(*m_panel, u"credentials.hygiene"_s)->text(), u"Hygiene · 1"_s);
}

void TestHygieneView::twoThousandPairsAreShownAndFiltered()
{
    m_session = std::make_unique<Session>(m_tenant, m_app->http, m_app->credentials, m_app->clock);
    std::vector<ApiCredential> many;
    for (int i = 0; i < 2000; ++i) {
        many.push_back(sound(u"pair-%1"_s.arg(i)));
        many.back().id = {i + 1};
        many.back().level = ScopeLevel::ManageAll;
        many.back().note.clear();
    }
    HygieneView view(*m_session);
    view.resize(700, 600);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setCredentials(many);
    view.setFilter(u"pair-19"_s);
    view.grab();
    QCOMPARE(view.count(), 4000);
    QCOMPARE(view.table()->model()->rowCount(), 2 * 111);
}

QTEST_MAIN(TestHygieneView)
#include "tst_hygieneview.moc"
