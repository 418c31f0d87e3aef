// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/repairdialog.h"

#include "confirmation.h"
#include "credentials/credentialdialog.h"
#include "credentials/remedies.h"
#include "keychainstate.h"
#include "style/metrics.h"
#include "widgets/confirmdialog.h"
#include "widgets/emptystate.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// Glyph, sentence, and what can be done about it.
QWidget *makeRow(const QString &sentence, const QList<QPushButton *> &buttons)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::space8);
    line->addWidget(new Glyph(Icon::Warning, Tone::Warn, metrics::iconButton));
    line->addWidget(makeParagraph(sentence), 1);
    for (QPushButton *button : buttons) {
        setSmall(button);
        button->setAutoDefault(false);
        line->addWidget(button);
    }
    return row;
}

/// As a clock without seconds is read.
QDateTime nextMinute(const QDateTime &time)
{
    return time.toLocalTime().addSecs(59);
}

QPushButton *makeRemedy(const QString &text, const QString &name, ButtonRole role = ButtonRole::Plain)
{
    QPushButton *button = makeButton(text, role);
    button->setObjectName(name);
    return button;
}

} // namespace

RepairDialog::RepairDialog(Session &session, const PanelTools &tools, QWidget *parent)
    : DialogFrame(tr("Check keychain and register"), parent)
    , m_session(session)
    , m_tools(tools)
{
    setObjectName(u"repairDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(620);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    m_close = addButton(tr("Close"), QDialogButtonBox::RejectRole);
    m_close->setObjectName(u"repair.close"_s);
    m_again = addButton(tr("Check again"), QDialogButtonBox::ActionRole);
    m_again->setObjectName(u"repair.again"_s);
    m_content = new QWidget;
    body()->addWidget(m_content);
    connect(m_again, &QPushButton::clicked, this, &RepairDialog::look);
    connect(&tools.keychain, &KeychainState::changed, this, [this] {
        if (m_tools.keychain.isReady() && banner()->isVisible() && !isBusy())
            look();
    });
    look();
}

RepairDialog::~RepairDialog() = default;

void RepairDialog::look()
{
    banner()->clear();
    m_close->setText(tr("Cancel"));
    setBusy(true, tr("Looking"));
    m_repair = std::make_unique<CredentialRepair>(m_session);
    connect(m_repair.get(), &CredentialRepair::progressed, this, [this](qsizetype looked, qsizetype all) {
        setBusy(true, tr("Looked at %1 of %2 secrets").arg(looked).arg(all));
    });
    m_repair->look(then(this, [this](const Result<RepairReport> &report) { receive(report); }));
}

void RepairDialog::receive(const Result<RepairReport> &report)
{
    m_repair.release()->deleteLater(); // it is what calls
    setBusy(false);
    m_close->setText(tr("Close"));
    if (report)
        showReport(*report);
    else
        showTrouble(report.error());
}

void RepairDialog::showTrouble(const Error &error)
{
    DialogFrame::showError(error);
    if (error.kind != ErrorKind::KeychainLocked)
        return;
    QPushButton *unlock = banner()->addButton(tr("Unlock…"));
    unlock->setObjectName(u"repair.unlock"_s);
    connect(unlock, &QPushButton::clicked, &m_tools.keychain, &KeychainState::unlock, Qt::QueuedConnection);
}

void RepairDialog::showReport(const RepairReport &report)
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::space12);
    for (const ApiCredential &credential : report.missing)
        column->addWidget(makeMissing(credential));
    for (const Operation &operation : report.unfinished)
        column->addWidget(makeUnfinished(operation));
    if (!report.leftovers.isEmpty())
        column->addWidget(makeLeftovers(report.leftovers));
    if (report.young.count > 0)
        column->addWidget(makeYoung(report.young));
    if (report.isEmpty())
        column->addWidget(new EmptyState(Icon::Success, tr("All in order"),
                                         tr("Every credential has its secret, and nothing is left over.")));
    column->addStretch(1);
    delete body()->replaceWidget(m_content, content);
    m_content->hide();
    m_content->deleteLater();
    m_content = content;
    refit();
}

QWidget *RepairDialog::makeMissing(const ApiCredential &credential)
{
    QPushButton *again = makeRemedy(tr("Paste again…"), u"repair.paste"_s);
    QPushButton *drop = makeRemedy(tr("Delete…"), u"repair.delete"_s, ButtonRole::Danger);
    again->setAccessibleName(tr("Paste the secret of %1 again").arg(credential.name));
    drop->setAccessibleName(tr("Delete %1").arg(credential.name));
    connect(again, &QPushButton::clicked, this, [this, credential] { paste(credential); });
    connect(drop, &QPushButton::clicked, this, [this, credential] { removeRow(credential); });
    return makeRow(credential.place == SecretPlace::Session
                       ? tr("%1: its secret was kept for an earlier session only.").arg(credential.name)
                       : tr("%1: its secret is not in the keychain.").arg(credential.name),
                   {again, drop});
}

QWidget *RepairDialog::makeLeftovers(const QStringList &keys)
{
    QPushButton *clear = makeRemedy(tr("Remove them"), u"repair.leftovers"_s);
    connect(clear, &QPushButton::clicked, this, &RepairDialog::removeLeftovers);
    return makeRow(
        tr("%n secret(s) in the keychain belong to no credential.", nullptr, static_cast<int>(keys.size())),
        {clear});
}

QWidget *RepairDialog::makeYoung(const YoungLeftovers &young)
{
    QWidget *row = makeRow(
        tr("%n leftover(s) are younger than 10 minutes; look again at %1. Another window may be about "
           "to use them.",
           nullptr, young.count)
            .arg(locale().toString(nextMinute(young.oldAt).time(), QLocale::ShortFormat)),
        {});
    row->setObjectName(u"repair.young"_s);
    return row;
}

QWidget *RepairDialog::makeUnfinished(const Operation &operation)
{
    QList<QPushButton *> buttons;
    for (const Remedy remedy : UnfinishedWork::remedies(operation)) {
        QPushButton *button = makeRemedy(remedyText(operation, remedy), remedyName(remedy));
        connect(button, &QPushButton::clicked, this, [this, operation, remedy] { apply(operation, remedy); });
        buttons.append(button);
    }
    return makeRow(UnfinishedWork::explanation(operation), buttons);
}

void RepairDialog::paste(const ApiCredential &credential)
{
    CredentialDialog *dialog = CredentialDialog::pasteSecret(m_session, m_tools, credential, this);
    connect(dialog, &CredentialDialog::stored, this, &RepairDialog::look);
    dialog->open();
}

void RepairDialog::removeRow(const ApiCredential &credential)
{
    const QString title = tr("Delete %1").arg(credential.name);
    ConfirmDialog *dialog =
        openConfirmation({.objectName = u"deleteRowDialog"_s,
                          .title = title,
                          .verb = title,
                          .effects = {tr("Its row is removed here. That cannot be undone."),
                                      tr("On the tenant the pair stays as it is.")}},
                         m_session.tenant(), this);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, credential] {
        dialog->setBusy(true, tr("Deleting"));
        m_session.credentials().remove(credential, then(this, [this, dialog](const Result<> &removed) {
                                           dialog->accept();
                                           lookAfter(removed);
                                       }));
    });
}

void RepairDialog::removeLeftovers()
{
    banner()->clear();
    setBusy(true, tr("Removing"));
    m_session.credentials().removeLeftovers(
        then(this, [this](const Result<> &removed) { lookAfter(removed); }));
}

void RepairDialog::apply(const Operation &operation, Remedy remedy)
{
    using Warning = std::optional<Error>;
    banner()->clear();
    setBusy(true, remedyText(operation, remedy));
    m_work = std::make_unique<UnfinishedWork>(m_session);
    applyRemedy(*m_work, m_session.credentials().workspace(), operation, remedy,
                then(m_work.get(), [this](const Result<Warning> &done) {
                    m_work.release()->deleteLater(); // it is what calls
                    lookAfter(done ? Result<>() : fail(done.error()));
                }));
}

void RepairDialog::done(int result)
{
    const bool isAtWork = m_work != nullptr;
    m_work.reset();
    DialogFrame::done(result);
    if (isAtWork)
        emit interrupted();
}

void RepairDialog::lookAfter(const Result<> &result)
{
    setBusy(false);
    if (result)
        look();
    else
        showTrouble(result.error());
}

} // namespace latchkey
