// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/rotationdialog.h"
#include "store/workspace.h"
#include "ui/sandboxpaneltest.h"
#include "widgets/confirmdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/statebadge.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRotation : public SandboxPanelTest
{
    Q_OBJECT

private slots:
    void initTestCase() { setUpApplication(); }
    void init() { makeApp(); }
    void cleanup() { endApp(); }

    void rotatesOnTheSandbox();
    void isResumedFromEitherPair();
    void beginsWithItsFirstEffect();
    void thePanelFollowsIt();
    void givesUp();
    void aNameInUseIsRefused();
    void aRefusedNewPairIsNotHandedOver();
    void handsOverThePanelsOfTheWindow();
    void offlineKeepsTheStep();
    void keepsAPairThatWasMadeButNotStored();
    void recoveringOfflineCanBeTriedAgain();
    void aTenantWithoutAPortalIsGuided();
    void aPairStillAcceptedIsAskedAgain();
    void thePanelDoesNotWatchWhatTheRotationWatches();
    void copiesThePairForOtherPrograms();

private:
    void openPanel(TenantType type = TenantType::Sandbox)
    {
        openSandbox(type, {u"directory-sync"_s, u"billing-service"_s}, {u"--disable-delay"_s, u"0"_s});
    }
    void rotate();
    RotationDialog *dialog() const { return m_panel->findChild<RotationDialog *>(u"rotationDialog"_s); }
    bool act(const QString &name) { return press(*dialog(), name); }
    void leaveAMadePair();
    Rotation rotateToTheWatch(const ApiCredential &old);
    RotationStep step() const { return dialog()->rotation().step(); }
    QStringList names() const;
};

void TestRotation::rotate()
{
    m_panel->findChild<QAction *>(u"credential.rotate"_s)->trigger();
    QVERIFY(dialog());
}

QStringList TestRotation::names() const
{
    QStringList all;
    for (const ApiCredential &each : m_session->registered())
        all.append(each.name);
    return all;
}

void TestRotation::rotatesOnTheSandbox()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    QCOMPARE(shown<QLineEdit>(*dialog(), u"rotation.name"_s)->text(), u"billing-service-2"_s);
    QCOMPARE(shown<QComboBox>(*dialog(), u"rotation.level"_s)->currentText(), u"Read Users"_s);
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(step(), RotationStep::TestPair);
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(step(), RotationStep::HandOver);
    QVERIFY(!shown<QPushButton>(*dialog(), u"rotation.continue"_s)->isEnabled());
    shown<QCheckBox>(*dialog(), u"rotation.handedOver"_s)->click();
    QVERIFY(act(u"rotation.continue"_s));
    QTRY_COMPARE(step(), RotationStep::DisableOld);
    QVERIFY(act(u"rotation.disable"_s));
    QTRY_COMPARE_WITH_TIMEOUT(step(), RotationStep::DeleteOld,
                              30'000); // watched by itself until it was refused
    QVERIFY(act(u"rotation.delete"_s));
    QTRY_VERIFY(dialog()->rotation().isOver());
    QTRY_COMPARE(dialog()->windowTitle(), u"billing-service-2 has taken the place of billing-service"_s);
    QVERIFY(!shown<QPushButton>(*dialog(), u"rotation.giveUp"_s));
    QVERIFY(!names().contains(u"billing-service"_s));
    QVERIFY(act(u"rotation.close"_s));
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_panel->findChild<QLabel *>(u"credential.name"_s)->text(), u"billing-service-2"_s);
}

void TestRotation::isResumedFromEitherPair()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    QVERIFY(!shown(*m_panel, u"rotationStrip"_s));
    rotate();
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(step(), RotationStep::TestPair);
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(step(), RotationStep::HandOver);
    auto *note = shown<QLineEdit>(*dialog(), u"rotation.note"_s);
    note->setFocus();
    QTest::keyClicks(note, u"nightly sync"_s);
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());

    // Another session of the program.
    m_panel.reset();
    const Tenant tenant = m_session->tenant();
    m_session = std::make_unique<Session>(tenant, m_app->http, m_app->credentials, m_app->clock);
    m_panel = std::make_unique<CredentialsPanel>(*m_session, m_app->tools());
    m_panel->resize(1052, 720);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    QVERIFY(select(u"billing-service-2"_s));
    QCOMPARE(shown<QLabel>(*m_panel, u"rotation.progress"_s)->text(), u"Rotation: step 3 of 6"_s);
    QVERIFY(select(u"billing-service"_s));
    QVERIFY(press(*m_panel, u"rotation.resume"_s));
    QVERIFY(dialog());
    QCOMPARE(step(), RotationStep::HandOver);
    QCOMPARE(shown<QLineEdit>(*dialog(), u"rotation.note"_s)->text(), u"nightly sync"_s);
}

void TestRotation::beginsWithItsFirstEffect()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    QVERIFY(pick(*m_panel, u"credential.more"_s, u"credential.rotate"_s));
    QTRY_VERIFY(dialog());
    QVERIFY(!shown<QPushButton>(*dialog(), u"rotation.giveUp"_s));
    QVERIFY(m_app->workspace->rotations().all(m_session->tenant().id)->empty());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    QVERIFY(m_app->workspace->rotations().all(m_session->tenant().id)->empty());
    QVERIFY(!shown(*m_panel, u"rotationStrip"_s));
}

void TestRotation::thePanelFollowsIt()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    const auto progress = [this] {
        auto *label = shown<QLabel>(*m_panel, u"rotation.progress"_s);
        return label ? label->text() : QString();
    };
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(progress(), u"Rotation: step 2 of 6"_s);
    QVERIFY(shown<QPushButton>(*dialog(), u"rotation.giveUp"_s));
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(progress(), u"Rotation: step 3 of 6"_s);
}

void TestRotation::givesUp()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(step(), RotationStep::TestPair);
    QVERIFY(act(u"rotation.giveUp"_s));
    auto *confirm = dialog()->findChild<ConfirmDialog *>(u"giveUpDialog"_s);
    QVERIFY(confirm);
    QTest::mouseClick(confirm->verbButton(), Qt::LeftButton);
    QTRY_VERIFY(!dialog());
    QVERIFY(!shown(*m_panel, u"rotationStrip"_s));
    QVERIFY(names().contains(u"billing-service"_s));
}

void TestRotation::aNameInUseIsRefused()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    shown<QLineEdit>(*dialog(), u"rotation.name"_s)->setText(u"grants-admin"_s);
    QVERIFY(act(u"rotation.make"_s));
    QTRY_VERIFY(dialog()->banner()->isVisible());
    QVERIFY(dialog()->banner()->sentence().contains(u"grants-admin"_s));
    QCOMPARE(step(), RotationStep::MakePair);
    QVERIFY(!dialog()->rotation().isBegun()); // nothing was made
    QVERIFY(m_app->workspace->rotations().all(m_session->tenant().id)->empty());
    QCOMPARE(shown<QLineEdit>(*dialog(), u"rotation.name"_s)->text(), u"grants-admin"_s);
}

void TestRotation::aRefusedNewPairIsNotHandedOver()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(step(), RotationStep::TestPair);
    const ApiCredential fresh = *dialog()->rotation().newPair();
    const SandboxPortal portal(m_app->http, m_session->tenant());
    const auto found =
        waitFor<std::optional<PortalCredential>>([&](auto next) { portal.find(fresh.clientId, next); });
    QVERIFY_OK(waitFor<void>([&](auto next) { portal.remove((*found)->id, next); }));
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(dialog()->banner()->kind(), MessageBanner::Kind::Danger);
    QCOMPARE(step(), RotationStep::TestPair);
    QVERIFY(shown<QPushButton>(*dialog(), u"rotation.test"_s)->isEnabled());
}

void TestRotation::handsOverThePanelsOfTheWindow()
{
    openPanel();
    QVERIFY(select(u"grants-admin"_s));
    QCOMPARE(m_session->workingCredential()->name, u"grants-admin"_s);
    rotate();
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(step(), RotationStep::TestPair);
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(step(), RotationStep::HandOver);
    QVERIFY(act(u"rotation.workAs"_s));
    QTRY_COMPARE(m_session->workingCredential()->name, u"grants-admin-2"_s);
    QTRY_VERIFY(!shown<QPushButton>(*dialog(), u"rotation.workAs"_s));
}

void TestRotation::offlineKeepsTheStep()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    m_tenant->stop();
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(dialog()->banner()->kind(), MessageBanner::Kind::Danger);
    QVERIFY(dialog()->banner()->isVisible());
    QCOMPARE(step(), RotationStep::MakePair);
    QVERIFY(shown<QPushButton>(*dialog(), u"rotation.make"_s)->isEnabled());
}

/// As if the program had ended between the portal's answer and the keychain.
void TestRotation::leaveAMadePair()
{
    const auto &all = m_session->registered();
    const auto old = std::find_if(
        all.begin(), all.end(), [](const ApiCredential &each) { return each.name == u"billing-service"_s; });
    const Rotation begun = *CredentialRotation::begin(*m_session, *old);
    Rotation noted = begun;
    noted.newName = u"billing-service-2"_s;
    QVERIFY_OK(m_app->workspace->rotations().update(begun, noted));
    const SandboxPortal portal(m_app->http, m_session->tenant());
    const auto made = waitFor<PortalPair>(
        [&](auto next) { portal.create(noted.newName, ScopeLevel::ReadUsers, PortalId{1'000'000}, next); });
    QVERIFY_OK(made);
    QVERIFY_OK(m_app->workspace->operations().begin({.tenant = m_session->tenant().id,
                                                     .kind = OperationKind::Create,
                                                     .step = OperationStep::Made,
                                                     .name = noted.newName,
                                                     .level = ScopeLevel::ReadUsers,
                                                     .place = SecretPlace::Session,
                                                     .clientId = made->credential.clientId,
                                                     .portalId = made->credential.id}));
}

void TestRotation::keepsAPairThatWasMadeButNotStored()
{
    openPanel();
    leaveAMadePair();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    QTRY_COMPARE(step(), RotationStep::TestPair);
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(step(), RotationStep::HandOver);
    QVERIFY(names().contains(u"billing-service-2"_s));
}

void TestRotation::recoveringOfflineCanBeTriedAgain()
{
    openPanel();
    leaveAMadePair();
    m_tenant->stop();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    QTRY_VERIFY(shown<QPushButton>(*dialog(), u"rotation.recover"_s));
    QCOMPARE(dialog()->banner()->kind(), MessageBanner::Kind::Danger);
    QVERIFY(act(u"rotation.recover"_s));
    QTRY_VERIFY(shown<QPushButton>(*dialog(), u"rotation.recover"_s));
    QCOMPARE(step(), RotationStep::MakePair);
}

void TestRotation::aTenantWithoutAPortalIsGuided()
{
    openPanel(TenantType::Development);
    QVERIFY(select(u"directory-sync"_s));
    rotate();
    QVERIFY(!shown<QPushButton>(*dialog(), u"rotation.make"_s));
    QVERIFY(act(u"rotation.enter"_s));
    QTRY_VERIFY(dialog()->findChild<QDialog *>(u"portalPairDialog"_s));
    dialog()->findChild<QDialog *>(u"portalPairDialog"_s)->reject();
    QCOMPARE(step(), RotationStep::MakePair);
}

/// The first pair takes the place of the old one.
Rotation TestRotation::rotateToTheWatch(const ApiCredential &old)
{
    CredentialRotation engine(*m_session, *CredentialRotation::begin(*m_session, old));
    const Result<void> adopted = engine.adopt(m_session->registered().front().id);
    const auto tested = waitFor<ManagementToken>([&](auto next) { engine.test(next); });
    const Result<void> handedOver = engine.confirmHandOver();
    const auto disabled = waitFor<SwitchOutcome>([&](auto next) { engine.disableOld(next); });
    if (!adopted || !tested || !handedOver || !disabled)
        return {};
    return engine.rotation();
}

void TestRotation::aPairStillAcceptedIsAskedAgain()
{
    openPanel(TenantType::Development);
    const ApiCredential old = m_session->registered().back();
    QCOMPARE(old.name, u"directory-sync"_s);
    const Rotation rotation = rotateToTheWatch(old);
    QCOMPARE(rotation.step, RotationStep::Watch);
    RotationDialog watching(*m_session, m_app->tools(), rotation, {.waits = {20ms}, .limit = 1ms});
    watching.open();
    QTRY_COMPARE(watching.banner()->sentence(), u"The tenant still accepts directory-sync."_s);
    QCOMPARE(watching.rotation().step(), RotationStep::Watch);
    QCOMPARE(shown<QLabel>(watching, u"rotation.watching"_s)->text(), u"Nobody asks at the moment."_s);

    // As it is done in the portal.
    Tenant sandbox = m_session->tenant();
    sandbox.type = TenantType::Sandbox;
    const SandboxPortal portal(m_app->http, sandbox);
    const auto found =
        waitFor<std::optional<PortalCredential>>([&](auto next) { portal.find(old.clientId, next); });
    QVERIFY_OK(waitFor<PortalCredential>(
        [&](auto next) { portal.setState((*found)->id, PortalState::Disabled, next); }));
    QVERIFY(press(watching, u"rotation.watch"_s));
    QTRY_COMPARE(watching.rotation().step(), RotationStep::DeleteOld);
    QVERIFY(press(watching, u"rotation.delete"_s));
    QTRY_VERIFY(watching.rotation().isOver());
    QCOMPARE(names(), QStringList{u"billing-service"_s});
}

void TestRotation::thePanelDoesNotWatchWhatTheRotationWatches()
{
    openPanel(TenantType::Development);
    const ApiCredential old = m_session->registered().back();
    QCOMPARE(rotateToTheWatch(old).step, RotationStep::Watch);
    CredentialWatches &watches = m_panel->lifecycle().watches();
    watches.resumeDue();
    QCOMPARE(watches.state(old.id), CredentialWatches::State::Watching);
    QVERIFY(select(old.name));
    rotate();
    QCOMPARE(step(), RotationStep::Watch);
    QCOMPARE(watches.state(old.id), CredentialWatches::State::None);
    watches.resumeDue();
    QCOMPARE(watches.state(old.id), CredentialWatches::State::None);
    QCOMPARE(DisableWatch::due(*m_session)->size(), size_t(1)); // not forgotten
    QTRY_COMPARE(shown<StateBadge>(*m_panel, u"credential.state"_s)->text(), u"Disabling"_s);
    QVERIFY(act(u"rotation.close"_s));
    QTRY_VERIFY(!dialog());
    QTRY_COMPARE(watches.state(old.id), CredentialWatches::State::Watching);
}

void TestRotation::copiesThePairForOtherPrograms()
{
    openPanel();
    QVERIFY(select(u"billing-service"_s));
    rotate();
    QVERIFY(act(u"rotation.make"_s));
    QTRY_COMPARE(step(), RotationStep::TestPair);
    QVERIFY(act(u"rotation.test"_s));
    QTRY_COMPARE(step(), RotationStep::HandOver);
    const ApiCredential fresh = *dialog()->rotation().newPair();
    const QList<QAction *> forms = dialog()->findChild<QMenu *>(u"rotation.copyMenu"_s)->actions();
    QCOMPARE(forms.size(), 4);
    const auto copied = [&](int form) {
        QGuiApplication::clipboard()->clear();
        forms.at(form)->trigger();
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([] { return !QGuiApplication::clipboard()->text().isEmpty(); });
        return QGuiApplication::clipboard()->text();
    };
    QVERIFY(copied(0).contains(u"export ONELOGIN_CLIENT_ID='%1'"_s.arg(fresh.clientId)));
    QVERIFY(copied(0).contains(u"export ONELOGIN_CLIENT_SECRET='"_s));
    const QJsonObject json = QJsonDocument::fromJson(copied(1).toUtf8()).object();
    QCOMPARE(json.value("client_id"_L1).toString(), fresh.clientId);
    QCOMPARE(json.value("client_secret"_L1).toString(), copied(2));
    QCOMPARE(copied(3), fresh.clientId);
}

QTEST_MAIN(TestRotation)
#include "tst_rotation.moc"
