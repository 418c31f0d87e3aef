// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/probedialog.h"

#include "credentials/credentialtext.h"
#include "credentials/probetext.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 720;
enum Column { Request, Status, Finding, Shows };

std::vector<latchkey::Column<ProbeLine>> columns()
{
    return {{.title = ProbeDialog::tr("Request"),
             .text = [](const ProbeLine &line) { return probeCallRequest(line.call); },
             .fixedFont = true},
            {.title = ProbeDialog::tr("Status"),
             .text =
                 [](const ProbeLine &line) {
                     return line.status ? QString::number(line.status) : ProbeDialog::tr("None");
                 }},
            {.title = ProbeDialog::tr("Finding"),
             .text = [](const ProbeLine &line) { return lookOf(line.finding).word; },
             .glyph = [](const ProbeLine &line) { return std::optional(lookOf(line.finding).icon); },
             .tone = [](const ProbeLine &line) { return lookOf(line.finding).tone; }},
            {.title = ProbeDialog::tr("What it shows"), .text = probeLineText, .toolTip = probeLineText}};
}

} // namespace

ProbeDialog::ProbeDialog(const ApiCredential &credential, const ProbeReport &report, const QDateTime &now,
                         QWidget *parent)
    : DialogFrame(tr("What may %1 do?").arg(credential.name), parent)
    , m_lines(columns(), [](const ProbeLine &line) { return QVariant(static_cast<int>(line.call)); })
{
    setObjectName(u"probeDialog"_s);
    setMinimumWidth(480);
    resize(kWidth, height());
    setSubtitle(tr("Checked %1 with a token of the pair. None of the requests changes anything.")
                    .arg(agoText(report.at, now).toLower()));
    m_lines.setRecords(report.lines);
    body()->addWidget(makeTable());
    const ProbeConclusion conclusion = concludeProbe(report, credential.level);
    body()->addWidget(makeConclusion(conclusion));
    body()->addStretch();
    QPushButton *close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(u"probe.close"_s);
    for (const ScopeLevel level : conclusion.toRecord) {
        const bool isOnly = conclusion.toRecord.size() == 1;
        QPushButton *record = addButton(recordLevelText(level), QDialogButtonBox::AcceptRole,
                                        isOnly ? ButtonRole::Main : ButtonRole::Plain);
        record->setObjectName(u"probe.record"_s);
        connect(record, &QPushButton::clicked, this, [this, level] {
            accept();
            emit recordAsked(level);
        });
    }
}

QWidget *ProbeDialog::makeTable()
{
    auto *table = new QTableView;
    table->setObjectName(u"probe.table"_s);
    table->setAccessibleName(tr("Evidence"));
    table->setModel(&m_lines);
    prepareTable(table, metrics::row);
    setEdgeMargins(table, metrics::space8, metrics::space8);
    const QFontMetrics text = table->fontMetrics();
    const QFontMetrics fixed(fontFor(TextStyle::Fixed));
    table->setColumnWidth(Request, fixed.horizontalAdvance(u"GET /api/2/api_authorizations"_s) +
                                       metrics::space8 + metrics::space12);
    table->setColumnWidth(Status, text.horizontalAdvance(tr("Status")) + 24);
    table->setColumnWidth(Finding, text.horizontalAdvance(tr("Not known")) + 44);
    table->horizontalHeader()->setSectionResizeMode(Shows, QHeaderView::Stretch);
    table->setFixedHeight(metrics::heightFor(metrics::tableHead, text) +
                          m_lines.rowCount() * table->verticalHeader()->defaultSectionSize());
    return table;
}

QWidget *ProbeDialog::makeConclusion(const ProbeConclusion &conclusion)
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    const ProbeLook look = lookOf(conclusion.match);
    row->addWidget(new Glyph(look.icon, look.tone, metrics::iconButton), 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto *sentence = makeParagraph(conclusion.sentence, TextStyle::BodyStrong);
    sentence->setObjectName(u"probe.conclusion"_s);
    texts->addWidget(sentence);
    auto *detail = makeParagraph(conclusion.detail, TextStyle::Body, Tone::Muted);
    detail->setObjectName(u"probe.certainty"_s);
    detail->setVisible(!conclusion.detail.isEmpty());
    texts->addWidget(detail);
    row->addLayout(texts, 1);
    return holder;
}

} // namespace latchkey
