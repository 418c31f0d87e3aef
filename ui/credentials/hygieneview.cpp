// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/hygieneview.h"

#include "credentials/credentialtext.h"
#include "credentials/stepdelegate.h"
#include "onelogin/session.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "widgets/emptystate.h"
#include "widgets/foot.h"
#include "widgets/label.h"

#include <QComboBox>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kAgeSetting = u"hygiene.oldDays"_s;
/// The client IDs, which hold no space, of the pairs that need the highest level.
QString keptSetting(const Tenant &tenant)
{
    return u"hygiene.mayDoEverything."_s + tenant.id.toString();
}

constexpr std::array kAges{90, 180, 365, 730};
enum Columns { Finding, Pair, Step };

struct Look
{
    Icon icon = Icon::Info;
    Tone tone = Tone::Muted;
};

Look lookOf(HygieneSeverity severity)
{
    switch (severity) {
    case HygieneSeverity::Serious:
        return {Icon::Error, Tone::Danger};
    case HygieneSeverity::Warning:
        return {Icon::Warning, Tone::Warn};
    case HygieneSeverity::Notice:
        break;
    }
    return {Icon::Info, Tone::Muted};
}

std::vector<Column<HygieneFinding>> columns()
{
    return {
        {.title = HygieneView::tr("Finding"),
         .text = [](const HygieneFinding &finding) { return hygieneProblemName(finding.problem); },
         .glyph = [](const HygieneFinding &finding) { return std::optional(lookOf(finding.severity).icon); },
         .tone = [](const HygieneFinding &finding) { return lookOf(finding.severity).tone; },
         .subtitle = [](const HygieneFinding &finding) { return finding.reason; },
         .toolTip = [](const HygieneFinding &finding) { return finding.reason; },
         .accessibleText =
             [](const HygieneFinding &finding) {
                 return hygieneProblemName(finding.problem) + u": "_s + finding.reason;
             }},
        {.title = HygieneView::tr("Pair"),
         .text = [](const HygieneFinding &finding) { return finding.name; },
         .subtitle = [](const HygieneFinding &finding) { return shortClientId(finding.clientId); },
         .fixedSubtitle = true},
        {.title = HygieneView::tr("Next step"),
         .text = [](const HygieneFinding &finding) { return hygieneStepText(finding.step); },
         .accessibleText =
             [](const HygieneFinding &finding) {
                 //: "Disable…, billing-service"
                 return HygieneView::tr("%1, %2").arg(hygieneStepText(finding.step), finding.name);
             }}};
}

QVariant idOf(const HygieneFinding &finding)
{
    return u"%1/%2"_s.arg(finding.credential.value).arg(static_cast<int>(finding.problem));
}

} // namespace

HygieneView::HygieneView(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(columns(), idOf)
{
    setObjectName(u"hygieneView"_s);
    const int stored = session.credentials().workspace().setting(kAgeSetting).toInt();
    if (std::find(kAges.begin(), kAges.end(), stored) != kAges.end())
        m_limits.oldDays = stored;
    m_limits.mayDoEverything = session.credentials()
                                   .workspace()
                                   .setting(keptSetting(session.tenant()))
                                   .split(u' ', Qt::SkipEmptyParts);
    makeTable();
    m_clean = new EmptyState(Icon::Success, tr("Nothing to look after"),
                             tr("Every pair was used here lately, may do no more than it should, and has "
                                "an owner note."));
    m_clean->setObjectName(u"hygiene.clean"_s);
    m_nothing = new EmptyState(Icon::Search, {}, {});
    QPushButton *clear = m_nothing->setMainButton(tr("Clear filter"));
    clear->setObjectName(u"hygiene.clearFilter"_s);
    connect(clear, &QPushButton::clicked, this, &HygieneView::clearFilterAsked);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_clean);
    m_stack->addWidget(m_nothing);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    column->addWidget(makeFoot());
    setFocusProxy(m_table);
    auto *leave = new QShortcut(Qt::Key_Escape, this);
    leave->setContext(Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, &HygieneView::leaveAsked);
}

void HygieneView::makeTable()
{
    m_table = new QTableView;
    m_table->setObjectName(u"hygiene.table"_s);
    m_table->setAccessibleName(tr("What to look after"));
    m_table->setModel(&m_model);
    prepareTable(m_table, metrics::twoLineRow);
    m_table->setItemDelegate(new StepDelegate(Step, m_table));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QFontMetrics text = m_table->fontMetrics();
    m_table->horizontalHeader()->setSectionResizeMode(Finding, QHeaderView::Stretch);
    m_table->setColumnWidth(Pair, text.horizontalAdvance(u"legacy-migration"_s) + metrics::space24);
    m_table->setColumnWidth(Step, text.horizontalAdvance(tr("Paste again…")) + 48);
    m_table->viewport()->installEventFilter(this);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this](const QItemSelection &chosen) { // the focus alone makes a row current; it chooses none
                if (const HygieneFinding *finding = m_model.record(chosen.value(0).top()))
                    emit pairChosen(finding->credential);
            });
    connect(m_table, &QTableView::activated, this, &HygieneView::ask);
}

QWidget *HygieneView::makeFoot()
{
    auto *foot = new Foot;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::panelMargin, metrics::space8, metrics::space16, metrics::space8);
    row->setSpacing(metrics::space8);
    m_words = new Label({}, TextStyle::Caption, Tone::Muted);
    m_words->setObjectName(u"hygiene.words"_s);
    m_words->setElide(Label::Elide::End);
    auto *label = new Label(tr("Old after"), TextStyle::Caption, Tone::Muted);
    m_age = new QComboBox;
    m_age->setObjectName(u"hygiene.age"_s);
    m_age->setAccessibleName(tr("From which age on a pair counts as old"));
    for (const int days : kAges)
        m_age->addItem(tr("%1 days").arg(days), days);
    m_age->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_age->setCurrentIndex(m_age->findData(m_limits.oldDays));
    label->setBuddy(m_age);
    row->addWidget(m_words);
    row->addStretch(1);
    row->addWidget(label);
    row->addWidget(m_age);
    connect(m_age, &QComboBox::activated, this, &HygieneView::chooseAge);
    return foot;
}

void HygieneView::chooseAge(int index)
{
    m_limits.oldDays = m_age->itemData(index).toInt();
    look();
    emit countChanged();
    remember(kAgeSetting, QString::number(m_limits.oldDays));
}

void HygieneView::keepLevel(const ApiCredential &credential)
{
    m_limits.mayDoEverything.append(credential.clientId);
    look();
    emit countChanged();
    remember(keptSetting(m_session.tenant()), m_limits.mayDoEverything.join(u' '));
}

void HygieneView::remember(const QString &setting, const QString &value)
{
    if (const Result<> stored = m_session.credentials().workspace().setSetting(setting, value); !stored)
        emit failed(stored.error());
}

void HygieneView::setCredentials(std::vector<ApiCredential> credentials)
{
    m_credentials = std::move(credentials);
    look();
}

void HygieneView::choose(CredentialId id)
{
    const HygieneFinding *current = m_model.record(m_table->currentIndex().row());
    if (current && current->credential == id)
        return m_table->selectRow(m_table->currentIndex().row());
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.record(row)->credential == id)
            return m_table->selectRow(row);
    }
    m_table->setCurrentIndex({});
}

void HygieneView::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    showFindings();
}

void HygieneView::look()
{
    m_findings = hygieneFindings(m_credentials, m_session.clock().now(), m_limits);
    showFindings();
}

void HygieneView::showFindings()
{
    const QVariant current = m_model.idOf(m_table->currentIndex().row());
    std::vector<HygieneFinding> shown;
    for (const HygieneFinding &finding : m_findings) {
        const QString words =
            finding.name + u' ' + hygieneProblemName(finding.problem) + u' ' + finding.clientId;
        if (words.contains(m_filter, Qt::CaseInsensitive))
            shown.push_back(finding);
    }
    m_model.setRecords(std::move(shown));
    const int row = m_model.rowOf(current);
    if (row >= 0 && row != m_table->currentIndex().row())
        m_table->setCurrentIndex(m_model.index(row, 0));
    m_nothing->setTexts(tr("Nothing matches"), tr("No finding matches “%1”.").arg(m_filter));
    m_stack->setCurrentWidget(m_findings.empty()        ? m_clean
                              : m_model.rowCount() == 0 ? m_nothing
                                                        : static_cast<QWidget *>(m_table));
    std::set<CredentialId> pairs;
    for (const HygieneFinding &finding : m_findings)
        pairs.insert(finding.credential);
    m_words->setText(m_findings.empty()
                         ? QString()
                         : tr("%n of %1 pair(s) to look after", nullptr, static_cast<int>(pairs.size()))
                               .arg(m_credentials.size()));
}

void HygieneView::ask(const QModelIndex &index)
{
    if (const HygieneFinding *found = m_model.record(index.row())) {
        const HygieneFinding finding = *found; // the step may change the list
        emit pairChosen(finding.credential);
        emit stepAsked(finding.credential, finding.step);
    }
}

bool HygieneView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_table->indexAt(mouse->position().toPoint());
        const QRect button = StepDelegate::buttonRect(m_table->visualRect(index), index.data().toString(),
                                                      m_table->layoutDirection());
        if (mouse->button() == Qt::LeftButton && index.column() == Step &&
            button.contains(mouse->position().toPoint()))
            ask(index);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace latchkey
