// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialdetail.h"

#include "credentials/abilitysection.h"
#include "credentials/clientidfield.h"
#include "credentials/credentialtext.h"
#include "credentials/rotationstrip.h"
#include "credentials/tokencard.h"
#include "keychainstate.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/collapsingrow.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/scrolled.h"
#include "widgets/secretfield.h"
#include "widgets/statebadge.h"
#include "widgets/ticker.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

CredentialDetail::CredentialDetail(Session &session, const PanelTools &tools, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_tools(tools)
{
    setObjectName(u"credentialDetail"_s);
    makeActions();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::panelMargin, 12, metrics::panelMargin, 8);
    head->setSpacing(6);
    makeHead(head);
    outer->addLayout(head);

    auto *body = new QWidget;
    QScrollArea *scroll = scrolled(body);
    outer->addWidget(scroll, 1);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::panelMargin, 6, metrics::panelMargin, metrics::panelMargin);
    column->setSpacing(14);
    m_rotation = new RotationStrip(session);
    column->addWidget(m_rotation);
    makeFacts(column);
    m_card = new TokenCard(session.tenant().baseUrl, tools);
    column->addWidget(m_card);
    auto *sharedRow = new QHBoxLayout;
    sharedRow->setSpacing(8);
    sharedRow->addWidget(new Glyph(Icon::Info, Tone::Muted, metrics::iconButton), 0, Qt::AlignTop);
    m_shared =
        makeParagraph(tr("Shared with everything that uses this pair."), TextStyle::Caption, Tone::Muted);
    sharedRow->addWidget(m_shared, 1);
    column->addLayout(sharedRow);
    m_abilities = new AbilitySection(session);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    column->addWidget(line);
    column->addWidget(m_abilities);
    column->addStretch();
    connect(m_rotation, &RotationStrip::resumeAsked, this, &CredentialDetail::rotateAsked);
}

void CredentialDetail::makeHead(QVBoxLayout *column)
{
    m_back = makeToolButton(Icon::ChevronRight, tr("Back to the list"));
    m_back->setArrowType(isRightToLeft() ? Qt::RightArrow : Qt::LeftArrow);
    m_back->setObjectName(u"credential.back"_s);
    m_back->setVisible(false);
    m_name = new Label({}, TextStyle::Heading);
    m_name->setObjectName(u"credential.name"_s);
    m_name->setElide(Label::Elide::End);
    m_disable = makeButton(Icon::Pause, tr("Disable…"));
    m_disable->setObjectName(u"credential.disable"_s);
    m_enable = makeButton(Icon::Enable, tr("Enable"));
    m_enable->setObjectName(u"credential.enable"_s);
    auto *more = makeToolButton(Icon::More, tr("More actions"));
    more->setObjectName(u"credential.more"_s);
    auto *menu = new QMenu(more);
    menu->setObjectName(u"credential.moreMenu"_s);
    menu->addActions({m_workAs, m_rotate, m_edit});
    menu->addSeparator();
    menu->addAction(m_delete);
    more->setMenu(menu);
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_back);
    row->addWidget(m_name);
    row->addStretch(1);
    for (QPushButton *button : {m_disable, m_enable}) {
        setSmall(button);
        row->addWidget(button);
    }
    row->addWidget(more);
    column->addLayout(row);

    m_badge = new StateBadge;
    m_badge->setObjectName(u"credential.state"_s);
    m_atWork = new StateBadge;
    m_atWork->setObjectName(u"credential.atWork"_s);
    m_atWork->setState(Icon::Play, tr("At work"), Tone::Accent);
    m_atWork->setToolTip(tr("The panels of this window work as this pair."));
    m_proof = new Label({}, TextStyle::Caption, Tone::Muted);
    m_proof->setObjectName(u"credential.proof"_s);
    m_proof->setElide(Label::Elide::End);
    auto *state = new QHBoxLayout;
    state->setSpacing(8);
    state->addWidget(m_badge);
    state->addWidget(m_atWork);
    state->addWidget(m_proof);
    state->addStretch(1);
    column->addLayout(state);
    connect(m_back, &QToolButton::clicked, this, &CredentialDetail::backAsked);
    m_back->setShortcut(Qt::Key_Escape); // works while it is shown
    connect(m_disable, &QPushButton::clicked, this, &CredentialDetail::disableAsked);
    connect(m_enable, &QPushButton::clicked, this, &CredentialDetail::enableAsked);
}

void CredentialDetail::makeActions()
{
    const auto make = [this](Icon glyph, const QString &text, const QString &name, auto asked) {
        auto *action = new QAction(icon(glyph), text, this);
        action->setObjectName(name);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, asked);
        return action;
    };
    m_workAs = make(Icon::Play, {}, u"credential.workAs"_s, &CredentialDetail::workAsAsked);
    m_disablePair = make(Icon::Pause, tr("Disable credential…"), u"credential.disablePair"_s,
                         &CredentialDetail::disableAsked);
    m_enablePair = make(Icon::Enable, tr("Enable credential"), u"credential.enablePair"_s,
                        &CredentialDetail::enableAsked);
    m_rotate =
        make(Icon::Rotate, tr("Rotate credential…"), u"credential.rotate"_s, &CredentialDetail::rotateAsked);
    m_edit = make(Icon::Note, tr("Edit credential…"), u"credential.edit"_s, &CredentialDetail::editAsked);
    m_edit->setShortcut(Qt::Key_F2);
    m_delete =
        make(Icon::Trash, tr("Delete credential…"), u"credential.delete"_s, &CredentialDetail::deleteAsked);
    m_delete->setShortcut(QKeySequence::Delete);
}

QList<QAction *> CredentialDetail::pairActions() const
{
    return {m_workAs, m_disablePair, m_enablePair, m_rotate, m_edit, m_delete};
}

void CredentialDetail::showActions()
{
    const bool isEnabled = m_credential.state == CredentialState::Enabled;
    const auto working = m_session.workingCredential();
    const bool isWorking = working && working->id == m_credential.id;
    for (QAction *action : pairActions())
        action->setEnabled(m_isThere);
    m_disable->setVisible(isEnabled);
    m_enable->setVisible(!isEnabled);
    m_disable->setEnabled(!m_isBusy);
    m_enable->setEnabled(!m_isBusy);
    m_disablePair->setVisible(isEnabled);
    m_enablePair->setVisible(!isEnabled);
    m_disablePair->setEnabled(m_isThere && !m_isBusy);
    m_enablePair->setEnabled(m_isThere && !m_isBusy);
    m_atWork->setVisible(isWorking);
    m_workAs->setEnabled(m_isThere && isEnabled && !isWorking);
    m_workAs->setText(isWorking ? tr("The panels work as this credential") : tr("Work as this credential"));
}

void CredentialDetail::setNone()
{
    m_isThere = false;
    showActions();
}

void CredentialDetail::makeFacts(QVBoxLayout *column)
{
    auto *level = new QWidget;
    auto *levelColumn = new QVBoxLayout(level);
    levelColumn->setContentsMargins(0, 0, 0, 0);
    levelColumn->setSpacing(1);
    m_level = new Label;
    m_levelMeaning = makeParagraph({}, TextStyle::Caption, Tone::Muted);
    levelColumn->addWidget(m_level);
    levelColumn->addWidget(m_levelMeaning);

    m_secret = new SecretField(tr("client secret"), m_tools.ticker, m_tools.clipboard);
    m_secret->setObjectName(u"credential.secret"_s);
    m_note = makeParagraph({});
    m_age = new Label;
    m_age->setElide(Label::Elide::End);

    auto *facts = new FactList;
    facts->addFact(tr("Scope level"), level);
    m_clientId = new ClientIdField(m_tools.clipboard);
    facts->addFact(tr("Client ID"), m_clientId);
    facts->addFact(tr("Client secret"), m_secret);
    facts->addFact(tr("Owner note"), m_note);
    facts->addFact(tr("Age"), m_age);
    column->addWidget(facts);
}

void CredentialDetail::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void CredentialDetail::setBusy(bool busy)
{
    m_isBusy = busy;
    m_card->setBusy(busy);
    showActions();
}

QString CredentialDetail::proof() const
{
    const QString ago = agoText(m_credential.usedAt, m_session.clock().now());
    switch (m_credential.problem) {
    case CredentialProblem::Refused:
        return tr("%1: the tenant refused the pair").arg(ago);
    case CredentialProblem::OwnerDeleted:
        return tr("Its owner no longer exists on the tenant");
    case CredentialProblem::None:
        break;
    }
    if (!m_credential.usedAt.isValid())
        return tr("Never used here");
    if (m_credential.state == CredentialState::Disabled)
        return tr("Proved %1, before it was disabled").arg(ago.toLower());
    return tr("Proved %1: the pair gets a token").arg(ago.toLower());
}

void CredentialDetail::addNotice(QWidget *notice)
{
    auto *row = new CollapsingRow;
    row->setContentsMargins(metrics::panelMargin, 0, metrics::panelMargin, metrics::space8);
    row->addWidget(notice);
    static_cast<QVBoxLayout *>(layout())->insertLayout(1, row);
}

void CredentialDetail::setCredential(const ApiCredential &credential, bool isDisabling)
{
    const bool another = credential.id != m_credential.id;
    m_credential = credential;
    m_isThere = true;
    m_name->setText(credential.name);
    const CredentialBadge badge = badgeOf(credential, isDisabling);
    m_badge->setState(badge.icon, badge.text, badge.tone);
    m_level->setText(credential.level ? scopeLevelName(*credential.level) : tr("Not recorded"));
    m_levelMeaning->setText(credential.level ? scopeLevelMeaning(*credential.level)
                                             : tr("The tenant does not tell it; edit the pair to note it."));
    m_clientId->setClientId(credential.clientId);
    m_note->setText(credential.note.isEmpty() ? tr("None") : credential.note);
    m_note->setTone(credential.note.isEmpty() ? Tone::Muted : Tone::Normal);
    if (another) {
        m_secret->mask();
        m_secret->setName(tr("client secret of %1").arg(credential.name));
        m_secret->setProvider([this, credential](Continuation<Secret> continuation) {
            m_session.credentials().secret(credential, std::move(continuation));
        });
    }
    refresh();
}

void CredentialDetail::showSecretState()
{
    if (m_credential.secretMissing)
        m_secret->setState(SecretField::State::Missing);
    else if (m_credential.place == SecretPlace::Session)
        m_secret->setState(SecretField::State::Session);
    else if (m_tools.keychain.state() == KeychainState::State::Locked)
        m_secret->setState(SecretField::State::Locked);
    else
        m_secret->setState(SecretField::State::Keychain);
}

void CredentialDetail::refresh()
{
    showAges();
    showSecretState();
    m_abilities->setCredential(m_credential);
    m_rotation->setCredential(m_credential);
    TokenSource *source = m_session.existingTokenSource(m_credential.id);
    m_card->setToken(m_credential, source ? source->current() : std::nullopt, m_session.callsLeft());
    showActions();
}

void CredentialDetail::showAges()
{
    m_proof->setText(proof());
    const QString added = QLocale().toString(m_credential.addedAt.toLocalTime().date(), u"d MMMM yyyy"_s);
    m_age->setText(tr("%1 · added %2").arg(ageText(m_credential.addedAt, m_session.clock().now()), added));
}

/// What is said in minutes and days grows old by itself, but only on screen.
void CredentialDetail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showAges();
    m_ageing = connect(&m_tools.ticker, &Ticker::ticked, this, &CredentialDetail::showAges);
}

void CredentialDetail::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    disconnect(m_ageing);
}

void CredentialDetail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeFor(palette()).base);
}

} // namespace latchkey
