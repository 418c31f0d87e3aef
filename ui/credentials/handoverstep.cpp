// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/handoverstep.h"

#include "credentials/credentialtext.h"
#include "interchange/handovertext.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/clipboard.h"
#include "widgets/formfield.h"
#include "widgets/label.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

HandOverStep::HandOverStep(Session &session, const PanelTools &tools, CredentialRotation &rotation,
                           QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_tools(tools)
    , m_rotation(rotation)
    , m_oldName(rotation.oldPair()->name)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::space8);
    addWorking(column);
    addCopy(column);
    addNote(column);
    addTick(column);
}

void HandOverStep::addWorking(QVBoxLayout *column)
{
    m_working = makeParagraph({}, TextStyle::Body, Tone::Muted);
    column->addWidget(m_working);
    m_workAs = makeButton(asLabel(tr("Work as %1").arg(m_rotation.newPair()->name)));
    m_workAs->setObjectName(u"rotation.workAs"_s);
    m_workAs->setAutoDefault(false);
    column->addWidget(m_workAs, 0, Qt::AlignLeading);
    connect(m_workAs, &QPushButton::clicked, this,
            [this] { m_session.workAs(m_rotation.rotation().newPair); });
    connect(&m_session, &Session::workingCredentialChanged, this, &HandOverStep::showWorking);
    showWorking();
}

void HandOverStep::showWorking()
{
    const auto working = m_session.workingCredential();
    const bool isOld = working && working->id == m_rotation.rotation().oldPair;
    m_working->setText(isOld ? tr("The panels of this window work as %1.").arg(m_oldName)
                             : tr("The panels of this window do not work as %1.").arg(m_oldName));
    m_workAs->setVisible(isOld);
}

void HandOverStep::addCopy(QVBoxLayout *column)
{
    const QString used = agoText(m_rotation.oldPair()->usedAt, m_session.clock().now()).toLower();
    column->addWidget(makeParagraph(
        tr("Used here: %1. Other programs cannot be seen from here; give each of them the new pair.")
            .arg(used),
        TextStyle::Body, Tone::Muted));
    QPushButton *copy = makeButton(Icon::Copy, tr("Copy the new pair"));
    copy->setObjectName(u"rotation.copy"_s);
    copy->setAutoDefault(false);
    copy->setMenu(makeCopyMenu());
    column->addWidget(copy, 0, Qt::AlignLeading);
}

QMenu *HandOverStep::makeCopyMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"rotation.copyMenu"_s);
    const auto add = [&](const QString &text, Form form) {
        menu->addAction(text, this, [this, form] { copyPair(form); });
    };
    add(tr("Environment lines"), [](const QUrl &url, const ApiCredential &pair, const Secret &secret) {
        return environmentLines(url, pair.clientId, secret);
    });
    add(u"onelogin.sdk.json"_s, [](const QUrl &, const ApiCredential &pair, const Secret &secret) {
        return sdkJson(pair.clientId, secret);
    });
    add(tr("Client secret"),
        [](const QUrl &, const ApiCredential &, const Secret &secret) { return secret; });
    menu->addAction(tr("Client ID"), this, [this] {
        if (const auto fresh = m_rotation.newPair())
            m_tools.clipboard.copyText(fresh->clientId);
    });
    return menu;
}

void HandOverStep::copyPair(Form form)
{
    const std::optional<ApiCredential> fresh = m_rotation.newPair();
    if (!fresh)
        return;
    m_session.credentials().secret(*fresh, then(this, [this, fresh, form](const Result<Secret> &secret) {
        if (secret)
            m_tools.clipboard.copySecret(form(m_session.tenant().baseUrl, *fresh, *secret));
        else
            emit failed(secret.error());
    }));
}

void HandOverStep::addNote(QVBoxLayout *column)
{
    auto *note = new QLineEdit(m_rotation.rotation().note);
    note->setObjectName(u"rotation.note"_s);
    note->setPlaceholderText(tr("nightly sync, CI, helpdesk"));
    connect(note, &QLineEdit::editingFinished, this,
            [this, note] { report(m_rotation.setNote(note->text())); });
    column->addWidget(new FormField(tr("Where the old pair is used"), note));
}

void HandOverStep::addTick(QVBoxLayout *column)
{
    auto *done = new QCheckBox(asLabel(tr("Everything that used %1 has the new pair").arg(m_oldName)));
    done->setObjectName(u"rotation.handedOver"_s);
    column->addWidget(done);
    QPushButton *next = makeButton(tr("Continue"), ButtonRole::Main);
    next->setObjectName(u"rotation.continue"_s);
    next->setEnabled(false);
    next->setDefault(true);
    column->addWidget(next, 0, Qt::AlignLeading);
    connect(done, &QCheckBox::toggled, next, &QPushButton::setEnabled);
    connect(next, &QPushButton::clicked, this, [this] { report(m_rotation.confirmHandOver()); });
}

void HandOverStep::report(const Result<> &result)
{
    if (!result)
        emit failed(result.error());
}

} // namespace latchkey
