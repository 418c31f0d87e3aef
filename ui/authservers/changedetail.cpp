// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/changedetail.h"

#include "authservers/changetext.h"
#include "authservers/reviewcards.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/card.h"
#include "widgets/foot.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"
#include "widgets/statebadge.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

ChangeDetail::ChangeDetail(QWidget *parent)
    : QWidget(parent)
{
    m_back = makeToolButton(Icon::ChevronRight, tr("Back to the list"));
    m_back->setArrowType(isRightToLeft() ? Qt::RightArrow : Qt::LeftArrow);
    m_back->setObjectName(u"changeBack"_s);
    m_back->setShortcut(Qt::Key_Escape); // works while it is shown
    m_back->hide();
    connect(m_back, &QToolButton::clicked, this, &ChangeDetail::backAsked);
    m_title = new Label({}, TextStyle::Heading);
    m_title->setObjectName(u"changeTitle"_s);
    m_title->setElide(Label::Elide::End);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_outcome = new StateBadge;
    m_outcome->setObjectName(u"changeOutcome"_s);
    m_facts = new FactList;
    m_facts->setObjectName(u"changeFacts"_s);
    m_banner = new MessageBanner;
    m_banner->setObjectName(u"changeBanner"_s);
    m_banner->clear();
    m_cards = new ReviewCards;

    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    head->addWidget(m_back);
    head->addWidget(m_title, 1);
    head->addWidget(m_outcome);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::space16, metrics::space16, metrics::space16, metrics::space16);
    column->setSpacing(metrics::space12);
    column->addLayout(head);
    column->addWidget(m_facts);
    column->addWidget(m_banner);
    column->addWidget(m_cards);
    column->addStretch(1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->setSpacing(0);
    whole->addWidget(scrolled(content), 1);
    whole->addWidget(makeFoot());
}

QWidget *ChangeDetail::makeFoot()
{
    auto *foot = new Foot;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::space16, metrics::space12, metrics::space16, metrics::space12);
    row->setSpacing(metrics::space8);
    const auto add = [row](const QString &text, const QString &name, ButtonRole role = ButtonRole::Plain) {
        QPushButton *button = makeButton(text, role);
        button->setObjectName(name);
        row->addWidget(button);
        return button;
    };
    m_check = add(tr("Check now"), u"changeCheck"_s, ButtonRole::Main);
    m_undo = add(tr("Undo these changes…"), u"changeUndo"_s);
    m_redo = add(tr("Stage what is not stored…"), u"changeRedo"_s);
    m_open = add({}, u"changeOpenServer"_s);
    m_open->setAccessibleName(tr("Show the server of these changes"));
    row->addStretch(1);
    connect(m_check, &QPushButton::clicked, this, &ChangeDetail::checkAsked);
    connect(m_undo, &QPushButton::clicked, this, &ChangeDetail::undoAsked);
    connect(m_redo, &QPushButton::clicked, this, &ChangeDetail::redoAsked);
    connect(m_open, &QPushButton::clicked, this, &ChangeDetail::serverAsked);
    return foot;
}

void ChangeDetail::showEntry(const JournalEntry &entry, const std::vector<Scope> &known)
{
    const bool isSame = entry.id == m_entry.id && entry.rows.size() == m_entry.rows.size();
    m_entry = entry;
    const JournalSummary summary = summaryOf(entry);
    const ChangeOutcome outcome = outcomeOf(summary);
    m_title->setText(entry.serverName);
    m_outcome->setState(outcome.icon, outcome.text, outcome.tone);
    std::vector<GrantChange> changes;
    std::vector<AppliedChange> applied;
    for (const JournalRow &row : entry.rows) {
        changes.push_back(row.change);
        applied.push_back(pastChange(row));
    }
    m_cards->setChanges(std::move(changes), scopesOfEntry(entry, known), true);
    for (size_t row = 0; row < applied.size(); ++row)
        m_cards->showProgress(row, applied[row]);
    m_facts->clear();
    m_facts->addFact(tr("When"), QLocale().toString(entry.at.toLocalTime(), QLocale::LongFormat));
    m_facts->addFact(tr("Who"), entry.who);
    m_facts->addFact(tr("Where"), breakable(originText(entry)));
    m_facts->addFact(tr("Changes"), tr("%1 of %n change(s) are stored", nullptr, m_cards->lineCount())
                                        .arg(m_cards->storedCount(applied)));
    m_facts->addFact(tr("Apps"), countsText(summary));
    m_facts->addFact(tr("Entry"), entry.id.toString());
    if (!isSame)
        m_banner->clear();
    showButtons();
}

void ChangeDetail::setReason(const QString &reason)
{
    m_reason = reason;
    showButtons();
}

void ChangeDetail::setOtherServer(const QString &name)
{
    m_otherServer = !name.isEmpty();
    m_open->setText(asLabel(tr("Open %1").arg(name)));
    showButtons();
}

void ChangeDetail::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void ChangeDetail::showButtons()
{
    const auto has = [this](std::initializer_list<JournalState> states) {
        return std::any_of(m_entry.rows.begin(), m_entry.rows.end(), [&](const JournalRow &row) {
            return std::find(states.begin(), states.end(), row.state) != states.end();
        });
    };
    const bool isUnsettled = has({JournalState::Sent, JournalState::Unknown, JournalState::Planned});
    m_check->setVisible(isUnsettled);
    m_open->setVisible(m_otherServer);
    m_undo->setVisible(!m_otherServer && has({JournalState::Proven, JournalState::NotStored}));
    m_redo->setVisible(!m_otherServer && !isUnsettled &&
                       has({JournalState::NotStored, JournalState::Conflict, JournalState::Skipped}));
    for (QPushButton *button : {m_undo, m_redo}) {
        button->setEnabled(m_reason.isEmpty());
        button->setToolTip(m_reason);
    }
}

} // namespace latchkey
