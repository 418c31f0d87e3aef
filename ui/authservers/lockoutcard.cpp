// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/lockoutcard.h"

#include "authservers/cardrow.h"
#include "core/plaintext.h"
#include "onelogin/authserversapi.h"
#include "onelogin/session.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/formfield.h"
#include "widgets/label.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

LockoutCard::LockoutCard(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"lockoutCard"_s);
    m_column->setContentsMargins({});
    m_column->setSpacing(10);
    hide();
}

void LockoutCard::look(Session &session, const AuthServer &server, const std::vector<GrantChange> &changes,
                       const Continuation<void> &continuation)
{
    const auto uses = ownUsesOf(session);
    if (!uses)
        return finishLater<void>(continuation, fail(uses.error()));
    const auto takes = [](const GrantChange &change) {
        return change.action == GrantAction::RemoveClientApp || !change.removed().empty();
    };
    if (uses->empty() || std::ranges::none_of(changes, takes)) {
        fill(server, changes, {});
        return finishLater<void>(continuation, {});
    }
    const AppsApi apps(*session.api());
    const AuthServersApi api(*session.api());
    const auto find = [=, this](const AuthServer &now, const std::vector<Scope> &scopes) {
        findLockouts(apps, *uses, now, scopes, changes,
                     after<Lockouts>(continuation, [=, this](const Lockouts &lockouts) {
                         fill(now, changes, lockouts);
                         continuation({});
                     }));
    };
    // As they are called by now: profiles ask by name, and changes go by ID.
    api.get(server.id, after<AuthServer>(continuation, [=](const AuthServer &now) {
                api.scopes(now.id,
                           after<std::vector<Scope>>(
                               continuation, [=](const std::vector<Scope> &scopes) { find(now, scopes); }));
            }));
}

void LockoutCard::fill(const AuthServer &server, const std::vector<GrantChange> &changes,
                       const Lockouts &lockouts)
{
    m_fields.clear();
    while (QLayoutItem *item = m_column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const GrantChange &change : changes) {
        if (const auto found = lockouts.byApp.find(change.app); found != lockouts.byApp.end())
            addCard(tr("What %1 loses is in use here").arg(plainLine(change.appName)),
                    lockoutText(found->second), confirmingName(change, changes, server));
    }
    if (!lockouts.isComplete)
        addCard(tr("What breaks here is not known"), incompleteText(), confirmingName(server, changes));
}

void LockoutCard::addCard(const QString &title, const QString &text, const QString &name)
{
    auto *sentence = makeParagraph(text);
    sentence->setObjectName(u"lockoutText"_s);
    auto *line = new QLineEdit;
    line->setObjectName(u"lockoutName"_s);
    auto *field = new FormField(tr("Type %1 to go on").arg(withVisibleControls(name)), line);
    field->setContentsMargins(metrics::cardMargin, metrics::space12, metrics::cardMargin, metrics::space12);
    auto *card = new Card;
    card->body()->setContentsMargins({});
    card->body()->setSpacing(0);
    card->body()->addWidget(makeDangerRow(title, sentence));
    card->body()->addWidget(field);
    m_column->addWidget(card);
    m_fields.emplace_back(line, name);
    connect(line, &QLineEdit::textChanged, this, &LockoutCard::typed);
}

int LockoutCard::leftToType() const
{
    return static_cast<int>(std::ranges::count_if(
        m_fields, [](const auto &each) { return !isTyped(each.first->text(), each.second); }));
}

} // namespace latchkey
