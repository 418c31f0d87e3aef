// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/serverdetailspage.h"

#include "authservers/panelaction.h"
#include "core/plaintext.h"
#include "style/buttonrole.h"
#include "style/focus.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/label.h"
#include "widgets/scrolled.h"

#include <QAction>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Label *fixedText(const QString &text)
{
    auto *label = new Label(text, TextStyle::Fixed);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setWordWrap(true);
    return label;
}

} // namespace

ServerDetailsPage::ServerDetailsPage(QAction *edit, QAction *remove, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"serverDetails"_s);
    m_head = makeHead(edit, remove);
    m_facts = new FactList;
    m_facts->setObjectName(u"serverFacts"_s);
    auto *holder = new QWidget;
    auto *facts = new QVBoxLayout(holder);
    facts->setContentsMargins(metrics::space16, metrics::space4, metrics::space16, metrics::space16);
    facts->addWidget(m_facts);
    facts->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(scrolled(holder), 1);
    addActions({edit, remove});
}

QWidget *ServerDetailsPage::makeHead(QAction *edit, QAction *remove)
{
    m_name = new Label({}, TextStyle::Heading);
    m_name->setObjectName(u"serverName"_s);
    m_name->setElide(Label::Elide::End);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QPushButton *editButton = bound(makeButton(tr("Edit…")), edit);
    editButton->setObjectName(u"editServer"_s);
    QPushButton *removeButton = bound(makeButton(tr("Delete…"), ButtonRole::Danger), remove);
    removeButton->setObjectName(u"deleteServer"_s);
    editButton->setAccessibleName(tr("Edit this authorization server"));
    removeButton->setAccessibleName(tr("Delete this authorization server"));
    setEntry(this, editButton);
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::space16, 9, metrics::space16, 9);
    row->setSpacing(metrics::space8);
    row->addWidget(m_name, 1);
    row->addWidget(editButton);
    row->addWidget(removeButton);
    return head;
}

void ServerDetailsPage::showServer(const AuthServer *server, bool whole)
{
    m_facts->clear();
    m_head->setVisible(server);
    if (!server)
        return;
    m_name->setText(withVisibleControls(server->name));
    const auto lifetime = [whole](const std::optional<std::chrono::minutes> &minutes) {
        if (minutes)
            return tr("%n minute(s)", nullptr, static_cast<int>(minutes->count()));
        return whole ? tr("Not stated") : tr("Not read yet");
    };
    m_facts->addFact(tr("Resource identifier"), fixedText(server->resourceIdentifier));
    m_facts->addFact(tr("Description"), server->description.isEmpty() ? tr("None") : server->description);
    m_facts->addFact(tr("Audiences"), server->audiences.isEmpty() ? new Label(tr("None"))
                                                                  : fixedText(server->audiences.join(u'\n')));
    m_facts->addFact(tr("Access token"), lifetime(server->accessTokenLifetime));
    m_facts->addFact(tr("Refresh token"), lifetime(server->refreshTokenLifetime));
    m_facts->addFact(tr("Server ID"), fixedText(server->id.toString()));
}

} // namespace latchkey
