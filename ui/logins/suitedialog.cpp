// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/suitedialog.h"

#include "logins/loginrun.h"
#include "logins/reportexport.h"
#include "oidc/loginrecord.h"
#include "oidc/profileregister.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/tabledelegate.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using State = SuiteRun::State;

constexpr int kWidth = 640;

struct Look
{
    QString word{};
    Icon icon = Icon::Pending;
    Tone tone = Tone::Muted;
};

Look lookOf(State state)
{
    switch (state) {
    case State::Waiting:
        return {SuiteDialog::tr("Waiting"), Icon::Pending, Tone::Muted};
    case State::Running:
        return {SuiteDialog::tr("Running"), Icon::Clock, Tone::Muted};
    case State::Passed:
        return {SuiteDialog::tr("As expected"), Icon::Success, Tone::Ok};
    case State::Failed:
        return {SuiteDialog::tr("Not as expected"), Icon::Error, Tone::Danger};
    case State::Error:
        return {SuiteDialog::tr("No answer"), Icon::Error, Tone::Danger};
    case State::Skipped:
        break;
    }
    return {SuiteDialog::tr("Skipped"), Icon::Skip, Tone::Muted};
}

std::vector<Column<SuiteRun>> columns()
{
    return {{.title = SuiteDialog::tr("Profile"),
             .text = [](const SuiteRun &run) { return run.profile.name; },
             .glyph = [](const SuiteRun &run) { return std::optional(lookOf(run.state).icon); },
             .tone = [](const SuiteRun &run) { return lookOf(run.state).tone; }},
            {.title = SuiteDialog::tr("Outcome"),
             .text = [](const SuiteRun &run) { return lookOf(run.state).word; },
             .textTone =
                 [](const SuiteRun &run) {
                     const Tone tone = lookOf(run.state).tone;
                     return tone == Tone::Ok ? Tone::Normal : tone;
                 }},
            {.title = SuiteDialog::tr("Why"),
             .text = [](const SuiteRun &run) { return run.reason; },
             .textTone = [](const SuiteRun &) { return Tone::Muted; },
             .toolTip = [](const SuiteRun &run) { return run.reason; }},
            {.title = SuiteDialog::tr("Took"),
             .text = [](const SuiteRun &run) { return run.wasRun() ? tookText(run.duration) : QString(); },
             .alignment = Qt::AlignTrailing | Qt::AlignVCenter}};
}

} // namespace

SuiteDialog::SuiteDialog(Session &session, ProfileRegister &profiles, QWidget *parent)
    : DialogFrame(tr("Run all profiles"), parent)
    , m_session(session)
    , m_profiles(profiles)
    , m_suite(session.http(), session.clock(),
              [&profiles](const LoginProfile &profile, const Continuation<LoginRequest> &continuation) {
                  profiles.request(profile, continuation);
              },
              {.skipsIncomplete = true})
    , m_model(columns(), [](const SuiteRun &run) { return QVariant(run.profile.id.value); })
{
    setObjectName(u"suiteDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    setMinimumWidth(kWidth);
    m_summary = makeParagraph({}, TextStyle::Body, Tone::Muted);
    m_summary->setObjectName(u"suite.summary"_s);
    body()->addWidget(m_summary);
    body()->addWidget(makeTable());
    m_export = addButton(tr("Export as JUnit XML…"), QDialogButtonBox::ActionRole);
    m_export->setObjectName(u"suite.export"_s);
    m_stop = addButton(tr("Stop"), QDialogButtonBox::ActionRole);
    m_stop->setObjectName(u"suite.stop"_s);
    m_close = addButton(tr("Close"), QDialogButtonBox::RejectRole, ButtonRole::Main);
    m_close->setObjectName(u"suite.close"_s);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_stop, &QPushButton::clicked, &m_suite, &LoginSuite::cancel);
    connect(m_export, &QPushButton::clicked, this,
            [this] { exportReport(m_session.tenant().name, m_suite.runs(), *banner(), this); });
    connect(&m_suite, &LoginSuite::changed, this, &SuiteDialog::showRun);
    connect(&m_suite, &LoginSuite::finished, this, &SuiteDialog::finish);
}

QWidget *SuiteDialog::makeTable()
{
    auto *table = new QTableView;
    table->setObjectName(u"suite.table"_s);
    table->setAccessibleName(tr("Profiles and their outcomes"));
    table->setModel(&m_model);
    prepareTable(table, metrics::denseRow);
    setEdgeMargins(table, metrics::space8, metrics::space8);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    table->setMinimumHeight(240);
    return table;
}

void SuiteDialog::start(std::vector<LoginProfile> profiles)
{
    m_export->setEnabled(false);
    m_suite.start(std::move(profiles));
    m_model.setRecords(m_suite.runs());
    showSummary();
}

void SuiteDialog::showRun(qsizetype index)
{
    const SuiteRun &run = m_suite.runs().at(static_cast<size_t>(index));
    m_model.setRecords(m_suite.runs());
    showSummary();
    if (!run.wasRun())
        return;
    const Result<LoginRecord> kept =
        m_profiles.workspace().logins().addRecord(recordOf(run.profile, run.result, run.at));
    if (!kept)
        showError(kept.error());
    emit ranOne(run, kept ? kept->id : LoginRecordId());
}

void SuiteDialog::showSummary()
{
    const auto count = [this](auto is) {
        return static_cast<int>(std::count_if(m_suite.runs().begin(), m_suite.runs().end(), is));
    };
    const int over = count([](const SuiteRun &run) { return run.isOver(); });
    const int passed = count([](const SuiteRun &run) { return run.state == State::Passed; });
    const int skipped = count([](const SuiteRun &run) { return run.state == State::Skipped; });
    const int all = static_cast<int>(m_suite.runs().size());
    m_summary->setText(m_suite.isRunning()
                           ? tr("%1 of %2 are over. A failed login is never repeated.").arg(over).arg(all)
                           : tr("%1 of %2 as expected, %3 skipped.").arg(passed).arg(all).arg(skipped));
}

void SuiteDialog::finish()
{
    m_model.setRecords(m_suite.runs());
    showSummary();
    m_stop->setEnabled(false);
    m_export->setEnabled(true);
    emit ended();
}

} // namespace latchkey
