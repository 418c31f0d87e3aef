// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serverdialog.h"

#include "onelogin/session.h"
#include "style/typography.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"
#include "widgets/textarea.h"

#include <QLineEdit>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAudienceLines = 3;
const QString kAccess = u"access_token_expiration_minutes"_s;
const QString kRefresh = u"refresh_token_expiration_minutes"_s;

QString minutesText(const std::optional<std::chrono::minutes> &minutes)
{
    return minutes ? QString::number(minutes->count()) : QString();
}

QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (const QString trimmed = line.trimmed(); !trimmed.isEmpty())
            lines.append(trimmed);
    }
    return lines;
}

} // namespace

ServerDialog *ServerDialog::create(Session &session, std::vector<AuthServer> all, QWidget *parent)
{
    return new ServerDialog(session, std::move(all), {}, {}, parent);
}

ServerDialog *ServerDialog::edit(Session &session, std::vector<AuthServer> all, const AuthServer &known,
                                 std::vector<OwnUse> uses, QWidget *parent)
{
    return new ServerDialog(session, std::move(all), known, std::move(uses), parent);
}

ServerDialog::ServerDialog(Session &session, std::vector<AuthServer> all, const AuthServer &known,
                           std::vector<OwnUse> uses, QWidget *parent)
    : WriteDialog(known.id.isValid() ? tr("Edit %1").arg(known.name) : tr("New authorization server"),
                  known.id.isValid() ? tr("Save server") : tr("Create server"), session, parent)
    , m_all(std::move(all))
    , m_uses(std::move(uses))
    , m_loaded(known)
{
    setObjectName(u"serverDialog"_s);
    makeFields();
    setRules([this] { return problems(); });
    fill(m_loaded);
    if (m_loaded.id.isValid()) {
        addLockout(m_loaded.name, [this] { return broken(); });
        readAgain();
    }
    connect(this, &EditorDialog::submitted, this, &ServerDialog::submit);
}

void ServerDialog::makeFields()
{
    QLineEdit *name = addText(u"name"_s, tr("Name"));
    addText(u"description"_s, tr("Description"));
    QLineEdit *resource = addText(
        u"resource_identifier"_s, tr("Resource identifier"),
        tr("What clients send as “resource” to ask this server, e.g. https://api.example.com/orders."));
    resource->setFont(fontFor(TextStyle::Fixed));
    addLines(u"audiences"_s, tr("Audiences, one in each line"), kAudienceLines,
             tr("They become “aud” in access tokens. An API that checks it refuses tokens with another."));
    const QString minutes = m_loaded.id.isValid() ? QString() : tr("Left empty, the tenant decides.");
    addText(kAccess, tr("Access token lifetime, in minutes"), minutes);
    addText(kRefresh, tr("Refresh token lifetime, in minutes"), minutes);
    name->setFocus();
}

/// What is edited is what is there, not what was there when the panel was loaded.
void ServerDialog::readAgain()
{
    if (!beginReading(tr("Reading it again"), [this] { readAgain(); }))
        return;
    banner()->clear();
    AuthServersApi(*session().api())
        .get(m_loaded.id, then(pending(), [this](const Result<AuthServer> &server) {
                 if (!server) {
                     showError(server.error());
                     applyButton()->setEnabled(false);
                     offerReading(server.error());
                     return;
                 }
                 end();
                 const std::vector<FieldDifference> since = differences(m_loaded, *server);
                 m_loaded = *server;
                 fill(*server);
                 emit seen(*server);
                 if (!since.empty())
                     banner()->showMessage(
                         MessageBanner::Kind::Info,
                         tr("It was changed since the panel read it. This is what is there now."),
                         changedText(since));
                 if (QWidget *first = fieldOf(u"name"_s)->field())
                     first->setFocus();
             }));
}

void ServerDialog::offerReading(const Error &error)
{
    if (error.kind == ErrorKind::NotFound)
        return;
    QPushButton *again = banner()->addButton(tr("Try again"));
    again->setObjectName(u"readServerAgain"_s);
    connect(again, &QPushButton::clicked, this, &ServerDialog::readAgain, Qt::QueuedConnection);
}

void ServerDialog::fill(const AuthServer &server)
{
    setText(u"name"_s, server.name);
    setText(u"description"_s, server.description);
    setText(u"resource_identifier"_s, server.resourceIdentifier);
    setText(u"audiences"_s, server.audiences.join(u'\n'));
    setText(kAccess, minutesText(server.accessTokenLifetime));
    setText(kRefresh, minutesText(server.refreshTokenLifetime));
}

AuthServer ServerDialog::entered() const
{
    return {.id = m_loaded.id,
            .name = text(u"name"_s),
            .description = text(u"description"_s),
            .resourceIdentifier = text(u"resource_identifier"_s),
            .audiences = linesOf(text(u"audiences"_s)),
            .accessTokenLifetime = minutesFrom(text(kAccess)),
            .refreshTokenLifetime = minutesFrom(text(kRefresh))};
}

std::vector<FieldError> ServerDialog::problems() const
{
    std::vector<FieldError> problems = problemsOf(entered(), m_all);
    const auto look = [&](const QString &key, const std::optional<std::chrono::minutes> &before) {
        if (text(key).isEmpty() && before)
            problems.push_back(
                {.field = key, .message = tr("A lifetime cannot be taken away again, only changed.")});
        else if (!text(key).isEmpty() && !minutesFrom(text(key)))
            problems.push_back(
                {.field = key, .message = tr("A lifetime is a whole number of minutes, 1 or more.")});
    };
    look(kAccess, m_loaded.accessTokenLifetime);
    look(kRefresh, m_loaded.refreshTokenLifetime);
    return problems;
}

QString ServerDialog::broken() const
{
    if (text(u"resource_identifier"_s) == m_loaded.resourceIdentifier)
        return {};
    return lockoutText(brokenByServer(m_uses, m_loaded));
}

void ServerDialog::submit()
{
    const auto writer =
        begin(m_loaded.id.isValid() ? tr("Saving and reading back") : tr("Creating and reading back"));
    if (!writer)
        return;
    auto next = then(pending(), [this](const Result<Written<AuthServer>> &written) { receive(written); });
    if (m_loaded.id.isValid())
        writer->update(m_loaded, entered(), std::move(next));
    else
        writer->create(entered(), m_all, std::move(next));
}

void ServerDialog::receive(const Result<Written<AuthServer>> &written)
{
    if (!written) {
        const bool isUnknown = written.error().kind == ErrorKind::OutcomeUnknown;
        showFailure(written.error());
        if (isUnknown) // a second attempt might make a second server
            applyButton()->setEnabled(m_loaded.id.isValid());
        return;
    }
    end();
    if (written->state == WriteState::Stored) {
        emit stored(written->found);
        return accept();
    }
    m_loaded = written->found; // the next attempt changes what is there now
    emit seen(m_loaded);
    if (written->state == WriteState::Conflict)
        return showConflict(written->differences);
    setTitle(tr("Edit %1").arg(m_loaded.name));
    applyButton()->setText(tr("Save server"));
    showNotStored(written->differences);
}

} // namespace latchkey
