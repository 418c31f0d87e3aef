// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/pendingbar.h"

#include "models/grantgridmodel.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/theme.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

PendingBar::PendingBar(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new Label({}, TextStyle::BodyStrong))
    , m_undo(makeToolButton(Icon::Undo, tr("Undo the last change")))
    , m_redo(makeToolButton(Icon::Redo, tr("Redo the change")))
{
    setObjectName(u"pendingBar"_s);
    m_sentence->setObjectName(u"pendingSentence"_s);
    m_undo->setObjectName(u"undoGrants"_s);
    m_redo->setObjectName(u"redoGrants"_s);
    QPushButton *discard = makeButton(tr("Discard…"));
    discard->setObjectName(u"discardGrants"_s);
    QPushButton *review = makeButton(tr("Review"), ButtonRole::Main);
    review->setObjectName(u"reviewGrants"_s);
    review->setAccessibleName(tr("Review the pending changes"));
    setKeyHint(review, QKeySequence(Qt::CTRL | Qt::Key_Return));

    m_addedRow = makeCount(m_added, true);
    m_removedRow = makeCount(m_removed, false);
    setFixedHeight(metrics::heightFor(50, fontMetrics()));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::space16, 1, metrics::space16, 0);
    row->setSpacing(10);
    row->addWidget(m_sentence);
    row->addWidget(m_addedRow);
    row->addWidget(m_removedRow);
    auto *history = new QHBoxLayout;
    history->setSpacing(0);
    history->addWidget(m_undo);
    history->addWidget(m_redo);
    row->addLayout(history);
    row->addStretch(1);
    row->addWidget(discard);
    row->addWidget(review);

    connect(m_undo, &QToolButton::clicked, this, &PendingBar::undoRequested);
    connect(m_redo, &QToolButton::clicked, this, &PendingBar::redoRequested);
    connect(discard, &QPushButton::clicked, this, &PendingBar::discardRequested);
    connect(review, &QPushButton::clicked, this, &PendingBar::reviewRequested);
    hide();
}

QWidget *PendingBar::makeCount(Label *&label, bool added)
{
    const Tone tone = added ? Tone::Ok : Tone::Danger;
    auto *widget = new QWidget;
    label = new Label({}, TextStyle::Caption, tone);
    label->setObjectName(added ? u"pendingAdded"_s : u"pendingRemoved"_s);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins({});
    row->setSpacing(2);
    row->addWidget(new Glyph(added ? Icon::Plus : Icon::Minus, tone, metrics::iconBadge));
    row->addWidget(label);
    return widget;
}

void PendingBar::follow(const GrantGridModel &model)
{
    const GrantPlan *plan = model.plan();
    const bool isPending = plan && model.changeCount() > 0;
    setVisible(isPending);
    if (!isPending)
        return;
    const int apps = plan->totals().apps;
    //: "4 changes in 3 apps"
    m_sentence->setText(
        tr("%1 in %2").arg(tr("%n change(s)", nullptr, model.changeCount()), tr("%n app(s)", nullptr, apps)));
    m_added->setText(tr("%n add", "scopes to be added", model.addCount()));
    m_removed->setText(tr("%n remove", "scopes to be removed", model.removeCount()));
    m_addedRow->setVisible(model.addCount() > 0);
    m_removedRow->setVisible(model.removeCount() > 0);
    m_undo->setEnabled(plan->canUndo());
    m_redo->setEnabled(plan->canRedo());
}

void PendingBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.accentTint);
    painter.fillRect(QRect(0, 0, width(), 1), theme.accent);
}

} // namespace latchkey
