// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/fileplandialog.h"

#include "authservers/cardrow.h"
#include "authservers/tenantadvice.h"
#include "core/plaintext.h"
#include "interchange/sourcetext.h"
#include "net/worker.h"
#include "onelogin/session.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/tabledelegate.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 640;
constexpr int kLeastTable = 128; ///< its head and three rows
constexpr size_t kProblemsShown = 8;
constexpr std::chrono::milliseconds kNothingShown(100);

} // namespace

FilePlanDialog::FilePlanDialog(Session &session, std::vector<AuthServer> servers,
                               std::function<int(AuthServerId)> pending, QWidget *parent)
    : DialogFrame(tr("Plan from a file"), parent)
    , m_session(session)
    , m_servers(std::move(servers))
    , m_pending(std::move(pending))
    , m_model(columns(), [](const Line &line) { return QVariant(line.id); })
{
    setObjectName(u"filePlanDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(kWidth);
    makeBody();
    addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setObjectName(u"filePlan.cancel"_s);
    m_stage = addButton(tr("Stage changes"), QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_stage->setObjectName(u"filePlan.stage"_s);
    m_stage->setEnabled(false);
    connect(m_stage, &QPushButton::clicked, this, &FilePlanDialog::submit);
    m_slow.setSingleShot(true);
    m_slow.callOnTimeout(this, [this] {
        m_hadFocus = m_keepUnlisted->hasFocus();
        setBusy(true, tr("Comparing it with the file"));
    });
    followTenant(*this, session);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        if (m_document && isBusy())
            readServer(); // what was on its way is gone with its credential
    });
}

std::vector<Column<FilePlanDialog::Line>> FilePlanDialog::columns()
{
    return {{.title = tr("Client app"), .text = [](const Line &line) { return line.app; }},
            {.title = tr("Change"),
             .text = &FilePlanDialog::verbOf,
             .glyph = [](const Line &line) { return std::optional(line.isAdd ? Icon::Plus : Icon::Minus); },
             .tone = [](const Line &line) { return line.isAdd ? Tone::Ok : Tone::Danger; }},
            {.title = tr("Scope"), .text = [](const Line &line) { return line.scope; }, .fixedFont = true}};
}

QString FilePlanDialog::verbOf(const Line &line)
{
    if (line.scope.isEmpty())
        return line.isAdd ? tr("Add client app") : tr("Remove client app");
    return line.isAdd ? tr("Add") : tr("Remove");
}

void FilePlanDialog::makeBody()
{
    m_server = new QComboBox;
    m_server->setObjectName(u"filePlan.server"_s);
    for (const AuthServer &server : m_servers)
        m_server->addItem(server.name, server.id.value);
    m_serverField = new FormField(tr("Authorization server"), m_server);
    m_serverField->hide(); // until the file is read
    body()->addWidget(m_serverField);
    m_keepUnlisted = new QCheckBox(tr("Keep client apps that the file does not list"));
    m_keepUnlisted->setObjectName(u"filePlan.keepUnlisted"_s);
    m_keepUnlisted->hide();
    body()->addWidget(m_keepUnlisted);
    m_summary = makeParagraph({}, TextStyle::Body, Tone::Muted);
    m_summary->setObjectName(u"filePlan.summary"_s);
    body()->addWidget(m_summary);
    body()->addWidget(makeBlocked());
    m_table = new QTableView;
    m_table->setObjectName(u"filePlan.changes"_s);
    m_table->setAccessibleName(tr("What the file changes"));
    m_table->setModel(&m_model);
    prepareTable(m_table, metrics::denseRow);
    setEdgeMargins(m_table, metrics::space8, metrics::space8);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_table->setMinimumHeight(kLeastTable);
    m_table->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_table->hide();
    body()->addWidget(m_table, 1);
    connect(m_server, &QComboBox::activated, this, &FilePlanDialog::readServer);
    connect(m_keepUnlisted, &QCheckBox::toggled, this, &FilePlanDialog::compare);
}

QWidget *FilePlanDialog::makeBlocked()
{
    m_problems = makeParagraph({});
    m_problems->setObjectName(u"filePlan.problems"_s);
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_blocked = new Card;
    m_blocked->body()->setContentsMargins({});
    m_blocked->body()->addWidget(
        makeDangerRow(tr("Nothing of this file can be staged until all of it fits."), m_problems));
    m_blocked->hide();
    return m_blocked;
}

void FilePlanDialog::load(const QString &path, AuthServerId fallback)
{
    setSubtitle(QFileInfo(path).fileName());
    setBusy(true, tr("Reading the file"));
    m_loading = std::make_unique<QObject>();
    inWorker(then(m_loading.get(),
                  [this, fallback](const Result<GrantDocument> &document) { receive(document, fallback); }),
             [path] { return readSource(path).and_then(&readGrantDocument); });
}

void FilePlanDialog::receive(const Result<GrantDocument> &document, AuthServerId fallback)
{
    if (!document) {
        const Error &error = document.error();
        if (error.kind != ErrorKind::InvalidInput)
            return showError(error); // it says of which file
        return showError(
            {.kind = error.kind, .message = tr("This is not a grants file."), .detail = error.message});
    }
    m_serverField->show();
    m_keepUnlisted->show();
    m_document = std::make_shared<const GrantDocument>(*document);
    chooseServer(fallback);
}

void FilePlanDialog::chooseServer(AuthServerId fallback)
{
    const Result<AuthServer> meant = serverMeant(*m_document, m_servers);
    const AuthServerId id = meant ? meant->id : fallback;
    m_server->setCurrentIndex(std::max(0, m_server->findData(id.value)));
    if (!meant)
        banner()->showMessage(MessageBanner::Kind::Warn, meant.error().message,
                              tr("It is compared with %1.").arg(m_server->currentText()));
    readServer();
}

void FilePlanDialog::readServer()
{
    forget();
    if (!m_session.api())
        return showError({.kind = ErrorKind::InvalidInput, .message = tr("No API credential is enabled.")});
    setBusy(true, tr("Reading what is granted"));
    m_reader = std::make_unique<GrantsReader>(*m_session.api());
    const AuthServer &server = m_servers[static_cast<size_t>(m_server->currentIndex())];
    m_reader->start({server}, GrantsReader::Apps::Read, then(this, [this](Result<TenantGrants> grants) {
                        if (!grants)
                            return showError(grants.error());
                        m_grants = std::make_shared<const TenantGrants>(std::move(*grants));
                        compare();
                    }));
}

void FilePlanDialog::showError(const Error &error)
{
    forget();
    DialogFrame::showError(error);
    showPlan();
    m_stage->setToolTip(error.message);
}

/// What was read and compared, and what is on its way to be.
void FilePlanDialog::forget()
{
    m_slow.stop();
    m_comparing.reset();
    if (m_reader)
        m_reader.release()->deleteLater(); // it may be what calls this
    m_grants.reset();
    m_comparison.reset();
}

/// In a worker: of thousands of client apps it takes longer than a frame.
void FilePlanDialog::compare()
{
    if (!m_grants)
        return;
    m_stage->setEnabled(false);
    if (isBusy())
        setBusy(true, tr("Comparing it with the file"));
    else
        m_slow.start(kNothingShown);
    const Unlisted unlisted = m_keepUnlisted->isChecked() ? Unlisted::Keep : Unlisted::Remove;
    m_comparing = std::make_unique<QObject>();
    inWorker(then(m_comparing.get(),
                  [this](const Result<std::shared_ptr<Comparison>> &compared) { take(*compared); }),
             [document = m_document, grants = m_grants, unlisted] {
                 return Result<std::shared_ptr<Comparison>>(
                     compared(*document, grants->servers.front(), grants->apps, unlisted));
             });
}

void FilePlanDialog::take(const std::shared_ptr<Comparison> &compared)
{
    m_slow.stop();
    const bool hadFocus = std::exchange(m_hadFocus, false);
    if (isBusy())
        setBusy(false);
    if (hadFocus)
        m_keepUnlisted->setFocus();
    m_comparison = compared;
    showPlan();
}

void FilePlanDialog::showPlan()
{
    const bool isBlocked = m_comparison && !m_comparison->plan.problems.empty();
    m_model.setRecords(m_comparison ? std::move(m_comparison->lines) : std::vector<Line>());
    m_summary->setText(m_comparison ? summary() : QString());
    m_problems->setText(isBlocked ? problemText() : QString());
    m_summary->setVisible(m_comparison != nullptr);
    m_blocked->setVisible(isBlocked);
    m_table->setVisible(m_model.rowCount() > 0);
    const bool isReady = m_comparison && !isBlocked && m_model.rowCount() > 0;
    m_stage->setText(isReady ? tr("Stage %n change(s)", nullptr, m_comparison->changes)
                             : tr("Stage changes"));
    m_stage->setEnabled(!isBusy() && isReady);
    m_stage->setToolTip(isReady ? QString() : isBlocked ? m_problems->text() : m_summary->text());
    refit();
}

std::shared_ptr<FilePlanDialog::Comparison> FilePlanDialog::compared(const GrantDocument &document,
                                                                     const ServerGrants &server,
                                                                     const std::vector<OidcApp> &apps,
                                                                     Unlisted unlisted)
{
    auto comparison = std::make_shared<Comparison>();
    comparison->plan = planDocument(document, server, apps, unlisted);
    std::vector<Line> &all = comparison->lines;
    const auto add = [&all](const GrantChange &change, const QString &scope, bool isAdd) {
        all.push_back({.id = static_cast<qint64>(all.size()),
                       .app = plainLine(change.appName),
                       .scope = plainLine(scope),
                       .isAdd = isAdd});
    };
    for (const GrantChange &change : comparison->plan.changes) {
        comparison->changes += change.count();
        if (change.action != GrantAction::UpdateClientApp)
            add(change, {}, change.action == GrantAction::AddClientApp);
        for (const QString &value : server.valuesOf(change.added()))
            add(change, value, true);
        for (const QString &value : server.valuesOf(change.removed()))
            add(change, value, false);
    }
    return comparison;
}

QString FilePlanDialog::summary() const
{
    const AuthServer &server = m_grants->servers.front().server;
    const DocumentPlan &plan = m_comparison->plan;
    if (plan.changes.empty() && plan.problems.empty())
        return tr("%1 is as the file says.").arg(server.name);
    QStringList texts{
        tr("%n app(s) would change in %1.", nullptr, static_cast<int>(plan.changes.size())).arg(server.name)};
    if (!plan.problems.empty()) {
        texts.append(tr("%n app(s) of the file do not fit.", nullptr, blockedApps()));
        return texts.join(u' ');
    }
    const int staged = m_pending(server.id);
    if (staged > 0)
        texts.append(tr("The %n change(s) staged there now are replaced.", nullptr, staged));
    texts.append(tr("Nothing is sent before the review."));
    return texts.join(u' ');
}

int FilePlanDialog::blockedApps() const
{
    std::set<QString> apps;
    for (const GrantProblem &problem : m_comparison->plan.problems)
        apps.insert(problem.app);
    return static_cast<int>(apps.size());
}

QString FilePlanDialog::problemText() const
{
    const std::vector<GrantProblem> &problems = m_comparison->plan.problems;
    QStringList texts;
    for (size_t i = 0; i < std::min(kProblemsShown, problems.size()); ++i)
        texts.append(plainLine(problems[i].message));
    if (problems.size() > kProblemsShown)
        texts.append(tr("%n more problem(s).", nullptr, static_cast<int>(problems.size() - kProblemsShown)));
    return texts.join(u'\n');
}

void FilePlanDialog::submit()
{
    const AuthServerId server = m_grants->servers.front().server.id;
    const std::shared_ptr<const Comparison> comparison = m_comparison;
    accept();
    emit planned(server, comparison->plan.changes);
}

} // namespace latchkey
