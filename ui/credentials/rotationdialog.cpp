// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/rotationdialog.h"

#include "confirmation.h"
#include "credentials/credentialtext.h"
#include "credentials/handoverstep.h"
#include "credentials/levelbox.h"
#include "credentials/portalpairdialog.h"
#include "credentials/rotationtext.h"
#include "credentials/watchstep.h"
#include "onelogin/freename.h"
#include "onelogin/portalpath.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/confirmdialog.h"
#include "widgets/formfield.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 560;

struct StepLook
{
    Icon icon = Icon::Pending;
    Tone glyph = Tone::Muted;
    Tone text = Tone::Muted;
};

StepLook lookOf(RotationStep step, RotationStep current, bool isOver)
{
    if (isOver || step < current)
        return {Icon::Success, Tone::Ok, Tone::Normal};
    if (step == current)
        return {Icon::ChevronRight, Tone::Accent, Tone::Normal};
    return {};
}

} // namespace

RotationDialog::RotationDialog(Session &session, const PanelTools &tools, const Rotation &rotation,
                               WatchPace pace, QWidget *parent)
    : DialogFrame({}, parent)
    , m_session(session)
    , m_tools(tools)
    , m_pace(std::move(pace))
    , m_rotation(session, rotation)
{
    setObjectName(u"rotationDialog"_s);
    setMinimumWidth(480);
    resize(kWidth, height());
    setEnvironment(session.tenant().type);
    m_giveUp = makeButton(tr("Give up rotation"));
    m_giveUp->setObjectName(u"rotation.giveUp"_s);
    m_giveUp->setToolTip(tr("Forgets the rotation. Both pairs stay as they are."));
    m_giveUp->setAutoDefault(false);
    addToFoot(m_giveUp);
    m_close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    m_close->setObjectName(u"rotation.close"_s);
    m_close->setAutoDefault(false);
    connect(m_giveUp, &QPushButton::clicked, this, &RotationDialog::confirmGivingUp);
    connect(&m_rotation, &CredentialRotation::changed, this, &RotationDialog::followRotation);
    rebuild();
    if (m_rotation.isInterrupted())
        recover();
}

void RotationDialog::confirmGivingUp()
{
    ConfirmDialog *dialog =
        openConfirmation({.objectName = u"giveUpDialog"_s,
                          .title = tr("Give up the rotation of %1").arg(m_oldName),
                          .verb = tr("Give up rotation"),
                          .effects = {tr("Latchkey forgets the rotation. It cannot be resumed."),
                                      tr("Both pairs stay as they are, here and at the tenant.")}},
                         m_session.tenant(), this);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog] {
        dialog->accept();
        if (const Result<> done = m_rotation.giveUp(); !done)
            return showError(done.error());
        accept();
    });
}

void RotationDialog::recover()
{
    banner()->clear();
    setBusy(true, tr("Looking at what was left half done"));
    m_rotation.recover(then(this, [this](const Result<> &recovered) {
        setBusy(false);
        if (std::exchange(m_closeWhenDone, false) && recovered)
            return QDialog::reject();
        if (recovered)
            return;
        showError(recovered.error());
        QPushButton *again = banner()->addButton(tr("Try again"));
        again->setObjectName(u"rotation.recover"_s);
        connect(again, &QPushButton::clicked, this, &RotationDialog::recover, Qt::QueuedConnection);
    }));
}

void RotationDialog::followRotation()
{
    if (m_rotation.isOver() || m_rotation.step() != m_shown)
        rebuild();
    else
        showBegun();
    emit moved();
}

void RotationDialog::showBegun()
{
    const QString started = agoText(m_rotation.rotation().startedAt, m_session.clock().now()).toLower();
    setSubtitle(!m_rotation.isBegun() ? tr("It begins with the new pair; until then nothing is noted.")
                : m_rotation.isOver() ? tr("Started %1.").arg(started)
                                      : tr("Started %1. It can be closed and taken up again.").arg(started));
    m_giveUp->setVisible(m_rotation.isBegun() && !m_rotation.isOver());
}

void RotationDialog::rebuild()
{
    if (const auto old = m_rotation.oldPair())
        m_oldName = old->name;
    if (const auto fresh = m_rotation.newPair())
        m_newName = fresh->name;
    m_shown = m_rotation.step();
    setTitle(m_rotation.isOver() ? tr("%1 has taken the place of %2").arg(m_newName, m_oldName)
                                 : tr("Rotate %1").arg(m_oldName));
    showBegun();
    if (m_steps) {
        m_steps->hide();
        m_steps->deleteLater(); // it may be what called us
    }
    m_name = nullptr;
    m_level = nullptr;
    m_watch = nullptr;
    m_steps = new QWidget;
    auto *column = new QVBoxLayout(m_steps);
    column->setContentsMargins({});
    column->setSpacing(metrics::space12);
    for (int step = 0; step < kRotationSteps; ++step)
        column->addWidget(makeStep(static_cast<RotationStep>(step)));
    column->addStretch(1);
    body()->insertWidget(0, m_steps);
    m_steps->show(); // now, so that it counts for the height
    if (m_watch)
        m_watch->start();
    orderFocus();
    if (isVisible())
        fit();
}

/// The step's own controls first; what cannot be undone is not where the focus starts.
void RotationDialog::orderFocus()
{
    QWidget *last = nullptr;
    QWidget *first = nullptr;
    for (QWidget *each : m_steps->findChildren<QWidget *>()) {
        // The list of a combo box is a window of its own.
        if (each->focusPolicy() == Qt::NoFocus || each->focusProxy() || each->window() != window())
            continue;
        if (last)
            setTabOrder(last, each);
        else
            first = each;
        last = each;
    }
    if (last)
        setTabOrder(last, m_giveUp);
    setTabOrder(m_giveUp, m_close);
    const bool isSafe = first && m_shown != RotationStep::DeleteOld;
    (isSafe ? first : m_close)->setFocus(Qt::OtherFocusReason);
}

QWidget *RotationDialog::makeStep(RotationStep step)
{
    const bool isCurrent = step == m_rotation.step() && !m_rotation.isOver();
    const StepLook look = lookOf(step, m_rotation.step(), m_rotation.isOver());
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    row->addWidget(new Glyph(look.icon, look.glyph, metrics::iconButton), 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(metrics::space8);
    auto *name =
        new Label(rotationStepName(step), isCurrent ? TextStyle::BodyStrong : TextStyle::Body, look.text);
    name->setObjectName(u"rotation.step%1"_s.arg(static_cast<int>(step) + 1));
    const QString state = isCurrent                    ? tr("current step")
                          : look.icon == Icon::Success ? tr("done")
                                                       : tr("to come");
    //: "Hand over, current step"
    name->setAccessibleName(tr("%1, %2").arg(rotationStepName(step), state));
    texts->addWidget(name);
    if (isCurrent)
        texts->addWidget(makeCurrent());
    row->addLayout(texts, 1);
    return holder;
}

QWidget *RotationDialog::makeCurrent()
{
    auto *current = new QWidget;
    auto *column = new QVBoxLayout(current);
    column->setContentsMargins(0, 0, 0, metrics::space4);
    column->setSpacing(metrics::space8);
    switch (m_rotation.step()) {
    case RotationStep::MakePair:
        fillMakePair(column);
        break;
    case RotationStep::TestPair:
        fillTest(column);
        break;
    case RotationStep::HandOver: {
        auto *step = new HandOverStep(m_session, m_tools, m_rotation);
        connect(step, &HandOverStep::failed, this, &RotationDialog::showError);
        column->addWidget(step);
        break;
    }
    case RotationStep::DisableOld:
        fillDisable(column);
        break;
    case RotationStep::Watch:
        column->addWidget(makeWatch());
        break;
    case RotationStep::DeleteOld:
        fillDelete(column);
        break;
    }
    return current;
}

QWidget *RotationDialog::makeWatch()
{
    m_watch = new WatchStep(m_session, m_tools, m_rotation, m_pace);
    connect(m_watch, &WatchStep::begun, banner(), &MessageBanner::clear);
    connect(m_watch, &WatchStep::failed, this, &RotationDialog::showError);
    connect(m_watch, &WatchStep::stillAccepted, this, [this] {
        banner()->showMessage(MessageBanner::Kind::Warn, tr("The tenant still accepts %1.").arg(m_oldName),
                              tr("See in the portal whether it is disabled, then ask again."));
    });
    return m_watch;
}

QPushButton *RotationDialog::addAct(QVBoxLayout *column, QPushButton *button, const QString &name)
{
    button->setObjectName(name);
    const bool isMain = buttonRole(button) == ButtonRole::Main;
    button->setAutoDefault(isMain);
    button->setDefault(isMain);
    column->addWidget(button, 0, Qt::AlignLeading);
    return button;
}

void RotationDialog::fillMakePair(QVBoxLayout *column)
{
    const std::optional<ScopeLevel> level = m_rotation.oldPair()->level;
    if (!SandboxPortal::isFor(m_session.tenant())) {
        const QString levelName = level ? scopeLevelName(*level) : tr("the level it needs");
        column->addWidget(
            makeParagraph(tr("In the portal, under %1, make a pair with %2; then enter it here.")
                              .arg(portalPath(), levelName),
                          TextStyle::Body, Tone::Muted));
        QPushButton *enter = makeButton(Icon::Plus, tr("Enter the new pair…"), ButtonRole::Main);
        connect(addAct(column, enter, u"rotation.enter"_s), &QPushButton::clicked, this,
                &RotationDialog::enterPair);
        return;
    }
    const QString noted = m_rotation.rotation().newName;
    m_name = new QLineEdit(
        noted.isEmpty() ? freeName(m_session.credentials().workspace(), m_session.tenant().id, m_oldName)
                        : noted);
    m_name->setObjectName(u"rotation.name"_s);
    m_level = makeLevelBox();
    m_level->setCurrentIndex(m_level->findData(static_cast<int>(level.value_or(ScopeLevel::ReadUsers))));
    m_level->setObjectName(u"rotation.level"_s);
    column->addWidget(new FormField(tr("Name"), m_name));
    column->addWidget(new FormField(tr("Scope level"), m_level));
    connect(addAct(column, makeButton(tr("Make the pair"), ButtonRole::Main), u"rotation.make"_s),
            &QPushButton::clicked, this, &RotationDialog::makePair);
}

void RotationDialog::fillTest(QVBoxLayout *column)
{
    column->addWidget(makeParagraph(tr("Asks the tenant for a token with %1.").arg(m_newName),
                                    TextStyle::Body, Tone::Muted));
    QPushButton *test = makeButton(asLabel(tr("Test %1").arg(m_newName)), ButtonRole::Main);
    connect(addAct(column, test, u"rotation.test"_s), &QPushButton::clicked, this,
            [this] { m_rotation.test(doing<ManagementToken>(tr("Waiting for a token"))); });
}

void RotationDialog::fillDisable(QVBoxLayout *column)
{
    column->addWidget(makeParagraph(
        SandboxPortal::isFor(m_session.tenant())
            ? tr("%1 is no longer used here, its token is revoked, and the sandbox disables it. It can be "
                 "enabled again.")
                  .arg(m_oldName)
            : tr("%1 is no longer used here and its token is revoked. Disable it in the portal as well, "
                 "under %2. It can be enabled again.")
                  .arg(m_oldName, portalPath()),
        TextStyle::Body, Tone::Muted));
    QPushButton *disable =
        makeButton(Icon::Pause, asLabel(tr("Disable %1").arg(m_oldName)), ButtonRole::Main);
    connect(addAct(column, disable, u"rotation.disable"_s), &QPushButton::clicked, this,
            [this] { m_rotation.disableOld(doing<SwitchOutcome>(tr("Disabling %1").arg(m_oldName))); });
}

void RotationDialog::fillDelete(QVBoxLayout *column)
{
    const bool atTenant = SandboxPortal::isFor(m_session.tenant());
    QStringList effects{tr("The tenant refuses %1 now, so nothing works with it any more.").arg(m_oldName)};
    effects.append(atTenant ? tr("If the sandbox has it, it deletes it, with all its tokens.")
                            : tr("On the tenant it stays until it is deleted in the portal."));
    effects.append(tr("Its row and its secret go here as well. It cannot be undone."));
    for (const QString &effect : effects)
        column->addWidget(makeParagraph(effect, TextStyle::Body, Tone::Muted));
    QPushButton *remove =
        makeButton(Icon::Trash, asLabel(tr("Delete %1").arg(m_oldName)), ButtonRole::DangerFill);
    connect(addAct(column, remove, u"rotation.delete"_s), &QPushButton::clicked, this,
            [this] { m_rotation.deleteOld(doing<RemovalOutcome>(tr("Deleting %1").arg(m_oldName))); });
}

template<typename T>
Continuation<T> RotationDialog::doing(const QString &what)
{
    banner()->clear();
    setBusy(true, what);
    return Continuation<T>(this, [this](const Result<T> &result) {
        setBusy(false);
        const bool closes = std::exchange(m_closeWhenDone, false);
        if (!result)
            return showError(result.error());
        if (closes)
            return QDialog::reject();
        if constexpr (requires { result->warning; }) {
            if (result->warning)
                showError(*result->warning);
        }
    });
}

void RotationDialog::makePair()
{
    const QString name = m_name->text().trimmed();
    const auto level = static_cast<ScopeLevel>(m_level->currentData().toInt());
    const ApiCredential old = *m_rotation.oldPair();
    m_rotation.makePair({.name = name, .level = level, .note = old.note, .place = old.place},
                        doing<ApiCredential>(tr("The sandbox makes %1").arg(name)));
}

void RotationDialog::enterPair()
{
    auto *dialog = new PortalPairDialog(m_session, m_tools, this);
    connect(dialog, &PortalPairDialog::stored, this,
            [this](CredentialId id) { report(m_rotation.adopt(id)); });
    dialog->open();
}

void RotationDialog::report(const Result<> &result)
{
    if (!result)
        showError(result.error());
}

void RotationDialog::reject()
{
    if (isBusy())
        m_closeWhenDone = true; // a write that was begun is not half done
    else
        QDialog::reject();
}

} // namespace latchkey
