// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/addclientappdialog.h"

#include "authservers/grantmenus.h"
#include "models/grantgridmodel.h"
#include "onelogin/appsapi.h"
#include "onelogin/session.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum Start { NoScopes, LikeAnother };

} // namespace

AddClientAppDialog::AddClientAppDialog(Session &session, const QString &server, GrantGridModel &model,
                                       QWidget *parent)
    : AppPickerDialog(tr("Add client app"), tr("Add client app"), true, parent)
    , m_session(session)
    , m_model(model)
{
    auto *what = makeParagraph(
        breakable(tr("An app can ask %1 for tokens once it is added and the change is applied.").arg(server)),
        TextStyle::Body, Tone::Muted);
    what->setObjectName(u"addClientAppWhat"_s);
    body()->insertWidget(0, what);
    setVerb([](int count) { return tr("Add %n client app(s)", nullptr, count); });
    body()->addWidget(makeStart());
    connect(this, &AppPickerDialog::picked, this,
            [this](const auto &apps) { emit appsChosen(apps, m_like); });
    connect(&session, &Session::workingCredentialChanged, this, &QDialog::reject); // its API client is gone
    read();
}

QWidget *AddClientAppDialog::makeStart()
{
    m_start = new QComboBox;
    m_start->setObjectName(u"startingScopes"_s);
    m_start->setAccessibleName(tr("Starting scopes"));
    m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->addItem(tr("No scopes"));
    m_start->addItem(tr("Like another client app…"));
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    row->addWidget(new Label(tr("Starting scopes"), TextStyle::Body));
    row->addWidget(m_start, 1);
    connect(m_start, &QComboBox::activated, this, [this](int choice) {
        if (choice == LikeAnother)
            pickLike();
        else
            m_like.reset();
    });
    return holder;
}

void AddClientAppDialog::read()
{
    if (!m_session.api())
        return;
    banner()->clear();
    setStopped(false);
    m_reading = std::make_unique<QObject>();
    AppsApi(*m_session.api())
        .pages(
            {}, m_next,
            [this](const std::vector<OidcApp> &page, const QString &next) {
                m_next = next;
                takePage(page);
            },
            then(m_reading.get(), [this](const Result<void> &end) {
                if (end)
                    return setComplete();
                setStopped(true);
                showError(end.error());
                QPushButton *again = banner()->addButton(tr("Try again"));
                again->setObjectName(u"appPickerAgain"_s);
                connect(again, &QPushButton::clicked, this, &AddClientAppDialog::read, Qt::QueuedConnection);
            }));
}

void AddClientAppDialog::takePage(const std::vector<OidcApp> &page)
{
    std::vector<PickableApp> apps;
    apps.reserve(page.size());
    for (const OidcApp &app : page) {
        const bool isTaken = m_model.plan() && m_model.plan()->hasApp(app.id);
        apps.push_back({app.id, app.name, tr("App ID %1").arg(app.id.value),
                        isTaken ? tr("On this server") : QString()});
    }
    append(std::move(apps));
}

void AddClientAppDialog::pickLike()
{
    auto *dialog = new AppPickerDialog(tr("Scopes like those of"), tr("Take its scopes"), false, this);
    dialog->setObjectName(u"likePicker"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->append(clientAppsBut(m_model, {}));
    dialog->setComplete();
    connect(dialog, &AppPickerDialog::picked, this, [this](const auto &apps) {
        const auto &[id, name] = apps.front();
        m_like = id;
        //: %1 is a client app
        m_start->setItemText(LikeAnother,
                             tr("Like %1, %n scope(s)", nullptr, m_model.wantedCount(id)).arg(name));
    });
    connect(dialog, &QDialog::finished, this,
            [this] { m_start->setCurrentIndex(m_like ? LikeAnother : NoScopes); });
    dialog->open();
}

} // namespace latchkey
