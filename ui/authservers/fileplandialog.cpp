// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/fileplandialog.h"

#include "core/plaintext.h"
#include "interchange/sourcetext.h"
#include "net/worker.h"
#include "onelogin/session.h"
#include "style/metrics.h"
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

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 640;
constexpr size_t kProblemsShown = 8;

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
    m_stage = addButton(tr("Stage changes"), QDialogButtonBox::ApplyRole, ButtonRole::Main);
    m_stage->setObjectName(u"filePlan.stage"_s);
    m_stage->setEnabled(false);
    auto *cancel = addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(u"filePlan.cancel"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_stage, &QPushButton::clicked, this, &FilePlanDialog::submit);
}

std::vector<Column<FilePlanDialog::Line>> FilePlanDialog::columns()
{
    return {{.title = tr("Client app"), .text = [](const Line &line) { return line.app; }},
            {.title = tr("Change"),
             .text = [](const Line &line) { return line.isAdd ? tr("Add") : tr("Remove"); },
             .glyph = [](const Line &line) { return std::optional(line.isAdd ? Icon::Plus : Icon::Minus); },
             .tone = [](const Line &line) { return line.isAdd ? Tone::Ok : Tone::Danger; }},
            {.title = tr("Scope"), .text = [](const Line &line) { return line.scope; }, .fixedFont = true}};
}

void FilePlanDialog::makeBody()
{
    m_server = new QComboBox;
    m_server->setObjectName(u"filePlan.server"_s);
    for (const AuthServer &server : m_servers)
        m_server->addItem(server.name, server.id.value);
    body()->addWidget(new FormField(tr("Authorization server"), m_server));
    m_keepUnlisted = new QCheckBox(tr("Let client apps be that the file does not list"));
    m_keepUnlisted->setObjectName(u"filePlan.keepUnlisted"_s);
    body()->addWidget(m_keepUnlisted);
    m_summary = makeParagraph({}, TextStyle::Body, Tone::Muted);
    m_summary->setObjectName(u"filePlan.summary"_s);
    body()->addWidget(m_summary);
    m_problems = makeParagraph({}, TextStyle::Body, Tone::Danger);
    m_problems->setObjectName(u"filePlan.problems"_s);
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problems->hide();
    body()->addWidget(m_problems);
    m_table = new QTableView;
    m_table->setObjectName(u"filePlan.changes"_s);
    m_table->setAccessibleName(tr("What the file changes"));
    m_table->setModel(&m_model);
    prepareTable(m_table, metrics::denseRow);
    setEdgeMargins(m_table, metrics::space8, metrics::space8);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_table->setMinimumHeight(240);
    body()->addWidget(m_table, 1);
    connect(m_server, &QComboBox::activated, this, &FilePlanDialog::readServer);
    connect(m_keepUnlisted, &QCheckBox::toggled, this, &FilePlanDialog::compare);
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
        m_server->setEnabled(false);
        m_keepUnlisted->setEnabled(false);
        showError(document.error());
        return;
    }
    m_document = *document;
    chooseServer(fallback);
}

void FilePlanDialog::chooseServer(AuthServerId fallback)
{
    const Result<AuthServer> meant = serverMeant(m_document, m_servers);
    const AuthServerId id = meant ? meant->id : fallback;
    m_server->setCurrentIndex(std::max(0, m_server->findData(id.value)));
    if (!meant)
        banner()->showMessage(MessageBanner::Kind::Warn, meant.error().message,
                              tr("It is compared with %1.").arg(m_server->currentText()));
    readServer();
}

void FilePlanDialog::readServer()
{
    setBusy(true, tr("Reading what is granted"));
    m_reader = std::make_unique<GrantsReader>(*m_session.api());
    const AuthServer &server = m_servers[static_cast<size_t>(m_server->currentIndex())];
    m_reader->start({server}, GrantsReader::Apps::Read, then(this, [this](Result<TenantGrants> grants) {
                        if (!grants)
                            return showError(grants.error());
                        setBusy(false);
                        m_grants = std::move(*grants);
                        compare();
                    }));
}

void FilePlanDialog::showError(const Error &error)
{
    m_grants = {};
    m_plan = {};
    DialogFrame::showError(error);
    showPlan();
}

void FilePlanDialog::compare()
{
    if (m_grants.servers.empty())
        return;
    m_plan = planDocument(m_document, m_grants.servers.front(), m_grants.apps,
                          m_keepUnlisted->isChecked() ? Unlisted::Keep : Unlisted::Remove);
    showPlan();
}

void FilePlanDialog::showPlan()
{
    const bool isRead = !m_grants.servers.empty();
    m_model.setRecords(lines());
    m_summary->setText(isRead ? summary() : QString());
    m_problems->setText(problemText());
    m_problems->setVisible(!m_plan.problems.empty());
    m_stage->setText(m_plan.changes.empty() ? tr("Stage changes")
                                            : tr("Stage %n change(s)", nullptr, m_model.rowCount()));
    m_stage->setEnabled(!isBusy() && m_plan.problems.empty() && !m_plan.changes.empty());
    refit();
}

std::vector<FilePlanDialog::Line> FilePlanDialog::lines() const
{
    std::vector<Line> all;
    const auto add = [&all](const GrantChange &change, const QString &scope, bool isAdd) {
        all.push_back({.id = static_cast<qint64>(all.size()),
                       .app = plainLine(change.appName),
                       .scope = plainLine(scope),
                       .isAdd = isAdd});
    };
    for (const GrantChange &change : m_plan.changes) {
        if (change.action == GrantAction::AddClientApp)
            add(change, tr("The client app itself"), true);
        if (change.action == GrantAction::RemoveClientApp)
            add(change, tr("The client app itself"), false);
        for (const QString &value : m_grants.servers.front().valuesOf(change.added()))
            add(change, value, true);
        for (const QString &value : m_grants.servers.front().valuesOf(change.removed()))
            add(change, value, false);
    }
    return all;
}

QString FilePlanDialog::summary() const
{
    const QString server = m_grants.servers.front().server.name;
    if (m_plan.changes.empty() && m_plan.problems.empty())
        return tr("%1 is as the file says.").arg(server);
    QStringList texts{
        tr("%n app(s) would change in %1.", nullptr, static_cast<int>(m_plan.changes.size())).arg(server)};
    const int staged = m_pending(m_grants.servers.front().server.id);
    if (staged > 0)
        texts.append(tr("The %n change(s) staged there now are replaced.", nullptr, staged));
    texts.append(tr("Nothing is sent before the review."));
    return texts.join(u' ');
}

QString FilePlanDialog::problemText() const
{
    QStringList texts;
    for (size_t i = 0; i < std::min(kProblemsShown, m_plan.problems.size()); ++i)
        texts.append(plainLine(m_plan.problems[i].message));
    if (m_plan.problems.size() > kProblemsShown)
        texts.append(
            tr("%n more problem(s).", nullptr, static_cast<int>(m_plan.problems.size() - kProblemsShown)));
    return texts.join(u'\n');
}

void FilePlanDialog::submit()
{
    const AuthServerId server = m_grants.servers.front().server.id;
    const std::vector<GrantChange> changes = m_plan.changes;
    accept();
    emit planned(server, changes);
}

} // namespace latchkey
