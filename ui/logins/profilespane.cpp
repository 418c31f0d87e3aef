// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/profilespane.h"

#include "confirmation.h"
#include "logins/profiledialog.h"
#include "logins/rowlist.h"
#include "logins/suitedialog.h"
#include "oidc/profileregister.h"
#include "onelogin/session.h"
#include "store/loginstore.h"
#include "store/workspace.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/confirmdialog.h"
#include "widgets/filterfield.h"
#include "widgets/foot.h"
#include "widgets/label.h"

#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

ProfilesPane::ProfilesPane(Session &session, ProfileRegister &profiles, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_profiles(profiles)
    , m_model(session.clock())
{
    m_filter = new FilterField(tr("Filter profiles"));
    m_filter->setObjectName(u"profileFilter"_s);
    m_hint = makeParagraph(tr("New profile keeps what the form asks for, to run it again."),
                           TextStyle::Caption, Tone::Muted);
    makeList();
    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::paneMargin, metrics::space12, metrics::space12, metrics::space8);
    head->setSpacing(metrics::space8);
    head->addWidget(m_filter);
    head->addWidget(m_hint);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    column->addWidget(makeFoot());
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_model.setFilter(text); });
    LoginStore &store = m_profiles.workspace().logins();
    const auto follow = [this](TenantId tenant) {
        if (tenant == m_session.tenant().id)
            reload();
    };
    connect(&store, &LoginStore::profilesChanged, this, follow);
    connect(&store, &LoginStore::recordsChanged, this, follow);
    reload();
}

void ProfilesPane::makeList()
{
    m_list = new RowList(3);
    m_list->setObjectName(u"profileList"_s);
    m_list->setAccessibleName(tr("Login profiles"));
    m_list->setModel(&m_model);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &ProfilesPane::openMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ProfilesPane::chosenChanged);
    connect(m_list, &QListView::clicked, this, &ProfilesPane::taken);
    connect(m_list, &QListView::activated, this, &ProfilesPane::taken);
    auto *remove = new QShortcut(QKeySequence::Delete, m_list, this, [this] {
        if (const std::optional<LoginProfile> profile = chosen())
            confirmRemoval(*profile);
    });
    remove->setContext(Qt::WidgetShortcut);
}

QWidget *ProfilesPane::makeFoot()
{
    m_counts = new Label({}, TextStyle::CaptionStrong);
    m_counts->setObjectName(u"profileCounts"_s);
    m_counts->setElide(Label::Elide::End);
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_runAll = makeButton(Icon::Play, tr("Run all"));
    m_runAll->setObjectName(u"runAllProfiles"_s);
    setSmall(m_runAll);
    connect(m_runAll, &QPushButton::clicked, this, &ProfilesPane::runAll);
    auto *foot = new Foot;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::paneMargin, metrics::space8, metrics::space12, metrics::space8);
    row->addWidget(m_counts, 1);
    row->addWidget(m_runAll);
    return foot;
}

void ProfilesPane::reload()
{
    const std::optional<LoginProfile> before = chosen();
    LoginStore &store = m_profiles.workspace().logins();
    const Result<std::vector<LoginProfile>> profiles = store.profiles(m_session.tenant().id);
    const Result<std::vector<LoginRecord>> records = store.records(m_session.tenant().id);
    if (!profiles || !records) {
        emit failed(profiles ? records.error() : profiles.error());
        return;
    }
    {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_model.setRows(profileRows(*profiles, *records));
        if (before)
            m_list->setCurrentIndex(m_model.index(m_model.rowOf(before->id)));
    }
    updateFoot();
    if (before && m_model.rowOf(before->id) < 0)
        emit chosenChanged();
}

void ProfilesPane::updateFoot()
{
    const auto &rows = m_model.rows();
    const auto met =
        std::count_if(rows.begin(), rows.end(), [](const ProfileRow &row) { return row.wasMet(); });
    const auto run =
        std::count_if(rows.begin(), rows.end(), [](const ProfileRow &row) { return row.last.has_value(); });
    m_counts->setText(run == 0 ? QString() : tr("%1 of %2 as expected").arg(met).arg(run));
    m_runAll->setEnabled(!rows.empty());
    m_hint->setVisible(rows.empty());
}

std::optional<LoginProfile> ProfilesPane::chosen() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? std::optional(m_model.at(current.row())) : std::nullopt;
}

void ProfilesPane::choose(LoginProfileId id)
{
    m_filter->clear();
    m_list->setCurrentIndex(m_model.index(m_model.rowOf(id)));
}

void ProfilesPane::letGo()
{
    m_list->setCurrentIndex({});
    m_list->clearSelection();
}

bool ProfilesPane::wasRun(LoginProfileId id) const
{
    return std::any_of(rows().begin(), rows().end(),
                       [id](const ProfileRow &row) { return row.profile.id == id && row.last.has_value(); });
}

void ProfilesPane::edit(const LoginProfile &profile)
{
    auto *dialog = new ProfileDialog(m_profiles, profile, this);
    connect(dialog, &ProfileDialog::saved, this, [this](const LoginProfile &row) {
        emit saved(row);
        choose(row.id);
    });
    dialog->open();
}

void ProfilesPane::runAll()
{
    std::vector<LoginProfile> profiles;
    for (const ProfileRow &row : m_model.rows())
        profiles.push_back(row.profile);
    auto *dialog = new SuiteDialog(m_session, m_profiles, this);
    connect(dialog, &SuiteDialog::ranOne, this, &ProfilesPane::ranOne);
    connect(dialog, &SuiteDialog::ended, this, [this, dialog] {
        m_results = dialog->runs();
        emit runAllEnded();
    });
    dialog->open();
    dialog->start(std::move(profiles));
}

void ProfilesPane::openMenu(const QPoint &place)
{
    const std::optional<LoginProfile> profile = chosen();
    if (!profile)
        return;
    auto *menu = new QMenu(m_list);
    menu->setObjectName(u"profileMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Edit…"), this, [this, profile] { emit editAsked(*profile); });
    menu->addAction(tr("Duplicate"), this, [this, profile] { duplicate(*profile); });
    menu->addSeparator();
    menu->addAction(tr("Delete…"), this, [this, profile] { confirmRemoval(*profile); });
    menu->popup(m_list->viewport()->mapToGlobal(place));
}

void ProfilesPane::duplicate(const LoginProfile &profile)
{
    const auto isTaken = [this](const QString &name) {
        return std::any_of(m_model.rows().begin(), m_model.rows().end(), [&name](const ProfileRow &row) {
            return row.profile.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    QString name;
    for (int number = 2; name.isEmpty() || isTaken(name); ++number)
        name = u"%1-%2"_s.arg(profile.name).arg(number);
    m_profiles.duplicate(profile, name, then(this, [this](const Result<LoginProfile> &copy) {
                             if (copy)
                                 choose(copy->id);
                             else
                                 emit failed(copy.error());
                         }));
}

void ProfilesPane::confirmRemoval(const LoginProfile &profile)
{
    ConfirmDialog *dialog =
        openConfirmation({.objectName = u"deleteProfileDialog"_s,
                          .title = tr("Delete the profile %1").arg(profile.name),
                          .verb = tr("Delete %1").arg(profile.name),
                          .effects = {tr("The secrets that it keeps are removed."),
                                      tr("The runs in the history stay. Nothing changes at the tenant."),
                                      tr("It cannot be undone.")}},
                         m_session.tenant(), this);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, profile] {
        dialog->setBusy(true);
        m_profiles.remove(profile, then(dialog, [dialog](const Result<> &removed) {
                              dialog->setBusy(false);
                              if (removed)
                                  dialog->accept();
                              else
                                  dialog->showError(removed.error());
                          }));
    });
}

} // namespace latchkey
