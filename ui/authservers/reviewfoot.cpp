// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewfoot.h"

#include "authservers/applyreportdialog.h"
#include "authservers/reviewcards.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/clipboard.h"

#include <QDir>
#include <QHBoxLayout>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

ReviewFoot::ReviewFoot(Session &session, Clipboard &clipboard, QString server, const ReviewCards &cards,
                       QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_clipboard(clipboard)
    , m_server(std::move(server))
    , m_cards(cards)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    const auto add = [row](Icon icon, const QString &text, const QString &name) {
        QPushButton *button = makeButton(icon, text);
        button->setObjectName(name);
        button->setAutoDefault(false);
        row->addWidget(button);
        return button;
    };
    m_copy = add(Icon::Copy, tr("Copy as text"), u"reviewCopy"_s);
    m_undo = add(Icon::Undo, tr("Undo plan…"), u"reviewUndo"_s);
    m_report = add(Icon::Export, tr("Save report…"), u"reviewReport"_s);
    connect(m_copy, &QPushButton::clicked, this, &ReviewFoot::copy);
    connect(m_undo, &QPushButton::clicked, this, [this] { emit undoAsked(*m_entry); });
    connect(m_report, &QPushButton::clicked, this, &ReviewFoot::save);
    offerPlan(false);
}

void ReviewFoot::offerPlan(bool offered)
{
    m_entry.reset();
    m_copy->setVisible(offered);
    m_undo->hide();
    m_report->hide();
}

void ReviewFoot::offerOutcome(const std::optional<JournalEntryId> &entry, bool canUndo)
{
    m_entry = entry;
    m_copy->hide();
    m_undo->setVisible(entry && canUndo);
    m_report->setVisible(entry.has_value());
}

void ReviewFoot::copy() const
{
    m_clipboard.copyText(tr("%1 in %2").arg(m_server, m_session.tenant().name) + u'\n' + m_cards.text());
}

void ReviewFoot::save()
{
    auto *dialog = new ApplyReportDialog(m_session, m_server, *m_entry, QDir::homePath(), this);
    connect(dialog, &FileWriteDialog::saved, this, &ReviewFoot::saved);
    dialog->open();
}

} // namespace latchkey
